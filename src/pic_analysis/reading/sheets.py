"""Read one table of a study's interviews as its author saved it, by the names that people give to columns.

Evidence tables are typed by coders to a contract (``tables.py``). These come from a spreadsheet or from a tool: what
can be read without loss is read, and told as a notice; what cannot be trusted is an error.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as having
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as csv_reader

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading.active_cells import active_cells
from pic_analysis.reading.delimited import decode, read_delimited
from pic_analysis.reading.grid import framed
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.mojibake import ruined_cells
from pic_analysis.reading.refusal import LIMITS, Refused, read_bytes
from pic_analysis.reading.tables import RawTable
from pic_analysis.reading.workbooks import OLE, read_workbook
from pic_analysis.vocabulary import nearest

Fields = Mapping[str, Sequence[str]]
"""Names that people give to each column, as ``field -> names``."""

DELIMITED, WORKBOOKS = (".csv", ".tsv", ".txt"), (".xlsx", ".xls", ".ods")

LEFT = "colonne non reprise"
MISSING_COLUMN = "colonne attendue, absente"

_BULK = 128 * 1024  # bytes from which a sound file is read at once: row by row, a million take minutes and gigabytes
_HEAD = 50  # rows that show where the header stands


@dataclass(frozen=True)
class Sheet:
    """A table as read: text cells by field, indexed by spreadsheet row, and what its file has of odd.

    ``headers`` gives, for each field that the file has, the name that its author gave to the column. ``tool`` is empty,
    or what exported the file: its rows are then numbered in the order of the export, where nobody sees numbers.
    """

    file: str
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    headers: Mapping[str, str] = having(default_factory=dict)
    tool: str = ""


def read_sheet(
    path: Path, fields: Fields, *, required: Iterable[str] = (), bulk: int = _BULK, compact: bool = False
) -> Sheet:
    """Return the known columns of a delimited file or of a workbook, and the problems of the file itself.

    Parameters
    ----------
    path
        The file; of a workbook, the sheet that names the most fields is read.
    fields
        The columns that are read; others are told and left.
    required
        Fields without which the file is of no use.
    bulk
        Size in bytes from which a delimited file is read at once if it is sound.
    compact
        Whether the cells of a file read at once are held as categories: each distinct one once, as a million rows need.
    """
    names = [name for field, known in fields.items() for name in (field, *known)]
    try:
        table, *others = _read(path, names, bulk)
    except Refused as error:
        return Sheet(path.name, pd.DataFrame(columns=[*fields], dtype="str"), (error.problem,))
    left = _left(path.name, others, fields, frozenset(required))
    columns, problems = _columns(path.name, [*map(str, table.frame.columns)], fields, required)
    frame = pd.DataFrame(
        {field: table.frame[columns[field]] if field in columns else "" for field in fields},
        index=table.frame.index,
    )
    whole = [name for name, kind in frame.dtypes.items() if not (compact and isinstance(kind, pd.CategoricalDtype))]
    frame = frame.astype(dict.fromkeys(whole, "str"))
    return Sheet(path.name, frame, (*table.problems, *left, *problems), columns)


def _left(file: str, others: Iterable[RawTable], fields: Fields, required: frozenset[str]) -> Iterator[Problem]:
    """Yield what is told of the other sheets of a workbook: an error where one holds such rows too."""
    for table in others:
        if number := len(table.frame):
            columns, _ = _columns(file, [*map(str, table.frame.columns)], fields, ())
            same = bool(columns) and required <= {*columns}
            said = f"feuille non lue : {count(number, 'ligne')}"
            said += ", sous les mêmes colonnes que la feuille lue" if same else ""
            hint = "Réunissez les deux feuilles en une, ou ôtez celle qui ne compte pas" if same else ""
            yield Problem(table.file, 0, "", "", said, hint, blocking=same)


def _read(path: Path, names: Sequence[str], bulk: int) -> list[RawTable]:
    """Return the table of a file; of a workbook, the sheet that names the most fields, then the others."""
    content = read_bytes(path)
    if content.startswith((b"PK", OLE)) or path.suffix.lower() in WORKBOOKS:
        known = {*map(fold, names)}
        tables = read_workbook(path, names)
        return sorted(tables, key=lambda table: -len({fold(str(name)) for name in table.frame.columns} & known))
    if len(content) >= bulk:
        table = _at_once(path.name, content, names)
        if table is not None:
            return [table]
    return [read_delimited(path, names, LIMITS)]


def _at_once(file: str, content: bytes, names: Sequence[str]) -> RawTable | None:
    """Return the cells of a large file without a defect of form; None where it has one, to be told row by row."""
    encoding, problems = _encoding(file, content)
    head = content[:100_000].rpartition(b"\n")[0].decode(encoding or "ascii", errors="replace")
    separator = max(",;\t", key=head.count)
    if not encoding or not content.endswith(b"\n"):
        return None
    try:
        rows = [*zip(range(1, _HEAD), csv.reader(io.StringIO(head, newline=""), delimiter=separator), strict=False)]
        shown = framed(file, rows, names)
        first = int(shown.frame.index[0])
        width, quoted = len(rows[first - 2][1]), b'"' in content
        cells = csv_reader.read_csv(
            io.BytesIO(content),
            csv_reader.ReadOptions(
                encoding=encoding,
                column_names=[str(column) for column in range(width)],
                skip_rows_after_names=_lines(head, separator, first - 1),
            ),
            csv_reader.ParseOptions(
                delimiter=separator,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
            ),
            csv_reader.ConvertOptions(
                column_types={str(column): pa.dictionary(pa.int32(), pa.string()) for column in range(width)},
                strings_can_be_null=False,
            ),
        ).to_pandas()
    except (csv.Error, IndexError, pa.ArrowException):
        return None  # a row too long or too short, a quote left open, a blank line
    if width != len(shown.frame.columns) or content.count(b'"') % 2:
        return None
    cells.index = pd.RangeIndex(first, first + len(cells))
    empty = np.logical_and.reduce([(cells[name] == "").to_numpy(dtype=bool) for name in cells])
    if separator != ",":
        name = {";": "le point-virgule", "\t": "la tabulation"}[separator]
        problems.append(Problem(file, 1, "", "", f"séparateur lu : {name}", blocking=False))
    if empty.any():
        cells = cells[~empty]
    cells.columns = shown.frame.columns
    above = [problem for problem in shown.problems if problem.row < first]
    return RawTable(file, cells, (*problems, *above, *_odd_cells(file, cells)))


def _encoding(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """Return the encoding of a large file, empty where it is to be looked at closely, and what is told of it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # The lines beyond ASCII tell as much as the whole, which would be read sign by sign.
        lines = _accented(content)
        text, told = decode(file, lines)
        if any(problem.blocking for problem in told) or text != lines.decode("cp1252", errors="replace"):
            return "", []
        row = content[: error.start].count(b"\n") + 1
        return "cp1252", [replace(problem, row=row) for problem in told]
    return "utf-8-sig", []


