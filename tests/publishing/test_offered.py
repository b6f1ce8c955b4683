import csv
import io

import pandas as pd
import pyarrow.parquet as pq
import pytest
import tiny
from conftest import REPOSITORY

from pic_analysis import paths
from pic_analysis.problems import StudyError
from pic_analysis.publishing import results
from pic_analysis.publishing.offered import offered, unknown
from pic_analysis.schemas.indicators import INDICATOR_RECORDS

FACT = tiny.ROWS["facts"][0]


def cells(content, separator=","):
    return [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)]


def by_name(study):
    return {one.name: one for one in offered(study)}


@pytest.fixture
def published(monkeypatch):
    """Return every table that the repository offers."""
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    return offered("loos_2016")


def test_every_table_of_the_repository_is_offered_or_known_to_be_kept_out(published, monkeypatch):
    assert len(published) > 30
    assert unknown("loos_2016") == []


def test_table_that_nobody_declared_is_told(tiny_study):
    tiny_study()
    folder = paths.processed("essai")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "nouvelle.csv").write_text("a\n1\n")
    (folder / "nouvelle.csv").write_text("a\n1\n")
    assert unknown("essai") == ["indicators/nouvelle.csv", "nouvelle.csv"]


def test_neither_interviews_nor_the_types_of_those_met_are_offered(tiny_study):
    tiny_study()
    folder = paths.processed("essai") / paths.INTERVIEWS
    folder.mkdir()
    (folder / "interviews.csv").write_text("interview_id\nINT001\n")
    names = {one.table.name for one in offered("essai")}
    assert (paths.processed("essai") / "stakeholders.csv").is_file()
    assert names & {"interviews", "codings", "asked", "stakeholders"} == set()
    assert "statements" in names


def test_tables_of_the_same_name_in_two_folders_have_two_names(tiny_study):
    tiny_study()
    folder = paths.processed("essai") / paths.INDICATORS
    folder.mkdir()
    for name in ("cleaning_log", "quarantine"):
        (folder / f"{name}.csv").write_text(",".join(INDICATOR_RECORDS[name].columns) + "\n")
    found = offered("essai")
    assert len({one.name for one in found}) == len(found)
    assert by_name("essai")["indicators-quarantine"].path == "indicators/quarantine.csv"


def test_table_edited_by_hand_is_refused(tiny_study):
    tiny_study()
    path = paths.processed("essai") / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("supports", "appuierait"), encoding="utf-8")
    with pytest.raises(StudyError, match="appuierait"):
        offered("essai")


# --- the twins


def test_excel_twin_of_every_table_holds_the_cells_of_the_csv(published):
    for one in published:
        exact, twin = cells(one.content), cells(one.excel, ";")
        numbers = {n for n, name in enumerate(exact[0]) if one.table.columns[name].metadata.get("number")}
        read = [
            [cell.replace(",", ".") if n in numbers else cell.removeprefix("'") for n, cell in enumerate(row)]
            for row in twin
        ]
        assert read == [[cell.removeprefix("'") for cell in row] for row in exact], one.path


def test_parquet_of_every_table_holds_the_cells_of_the_csv(published):
    for one in published:
        exact = pd.read_csv(io.BytesIO(one.content), dtype=str, keep_default_na=False)
        read = pq.read_table(io.BytesIO(one.parquet("essai"))).to_pandas()
        assert [*read.columns] == [*exact.columns]
        for name, column in one.table.columns.items():
            kind = column.metadata
            if kind.get("number"):
                assert read[name].to_list() == pytest.approx(pd.to_numeric(exact[name]).to_list(), nan_ok=True)
            elif kind.get("boolean"):
                assert read[name].tolist() == exact[name].eq("true").tolist()
            elif kind.get("count"):
                assert read[name].tolist() == exact[name].astype(int).tolist()
            else:
                assert read[name].fillna("").tolist() == exact[name].tolist()


def test_french_spreadsheet_gets_decimal_commas_and_no_formula(tiny_study):
    value, text = FACT.index("220"), FACT.index("réunions publiques")
    row = [*FACT]
    row[value], row[text] = "4.14", "=SOMME(A1)"
    tiny_study(facts=[tuple(row)])
    facts = by_name("essai")["facts"]
    header, got = cells(facts.excel, ";")
    assert got[header.index("value")] == "4,14"
    assert "'=SOMME(A1)" in got
    assert "=SOMME(A1)" in cells(facts.content)[1]


def test_what_is_computed_is_as_declared(tiny_study):
    study = tiny_study()
    results.write(study, paths.passports("essai"))
    computed = [one for one in offered("essai") if one.part == "passports"]
    assert [one.table.name for one in computed] == [
        "evidence",
        "strength",
        "fragility",
        "smallest_losses",
        "sensitivity",
    ]
    evidence = computed[0].frame
    assert set(evidence["kind_of_claim"]) == {"conclusion", "lesson", "link", "mechanism"}
    own = evidence[evidence["claim_id"] == "CCL01"]
    assert set(own["statement_id"]) == {"B1-01", "B1-02"}
