"""Bad input that people really deliver: one French report for all of it, and nothing half-written."""

import json

import pandas as pd
import pytest
import tiny
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pic_analysis.cleaning.study import clean, to_csv, write
from pic_analysis.problems import StudyError
from pic_analysis.reading import registry


def said(folder):
    registry.write(folder)
    return [str(problem) for problem in clean("essai").report.errors]


def replace_rows(tmp_path, **rows):
    return tiny.write(tmp_path, rows)


def test_sound_study_has_no_error(raw_folder):
    got = clean("essai")
    assert got.report.errors == ()
    assert {name: len(frame) for name, frame in got.tables.items()}["statements"] == 3


def test_every_repair_is_logged_and_every_misplaced_reference_kept(raw_folder):
    got = clean("essai").tables
    log = dict(zip(got["cleaning_log"]["entry_id"], got["cleaning_log"]["rule"], strict=True))
    assert log["citations.3.raw_reference"] == "I lu 1 ; séparateur rétabli"
    assert "la section 3.3.2 attend Part_PC2_2" in log["citations.4.cell_id"]
    assert got["citations"]["cell_id"].tolist() == ["Eco_PC1_1", "Part_PC1_1", "Part_PC2_3"]
    assert got["testimonies"]["speaker_id"].tolist() == ["P11", "expert-panel", "sans-code-003"]


def test_windows_file_with_semicolons_is_named_and_its_own_problems_too(raw_folder):
    path = raw_folder / "statements.csv"
    text = path.read_text(encoding="utf-8").replace(",", ";").replace("change;supports", "change;suports")
    path.write_bytes(text.encode("cp1252"))
    got = "\n".join(said(raw_folder))
    assert "statements.csv, ligne 4 : le fichier n’est pas en UTF-8" in got
    assert "séparateur attendu : la virgule ; lu : le point-virgule" in got
    assert "le plus proche : « supports »" in got
    assert "la ligne visée de statements.csv est elle-même en quarantaine" in got


def test_missing_column_is_named_with_the_nearest(raw_folder):
    path = raw_folder / "conclusions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("direction", "directions"), encoding="utf-8")
    got = said(raw_folder)
    assert any("colonne direction" in line and "absente" in line and "« directions »" in line for line in got)


def test_unknown_case_goes_to_quarantine_with_the_nearest(tmp_path, raw_folder):
    replace_rows(tmp_path, citations=[("cit-001", "B1-01", "3.2.1", "Ecco_PC1_1")])
    got = clean("essai")
    assert [problem.nearest for problem in got.report.errors] == ["Eco_PC1_1"]
    assert got.tables["quarantine"]["content"].str.contains("Ecco_PC1_1").all()


def test_citation_of_no_statement_is_named_with_the_nearest(tmp_path, raw_folder):
    replace_rows(tmp_path, citations=[("cit-001", "B1-09", "3.2.1", "Eco_PC1_1")])
    (problem,) = clean("essai").report.errors
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "citations.csv",
        2,
        "statement_id",
        "B1-09",
    )
    assert problem.nearest in {"B1-01", "B1-02"}


def test_quarantine_keeps_the_row_as_it_was_received(tmp_path, raw_folder):
    replace_rows(tmp_path, testimonies=[("tem-001", "interview", "P1I", "B9-99", "3.2.1", "supports", "Oui.", "a")])
    (content,) = clean("essai").tables["quarantine"]["content"]
    assert json.loads(content)["raw_speaker"] == "P1I"


def test_two_rows_with_one_identifier(tmp_path, raw_folder):
    replace_rows(tmp_path, statements=[tiny.ROWS["statements"][0], *tiny.ROWS["statements"]])
    (problem,) = clean("essai").report.errors
    assert (problem.row, problem.expected) == (3, "identifiant déjà pris à la ligne 2")


def test_truncated_file_is_told(raw_folder):
    path = raw_folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8")[:-60], encoding="utf-8")
    got = "\n".join(said(raw_folder))
    assert "fichier tronqué" in got
    assert "8\xa0cellules attendues" in got


def test_theory_that_turns_in_circles_is_told(tmp_path, raw_folder):
    links = [*tiny.ROWS["theory_links"], ("C>A", "C", "A", "Retour", "7.1.2", "C—A")]
    replace_rows(tmp_path, theory_links=links)
    (problem,) = clean("essai").report.errors
    assert problem.value == "A > B > C > A"


