import pandas as pd
import pytest
import raw_indicators as raw

from pic_analysis.cleaning import study as cleaning
from pic_analysis.observatory import Observatory
from pic_analysis.pipeline.verify import folder_differences
from pic_analysis.problems import StudyError
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES


@pytest.fixture
def indicators_only(tmp_path, monkeypatch):
    """Return the raw folder of a study that has indicators and neither evidence nor interviews."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    return raw.compendium(tmp_path)


def built(tmp_path):
    cleaning.write(cleaning.clean("essai"), tmp_path / "data/processed/essai")
    return Observatory.load("essai")


def test_study_of_indicators_alone_is_cleaned_and_loaded(indicators_only, tmp_path):
    got = built(tmp_path)
    assert cleaning.clean("essai").tables == {}
    assert [*got.tables] == [*INDICATOR_TABLES, *INDICATOR_RECORDS]
    assert got.observations["value"].tolist() == ["220", "14.2", "13.9"]
    assert got.observations.attrs["provenance"] == "essai"
    assert got.card("P03")["unit"] == "percent"
    assert got.labels["REG-32"] == "Hauts-de-France"


def test_study_with_evidence_and_indicators_has_both(raw_folder):
    raw.write(raw_folder / "indicators", {"annual_questions.csv": (
        "question_id,question_fr,answer_fr,unknown_fr\nQEA01,?,{FAI001} réunions,rien\n"
    )})  # fmt: skip
    got = cleaning.clean("essai")
    assert got.report.errors == ()
    assert len(got.tables["statements"]) == 3
    assert len(got.indicators["observations"]) == 3


def test_every_table_has_its_schema_and_a_table_no_longer_made_goes(indicators_only, tmp_path):
    built(tmp_path)
    folder = tmp_path / "data/processed/essai/indicators"
    declared = {**INDICATOR_TABLES, **INDICATOR_RECORDS}
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.{end}" for name in declared for end in ("csv", "schema.json")
    }
    (folder / "old.csv").touch()
    built(tmp_path)
    assert not (folder / "old.csv").exists()


def test_one_more_line_changes_one_table_and_nothing_else(indicators_only, tmp_path):
    processed = tmp_path / "data/processed/essai"
    cleaning.write(cleaning.clean("essai"), processed)
    before = {path.name: path.read_bytes() for path in (processed / "indicators").iterdir()}
    with (indicators_only / "indicators" / "observations.csv").open("a") as file:
        file.write(raw.RATE.format(2021, "13.1") + "\n")
    result = cleaning.clean("essai")
    assert result.report.errors == (), "a living table is not in the registry"
    cleaning.write(result, processed)
    after = {path.name: path.read_bytes() for path in (processed / "indicators").iterdir()}
    assert [name for name in after if after[name] != before[name]] == ["observations.csv"]
    assert len(after["observations.csv"].splitlines()) == len(before["observations.csv"].splitlines()) + 1


def test_edited_table_of_indicators_is_seen_by_verify(indicators_only, tmp_path):
    built(tmp_path)
    other = tmp_path / "computed"
    cleaning.write(cleaning.clean("essai"), other, "essai")
    path = tmp_path / "data/processed/essai/indicators/observations.csv"
    path.write_text(path.read_text().replace("14.2", "14.1"))
    (said,) = folder_differences(tmp_path / "data/processed/essai", other)
    assert "indicators/observations.csv" in said


def test_missing_table_and_dangling_identifier_are_told(indicators_only, tmp_path):
    built(tmp_path)
    folder = tmp_path / "data/processed/essai/indicators"
    table = pd.read_csv(folder / "observations.csv", dtype=str, keep_default_na=False)
    table.assign(territory_id="COM-99999").to_csv(folder / "observations.csv", index=False)
    with pytest.raises(StudyError, match="aucune ligne de territories.csv"):
        Observatory.load("essai")
    (folder / "observations.csv").unlink()
    with pytest.raises(StudyError, match="table absente"):
        Observatory.load("essai")
