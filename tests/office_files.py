"""Workbooks of a few cells, written by hand: as Excel and LibreOffice make them, or as nobody should."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"

FORMULA_WITHOUT_VALUE = object()
"""A formula that no spreadsheet has computed yet: its cell holds no value."""


class Date(float):
    """A serial number shown as a date."""


class Formula(str):
    """The value that a spreadsheet computed, kept beside its formula."""


class Error(str):
    """What a spreadsheet shows where a formula failed, such as #REF!."""


def letter(column: int) -> str:
    """Return the letter of a column counted from 0, up to Z."""
    return chr(ord("A") + column)


def _cell(place: str, value: object) -> str:
    if value is None:
        return ""
    if value is FORMULA_WITHOUT_VALUE:
        return f'<c r="{place}"><f>1+1</f></c>'
    if isinstance(value, Formula):
        return f'<c r="{place}" t="str"><f>A1&amp;""</f><v>{escape(value)}</v></c>'
    if isinstance(value, Error):
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Date):
        return f'<c r="{place}" s="1"><v>{float(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def xlsx(
    path: Path,
    sheets: dict[str, list[list[object]]],
    *,
    merged: tuple[str, ...] = (),
    system_1904: bool = False,
    hidden: tuple[str, ...] = (),
) -> Path:
    """Write a workbook of sheets of rows of cells; ``merged`` are ranges of every sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/'
            f'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}" '
            f'state="{"hidden" if name in hidden else "visible"}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        system = '<workbookPr date1904="1"/>' if system_1904 else "<workbookPr/>"
        archive.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook xmlns="{_NS}" xmlns:r="{_REL}">{system}<sheets>{listed}</sheets>'
            "</workbook>",
        )
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{relations}<Relationship Id="s" Type="{_REL}/styles" '
            'Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_NS}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for n, rows in enumerate(sheets.values(), start=1):
            data = "".join(
                f'<row r="{r}">{"".join(_cell(f"{letter(c)}{r}", value) for c, value in enumerate(row))}</row>'
                for r, row in enumerate(rows, start=1)
            )
            merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{_NS}"><sheetData>{data}</sheetData>'
                + (f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else "")
                + "</worksheet>",
            )
    return path


def ods(path: Path, sheets: dict[str, list[list[str]]], *, attributes: str = "") -> Path:
    """Write an OpenDocument spreadsheet of text cells; ``attributes`` are added to every cell."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string" {attributes}>'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
                if cell
                else "<table:table-cell/>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{_ODF}:office:1.0" '
            f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path