def test_changed_raw_file_says_how_to_register_it(raw_folder):
    with (raw_folder / "conclusions.csv").open("a", encoding="utf-8") as file:
        file.write("CCL02,B,limit,,Pas tout le monde.\n")
    problem, _ = clean("essai").report.errors
    assert problem.file == "conclusions.csv"
    assert "pic register" in problem.hint


def test_claim_that_no_statement_supports_is_told_until_a_decision_says_why(tmp_path, raw_folder):
    replace_rows(tmp_path, conclusion_support=[("CCL01", "B1-02", "opposes", "explicit")])
    (problem,) = clean("essai").report.errors
    assert (problem.file, problem.row, problem.value) == ("conclusions.csv", 2, "CCL01")
    (raw_folder / "decisions.csv").write_text(
        "file,identifier,reason_fr\nconclusions.csv,CCL01,Le récit n’en dit rien\n", encoding="utf-8"
    )
    registry.write(raw_folder)
    assert clean("essai").report.errors == ()


def test_file_that_no_table_reads_is_told(raw_folder):
    (raw_folder / "statement.csv").write_text("a\n", encoding="utf-8")
    assert any("statement.csv" in line and "aucune table" in line for line in said(raw_folder))


def test_absent_file_is_told(raw_folder):
    (raw_folder / "lessons.csv").unlink()
    assert any(line.startswith("lessons.csv") and "absent" in line for line in said(raw_folder))


def test_all_problems_of_all_files_come_at_once(tmp_path, raw_folder):
    replace_rows(
        tmp_path,
        citations=[("cit-001", "B1-09", "3.2.1", "Eco_PC1_1"), ("cit-002", "B1-01", "3.2.1", "rien")],
        conclusions=[("CCL1", "B", "contrib", "", "Le récit convainc.")],
    )
    got = {(problem.file, problem.column) for problem in clean("essai").report.errors}
    assert got == {
        ("citations.csv", "statement_id"),
        ("citations.csv", "raw_reference"),
        ("conclusions.csv", "conclusion_id"),
        ("conclusions.csv", "direction"),
        # what was tied to the conclusion dangles with it
        ("conclusion_support.csv", "conclusion_id"),
        ("recommendation_answers.csv", "conclusion_id"),
        ("rival_fates.csv", "conclusion_id"),
    }


def test_tie_written_twice_is_told_with_both_ends(tmp_path, raw_folder):
    tie = ("CCL01", "B1-01", "supports", "explicit")
    replace_rows(tmp_path, conclusion_support=[tie, tie])
    (problem,) = clean("essai").report.errors
    assert (problem.row, problem.value) == (3, "CCL01 B1-01")


def test_decision_names_a_tie_by_both_ends(tmp_path, raw_folder):
    sound = tiny.ROWS["conclusion_support"]
    replace_rows(tmp_path, conclusion_support=[*sound, ("CCL01", "B9-99", "supports", "explicit")])
    (raw_folder / "decisions.csv").write_text(
        "file,identifier,reason_fr\nconclusion_support.csv,CCL01 B9-99,Constat retiré\n", encoding="utf-8"
    )
    registry.write(raw_folder)
    assert clean("essai").report.errors == ()


def test_decision_accepts_one_quarantined_row_and_only_it(tmp_path, raw_folder):
    replace_rows(
        tmp_path,
        citations=[("cit-001", "B1-01", "3.2.1", "Participation"), ("cit-002", "B1-01", "3.2.1", "rien")],
    )
    (raw_folder / "decisions.csv").write_text(
        "file,identifier,reason_fr\ncitations.csv,cit-001,La source n’en dit pas plus\ncitations.csv,cit-099,Erreur\n",
        encoding="utf-8",
    )
    registry.write(raw_folder)
    got = clean("essai")
    assert [problem.value for problem in got.report.errors] == ["rien", "cit-099"]
    assert got.tables["quarantine"]["decision_fr"].tolist() == ["La source n’en dit pas plus", ""]


def test_decision_without_a_reason_accepts_nothing(tmp_path, raw_folder):
    replace_rows(tmp_path, citations=[("cit-001", "B1-01", "3.2.1", "Participation")])
    (raw_folder / "decisions.csv").write_text("file,identifier,reason_fr\ncitations.csv,cit-001, \n", encoding="utf-8")
    got = said(raw_folder)
    assert any("decisions.csv, ligne 2" in line and "motif est obligatoire" in line for line in got)
    assert any("citations.csv, ligne 2" in line for line in got)