def _accented(content: bytes, most: int = 2000) -> bytes:
    r"""Return the first lines that hold a byte beyond ASCII.

    >>> _accented(b"a\n\xe9t\xe9\nb\n")
    b'\xe9t\xe9\n'
    """
    ends = np.flatnonzero(np.frombuffer(content, dtype="uint8") == 0x0A)
    places = np.flatnonzero(np.frombuffer(content, dtype="uint8") > 0x7F)
    lines = np.unique(np.searchsorted(ends, places))[:most]
    return b"".join(content[int(ends[n - 1]) + 1 if n else 0 : int(ends[n]) + 1] for n in lines if n < len(ends))


def _odd_cells(file: str, cells: pd.DataFrame) -> list[Problem]:
    """Return what is told of ruined or active categories; only columns that have one are searched row by row."""
    suspects = []
    for name in cells.columns:
        distinct = pd.DataFrame({name: cells[name].cat.categories}, dtype="str")
        if ruined_cells(file, distinct) or active_cells(file, distinct):
            suspects.append(name)
    searched = cells[suspects].astype("str")
    return [*ruined_cells(file, searched), *active_cells(file, searched)] if suspects else []


def _lines(head: str, separator: str, rows: int) -> int:
    """Return the number of lines that the first rows take: a cell may hold several."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    for _ in range(rows):
        next(reader, None)
    return reader.line_num


def _columns(
    file: str, names: Sequence[str], fields: Fields, required: Iterable[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the name of each field's column, and the problems of the header."""
    asked = {fold(name): field for field, known in fields.items() for name in (field, *known)}
    columns: dict[str, str] = {}
    problems, strange = [], []
    for name in names:
        # Under a group of columns, the name is after the group's: « Recueil / Date ».
        field = asked.get(fold(name)) or asked.get(fold(re.sub(r" \(\d+\)$", "", name.rpartition(" / ")[2])))
        if field is None:
            strange.append(name)
        elif field in columns:
            problems.append(Problem(file, 0, name, "", f"deux colonnes pour la même chose : {columns[field]}, {name}"))
        else:
            columns[field] = name
    for field in required:
        if field not in columns:
            hint = f"Noms reconnus : {', '.join(fields[field])}"
            near = nearest(fields[field][0], strange) if strange else ""
            problems.append(Problem(file, 0, fields[field][0], "", MISSING_COLUMN, hint, near))
    problems += [
        Problem(file, 0, name, "", f"{LEFT} : elle ne sort pas du fichier brut", blocking=False) for name in strange
    ]
    return columns, problems
