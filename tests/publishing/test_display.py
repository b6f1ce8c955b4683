from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawn

from pic_analysis.figures.style import Drawing
from pic_analysis.publishing.display import Behind, Figure, Table, prose, show
from pic_analysis.publishing.typography_html import problems

ALT = "Barres des constats par rôle, une barre par rôle"


class Reader(HTMLParser):
    """Read a table as a screen reader does: headers with their scope, rows of cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headers: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.caption = self.region = ""
        self._open, self._scope = "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("td", "th", "caption"):
            self._open, self._scope = tag, dict(attrs).get("scope", "")
            if tag != "caption":
                self.rows[-1].append("")
        elif tag == "tr":
            self.rows.append([])
        elif tag == "div":
            self.region = dict(attrs).get("aria-label", "")

    def handle_endtag(self, tag):
        if tag == self._open:
            self._open = ""

    def handle_data(self, data):
        if self._open == "caption":
            self.caption += data
        elif self._open:
            self.rows[-1][-1] += data
            if self._open == "th":
                self.headers.append((data, self._scope))


def table(**columns) -> Table:
    return Table(pd.DataFrame(columns), "Essai", {"role": "Rôle", "number": "Nombre"})


def figure(**more) -> Figure:
    given = {"alt": ALT, "title": "Trois constats", "data": pd.DataFrame({"role": ["a"], "number": [3]}), **more}
    return Figure(Drawn(), **given)


def test_every_header_says_what_it_heads():
    got = Reader(table(role=["changement", "limite"], number=[3, 4]).html())
    assert got.headers == [("Rôle", "col"), ("Nombre", "col"), ("changement", "row"), ("limite", "row")]


def test_a_named_index_heads_the_rows():
    data = pd.DataFrame({"n": [1]}, index=pd.MultiIndex.from_tuples([("B", "x")], names=["package", "section"]))
    got = Reader(Table(data, "Essai").html())
    assert [h for h in got.headers if h[1] == "row"] == [("B", "row"), ("x", "row")]


def test_an_empty_header_is_no_header():
    assert '<th scope="row"></th>' not in table(role=[""], number=[3]).html()


def test_caption_and_scrolling_region_bear_the_same_name():
    got = Reader(Table(pd.DataFrame({"a": ["b"]}), "Voix : les « uns »").html())
    assert got.caption == "Voix\u00a0: les «\u00a0uns\u00a0»"
    assert got.region == f"Tableau\u00a0: {got.caption}"


def test_the_region_scrolls_and_can_be_reached_with_the_keyboard():
    opening = table(role=["a"]).html().split("\n")[0]
    assert opening == '<div class="table-scroll" role="region" tabindex="0" aria-label="Tableau\u00a0: Essai">'


def test_numbers_are_written_the_french_way():
    columns = {"number": [12345], "share": [0.125], "kappa": [0.743], "hole": [float("nan")], "seen": [True]}
    got = Reader(table(role=["a"], **columns).html())
    assert got.rows[1] == ["a", "12\u202f345", "13\u00a0%", "0,74", "n. d.", "oui"]


def test_a_format_given_wins():
    got = Reader(Table(pd.DataFrame({"a": ["x"], "n": [2]}), "Essai", formats={"n": lambda n: f"n° {n}"}).html())
    assert got.rows[1] == ["x", "n° 2"]


def test_data_cannot_inject_markup():
    hostile = '<script>alert("x")</script> & "co"'
    html = Table(pd.DataFrame({hostile: [hostile]}), hostile).html()
    assert "<script" not in html
    got = Reader(html)
    assert got.rows == [[hostile], [hostile]]
    assert got.caption == hostile


def test_text_of_cells_follows_french_typography():
    html = table(role=["Est-ce vrai ? « Oui » : 12 %"], number=[1]).html()
    assert problems(html) == []


def test_plain_text_is_the_whole_table():
    wide = Table(pd.DataFrame({"a": ["x" * 200] * 200}), "Essai")
    assert repr(wide).count("x" * 200) == 200


def test_the_table_bundle_holds_html_and_plain_text_only():
    assert set(table(role=["a"])._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_a_figure_carries_its_alternative_text_in_the_metadata_of_its_output():
    data, metadata = figure()._repr_mimebundle_()
    assert metadata == {"image/svg+xml": {"pic": {"alt": ALT}}}
    assert data["image/svg+xml"].startswith("<svg ")
    assert data["text/plain"] == "Trois constats"


@pytest.mark.parametrize("alt", ["", "Trop court", "x" * 251])
def test_a_figure_without_a_usable_alternative_text_is_refused(alt):
    with pytest.raises(ValueError, match="expected 30 to 250"):
        figure(alt=alt)


def test_a_figure_of_pyplot_is_closed_so_that_it_shows_once():
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    Figure(pyplot.figure(), alt=ALT, title="x", data=pd.DataFrame({"a": [1]}))
    assert pyplot.get_fignums() == before


def test_the_csv_under_a_figure_holds_exactly_its_data():
    data = pd.DataFrame({"role": ["à, b", '"c"'], "share": [0.1, 1 / 3]})
    html = Behind(figure(data=data, name="essai")).html()
    (address,) = re.findall(r'download="essai\.csv" href="data:text/csv;charset=utf-8,([^"]*)"', html)
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(unquote(address))), data)


def test_the_table_under_a_figure_is_folded_and_named_after_it():
    html = Behind(figure(note="À lire <avec> soin.")).html()
    assert "<p>À lire &lt;avec&gt; soin.</p>" in html
    assert re.search(r"<summary>Données de la figure<span class=\"visually-hidden\">\s*: Trois constats</span>", html)
    assert Reader(html).caption == "Trois constats"
    assert problems(html) == []


def test_prose_is_markdown_and_a_stable_line():
    got = prose("### Titre\n\n{constat}`B1-01`")._repr_mimebundle_()
    assert got == {"text/markdown": "### Titre\n\n{constat}`B1-01`", "text/plain": "(texte)"}


def test_show_displays_the_figure_then_its_data(monkeypatch):
    seen: list[object] = []
    monkeypatch.setattr("IPython.display.display", seen.append)
    drawing = Drawing(Drawn(), pd.DataFrame({"a": ["b"]}), "Un titre", ALT, {"a": "Lettre"}, "lettres")
    show(drawing)
    first, second = seen
    assert isinstance(first, Figure)
    assert isinstance(second, Behind)
    assert Reader(second.html()).headers[0] == ("Lettre", "col")


def test_file_of_fictitious_numbers_is_called_demo_out_of_the_book_too():
    data = pd.DataFrame({"a": [1]})
    data.attrs["provenance"] = "demo"
    shown = Figure(Drawn(), alt=ALT, title="Essai", data=data, name="essai")
    assert 'download="demo-essai.csv"' in Behind(shown).html()