def test_box_inside_itself_is_told(tmp_path, raw_folder):
    rows = [(*row[:1], "B1" if row[0] == "B" else row[1], *row[2:]) for row in tiny.ROWS["theory_nodes"]]
    replace_rows(tmp_path, theory_nodes=rows)
    (problem,) = clean("essai").report.errors
    assert (problem.file, problem.value) == ("theory_nodes.csv", "B > B1 > B")


def test_errors_write_nothing(tmp_path, raw_folder):
    folder = tmp_path / "data" / "processed" / "essai"
    write(clean("essai"), folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    replace_rows(tmp_path, citations=[("cit-001", "B1-09", "3.2.1", "Eco_PC1_1")], conclusions=[])
    with pytest.raises(StudyError, match="B1-09"):
        write(clean("essai"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_table_that_is_no_longer_made_goes(tmp_path, raw_folder):
    folder = tmp_path / "data" / "processed" / "essai"
    folder.mkdir(parents=True)
    (folder / "old_table.csv").write_text("a\n", encoding="utf-8")
    write(clean("essai"), folder)
    assert not (folder / "old_table.csv").exists()


def test_each_table_is_published_with_its_schema(tmp_path, raw_folder):
    folder = tmp_path / "data" / "processed" / "essai"
    write(clean("essai"), folder)
    for table in folder.glob("*.csv"):
        schema = json.loads(table.with_suffix(".schema.json").read_text(encoding="utf-8"))
        assert [field["name"] for field in schema["fields"]] == table.read_text(encoding="utf-8").split("\n")[0].split(
            ","
        )


def test_cleaning_twice_gives_the_same_bytes(raw_folder):
    first, second = clean("essai"), clean("essai")
    assert {n: to_csv(f) for n, f in first.tables.items()} == {n: to_csv(f) for n, f in second.tables.items()}


def test_csv_is_written_as_published():
    frame = pd.DataFrame({"a": ["é, è"], "b": [True], "n": [3]})
    assert to_csv(frame) == 'a,b,n\n"é, è",true,3\n'.encode()


words = st.text(alphabet="ABCEPart_PC123 .,;éx\"'", max_size=14)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.tuples(words, words, words, words), max_size=5))
def test_no_row_is_ever_lost(tmp_path, raw_folder, rows):
    replace_rows(tmp_path, citations=rows)
    got = clean("essai").tables
    held = got["quarantine"]["file"] == "citations.csv"
    assert len(got["citations"]) + held.sum() == len(rows)


UNTRACED = "aucune trace dans les sources lues"


def test_year_of_a_recommendation_that_says_nothing_is_asked_for_with_its_line(tmp_path, raw_folder):
    replace_rows(tmp_path, follow_up=[("REC-EVAL-1", "2022", "unknown", UNTRACED, "", "2023-01-01")])
    got = [problem for problem in clean("essai").report.errors if problem.file == "follow_up.csv"]
    assert [problem.value for problem in got] == ["REC-EVAL-1 2020", "REC-EVAL-1 2021"]
    assert f"REC-EVAL-1,2020,unknown,{UNTRACED},," in got[0].hint


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("REC-EVAL-1", "2020", "", UNTRACED, "", "2021"), "status", "absente"),
        (("REC-EVAL-1", "2020", "unknown", "", "", "2021"), "evidence_fr", "absente"),
        (("REC-EVAL-1", "2020", "done", "vu", "", "2021"), "source", "demande la source"),
    ],
)
def test_follow_up_is_never_blank_and_never_without_its_source(tmp_path, raw_folder, row, column, said):
    replace_rows(tmp_path, follow_up=[row])
    (problem,) = clean("essai").report.errors
    assert (problem.file, problem.row, problem.column) == ("follow_up.csv", 2, column)
    assert said in problem.expected


def test_follow_up_before_the_study_is_refused(tmp_path, raw_folder):
    rows = [("REC-EVAL-1", year, "unknown", UNTRACED, "", "2021") for year in ("2019", "2020")]
    replace_rows(tmp_path, follow_up=rows)
    (problem,) = clean("essai").report.errors
    assert (problem.row, problem.value) == (2, "2019")
