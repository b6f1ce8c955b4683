"""What the gate finds in the files of a build, and that it stops the build."""

import subprocess

import pandas as pd
import pytest
import tiny
from conftest import REPOSITORY

from pic_analysis.disclosure.ledger import people_table
from pic_analysis.disclosure.suppression import protect
from pic_analysis.publishing import book, gate
from pic_analysis.publishing.blocks.gate import protected_tables
from pic_analysis.publishing.contents import BookError

LIST = "name,function,why\nAnne Durand,maire,Élue\n"


@pytest.fixture
def built(tmp_path):
    """Return a function that writes files as a build would and gives what the gate says of them."""
    (tmp_path / "_config.yml").write_text("sphinx: {config: {pic_study: essai}}\n", encoding="utf-8")
    raw = tmp_path / "data/raw/essai"
    raw.mkdir(parents=True)
    (raw / "personnes_publiques.csv").write_text(LIST, encoding="utf-8")

    def problems(**files):
        for name, text in files.items():
            path = tmp_path / "html" / name.replace("__", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return gate.problems(tmp_path / "html", raw)

    return problems


def test_listed_figure_is_let_through(built):
    assert built(a__html="<p>Selon Anne Durand, dit le maire.</p>") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Paule Petit", "nom de personne « Paule Petit »"),
        ("p.petit@essai.fr", "adresse électronique « p.petit@essai.fr »"),
        ("03 21 00 11 22", "numéro de téléphone « 03 21 00 11 22 »"),
        ("la directrice du lycée", "fonction qu’une seule personne exerce « la directrice du lycée »"),
        ("itw_PP", "initiales « itw_PP »"),
    ],
)
def test_anything_else_is_refused_wherever_it_is_written(built, text, said):
    for name, content in {
        "a__html": f"<p>Selon {text}.</p>",
        "b__html": f'<img alt="Selon {text}">',
        "c__csv": f"a,b\n1,selon {text}\n",
        "d__json": f'{{"a": ["selon {text}"]}}',
        "e__svg": f"<svg><text>selon {text}</text></svg>",
    }.items():
        got = built(**{name: content})
        assert said in "\n".join(got), name


def test_place_that_looks_like_somebody_is_no_name_where_the_study_bears_it(built, tmp_path):
    page = "<p>L’étude Essai de Lens Nord, au Val Claire Fontaine, avec Paule Lens.</p>"
    assert [said.partition(" (…")[0] for said in built(a__html=page)] == [
        "a.html : nom de personne « Essai de Lens Nord »",
        "a.html : nom de personne « Val Claire Fontaine »",
        "a.html : nom de personne « Paule Lens »",
    ]
    named = tiny.SETTINGS.replace("title_fr: Essai\n", "title_fr: Essai de Lens Nord\n")
    named = named.replace("label_fr: Implication", "label_fr: Val Claire Fontaine")
    (tmp_path / "data/raw/essai/study.yml").write_text(named, encoding="utf-8")
    assert [said.partition(" (…")[0] for said in built(a__html=page)] == ["a.html : nom de personne « Paule Lens »"]


def test_one_name_in_many_files_is_said_once(built):
    got = built(a__html="<p>Paule Petit</p>", b__html="<p>Paule Petit.</p>")
    assert len(got) == 1
    assert got[0].startswith("a.html et 1\u00a0autre fichier : ")


def test_two_files_that_join_into_type_by_case_are_refused(built):
    got = built(a__csv="interview_id,stakeholder_type\nINT001,elus\n", b__csv="interview_id,case\nINT001,Eco\n")
    assert "ces tables se joignent par code d’entretien" in "\n".join(got)


def test_file_that_cannot_be_read_is_refused(built, tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "html/a.bin").write_bytes(b"\xff\x81")
    assert built() == ["a.bin : fichier que le garde-fou ne sait pas lire"]


def test_refused_book_is_not_published(built, tmp_path):
    built(a__html="<p>Selon Paule Petit.</p>")
    with pytest.raises(BookError, match="Le garde-fou refuse ce livre") as raised:
        book.guard(tmp_path / "html", tmp_path)
    assert "personnes_publiques.csv" in str(raised.value)
    assert "L’ancien livre est resté en place" in str(raised.value)


def test_folder_of_restricted_data_is_ignored_by_git():
    if not (REPOSITORY / ".git").exists():
        pytest.skip("not a git checkout: nothing to ignore")
    done = subprocess.run(
        ["git", "check-ignore", "-q", "data/raw/restricted/essai/registre.csv"], cwd=REPOSITORY, check=False
    )
    assert done.returncode == 0


def test_page_of_the_gate_reports_tables_names_and_what_is_withheld(loos):
    from pic_analysis.publishing.blocks.index import BLOCKS

    assert "| Entretiens par groupe d’acteurs | groupe d’acteurs | 5 | 0 | 0 |" in BLOCKS["garde-fou-comptes"](loos, {})
    assert "Expert du panel" in BLOCKS["garde-fou-noms"](loos, {})
    assert "tables offertes au téléchargement" in BLOCKS["garde-fou-recherche"](loos, {})
    assert "Entretiens par type d’acteur" in BLOCKS["garde-fou-retenues"](loos, {})


def test_page_fails_where_its_tables_rebuild_what_is_never_published():
    people = pd.DataFrame({"stakeholder_type": ["elus"] * 9, "case": ["Eco"] * 9})
    with pytest.raises(ValueError, match="jamais publié"):
        protected_tables(protect([people_table("t", "Types par cas", people, ["stakeholder_type", "case"])]))
