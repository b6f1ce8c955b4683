"""Read the sheets of a workbook, told by its content and not by its name: XLSX, XLS, ODS, or HTML in disguise."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from pic_analysis.numbers_fr import agreed, count, integer
from pic_analysis.problems import Problem
from pic_analysis.reading.delimited import decode, read_delimited, serial_date
from pic_analysis.reading.grid import Row, framed, key
from pic_analysis.reading.hostile import LIMITS, Limits, Refused, open_zip, read_bytes
from pic_analysis.reading.html_tables import html_tables
from pic_analysis.reading.sheet_marks import Marks, ods_marks, xlsx_marks
from pic_analysis.reading.tables import RawTable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_CELLS = 20_000_000  # a sheet is laid out whole: two cells at its corners would fill the memory
_SAVE = "Enregistrez le classeur au format XLSX ou ODS, ou la feuille en CSV UTF-8"


def read_workbook(path: Path, names: Iterable[str] = (), limits: Limits = LIMITS) -> tuple[RawTable, ...]:
    """Return the cells of every sheet that has some, indexed by spreadsheet row, and what was met.

    Dates become ISO dates; in a column named after a date, so do the serial numbers of Excel, in the system
    (1900 or 1904) of the workbook. Merged cells are filled. Formulas are never computed: the value that the
    spreadsheet kept beside them is read, and a formula without one is an error.

    Parameters
    ----------
    path
        The workbook, whatever the end of its name.
    names
        Column names that tell headers; see `grid.framed`.

    Raises
    ------
    Refused
        If the file is no workbook, is encrypted or could harm.

    Notes
    -----
    ECMA-376 (XLSX), https://ecma-international.org/publications-and-standards/standards/ecma-376/; OASIS
    OpenDocument 1.3 part 3 (ODS), https://docs.oasis-open.org/office/OpenDocument/v1.3/; [MS-XLS].
    Formulas of the old XLS format cannot be told from values: their kept values are read, unsaid.
    """
    names = tuple(names)
    content = read_bytes(path, limits)
    if content.startswith(b"PK"):
        kind, marks = _zipped(path, limits)
    elif content.startswith(OLE):
        kind, marks = "xls", {}
    else:
        return _disguised(path, content, names, limits)
    problems = _named_otherwise(path, kind)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        listed = [(about.name, str(about.visible)) for about in workbook.sheets_metadata]
        sheets = [(name, visible, workbook.get_sheet_by_name(name)) for name, visible in listed]
        found = [
            _table(path.name, name, visible, sheet, marks.get(name, Marks()), names, alone=len(sheets) == 1)
            for name, visible, sheet in sheets
        ]
    except PasswordError as error:
        raise Refused(path.name, "classeur chiffré par mot de passe", "Enregistrez-le sans mot de passe") from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refused(path.name, "classeur illisible : tronqué ou abîmé", _SAVE, str(error)) from error
    except BaseException as error:  # a panic of the reader written in Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(path.name, "classeur illisible : abîmé", _SAVE) from None
    empty = [name for (name, _, _), table in zip(sheets, found, strict=True) if table is None]
    if empty and len(empty) < len(sheets):
        said = f"{count(len(empty), 'feuille vide', 'feuilles vides')} : {', '.join(empty)[:100]}"
        problems.append(Problem(path.name, 0, "", "", said, blocking=False))
    tables = [table for table in found if table is not None]
    if not tables:
        raise Refused(path.name, "aucune cellule remplie dans le classeur", "Restaurez la copie d’origine")
    first = RawTable(tables[0].file, tables[0].frame, (*problems, *tables[0].problems))
    return (first, *tables[1:])


def _zipped(path: Path, limits: Limits) -> tuple[str, dict[str, Marks]]:
    """Return the kind of a zipped workbook, and what its sheets hold that the cells' values do not tell."""
    with open_zip(path, limits) as archive:
        if "content.xml" in archive.members:
            kind, marks = "ods", ods_marks(archive.read("content.xml"), path.name, limits)
        elif "xl/workbook.xml" in archive.members:
            kind, marks = "xlsx", xlsx_marks(archive, path.name, limits)
        elif "xl/workbook.bin" in archive.members:
            raise Refused(path.name, "classeur binaire XLSB : non lu", _SAVE)
        else:
            raise Refused(path.name, "cette archive n’est pas un classeur", _SAVE)
    for name, mark in marks.items():
        if mark.cells > _MOST_CELLS:
            said = f"la feuille s’étend sur {integer(mark.cells)} cellules, au plus {integer(_MOST_CELLS)}"
            raise Refused(path.name, said, "Effacez ce qui traîne loin du tableau", name)
    return kind, marks


def _named_otherwise(path: Path, kind: str) -> list[Problem]:
    if path.suffix.lower() in (f".{kind}", f".{kind[:3]}m"):
        return []
    real = {"ods": "un classeur OpenDocument", "xlsx": "un classeur XLSX", "xls": "un classeur XLS"}[kind]
    said = f"nommé « {path.suffix} », ce fichier est {real} : lu comme tel"
    return [Problem(path.name, 0, "", "", said, blocking=False)]


