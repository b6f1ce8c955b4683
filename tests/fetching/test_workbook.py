from __future__ import annotations

import pytest
from loopback import Reply, client
from office_files import xlsx

from pic_analysis.fetching import workbook
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.refusal import AnswerError

QUARTERS = ["2003-T1", "2003-T2", "2003-T3", "2003-T4", "2004-T1"]
HEADER = ["ZE2020", "LIBZE2020", "REG", *QUARTERS]
SHEET = [
    ["Taux de chômage localisés"],
    [],
    HEADER,
    ["3215", "Lens", "32", 12.9, 13.0, 12.7, 13.5, 13.6],
    ["0051", "Alençon", "28", 7.0, 7.0, 7.0, 7.0, 7.0],
]


def asked(site, tmp_path, rows=SHEET, **more) -> Connection:
    path = xlsx(tmp_path / "made.xlsx", {"Lisez-moi": [["Source : Insee"]], "txcho_ze": rows})
    modified = {"Last-Modified": "Tue, 31 Mar 2026 07:00:00 GMT"}
    site.routes["/fichier/1/chomage.xlsx"] = Reply(path.read_bytes(), headers=modified, kind="application/vnd.ms-excel")
    about = ("P03", "workbook", f"{site.address}/fichier/1", "chomage.xlsx", "percent", "definitive", "DS04", "A")
    named = {"territory": "ZE2020", "form": "ZE2020-{}", "keep": {"REG": ("32",)}, "sheet": "txcho_ze"}
    return Connection(*about, **{**named, **more})


def read(connection, tmp_path):
    rows = workbook.read(connection, client(tmp_path))
    return [(row.territory_id, row.period, row.value, row.status, row.vintage) for row in rows]


def test_periods_are_read_from_the_header_below_titles(site, tmp_path):
    expected = zip(QUARTERS, ["12.9", "13", "12.7", "13.5", "13.6"], strict=True)
    found = [("ZE2020-3215", period, value, "definitive", "2026-03-31") for period, value in expected]
    assert read(asked(site, tmp_path), tmp_path) == found


def test_mean_of_a_year_needs_all_its_quarters(site, tmp_path):
    assert read(asked(site, tmp_path, mean="year"), tmp_path) == [
        ("ZE2020-3215", "2003", "13.02", "definitive", "2026-03-31"),  # 52.1 / 4 = 13.025, halves to the even digit
        ("ZE2020-3215", "2004", "", "not_available", "2026-03-31"),
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"sheet": "autre"}, "une feuille autre"),
        ({"territory": "ZE2010"}, "une feuille|colonne ZE2010"),
        ({"keep": {"REGION": ("32",)}}, "colonne REGION : colonne absente"),
        ({"form": "ZONE-{}"}, "un territoire est attendu"),
        ({"rows": [HEADER[:3], ["3215", "Lens", "32"]]}, "au moins une colonne par période"),
        ({"rows": [HEADER, ["3215", "Lens", "32", "<b>", 1, 1, 1, 1]]}, "un nombre est attendu"),
    ],
)
def test_workbook_that_is_not_as_declared_is_told(site, tmp_path, more, said):
    with pytest.raises(AnswerError, match=said):
        read(asked(site, tmp_path, **more), tmp_path)


def test_file_that_is_no_workbook_is_refused_by_the_reader_of_hostile_files(site, tmp_path):
    connection = asked(site, tmp_path)
    site.routes["/fichier/1/chomage.xlsx"] = Reply(b"PK\x03\x04 not a workbook", kind="application/octet-stream")
    with pytest.raises(AnswerError):
        read(connection, tmp_path)
