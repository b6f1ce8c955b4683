"""The connections of the first study, fed with the published files, give the values that were transcribed by hand."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from conftest import REPOSITORY
from loopback import Reply, as_json, client, serving
from office_files import xlsx

from pic_analysis.fetching import connections
from pic_analysis.fetching.fetch import MODULES

SHARED = REPOSITORY.parent / "shared" / "data" / "territoire"
RAW = REPOSITORY / "data" / "raw" / "loos_2016"
QUARTERS = [f"{year}-T{quarter}" for year in range(2003, 2008) for quarter in range(1, 5)]

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the repository")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def transcribed(indicator):
    found = rows(RAW / "indicators" / "observations.csv")
    return {(row["territory_id"], row["period"]): row["value"] for row in found if row["indicator_id"] == indicator}


def fetched(indicator, site, folder):
    asked = replace(connections.load("loos_2016", RAW)[indicator], address=site.address)
    found = MODULES[asked.connector].read(asked, client(folder))
    return {(row.territory_id, row.period): row.value for row in found}


def test_museum_attendance(tmp_path):
    wanted = connections.load("loos_2016", RAW)["P02"].codes
    published = rows(SHARED / "frequentation_musees_pas-de-calais_2001-2021.csv")
    records = [{**row, "total": row["total"] or None} for row in published if row["ref_musee"] in wanted]
    base = "/catalog/datasets/frequentation-des-musees-de-france"
    with serving() as site:
        site.routes[base] = as_json({"metas": {"default": {"modified": "2023-05-02"}}})
        site.routes[f"{base}/records"] = lambda query: as_json(
            {"total_count": len(records), "results": records[int(query["offset"]) :][: int(query["limit"])]}
        )
        assert fetched("P02", site, tmp_path) == transcribed("P02")


def test_unemployment_of_employment_zones(tmp_path):
    zones: dict[str, dict[str, float]] = {}
    for row in rows(SHARED / "chomage_zone_emploi_hauts-de-france.csv"):
        zones.setdefault(row["ze2020"], {})[row["periode"]] = float(row["taux_chomage"])
    header = ["ZE2020", "LIBZE2020", "REG", *QUARTERS]
    sheet = [["Taux de chômage"], [], header]
    sheet += [[zone, "", "32", *(rates[quarter] for quarter in QUARTERS)] for zone, rates in zones.items()]
    path = xlsx(tmp_path / "made.xlsx", {"Lisez-moi": [["Source : Insee"]], "txcho_ze": sheet})
    expected = {key: value for key, value in transcribed("P03").items() if key[1] < "2008"}
    with serving() as site:
        site.routes["/chomage-zone-t1-2003-t4-2025.xlsx"] = Reply(path.read_bytes(), kind="application/octet-stream")
        got = fetched("P03", site, tmp_path)
    assert {key: float(value) for key, value in got.items()} == {key: float(value) for key, value in expected.items()}