def _disguised(path: Path, content: bytes, names: tuple[str, ...], limits: Limits) -> tuple[RawTable, ...]:
    """Read what programs call ``.xls`` to have Excel open it: an HTML table, or delimited text."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b'progid="excel.sheet"' in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refused(path.name, "classeur au format XML de 2003 : non lu", _SAVE)
    if not start.startswith(b"<"):
        table = read_delimited(path, names, limits)
        told = Problem(path.name, 0, "", "", "ce « classeur » est du texte délimité : lu comme tel", blocking=False)
        return (RawTable(path.name, table.frame, (told, *table.problems)),)
    text, problems = decode(path.name, content)
    found = html_tables(text)
    if not found:
        raise Refused(path.name, "ce « classeur » est du HTML sans tableau", _SAVE)
    said = f"ce « classeur » est du HTML : {count(len(found), 'tableau lu', 'tableaux lus')}, rien n’est interprété"
    problems.append(Problem(path.name, 0, "", "", said, blocking=False))
    tables = [framed(path.name, rows, names) for rows in found]
    first = RawTable(path.name, tables[0].frame, (*problems, *tables[0].problems))
    return (first, *tables[1:])


def _table(
    file: str, name: str, visible: str, sheet: CalamineSheet, marks: Marks, names: tuple[str, ...], *, alone: bool
) -> RawTable | None:
    """Return one sheet as a table, None if it is empty."""
    if (sheet.total_height or 0) * (sheet.total_width or 0) > _MOST_CELLS:
        raise Refused(file, f"la feuille s’étend sur plus de {integer(_MOST_CELLS)} cellules", _SAVE, name)
    grid = sheet.to_python(skip_empty_area=False)
    place = file if alone else f"{file} ({name})"
    problems = [*_of_marks(place, marks)]
    if "Hidden" in visible:
        problems.append(Problem(place, 0, "", "", "feuille masquée : lue comme les autres", blocking=False))
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        filled += _fill(grid, top, left, bottom, right)
    if filled:
        said = f"{count(filled, 'cellule fusionnée remplie', 'cellules fusionnées remplies')} de la valeur commune"
        problems.append(Problem(place, 0, "", "", said, blocking=False))
    rows: list[Row] = [(number, [*map(_text, cells)]) for number, cells in enumerate(grid, start=1)]
    if not any(any(cells) for _, cells in rows):
        return None
    table = framed(place, rows, names)
    frame, dated = _dated(place, table.frame, marks.system_1904)
    return RawTable(place, frame, (*problems, *dated, *table.problems))


def _fill(grid: list[list[Any]], top: int, left: int, bottom: int, right: int) -> int:
    """Give the value of a merged range to its rows, in place, and return how many cells were filled.

    A range across columns is a title: its value stays in its first column.
    """
    bottom = min(bottom, len(grid) - 1)
    if right > left or bottom <= top or left >= len(grid[top]) or grid[top][left] == "":
        return 0
    for row in range(top + 1, bottom + 1):
        grid[row][left] = grid[top][left]
    return bottom - top


def _of_marks(file: str, marks: Marks) -> Iterator[Problem]:
    if marks.formulas:
        n = marks.formulas
        said = f"{count(n, 'formule')} : jamais {agreed(n, 'calculée')}, {agreed(n, 'sa', 'leur')} dernière valeur"
        said += " enregistrée est lue"
        yield Problem(file, 0, "", "", said, blocking=False)
    for row, cell in marks.uncomputed:
        said = "formule sans valeur enregistrée : la cellule est lue vide"
        yield Problem(file, row, "", cell, said, "Ouvrez le classeur dans un tableur et enregistrez-le")
    for row, cell in marks.errors:
        said = "erreur de calcul dans la cellule : lue vide"
        yield Problem(file, row, "", cell, said, "Corrigez la formule, ou écrivez la valeur")
    if marks.merged:
        told = count(marks.merged, "cellule fusionnée", "cellules fusionnées")
        said = f"{told} sur plusieurs lignes : non {agreed(marks.merged, 'remplie')}"
        yield Problem(file, 0, "", "", said, "Écrivez la valeur sur chaque ligne")


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a decimal point, dates and times after ISO 8601."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)


def _dated(file: str, frame: pd.DataFrame, system_1904: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the frame with the serial numbers of its date columns written as dates, and the notices.

    A year alone (2015) is no serial number; the days that Excel would mean by it are before 1906.
    """
    problems = []
    frame = frame.copy()
    for column in frame.columns[[bool({"date", "jour"} & {*key(str(name)).split()}) for name in frame.columns]]:
        serial = frame[column][frame[column].str.fullmatch(r"\d{5}(\.\d+)?")]
        days = {row: serial_date(float(cell), system_1904=system_1904) for row, cell in serial.items()}
        dated = {row: day.isoformat() for row, day in days.items() if day}
        if dated:
            frame[column] = frame[column].where(~frame.index.isin([*dated]), pd.Series(dated, dtype=object))
            row, day = next(iter(dated.items()))
            calendar = 1904 if system_1904 else 1900
            told = count(len(dated), "numéro de jour lu", "numéros de jour lus")
            said = f"{told} comme une date (calendrier {calendar} d’Excel), ici {day}"
            problems.append(Problem(file, int(row), str(column), serial[row], said, blocking=False))
    return frame, problems
