import office_files
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pic_analysis.reading.sheets import read_sheet

FIELDS = {"who": ("Entretien",), "start": ("Début", "de"), "end": ("Fin",)}
SOUND = "Entretien;Début;Fin\r\nINT001;1;2\r\n;;\r\nINT002;3;4\r\n"


def read(folder, content, **more):
    path = folder / "codages_A.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_sheet(path, FIELDS, **more)


@pytest.mark.parametrize("bulk", [0, 10**9])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_rows_keep_the_number_that_a_spreadsheet_gives_them(tmp_path, encoding, bulk):
    got = read(tmp_path, f"Entretiens demo;;\r\n{SOUND}".encode(encoding), bulk=bulk)
    assert got.frame.to_dict("index") == {
        3: {"who": "INT001", "start": "1", "end": "2"},
        5: {"who": "INT002", "start": "3", "end": "4"},
    }
    assert not any(problem.blocking for problem in got.problems)


@pytest.mark.parametrize("bulk", [0, 10**9])
@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("Entretien,Début,Fin\nINT001,1\nINT002,3,4\n", 2),
        ("Entretien,Début,Fin\nINT001,1,2,3\nINT002,3,4\n", 2),
        ('Entretien,Début,Fin\nINT001,1,2\n"INT002,3,4\n', 3),
        ("Entretien,Début,Fin\nINT001,1,2\nÃ©lu,3,4\n", 3),
    ],
)
def test_defect_of_a_row_is_told_whatever_the_size_of_the_file(tmp_path, content, row, bulk):
    got = read(tmp_path, content, bulk=bulk)
    assert row in {problem.row for problem in got.problems if problem.blocking}
    assert len(got.frame) == 2


@pytest.mark.parametrize(
    ("second", "expected", "blocking"),
    [
        ([["Entretien", "Fin"], ["INT003", "9"]], "1\xa0ligne, sous les mêmes colonnes que la feuille lue", True),
        ([["Ville", "Remarque"], ["Lille", "à revoir"], ["Lens", ""]], "feuille non lue : 2\xa0lignes", False),
    ],
)
def test_rows_of_another_sheet_are_not_lost_in_silence(tmp_path, second, expected, blocking):
    first = [["Entretien", "Fin"], ["INT001", "5"], ["INT002", "7"]]
    path = office_files.xlsx(tmp_path / "registre.xlsx", {"Mairie": first, "Suite": second})
    got = read_sheet(path, FIELDS, required=["who"])
    assert got.frame["who"].tolist() == ["INT001", "INT002"]
    (problem,) = [problem for problem in got.problems if "non lue" in problem.expected]
    assert (problem.file, problem.blocking) == ("registre.xlsx (Suite)", blocking)
    assert expected in problem.expected


def test_column_that_is_missing_is_told_with_the_nearest(tmp_path):
    got = read(tmp_path, "Entretient,Début,Fin\na,1,2\n", required=["who"])
    (problem,) = [problem for problem in got.problems if problem.blocking]
    assert (problem.column, problem.nearest) == ("Entretien", "Entretient")


def test_column_that_is_not_known_is_left_and_told(tmp_path):
    got = read(tmp_path, "Entretien,Début,Fin,Humeur\na,1,2,bonne\n")
    assert [*got.frame.columns] == ["who", "start", "end"]
    assert any(problem.column == "Humeur" and not problem.blocking for problem in got.problems)


def test_two_columns_for_one_thing_are_told(tmp_path):
    assert any(problem.blocking for problem in read(tmp_path, "Entretien,Début,de,Fin\na,1,2,3\n").problems)


def test_file_that_is_no_table_is_refused_in_french(tmp_path):
    assert any(problem.blocking for problem in read(tmp_path, bytes(range(32)) * 40).problems)
    assert any(problem.blocking for problem in read(tmp_path, b"PK\x03\x04 not a workbook").problems)


CELL = st.text(st.characters(codec="cp1252", exclude_characters="\r\n\x00", exclude_categories=["Cc"]), max_size=6)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from(["utf-8", "cp1252"]))
def test_large_files_are_read_as_small_ones(tmp_path, rows, encoding):
    text = pd.DataFrame(rows, columns=["Entretien", "Début", "Fin"]).to_csv(index=False, lineterminator="\n")
    at_once, by_row = (read(tmp_path, text.encode(encoding), bulk=bulk) for bulk in (0, 10**9))
    assert at_once.frame.to_dict("index") == by_row.frame.to_dict("index")
    assert {p.expected for p in at_once.problems if p.blocking} == {p.expected for p in by_row.problems if p.blocking}
