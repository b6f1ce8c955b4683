import pandas as pd
import pytest
import raw_interviews
import tiny

from pic_analysis.cleaning import study as cleaning
from pic_analysis.interviews import Interviews, settled
from pic_analysis.problems import StudyError
from pic_analysis.publishing import study_book
from pic_analysis.reading import registry


@pytest.fixture
def interviews_only(tmp_path, monkeypatch):
    """Return the raw folder of a study that has interviews and no evidence tables."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").touch()
    raw = tmp_path / "data" / "raw" / "essai"
    raw_interviews.write(raw / "entretiens")
    (raw / "study.yml").write_text(tiny.SETTINGS.replace("Part,", "Agri,"), encoding="utf-8")
    registry.write(raw)
    return raw


def written(tmp_path):
    cleaning.write(cleaning.clean("essai"), tmp_path / "data/processed/essai")
    return Interviews.load("essai")


def test_study_of_interviews_alone_is_cleaned_and_loaded(interviews_only, tmp_path):
    got = written(tmp_path)
    assert cleaning.clean("essai").tables == {}
    assert got.interviews["interview_id"].tolist() == ["INT001", "INT002", "INT003"]
    assert got.codebook["version"].tolist() == [1, 1]
    assert got.codings.attrs["provenance"] == "essai"
    assert [*got.tables] == [
        "interviews",
        "codebook",
        "codings",
        "asked",
        "disagreements",
        "cleaning_log",
        "quarantine",
    ]


def test_study_with_evidence_and_interviews_has_both(raw_folder):
    raw_interviews.write(raw_folder / "entretiens", registre=raw_interviews.FILES["registre.csv"].replace("Agri", ""))
    registry.write(raw_folder)
    got = cleaning.clean("essai")
    assert got.report.errors == ()
    assert len(got.tables["statements"]) == 3
    assert len(got.interviews["interviews"]) == 3


def test_study_with_nothing_is_told_what_is_missing(raw_folder):
    for path in raw_folder.glob("*.csv"):
        path.unlink()
    assert "statements.csv" in {problem.file for problem in cleaning.clean("essai").report.errors}


def test_changed_raw_interviews_are_told(interviews_only):
    with (interviews_only / "entretiens/codages_A.csv").open("a", encoding="utf-8") as file:
        file.write("INT001,50,60,a_b_1,appuie\n")
    (problem,) = cleaning.clean("essai").report.errors
    assert problem.file == "entretiens/codages_A.csv"


def test_table_edited_by_hand_is_refused(interviews_only, tmp_path):
    written(tmp_path)
    path = tmp_path / "data/processed/essai/entretiens/codings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("INT003,INT003", "INT004,INT004"), encoding="utf-8")
    with pytest.raises(StudyError, match="aucune ligne de interviews.csv"):
        Interviews.load("essai")


def test_missing_table_says_how_to_make_it(interviews_only, tmp_path):
    written(tmp_path)
    (tmp_path / "data/processed/essai/entretiens/asked.csv").unlink()
    with pytest.raises(StudyError, match="asked.csv : table absente"):
        Interviews.load("essai")


def test_interviews_that_are_gone_leave_no_file(interviews_only, tmp_path):
    written(tmp_path)
    cleaning.write(cleaning.CleaningResult({}, cleaning.Report()), tmp_path / "data/processed/essai")
    assert [*(tmp_path / "data/processed/essai/entretiens").iterdir()] == []


CODINGS = [("INT001", "a", "supports", "A"), ("INT001", "a", "nuances", "B"), ("INT001", "b", "supports", "B")]


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ({}, [("a", "", "open"), ("b", "", "open")]),
        ({"a": "nuances"}, [("a", "nuances", "settled"), ("b", "", "open")]),
        ({"a": "nuances", "b": "absent"}, [("a", "nuances", "settled")]),
    ],
)
def test_settled_readings(decided, expected):
    codings = pd.DataFrame(CODINGS, columns=["interview_id", "code_id", "direction", "coder"])
    units = [("INT001", code, decided.get(code, "")) for code in "ab"]
    got = settled(codings, pd.DataFrame(units, columns=["interview_id", "code_id", "settled"]))
    assert [*got[["code_id", "reading", "basis"]].itertuples(index=False, name=None)] == expected


def test_label_that_tells_a_small_count_is_told_before_any_build(interviews_only, pic):
    grid = raw_interviews.FILES["grille.csv"].replace("Fierté", "Fierté des deux élus")
    raw_interviews.write(interviews_only / "entretiens", grille=grid)
    registry.write(interviews_only)
    code, said = pic("check", "--study", "essai")
    assert code == 1
    assert "grille, colonne Intitulé : « deux élus » ; petit compte de personnes, à ne pas publier" in said


@pytest.mark.parametrize(("said", "expected"), [("Dit par deux élus.", 1), ("Dit par des élus.", 0)])
def test_page_written_by_hand_that_tells_a_small_count_is_told_before_any_build(
    interviews_only, tmp_path, pic, said, expected
):
    (tmp_path / "_config.yml").write_text("sphinx: {config: {pic_study: autre}}\n", encoding="utf-8")
    page = tmp_path / "studies/essai/pages/bilan.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"# Bilan\n\n{said}\n", encoding="utf-8")
    code, out = pic("check", "--study", "essai")
    assert code == expected
    assert ("pages/bilan.md, ligne 3 : « deux élus »" in out) == bool(expected)
    if expected:
        with pytest.raises(StudyError, match="deux élus"):
            study_book.write("essai")
