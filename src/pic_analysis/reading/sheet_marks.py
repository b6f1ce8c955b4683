"""Look in a workbook's XML for what the values of its cells do not tell: formulas, errors, extent, calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pic_analysis.reading.hostile import Archive, Limits, parse_xml

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Marks:
    """What stands beside the values of a sheet; ``cells`` is the area that they span.

    ``uncomputed`` and ``errors`` give the row and the name of each cell that reads as empty.
    """

    cells: int = 0
    formulas: int = 0
    uncomputed: tuple[tuple[int, str], ...] = ()
    errors: tuple[tuple[int, str], ...] = ()
    merged: int = 0
    system_1904: bool = False


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def xlsx_marks(archive: Archive, file: str, limits: Limits) -> dict[str, Marks]:
    """Return the marks of each sheet of an XLSX workbook, by name.

    Parameters
    ----------
    archive
        The open workbook.
    file
        Its name, for refusals.
    """
    workbook, _ = parse_xml(archive.read("xl/workbook.xml"), file, limits)
    system_1904 = any(
        _local(element) == "workbookPr" and _attribute(element, "date1904") in ("1", "true")
        for element in workbook.iter()
    )
    targets = {}
    if "xl/_rels/workbook.xml.rels" in archive.members:
        relations, _ = parse_xml(archive.read("xl/_rels/workbook.xml.rels"), file, limits)
        targets = {element.get("Id", ""): element.get("Target", "") for element in relations.iter()}
    found = {}
    for sheet in (element for element in workbook.iter() if _local(element) == "sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        member = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        if member in archive.members:
            found[sheet.get("name", "")] = _xlsx_sheet(archive.read(member), system_1904)
    return found


# A sheet may hold a million rows: its text is searched, no tree is built of it.
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,4})?(\d{1,9})["']""")
_ITEM = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(?:/>|>)")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>/]*>([^<]+)<")


def _xlsx_sheet(content: bytes, system_1904: bool) -> Marks:
    """Return the marks of one sheet; a cell without a place stands after the one before it."""
    formulas = row = column = 0
    uncomputed, errors = [], []
    box = [10**9, 10**9, 0, 0]  # top, left, bottom, right
    for item in _ITEM.finditer(content):
        place = _PLACE.search(item.group(2))
        if item.group(1) == b"row":
            row, column = int(place.group(2)) if place else row + 1, 0
            continue
        if place and place.group(1):
            row, column = int(place.group(2)), _column(place.group(1).decode())
        else:
            column += 1
        if item.group(0).endswith(b"/>"):
            continue
        box = [min(box[0], row), min(box[1], column), max(box[2], row), max(box[3], column)]
        end = content.find(b"</", item.end())
        inside = content[item.end() : content.find(b"c>", max(end, item.end()))] if end >= 0 else content[item.end() :]
        name = f"{place.group(1).decode()}{row}" if place and place.group(1) else ""
        value = _VALUE.search(inside)
        if _FORMULA.search(inside):
            formulas += 1
            if not value:
                uncomputed.append((row, name))
                continue
        if re.search(rb"""\bt=["']e["']""", item.group(2)):
            errors.append((row, f"{name} {value.group(1).decode(errors='replace') if value else ''}".strip()))
    area = (box[2] - box[0] + 1) * (box[3] - box[1] + 1) if box[2] else 0
    return Marks(area, formulas, tuple(uncomputed), tuple(errors), 0, system_1904)


def _column(letters: str) -> int:
    """Return the number of a column from its letters.

    >>> _column("A"), _column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def ods_marks(content: bytes, file: str, limits: Limits) -> dict[str, Marks]:
    """Return the marks of each sheet of an OpenDocument spreadsheet, by name.

    Cells and rows are written once and repeated by a count, which could stand for billions.

    Parameters
    ----------
    content
        The member ``content.xml``.
    file
        The name of the workbook, for refusals.
    """
    root, _ = parse_xml(content, file, limits)
    return {_attribute(table, "name"): _ods_table(table) for table in root.iter() if _local(table) == "table"}


def _ods_table(table: Element) -> Marks:
    formulas, merged, uncomputed = 0, 0, []
    row = last = width = 0
    for element in table.iter():
        if _local(element) != "table-row":
            continue
        times, column, reach = _number(_attribute(element, "number-rows-repeated")), 0, 0
        for cell in element:
            column += _number(_attribute(cell, "number-columns-repeated"))
            full = bool(len(cell)) or bool(_attribute(cell, "value-type"))
            reach = column if full else reach
            merged += _number(_attribute(cell, "number-rows-spanned")) > 1
            if _attribute(cell, "formula"):
                formulas += 1
                if not full:
                    uncomputed.append((row + 1, ""))
        row += times
        if reach:
            last, width = row, max(width, reach)
    return Marks(last * width, formulas, tuple(uncomputed), (), merged)
