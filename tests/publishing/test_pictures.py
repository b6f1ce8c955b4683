"""The directive `dessin`: a drawing in a page as a notebook shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.figure import Figure
from publishing.small_book import build, write

from pic_analysis.figures.style import Drawing
from pic_analysis.publishing import drawings
from pic_analysis.study import Study

ALT = "Courbe de Lens : début 14,2 % (2019), fin 13,9 % (2020)."


def drawn(provenance: str = "essai", columns: tuple[str, ...] = ()) -> drawings.Picture:
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "Texte lisible")
    data = pd.DataFrame({"period": ["2019", "2020"], "t_a": [14.2, 13.9], "t_b": [10.0, 11.0]})
    data.attrs["provenance"] = provenance
    labels = {"period": "Période", "t_a": "Lens", "t_b": "Béthune"}
    return drawings.Picture(Drawing(figure, data, "Le taux baisse", ALT, labels, "p03-serie"), columns)


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Build a page with one drawing, whatever it is."""
    raw, processed = tmp_path / "data/raw/loos_2016", tmp_path / "data/processed/loos_2016"
    raw.mkdir(parents=True)
    processed.mkdir(parents=True)
    (tmp_path / "_config.yml").write_text("")
    (raw / "study.yml").write_text("")
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.setattr(Study, "held", staticmethod(lambda name: SimpleNamespace(name=name)))

    def page(made, text="# Livre\n\n```{dessin} serie\n:indicateur: P03\n```\n"):
        monkeypatch.setattr(drawings, "DRAWINGS", {"serie": lambda study, options: made})
        write(tmp_path, index=text)
        return build(tmp_path)

    return page


def test_image_has_its_alternative_text_and_its_text_stays_text(book):
    got = book(drawn())
    assert got.warnings == ""
    image = re.search(r"<figure[^>]*figure-calculee[^>]*>.*?(<img[^>]*>)", got.body(), re.S)[1]
    alt, source = (re.search(rf"{name}=\"([^\"]*)\"", image)[1] for name in ("alt", "src"))
    assert alt.replace("\N{NO-BREAK SPACE}", " ") == ALT
    svg = (got.output / source).read_text(encoding="utf-8")
    assert ">Texte lisible</text>" in svg
    assert "<title>Le taux baisse</title>" in svg


def test_data_stand_behind_as_a_table_and_as_the_same_numbers_in_csv(book):
    got = book(drawn()).body()
    assert '<th scope="col" class="nombre">Lens</th>' in got
    assert "p03-serie.csv" in got
    assert "2020%2C13.9%2C11.0" in got


def test_wide_data_have_a_short_table_and_a_whole_file(book):
    got = book(drawn(columns=("period", "t_a"))).body()
    assert "Béthune" not in got
    assert "1\N{NO-BREAK SPACE}autre colonne y est" in got
    assert "2020%2C13.9%2C11.0" in got


def test_fictitious_data_bear_their_mark(book):
    assert 'data-provenance="demo"' in book(drawn("demo")).body()
    assert "data-provenance" not in book(drawn()).body()


def test_what_cannot_be_drawn_is_said_instead(book):
    got = book("Une seule valeur est connue.").body()
    assert "<p>Une seule valeur est connue.</p>" in got
    assert "<img" not in got


def test_unknown_drawing_is_refused_with_the_nearest(book):
    got = book(drawn(), "# Livre\n\n```{dessin} seri\n```\n")
    assert "dessin inconnu : seri ; le plus proche : serie" in got.warnings


def test_same_drawing_built_twice_has_the_same_bytes_and_name(book):
    one = book(drawn())
    first = {path.name: path.read_bytes() for path in (one.output / "_images").iterdir()}
    two = book(drawn())
    assert {path.name: path.read_bytes() for path in (two.output / "_images").iterdir()} == first


def test_book_without_a_drawing_does_not_import_matplotlib():
    code = (
        "import sys; import pic_analysis.publishing.directives, pic_analysis.publishing.drawings; "
        "import pic_analysis.publishing.territory_state; print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
