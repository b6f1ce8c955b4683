"""The page that sets studies side by side: nothing where there is one, no ranking, fictitious ones apart."""

from __future__ import annotations

import re
import shutil

import pytest
import tiny

from pic_analysis.cleaning import study as cleaning
from pic_analysis.figures.comparison import statements
from pic_analysis.figures.style import ALT_LONGEST, svg
from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.drawings import DRAWINGS
from pic_analysis.reading import registry
from pic_analysis.reading.families import FILE
from pic_analysis.study import Study

HEAD = "family_id,label_fr,study,mechanism_id,reason_fr\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    return tmp_path


def add(root, name, territory, **changes):
    """Write and clean one more study: the tiny one, under another name."""
    (root / "_config.yml").touch()
    apart, folder = root / ".tiny", root / "data" / "raw" / name
    apart.mkdir(exist_ok=True)
    shutil.copytree(tiny.write(apart), folder)
    text = (folder / "study.yml").read_text(encoding="utf-8").replace("Essai-la-Ville", territory)
    for old, new in changes.items():
        text = text.replace(old, new)
    (folder / "study.yml").write_text(text, encoding="utf-8")
    registry.write(folder)
    result = cleaning.clean(name)
    assert result.report.errors == ()
    cleaning.write(result, root / "data" / "processed" / name, name)
    return Study.load(name)


def declare(root, *rows):
    (root / "data" / "raw" / FILE).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def page(study):
    return BLOCKS["comparaison"](study, {}).replace("\u00a0", " ").replace("\u202f", " ")


def test_one_real_study_has_nothing_to_compare_and_no_link(root):
    study = add(root, "essai", "Essai-la-Ville")
    add(root, "demo_seul", "Fiction")
    declare(root, "MEC01,Informer,essai,A>B-1,même levier")
    got = page(study)
    assert got.startswith("Il n’y a encore rien à comparer.")
    assert "n’a qu’une seule étude qui ait des constats, Essai-la-Ville (2020)" in got
    assert not re.search(r"\]\(|\{\w+\}`|Fiction|##", got)


def test_study_that_does_not_ask_has_three_dots_and_the_one_that_does_has_its_reason(root):
    study = add(root, "essai", "Essai-la-Ville")
    add(root, "autre", "Autre-la-Ville")
    declare(root, "MEC01,Informer,essai,A>B-1,même levier")
    lines = page(study).splitlines()
    (asked,) = [line for line in lines if "Informer fait apprendre." in line]
    assert "moyenne | Confiance moyenne : étendue" in asked
    assert asked.endswith("| même levier |")
    assert "| Autre-la-Ville (2020) | … | … | … | … |" in lines
    assert " non " not in " ".join(line for line in lines if "Autre-la-Ville" in line)


def test_studies_come_in_the_order_of_their_names_and_nothing_is_summed(root):
    study = add(root, "essai", "Zone")
    add(root, "autre", "Âtre")
    add(root, "bourg", "Bourg")
    declare(root, "MEC01,Informer,essai,A>B-1,x", "MEC01,Informer,autre,A>B-1,x")
    got = page(study)
    named = re.findall(r"^\| (Âtre|Bourg|Zone) \(2020\)", got, re.MULTILINE)
    assert named == ["Âtre", "Bourg", "Zone"] * 2
    assert not re.search(r"moyenne des|classement|rang|meilleur", got)


def test_fictitious_studies_come_apart_and_say_so_everywhere(root):
    study = add(root, "essai", "Essai-la-Ville")
    for number in (1, 2):
        add(root, f"demo_{number}", f"Fiction {number}")
    declare(root, "MEC01,Informer,essai,A>B-1,x", "MEC01,Informer,demo_1,A>B-1,x")
    real, apart = page(study).split("## Études fictives (demo)")
    assert "Fiction" not in real
    assert "Essai-la-Ville" not in apart
    assert "Tout ce qui suit est fictif" in apart
    assert all("(demo)" in line for line in apart.splitlines() if line.startswith(("## ", "::::{table}")))
    drawing = DRAWINGS["constats-compares"](study, {"etudes": "demo"}).drawing
    assert "données fictives" in drawing.title
    assert drawing.data.attrs["provenance"] == "demo"


def test_other_thresholds_are_told(root):
    study = add(root, "essai", "Essai-la-Ville")
    add(root, "autre", "Autre")
    assert "mêmes seuils" not in page(study)
    shutil.rmtree(root / "data" / "raw" / "autre")
    stricter = {
        "agreement: {medium: 0.5": "agreement: {medium: 0.6",
        "agreement.medium: [0.5]": "agreement.medium: [0.6]",
    }
    add(root, "autre", "Autre", **stricter)
    assert "le même mot de confiance n’y demande pas la même chose" in page(study)


def test_study_that_cannot_be_read_is_told_and_prevents_no_other(root):
    study = add(root, "essai", "Essai-la-Ville")
    add(root, "autre", "Autre")
    add(root, "casse", "Cassée")
    (root / "data" / "processed" / "casse" / "citations.csv").unlink()
    got = page(study)
    assert "1 étude ne peut être lue : elle n’est pas comparée (casse)." in got
    assert "Autre (2020)" in got


def test_declared_mechanism_that_does_not_exist_is_refused_with_its_row(root):
    study = add(root, "essai", "Essai-la-Ville")
    declare(root, "MEC01,Informer,essai,A>B-9,x", "MEC01,Informer,essay,A>B-1,x")
    with pytest.raises(ValueError, match=r"ligne 2, colonne mechanism_id") as raised:
        page(study)
    assert "ligne 3, colonne study : « essay »" in str(raised.value)


def test_drawing_has_one_panel_a_study_and_one_scale(root):
    studies = [add(root, "essai", "Essai-la-Ville"), add(root, "autre", "Autre")]
    drawing = statements(studies)
    assert drawing.data.groupby("study")["statements"].sum().to_dict() == {
        "Essai-la-Ville (2020)": 3,
        "Autre (2020)": 3,
    }
    assert len(drawing.alt) <= ALT_LONGEST
    assert len(drawing.figure.axes) == 2
    # The same number has the same circle in every panel.
    sizes = [[round(float(c.get_sizes()[0]), 3) for c in axes.collections] for axes in drawing.figure.axes]
    assert sizes[0] == sizes[1]
    assert len(set(sizes[0])) == 3  # none, one, two statements
    assert svg(drawing.figure) == svg(statements(studies).figure)
