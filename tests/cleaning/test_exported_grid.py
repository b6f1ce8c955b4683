"""The list of codes of a coding tool serves as the grid, hierarchy included, or is refused with what to do."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from raw_interviews import FILES, clean, errors, write
from refi_files import CODES, G, project, qdpx

from pic_analysis.cleaning.exported_grid import grid_of
from pic_analysis.publishing.refi_export import codebook_qdc
from pic_analysis.reading.imported import Imported, rows
from pic_analysis.reading.settings import example
from pic_analysis.schemas.interviews import INTERVIEW_TABLES

SHARED = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the files that tools wrote themselves are not on this machine")
CODED = "Entretien,Début,Fin,Code,Sens\nINT001,10,20,{0},appuie\nINT002,30,41,{0},contredit\n"


def cleaned(folder: Path, code: str, grid: Path | bytes, name: str):
    """Clean a study whose grid is an export of that name and whose codings use one code."""
    write(folder, grille=None, codages_A=CODED.format(code), codages_B=None, questions=None)
    if isinstance(grid, bytes):
        (folder / name).write_bytes(grid)
    else:
        shutil.copy(grid, folder / name)
    return clean(folder, example())


def standing(*codes: tuple[str, str, str]) -> Imported:
    listed = [{"code_id": code, "name": name, "parent_id": parent} for code, name, parent in codes]
    return Imported("grille.qdc", "REFI-QDA (essai)", codes=rows("codes", listed))


def test_codes_of_a_refi_codebook_are_the_grid_with_their_hierarchy(tmp_path):
    book = CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="NVivo">').encode()
    got = cleaned(tmp_path, '"Feuille, verte"', book, "grille_nvivo.qdc")
    assert errors(got) == []
    assert got.tables["codebook"][["code_id", "label_fr", "parent", "definition_fr"]].to_numpy().tolist() == [
        ["arbre", "arbre", "", "tout arbre"],
        ["feuille_verte", "feuille, verte", "arbre", ""],
    ]
    assert set(got.tables["codings"]["code_id"]) == {"feuille_verte"}


def test_project_serves_as_the_grid_and_says_that_its_codings_do_not_count(tmp_path):
    write(tmp_path, grille=None, codages_A=CODED.format("arbre"), codages_B=None, questions=None)
    xml = project(f'<TextSource guid="{G["texte"]}" name="INT001"><PlainTextSelection/></TextSource>')
    coded = xml.replace("<PlainTextSelection/>", _passage())
    qdpx(tmp_path / "grille.qdpx", coded)
    got = clean(tmp_path, example())
    assert errors(got) == []
    assert got.tables["codebook"]["code_id"].tolist() == ["arbre", "feuille_verte"]
    assert any("aussi 1\xa0codage" in p.expected and "codages_A.qdpx" in p.hint for p in got.problems)


def _passage() -> str:
    coding = f'<Coding guid="{G["bob"]}"><CodeRef targetGUID="{G["arbre"]}"/></Coding>'
    return f'<PlainTextSelection guid="{G["ana"]}" startPosition="0" endPosition="3">{coding}</PlainTextSelection>'


def test_grid_that_this_package_exported_comes_back_equal(tmp_path):
    rows_ = [
        ("a_b", "Flèche", "", "A>B", 1, "", "Quand…"),
        ("a_b_1", "Fierté", "a_b", "A>B-1", 2, "", ""),
        ("vieux", "Ancien", "", "", 1, "a_b_1", ""),
    ]
    book = pd.DataFrame(rows_, columns=[*INTERVIEW_TABLES["codebook"].columns])
    got = cleaned(tmp_path, "a_b_1", codebook_qdc(book, "essai"), "grille.qdc").tables["codebook"]
    assert sorted(map(tuple, got.to_numpy().tolist())) == sorted(rows_)


def test_codes_of_one_name_under_two_parents_are_told_apart():
    got = grid_of(standing(("1", "Effets", ""), ("2", "Positif", "1"), ("3", "Causes", ""), ("4", "Positif", "3")))
    assert got.frame["code_id"].tolist() == ["effets", "effets_positif", "causes", "causes_positif"]
    assert got.frame["parent"].tolist() == ["", "effets", "", "causes"]
    assert [(problem.value, problem.blocking) for problem in got.problems] == [("positif", False)]


def test_codes_that_contain_each_other_are_held_and_not_followed_for_ever():
    got = grid_of(standing(("1", "a", "2"), ("2", "b", "1"), ("3", "a", ""), ("4", "b", "3")))
    assert got.frame["label_fr"].tolist() == ["a", "b", "a", "b"]


def test_definition_that_is_too_long_is_told_once_for_the_export(tmp_path):
    long = CODES.replace("tout arbre", "mot " * 70).replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">')
    said = errors(cleaned(tmp_path, "arbre", long.encode(), "grille.qdc"))
    assert any("1\xa0code : au plus 60 mots" in line and "Raccourcissez la définition" in line for line in said)


def test_two_grids_are_told(tmp_path):
    write(tmp_path, **{"grille_atlas.qdc": codebook_qdc(_one_code(), "essai")})
    (said,) = errors(clean(tmp_path, example()))
    assert (
        said == "grille_atlas.qdc : il y a déjà une grille, grille.csv : laquelle est la bonne ?\n    → Gardez-en une"
    )


def _one_code() -> pd.DataFrame:
    return pd.DataFrame([("a", "A", "", "", 1, "", "")], columns=[*INTERVIEW_TABLES["codebook"].columns])


def test_list_of_codes_given_as_codings_is_told_as_what_it_is(tmp_path):
    write(tmp_path, codages_B=None, **{"codages_B.qdc": codebook_qdc(_one_code(), "essai")})
    (said,) = errors(clean(tmp_path, example()))
    assert said.startswith("codages_B.qdc : aucun codage dans ce fichier : ce n’est qu’une liste de codes")
    assert "nommez-le grille.qdc" in said


@pytest.mark.parametrize(
    ("name", "advice"), [("codebook.qdc", "Nommez-le grille.qdc"), ("projet.qdpx", "codages_A.qdpx s’il a les codages")]
)
def test_export_under_another_name_is_told_with_the_name_to_give(tmp_path, name, advice):
    write(tmp_path, **{name: b"PK"})
    (said,) = errors(clean(tmp_path, example()))
    assert name in said
    assert advice in said


def test_missing_grid_says_that_the_one_of_a_tool_will_do(tmp_path):
    write(tmp_path, grille=None, codages_A=FILES["codages_A.csv"])
    assert any("grille.qdc" in line for line in errors(clean(tmp_path, example())) if line.startswith("grille.csv"))


def test_export_without_a_code_is_told(tmp_path):
    said = errors(
        cleaned(tmp_path, "a", b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "grille.qdc")
    )
    assert "grille.qdc : aucun code dans ce fichier.\n    → Refaites l’export de la grille" in said


# Counts and parents as the files themselves say: SOURCE.txt, and the XML and CSV read by eye.
@real
@pytest.mark.parametrize("name", ["grille_taguette.qdc", "grille.csv", "grille.xlsx", "grille.sqlite3"])
def test_real_codebook_of_taguette_is_the_grid(tmp_path, name):
    files = {"qdc": "codebook.qdc", "csv": "codebook.csv", "xlsx": "all_tags.xlsx", "sqlite3": "full.sqlite3"}
    got = cleaned(tmp_path, "preuve.forte", SHARED / "taguette" / files[name.rpartition(".")[2]], name)
    assert errors(got) == []
    codes = got.tables["codebook"].set_index("code_id")["parent"].to_dict()
    assert codes == {"contexte": "", "preuve": "", "preuve_faible": "preuve", "preuve_forte": "preuve"}
    assert set(got.tables["codings"]["code_id"]) == {"preuve_forte"}


@real
def test_real_project_of_atlas_ti_is_the_grid(tmp_path):
    got = cleaned(tmp_path, "x", SHARED / "refi-qda" / "TestProject.qdpx", "grille.qdpx")
    assert len(got.tables["codebook"]) == 14
