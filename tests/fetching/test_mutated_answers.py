"""Whatever a site answers: a whole extract, or a French report and no file."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.extracts import FOLDER, HEADER
from pic_analysis.fetching.fetch import fetch, told
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.kept import Answer, Kept
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.reading import registry
from pic_analysis.schemas.columns import PARTIAL_DATE
from pic_analysis.schemas.indicators import PERIOD, TERRITORY
from pic_analysis.vocabulary import MISSING_STATUSES, STATUSES, is_date

ADDRESS = "https://data.example.fr"
COMMON = {"indicator": "P01", "status": "definitive", "dataset_id": "DS01", "quality": "A", "unit": "inhabitant"}
DVF = (
    "id_mutation,nature_mutation,valeur_fonciere,code_commune,id_parcelle,lot1_numero,type_local,"
    "surface_reelle_bati,nombre_pieces_principales\n1,Vente,100000,00001,A,,Maison,100,4\n"
)

# For each connector: its keys, and a whole answer under each path.
CASES: dict[str, tuple[dict, dict[str, object]]] = {
    "melodi": (
        {"filters": {"GEO": ("COM-00001",)}, "value": "OBS_VALUE_NIVEAU"},
        {
            "/catalog/DS": {"modified": "2025-12-18T09:00:00"},
            "/data/DS": {
                "observations": [
                    {
                        "dimensions": {"GEO": "2025-COM-00001", "TIME_PERIOD": "2023"},
                        "attributes": {"OBS_STATUS": "A", "CONF_STATUS": "F"},
                        "measures": {"OBS_VALUE_NIVEAU": {"value": 6799.5}},
                    }
                ],
                "paging": {"count": 1, "isLast": True},
            },
        },
    ),
    "dido": (
        {"territory": "COMM", "form": "COM-{}", "period": "ANNEE", "value": "LOG"},
        {
            "/datafiles/DS": {"rid": "DS", "millesime": "2026-09"},
            "/datafiles/DS/rows": {"total": 1, "data": [{"COMM": "00001", "ANNEE": 2023, "LOG": "12"}]},
        },
    ),
    "data_fair": (
        {"territory": "code", "form": "COM-{}", "years": (2023,), "filters": {"qs": ("a:{year}",)}},
        {
            "/datasets/DS": {"dataUpdatedAt": "2026-10-08T10:00:17.798Z"},
            "/datasets/DS/values_agg": {"total": 7, "total_other": 0, "aggs": [{"value": "00001", "total": 7}]},
        },
    ),
    "opendatasoft": (
        {"territory": "ref", "form": "EQP-{}", "period": "annee", "value": "total"},
        {
            "/catalog/datasets/DS": {"metas": {"default": {"modified": "2023-05-02"}}},
            "/catalog/datasets/DS/records": {
                "total_count": 1,
                "results": [{"ref": "1", "annee": "2012", "total": 148270}],
            },
        },
    ),
    "data_gouv": (
        {"resource": "T", "territory": "ref", "form": "EQP-{}", "period": "annee", "value": "total"},
        {
            "/api/1/datasets/DS/": {
                "resources": [
                    {"title": "T", "format": "csv", "url": f"{ADDRESS}/f.csv", "last_modified": "2025-08-27T12:00:00"}
                ]
            },
            "/f.csv": "ref;annee;total\n1;2012;148 270\n2;2012;s\n",
        },
    ),
    "geo_dvf": (
        {"territories": ("COM-00001",), "years": (2024,), "value": "median_price", "least": 1},
        {"/csv/2024/communes/00/00001.csv": DVF},
    ),
}


class Canned(Client):
    """A client whose site answers from a dictionary."""

    def __init__(self, folder: Path, contents: dict[str, bytes]) -> None:
        super().__init__(Kept(folder / "kept", "2026-11-22", "P01"))
        self.contents = contents

    def _patiently(self, asked: str, per_minute: int, *, file: bool) -> Answer:
        path = asked.removeprefix(ADDRESS).split("?")[0]
        return Answer(self.contents.get(path, b""), asked, "", "2026-01-01")


def contents(connector: str) -> dict[str, bytes]:
    _, found = CASES[connector]
    return {path: (one if isinstance(one, str) else json.dumps(one)).encode() for path, one in found.items()}


def run(connector: str, answered: dict[str, bytes]) -> str:
    """Fetch into a folder of its own; check what it left, and return "written" or "told"."""
    keys, _ = CASES[connector]
    asked = Connection(**COMMON, connector=connector, address=ADDRESS, dataset="DS", **keys)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry.write(folder)
        outcome, said = None, ""
        try:
            outcome = fetch(asked, Canned(folder, answered), folder, "2026-11-22")
        except AnswerError as fault:
            said = str(fault)
        assert not {sign for sign in said if unicodedata.category(sign) == "Cc"} - {"\n"}
        if outcome is None:
            assert not (folder / FOLDER).exists()
            assert (folder / registry.FILE).read_bytes() == b""
            return "told"
        assert not [sign for line in told(outcome) for sign in line if unicodedata.category(sign) == "Cc"]
        content = (folder / FOLDER / outcome.file).read_bytes()
        assert registry.registered(folder)[f"{FOLDER}/{outcome.file}"] == outcome.digest
        check(content)
        return "written"


def check(content: bytes) -> None:
    """Say that every cell of an extract is of its form: no formula, no markup, no half line."""
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    assert tuple(header) == HEADER
    for _, place, period, value, _, status, vintage, *_ in rows:
        assert re.fullmatch(TERRITORY, place)
        assert re.fullmatch(PERIOD, period)
        assert re.fullmatch(r"-?\d+(\.\d+)?", value) if value else status in MISSING_STATUSES
        assert status in STATUSES
        assert re.fullmatch(PARTIAL_DATE, vintage)
        assert is_date(vintage)


@pytest.mark.parametrize("connector", CASES)
def test_whole_answers_are_written(connector):
    assert run(connector, contents(connector)) == "written"


@pytest.mark.parametrize("connector", CASES)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_damaged_bytes(connector, data):
    """Answers cut, with bytes changed, or with a piece of something else in them."""
    answered = contents(connector)
    path = data.draw(st.sampled_from(sorted(answered)))
    whole = answered[path]
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 12)) | st.just(len(whole)))
    piece = data.draw(
        st.binary(max_size=6) | st.sampled_from([b'"', b"=1+1", b"<b>", b"1e999999", b"\x1b[2J", b"[" * 9])
    )
    run(connector, {**answered, path: whole[:start] + piece + whole[stop:]})


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["=cmd()", "<script>", "…", "s", "1 234,5", "9" * 60, "1e400", "\x1b[2J", "COM-00001", "2012"])
    | st.just([])
    | st.just({})
)


@pytest.mark.parametrize("connector", [name for name in CASES if name != "geo_dvf"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_changed_values(connector, data):
    """JSON that is whole, where one value is another, or one key is gone."""
    keys, found = CASES[connector]
    path = data.draw(st.sampled_from(sorted(path for path, one in found.items() if not isinstance(one, str))))
    changed = json.loads(json.dumps(found[path]))
    places = [*leaves(changed)]
    holder, key = data.draw(st.sampled_from(places))
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(ODD)
    run(connector, {**contents(connector), path: json.dumps(changed).encode()})


def leaves(node):
    """Yield the holder and the key of each value of a JSON tree."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield node, key
        if isinstance(value, dict | list):
            yield from leaves(value)
