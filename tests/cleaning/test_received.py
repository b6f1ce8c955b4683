"""What a producer's table has of odd is told; nothing of it is changed."""

import pandas as pd
import pytest
from conftest import REPOSITORY

from pic_analysis.cleaning.received import faults
from pic_analysis.reading.detect import read_tables
from pic_analysis.reading.tables import RawTable

TERRITORY = REPOSITORY.parent / "shared" / "data" / "territoire"
MUSEUMS = TERRITORY / "frequentation_musees_pas-de-calais_2001-2021.csv"
COLUMNS = ["ref", "nom", "annee", "region", "payant", "gratuit", "total"]


def told(*rows):
    frame = pd.DataFrame([*rows], columns=COLUMNS, index=range(2, len(rows) + 2), dtype="str")
    return [
        (problem.row, problem.column, problem.value, problem.expected) for problem in faults(RawTable("m.csv", frame))
    ]


SOUND = [("M1", "Musée A", "2019", "Nord", "10", "5", "15"), ("M2", "Musée B", "2019", "Nord", "7", "1", "8")]


def test_sound_table_has_nothing_odd():
    assert told(*SOUND, ("M1", "Musée A", "2020", "Nord", "11", "5", "16")) == []


def test_three_spellings_of_a_region():
    rows = [
        ("M1", "Musée A", str(year), region, "1", "1", "2")
        for year, region in enumerate(("NORD", "Nord", "nord"), 2001)
    ]
    ((row, column, _, said),) = told(*rows)
    assert (row, column) == (0, "region")
    assert said == "une même chose écrite de 3 façons : NORD (1), Nord (1), nord (1)"


@pytest.mark.parametrize(("total", "said"), [("15", "et mêmes valeurs"), ("16", "laquelle est juste ?")])
def test_museum_and_year_twice(total, said):
    again = ("M1", "Musée A", "2019", "Nord", "10", total.replace("15", "5").replace("16", "6"), total)
    ((row, _, value, expected),) = told(*SOUND, again)
    assert (row, value) == (4, "M1 2019")
    assert expected.startswith("même code et même période qu’à la ligne 2") and expected.endswith(said)  # noqa: PT018


def test_false_total():
    ((row, column, value, said),) = told(*SOUND, ("M2", "Musée B", "2020", "Nord", "7", "2", "90"))
    assert (row, column, value) == (4, "total", "90")
    assert said == "la somme des parts est 9 (7 + 2)"


def test_code_with_two_names_and_name_with_two_codes():
    rows = [(f"M{n}", f"Musée {n}", "2019", "Nord", str(n), "1", str(n + 1)) for n in range(1, 8)]
    rows += [("M1", "Musée des Arts", "2020", "Nord", "3", "1", "4"), ("M9", "Musée 2", "2019", "Nord", "5", "1", "6")]
    assert [(value, said) for _, _, value, said in told(*rows)] == [
        ("M1", "plusieurs noms pour ce code : Musée 1 et Musée des Arts"),
        ("Musée 2", "plusieurs codes pour ce nom : M2 et M9"),
    ]


def test_year_that_repeats_the_one_before():
    rows = [
        (f"M{n}", f"Musée {n}", year, "Nord", str(n), "1", str(n + 1)) for n in range(1, 8) for year in ("2019", "2020")
    ]
    got = [(column, value) for _, column, value, said in told(*rows) if "recopiée" in said]
    assert ("total", "2020") in got


def test_producer_table_with_real_faults():
    """The ministry's attendance file: three spellings of a region, museums that changed their name or share one."""
    if not MUSEUMS.is_file():
        pytest.skip("the ministry's file is not beside this checkout")
    found = [problem for table in read_tables(MUSEUMS) for problem in faults(table)]
    regions = [problem.expected for problem in found if problem.column == "regions"]
    assert regions == [
        "une même chose écrite de 3 façons : HAUTS-DE-FRANCE (50), HAUTS-DE-France (32), Hauts-de-France (17)"
    ]
    renamed = {
        problem.value for problem in found if "plusieurs noms" in problem.expected and "nom_du" in problem.column
    }
    assert renamed == {"6210801", "6216001", "6249801", "6282601"}
    assert any(problem.value == "Musée Municipal" and "plusieurs codes" in problem.expected for problem in found)
    assert not any(problem.blocking for problem in found)


def test_producer_table_whose_total_year_and_rows_are_tampered_with(tmp_path):
    if not MUSEUMS.is_file():
        pytest.skip("the ministry's file is not beside this checkout")
    lines = MUSEUMS.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("30633", "30363")
    (tmp_path / "m.csv").write_text("\n".join([*lines, lines[2]]) + "\n", encoding="utf-8")
    found = [problem for table in read_tables(tmp_path / "m.csv") for problem in faults(table)]
    assert [(p.row, p.value) for p in found if p.column == "total"] == [(2, "30363")]
    assert [p.value for p in found if "même code et même période" in p.expected] == ["6204102 2002"]
