"""What people really deliver, through the front door: one French report, exit code 1, nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pic_analysis.cleaning.study import clean, write
from pic_analysis.reading import registry


def rewrite(name: str, change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Path], None]:
    """Return a spoiler that rewrites one raw file."""

    def spoil(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))

    return spoil


def add(name: str, row: str) -> Callable[[Path], None]:
    return rewrite(name, lambda text: text + row + "\n")


SPOILED = {
    "windows file with semicolons": (
        rewrite("statements.csv", lambda text: text.replace(",", ";"), "cp1252"),
        ["statements.csv", "UTF-8", "point-virgule"],
    ),
    "missing column": (
        rewrite("statements.csv", lambda text: text.replace("polarity", "polarite")),
        ["colonne polarity", "« polarite »"],
    ),
    "unknown case": (
        add("citations.csv", "cit-004,B1-01,3.2.1,Ecologie Ecol_PC1_1"),
        ["citations.csv, ligne 5", "Ecol_PC1_1", "Eco_PC1_1"],
    ),
    "citation of no statement": (
        add("citations.csv", "cit-004,B1-07,3.2.1,Eco_PC1_1"),
        ["citations.csv, ligne 5, colonne statement_id", "B1-07", "le plus proche"],
    ),
    "two statements with one id": (
        add("statements.csv", "B1-01,3.2.1,B,change,supports,,Encore.,encore"),
        ["statements.csv, ligne 5", "déjà pris à la ligne 2"],
    ),
    "reference beyond repair": (
        add("citations.csv", "cit-004,B1-01,3.2.1,Participation"),
        ["citations.csv, ligne 5", "ne nomme aucune cellule", "Part_PC1_1"],
    ),
    "truncated file": (rewrite("statements.csv", lambda text: text[:-25]), ["statements.csv", "tronqué"]),
    "cycle in the theory of change": (
        add("theory_links.csv", "C>A,C,A,Retour,7.1.2,C—A"),
        ["theory_links.csv", "A > B > C > A"],
    ),
    "empty file": (rewrite("lessons.csv", lambda text: ""), ["lessons.csv", "vide"]),
    "binary file": (rewrite("lessons.csv", lambda text: "\x00\xff\x00", "latin-1"), ["lessons.csv"]),
    "utf-16 file": (rewrite("lessons.csv", lambda text: text, "utf-16"), ["lessons.csv", "UTF-16"]),
    "section that YAML takes for a number": (
        rewrite("study.yml", lambda text: text.replace('impact_section: "3.5"', "impact_section: 3.5")),
        ["study.yml, colonne impact_section", "guillemets"],
    ),
    "impossible date": (
        rewrite("timeline.csv", lambda text: text.replace("2001", "2001-02-31")),
        ["timeline.csv, ligne 2, colonne date", "n’existe pas"],
    ),
    "huge number": (
        rewrite("stakeholders.csv", lambda text: text.replace(",8", "," + "9" * 20)),
        ["stakeholders.csv, ligne 2", "nombre entier"],
    ),
    "broken study.yml": (rewrite("study.yml", lambda text: text + "cases: ["), ["study.yml, ligne"]),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_bad_input_is_told_and_nothing_is_written(fault, tmp_path, raw_folder, pic):
    processed = tmp_path / "data" / "processed" / "essai"
    write(clean("essai"), processed)
    before = {path.name: path.read_bytes() for path in processed.iterdir()}
    spoil, expected = SPOILED[fault]
    spoil(raw_folder)
    registry.write(raw_folder)
    for verb in ("check", "clean"):
        code, said = pic(verb, "--study", "essai")
        assert code == 1, said
        assert [words for words in expected if words not in said] == [], said
        assert "Traceback" not in said
        assert len(said.splitlines()) < 80, "the cause drowns in its consequences"
        assert not [sign for sign in said if sign < " " and sign != "\n"]
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before


def test_several_faults_come_in_one_report(tmp_path, raw_folder, pic):
    for fault in ("missing column", "unknown case", "cycle in the theory of change"):
        SPOILED[fault][0](raw_folder)
    registry.write(raw_folder)
    said = pic("check", "--study", "essai")[1]
    assert all(words in said for words in ("colonne polarity", "Ecol_PC1_1", "A > B > C > A"))


def test_unknown_study_names_those_that_exist(raw_folder, pic):
    code, said = pic("check", "--study", "esai")
    assert code == 1
    assert "essai" in said
