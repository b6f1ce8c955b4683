import io
import json

import pandas as pd
import pytest
import raw_indicators as raw
from publishing import tiny_state

from pic_analysis.publishing import indicator_results as results
from pic_analysis.schemas.indicators import INDICATOR_TABLES

COLUMNS = [*INDICATOR_TABLES["observations"].columns]


def rows(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def test_values_are_the_newest_vintage_with_names_in_the_order_of_time(tmp_path):
    older = tiny_state.VALUES[1].replace("14.2", "14.9").replace("2023-12", "2022-12")
    known = tiny_state.observatory(tmp_path, observations="\n".join([raw.HEADER, older, *tiny_state.VALUES]) + "\n")
    got = rows(results.files(known)["P03.csv"])
    own = got[got["territory_id"] == "ZE2020-3215"]
    assert own[["period", "value", "territory_fr"]].to_numpy().tolist() == [
        ["2018", "14.5", "Lens - Hénin"],
        ["2019", "14.2", "Lens - Hénin"],
        ["2020", "13.9", "Lens - Hénin"],
    ]


def test_values_of_two_definitions_are_told_apart(tmp_path):
    breaks = "indicator_id,territory_id,period,reason_fr,dataset_id\nP03,,2020,autre calcul,DS01\n"
    got = rows(results.files(tiny_state.observatory(tmp_path, breaks=breaks))["P03.csv"])
    assert got.query("territory_id == 'ZE2020-3215'")["segment"].tolist() == ["0", "0", "1"]


def test_schema_declares_exactly_the_columns_of_the_file(tmp_path):
    made = results.files(tiny_state.observatory(tmp_path))
    for name in ("P03", "P03_saisie", "L02_saisie"):
        declared = [field["name"] for field in json.loads(made[f"{name}.schema.json"])["fields"]]
        assert declared == [*rows(made[f"{name}.csv"]).columns]


def test_record_holds_the_card_the_values_and_their_sources(tmp_path):
    got = json.loads(results.files(tiny_state.observatory(tmp_path))["P03.json"])
    assert got["denominator_fr"] == "population active"
    assert len(got["observations"]) == 6
    assert [row["dataset_id"] for row in got["datasets"]] == ["DS01"]
    assert len(got["comparators"]) == 2
    assert got["revisions"] == []


@pytest.mark.parametrize(
    ("name", "filled"),
    [
        ("P03", {"territory_id": "ZE2020-3215", "period": "2021", "unit": "percent", "quality": "A"}),
        ("L01", {"territory_id": "COM-01004", "period": "", "unit": "meeting", "quality": "C"}),
        ("L02", {"territory_id": "", "period": "2025", "unit": "operation", "quality": "C"}),
    ],
)
def test_form_has_the_header_and_one_line_for_the_next_value(tmp_path, name, filled):
    (line,) = rows(results.files(tiny_state.observatory(tmp_path))[f"{name}_saisie.csv"]).to_dict("records")
    assert [*line] == COLUMNS
    assert {key: line[key] for key in filled} == filled
    assert {value for key, value in line.items() if key not in {"indicator_id", *filled}} == {""}


def test_form_completed_is_read_by_the_cleaning(tmp_path):
    (line,) = rows(results.files(tiny_state.observatory(tmp_path))["P03_saisie.csv"]).to_dict("records")
    line |= {"value": "13,2", "status": "p", "vintage": "2026-03", "dataset_id": "DS01", "retrieved": "2026-11-22"}
    added = ";".join(line.values())
    lines = [raw.HEADER, *tiny_state.VALUES]
    more = {"observations.csv": "\n".join(lines) + "\n", "observations_2021.csv": ";".join(COLUMNS) + f"\n{added}\n"}
    got = raw.cleaned(tmp_path, {**tiny_state.FILES, **more})
    assert raw.errors(got) == []
    assert got.tables["observations"].query("period == '2021'")["value"].tolist() == ["13.2"]


def test_schema_of_a_form_imposes_its_indicator_and_its_unit(tmp_path):
    fields = json.loads(results.files(tiny_state.observatory(tmp_path))["P03_saisie.schema.json"])["fields"]
    imposed = {field["name"]: field["constraints"].get("enum") for field in fields}
    assert imposed["indicator_id"] == ["P03"]
    assert imposed["unit"] == ["percent"]


def test_files_no_longer_made_are_removed(tmp_path):
    folder = tmp_path / "fiches"
    folder.mkdir()
    (folder / "P99.csv").write_text("", encoding="utf-8")
    results.write(tiny_state.observatory(tmp_path / "raw"), folder)
    assert len([*folder.iterdir()]) == 5 * 3
    assert not (folder / "P99.csv").exists()
