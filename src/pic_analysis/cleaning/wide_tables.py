"""Turn a table with one column for each period into observations, one a row, however its header is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from pic_analysis import periods
from pic_analysis.cleaning.french_values import LETTERS, read_figure
from pic_analysis.problems import Problem
from pic_analysis.reading.detect import read_tables
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import LEFT, MISSING_COLUMN, Fields, Sheet, read_sheet
from pic_analysis.reading.tables import RawTable

_STATUS = re.compile(r"(.*?)\s*\(?\b([pred])\)?", re.IGNORECASE)
_UNNAMED = re.compile(r"colonne \d+")
_PART = re.compile(r"[TQ]\s?[1-4]", re.IGNORECASE)
_TOO_LONG = re.compile(r"attendues?, (\d+)\s+lues?")
_YEAR = re.compile(r"\s*[12]\d{3}(?!\d)")
_FOOT = re.compile(r"(?:sources?|champ|notes?|lecture|avertissement)\s*:", re.IGNORECASE)
_FOOT_ROWS = 20  # the last of a file, where notes stand
_PUT_ASIDE = "note sous le tableau : mise de côté"
_AGAIN = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class _Column:
    """A column of values: its period, and the status that its header gives to all of them."""

    name: str
    period: str
    status: str


def read_observations(path: Path, fields: Fields, required: Iterable[str]) -> Sheet:
    """Return the observations of a file, one a row, whether it has a row for each or a column for each period.

    Parameters
    ----------
    path
        A delimited file or a workbook.
    fields
        The columns of observations and the names that people give to them; ``period`` and ``value`` among them.
    required
        Those without which the file is of no use.

    Notes
    -----
    The rows of a wide table are numbered as in the file: the observations of one row share its number.
    """
    sheet, foot = _without_foot(read_sheet(path, fields, required=required, compact=True))
    missing = {problem.column for problem in sheet.problems if problem.expected == MISSING_COLUMN}
    if not {fields["period"][0], fields["value"][0]} <= missing:
        return sheet
    names = [name for field, known in fields.items() for name in (field, *known)]
    found = [(table, _periods(table, fields)) for table in read_tables(path, names)]
    table, columns = max(found, key=lambda pair: len(pair[1][0]), default=(None, ([], 0)))
    if table is None or not columns[0]:
        return sheet
    return _long(sheet, replace(table, frame=table.frame.drop(index=foot, errors="ignore")), fields, *columns)


def _without_foot(sheet: Sheet) -> tuple[Sheet, list[int]]:
    """Return a sheet without the notes that stand under the table, each told, and their rows.

    A note is alone on its row, and opens with the word that publications print: source, champ, note, lecture.
    """
    last = sheet.frame.tail(_FOOT_ROWS).astype("str")
    lone = last[(last != "").sum(axis=1) == 1].sum(axis=1)
    notes = {int(str(row)): text for row, text in lone.items() if _FOOT.match(str(text))}
    if not notes:
        return sheet, []
    told = tuple(Problem(sheet.file, row, "", text[:60], _PUT_ASIDE, blocking=False) for row, text in notes.items())
    problems = tuple(problem for problem in sheet.problems if problem.row not in notes)
    return replace(sheet, frame=sheet.frame.drop(index=[*notes]), problems=(*problems, *told)), [*notes]


def _periods(table: RawTable, fields: Fields) -> tuple[list[_Column], int]:
    """Return the columns that are periods, and how many rows below the header complete it (0 or 1)."""
    names = [str(name) for name in table.frame.columns]
    columns = [column for name in names if (column := _column(name, name))]
    if len(table.frame) and (below := _second_line(table.frame.iloc[0], names, fields)):
        return below, 1
    return columns, 0


def _column(name: str, written: str) -> _Column | None:
    """Return a column of values from what its header says; None if it names no period.

    >>> _column("x", "2003 / T1").period, _column("x", "2023 (p)"), _column("x", "Commune")
    ('2003-T1', _Column(name='x', period='2023', status='provisional'), None)
    """
    text, status = written.strip(), ""
    if (found := _STATUS.fullmatch(text)) and any(sign.isdigit() for sign in found[1]):
        text, status = found[1], LETTERS[found[2].lower()]
    try:
        return _Column(name, str(periods.parse(re.sub(r"\s*/\s*(?=[TQ])", "-", text))), status)
    except ValueError:
        return None


def _second_line(cells: pd.Series, names: Sequence[str], fields: Fields) -> list[_Column]:
    """Return the columns of values where quarters stand on a line of their own, under their years."""
    known = {fold(name) for field, given in fields.items() for name in (field, *given)}
    filled = [name for name, cell in zip(names, cells, strict=True) if str(cell).strip()]
    if not filled or any(fold(name) in known for name in filled):
        return []
    columns, year = [], ""
    for name, cell in zip(names, cells, strict=True):
        year = year if _UNNAMED.fullmatch(name) else _AGAIN.sub("", name)
        if not str(cell).strip():
            continue
        if not _PART.fullmatch(str(cell).strip()):
            return []
        column = _column(name, f"{year}-{str(cell).strip().replace(' ', '')}")
        if column is None:
            return []
        columns.append(column)
    return columns


def _long(sheet: Sheet, table: RawTable, fields: Fields, columns: Sequence[_Column], skipped: int) -> Sheet:
    """Return the observations of a wide table."""
    wide = table.frame.iloc[skipped:]
    headers = _headers(table, fields)
    times = len(columns)
    long = {
        field: np.repeat(wide[headers[field]].to_numpy(dtype=object), times) if field in headers else ""
        for field in fields
    }
    long["period"] = np.tile([column.period for column in columns], len(wide))
    long["value"] = wide[[column.name for column in columns]].to_numpy(dtype=object).ravel()
    frame = pd.DataFrame(long, index=np.repeat(wide.index.to_numpy(), times)).astype("str")
    given = np.tile([column.status for column in columns], len(wide))
    blank = (frame["status"].str.strip() == "") & frame["value"].str.contains(r"\d", regex=True)
    frame["status"] = frame["status"].where(~blank, given)
    # The status of a row is that of its numbers: a sign of absence says its own.
    signs = [cell for cell in frame["value"].unique() if (read := read_figure(cell)).status and not read.number]
    frame["status"] = frame["status"].mask(frame["value"].isin(signs), "")
    taken = {column.name for column in columns} | {fields["period"][0], fields["value"][0]}
    width = [*map(str, table.frame.columns)].index(columns[-1].name) + 1 if skipped else 0
    problems = tuple(
        _period_with_a_note(problem)
        for problem in sheet.problems
        if problem.column not in taken and not _fits(problem.expected, width)
    )
    return replace(sheet, frame=frame, problems=problems)


def _period_with_a_note(problem: Problem) -> Problem:
    """Return the problem of a column left aside; that of a year with something after it stops the build.

    Left aside, its values would be lost; read as the year, what the mark says of them would be.
    """
    if not (problem.expected.startswith(LEFT) and _YEAR.match(problem.column)):
        return problem
    said = "période suivie d’un appel de note, ou écrite deux fois : ses valeurs ne seraient pas lues"
    hint = "Laissez la période seule dans l’en-tête ; ce que dit la note va dans la colonne note"
    return replace(problem, expected=said, hint=hint, blocking=True)


def _fits(said: str, width: int) -> bool:
    """Say whether a row was told as too long for a header whose last years have no name over each quarter."""
    found = _TOO_LONG.search(said)
    return found is not None and int(found[1]) <= width


def _headers(table: RawTable, fields: Fields) -> Mapping[str, str]:
    asked = {fold(name): field for field, known in fields.items() for name in (field, *known)}
    named = ((asked.get(fold(str(name))), str(name)) for name in table.frame.columns)
    return {field: name for field, name in named if field}
