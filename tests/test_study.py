import pytest
import tiny

from pic_analysis.problems import StudyError
from pic_analysis.study import Study


def test_loaded_tables_are_typed(tiny_study):
    got = tiny_study()
    assert got.citations["repaired"].tolist() == [False, True, False]
    assert got.stakeholders["interviews"].sum() == 25
    assert got.theory_nodes.loc[0, "parent"] == ""


def test_hand_edited_table_is_refused_with_its_row(tiny_study, tmp_path):
    tiny_study()
    path = tmp_path / "data" / "processed" / "essai" / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("contradicts", "denies"), encoding="utf-8")
    with pytest.raises(StudyError) as error:
        Study.load("essai")
    (problem,) = error.value.report
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "statements.csv",
        3,
        "polarity",
        "denies",
    )


def test_dangling_identifier_is_refused(tiny_study, tmp_path):
    tiny_study()
    path = tmp_path / "data" / "processed" / "essai" / "citations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("C2-01", "C2-07"), encoding="utf-8")
    with pytest.raises(StudyError, match="C2-07"):
        Study.load("essai")


def test_cycle_is_refused(tiny_study, tmp_path):
    tiny_study()
    path = tmp_path / "data" / "processed" / "essai" / "theory_links.csv"
    path.write_text(path.read_text(encoding="utf-8") + "C>A,C,A,Retour,7.1.2,C—A\n", encoding="utf-8")
    with pytest.raises(StudyError, match="A > B > C > A"):
        Study.load("essai")


def test_absent_table_says_how_to_make_it(raw_folder):
    with pytest.raises(StudyError, match="pic clean"):
        Study.load("essai")


def test_tiny_study_shows_every_table(tiny_study):
    assert set(tiny_study().tables) >= set(tiny.ROWS)
