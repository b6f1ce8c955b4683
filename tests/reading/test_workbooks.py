import random
import zipfile

import office_files as office
import pytest

from pic_analysis.reading.hostile import Refused
from pic_analysis.reading.workbooks import read_workbook

ROWS = [["entretien", "acteur"], ["E01", "élus"], ["E02", "agents"]]
WANTED = {2: {"entretien": "E01", "acteur": "élus"}, 3: {"entretien": "E02", "acteur": "agents"}}


def said(table, words):
    return [problem for problem in table.problems if words in problem.expected]


def one(path):
    (table,) = read_workbook(path)
    return table


@pytest.mark.parametrize("write", [office.xlsx, office.ods])
def test_sheet_is_indexed_by_spreadsheet_row(tmp_path, write):
    suffix = ".xlsx" if write is office.xlsx else ".ods"
    got = one(write(tmp_path / f"a{suffix}", {"S": ROWS}))
    assert got.frame.to_dict("index") == WANTED
    assert got.problems == ()


def test_xls_that_is_really_opendocument_is_read_and_told(tmp_path):
    got = one(office.ods(tmp_path / "a.xls", {"S": ROWS}))
    assert got.frame.to_dict("index") == WANTED
    assert len(said(got, "OpenDocument")) == 1


def test_xls_that_is_really_html_gives_its_words_only(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(
        "<html><script>alert(1)</script><table><tr><th>entretien<th>acteur</tr>"
        "<tr><td>E01<td>&eacute;lus<script>alert(2)</script></tr><tr><td>E02</td><td><b>agents</b></table>"
    )
    got = one(path)
    assert got.frame.to_dict("index") == WANTED
    assert len(said(got, "HTML")) == 1


def test_xls_that_is_really_text_is_read(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes("entretien\tacteur\nE01\télus\nE02\tagents\n".encode("cp1252"))
    assert one(path).frame.to_dict("index") == WANTED


# 4 November 2015 is day 42312 of the 1900 system and, 1462 days later, day 40850 of the 1904 system.
@pytest.mark.parametrize(("system_1904", "day"), [(False, 42312), (True, 40850)])
def test_dates_are_read_in_the_calendar_of_the_workbook_shown_as_dates_or_not(tmp_path, system_1904, day):
    rows = [["entretien", "date"], ["E01", office.Date(day)], ["E02", day], ["E03", 2015], ["E04", "4 novembre"]]
    got = one(office.xlsx(tmp_path / "a.xlsx", {"S": rows}, system_1904=system_1904))
    assert got.frame["date"].tolist() == ["2015-11-04", "2015-11-04", "2015", "4 novembre"]
    assert [problem.row for problem in said(got, "numéro de jour")] == [3]


def test_number_out_of_a_date_column_stays_a_number(tmp_path):
    got = one(office.xlsx(tmp_path / "a.xlsx", {"S": [["id", "effectif"], ["a", 42312], ["b", 1.5], ["c", True]]}))
    assert got.frame["effectif"].tolist() == ["42312", "1.5", "true"]


def test_every_sheet_is_read_a_hidden_one_is_told_an_empty_one_counted(tmp_path):
    got = read_workbook(office.xlsx(tmp_path / "a.xlsx", {"A": ROWS, "vide": [], "B": ROWS}, hidden=("B",)))
    assert [table.file for table in got] == ["a.xlsx (A)", "a.xlsx (B)"]
    assert (len(said(got[0], "feuille vide")), len(said(got[1], "masquée"))) == (1, 1)


def test_merged_rows_take_their_common_value(tmp_path):
    rows = [["cas", "entretien"], ["Eco", "E01"], [None, "E02"], [None, None], ["Part", "E03"]]
    got = one(office.xlsx(tmp_path / "a.xlsx", {"S": rows}, merged=("A2:A3",)))
    assert got.frame["cas"].to_dict() == {2: "Eco", 3: "Eco", 5: "Part"}
    assert len(said(got, "fusionnée")) == 1


def test_merged_rows_of_opendocument_are_an_error_where_they_are_not_filled(tmp_path):
    got = one(office.ods(tmp_path / "a.ods", {"S": ROWS}, attributes='table:number-rows-spanned="2"'))
    assert said(got, "fusionnées")[0].blocking


def test_formula_gives_its_kept_value_and_is_never_computed(tmp_path):
    rows = [["entretien", "acteur"], ["E01", office.Formula("élus")], ["E02", office.FORMULA_WITHOUT_VALUE]]
    got = one(office.xlsx(tmp_path / "a.xlsx", {"S": rows}))
    assert got.frame["acteur"].tolist() == ["élus", ""]
    assert len(said(got, "jamais calculées")) == 1
    assert [(problem.row, problem.value) for problem in said(got, "sans valeur")] == [(3, "B3")]


def test_cell_where_a_formula_failed_is_an_error(tmp_path):
    rows = [["entretien", "acteur"], ["E01", office.Error("#REF!")]]
    (problem,) = said(one(office.xlsx(tmp_path / "a.xlsx", {"S": rows})), "erreur de calcul")
    assert (problem.row, problem.value, problem.blocking) == (2, "B2 #REF!", True)


def test_two_cells_at_the_corners_of_a_sheet_are_refused(tmp_path):
    path = office.xlsx(tmp_path / "a.xlsx", {"S": ROWS})
    content = {}
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    with pytest.raises(Refused, match="cellules"):
        read_workbook(path)


def test_a_cell_repeated_for_ever_is_refused(tmp_path):
    repeated = 'table:number-columns-repeated="999999999"'
    with pytest.raises(Refused, match="cellules"):
        read_workbook(office.ods(tmp_path / "a.ods", {"S": ROWS}, attributes=repeated))


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 cut",
        b"<html><p>rien</p></html>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    ],
)
def test_what_is_no_readable_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(Refused):
        read_workbook(path)


def test_entities_in_a_workbook_are_refused(tmp_path):
    path = office.ods(tmp_path / "a.ods", {"S": ROWS})
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").replace(
            b'<?xml version="1.0"?>', b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    with pytest.raises(Refused, match="entités"):
        read_workbook(path)


def test_damaged_sheets_are_read_or_refused_never_a_traceback(tmp_path):
    """The parts are damaged within a sound archive: its checksums would refuse everything else."""
    path = tmp_path / "b.xlsx"
    outcomes = set()
    for write in (office.xlsx, office.ods):
        with zipfile.ZipFile(write(tmp_path / "a", {"S": ROWS * 5})) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for seed in range(100):
            chance = random.Random(seed)
            name = chance.choice([name for name in parts if name.startswith(("xl/work", "content"))])
            content = bytearray(parts[name])
            for _ in range(chance.randint(1, 8)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            with zipfile.ZipFile(path, "w") as archive:
                for other, data in parts.items():
                    archive.writestr(other, bytes(content) if other == name else data)
            try:
                outcomes.add(bool(read_workbook(path)))
            except Refused as refusal:
                outcomes.add(refusal.problem.file)
    assert outcomes == {True, "b.xlsx"}
