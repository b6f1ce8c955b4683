"""Find which reader a file needs, by its content first and its name second, and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pic_analysis.problems import Problem
from pic_analysis.reading import qda_tables, qualcoder, qualcoder_report, refi, taguette, taguette_tables
from pic_analysis.reading.delimited import read_delimited
from pic_analysis.reading.hostile import LIMITS, Limits, Refused, open_sqlite, open_zip
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.qda_layouts import known_names, nearest_layout
from pic_analysis.reading.tables import RawTable
from pic_analysis.reading.workbooks import OLE, read_workbook

ENDINGS = (".qdpx", ".qdc", ".qde", ".sqlite3", ".sqlite", ".db", ".qda", ".csv", ".tsv", ".xlsx", ".xls", ".ods")
"""How the names of exports end."""

UNKNOWN = "format non reconnu"
"""What stands for the tool of a file that no reader takes."""

ACCEPTED = (
    "Sont lus : REFI-QDA (.qdpx, .qdc) de tout outil ; Taguette (base .sqlite3, CSV, XLSX) ; QualCoder (dossier .qda, "
    f"rapport de codage) ; en CSV ou en classeur : {', '.join(qda_tables.ACCEPTED)}"
)


def read(path: Path, limits: Limits = LIMITS) -> Imported:
    """Return what a file holds, whatever tool made it; what cannot be read is a problem, never an exception.

    Parameters
    ----------
    path
        An exported file, or the folder of a QualCoder project.
    """
    try:
        return _reader(path, limits)(path, limits)
    except Refused as refusal:
        return Imported(path.name, UNKNOWN, problems=(refusal.problem,))


def read_tables(path: Path, names: Iterable[str] = (), limits: Limits = LIMITS) -> tuple[RawTable, ...]:
    """Return the tables of a delimited file or a workbook, told apart by content.

    Raises
    ------
    Refused
        If it is neither.
    """
    start = _start(path)
    if start.startswith((b"PK", OLE)) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_workbook(path, names, limits)
    return (read_delimited(path, names, limits),)


def _start(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(path.name, "fichier attendu, absent ou inaccessible")
    with path.open("rb") as stream:
        return stream.read(4096)


def _reader(path: Path, limits: Limits) -> Callable[[Path, Limits], Imported]:
    """Return the reader of a file, after its first bytes and what it holds."""
    if path.is_dir():
        if (path / qualcoder.DATABASE).is_file():
            return qualcoder.read_project
        held = [one.name for one in sorted(path.iterdir()) if one.suffix.lower() in ENDINGS]
        hint = f"Donnez un fichier : {', '.join(held[:5])}{'…' * (len(held) > 5)}" if held else ACCEPTED
        said = f"c’est un dossier, et non un projet QualCoder (il n’a pas de {qualcoder.DATABASE})"
        raise Refused(path.name, said, hint)
    start = _start(path)
    if start.startswith(b"SQLite format 3\0"):
        return _database_reader(path, limits)
    if start.startswith(b"PK"):
        with open_zip(path, limits) as archive:
            if any(name.lower().endswith(".qde") for name in archive.members):
                return refi.read_refi
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<") and any(mark in start for mark in (b"QDA-XML", b"<CodeBook", b"<Project")):
        return refi.read_refi
    if path.suffix.lower() in (".qdpx", ".qdc", ".qde"):
        return refi.read_refi
    return _read_tables


def _database_reader(path: Path, limits: Limits) -> Callable[[Path, Limits], Imported]:
    with open_sqlite(path, limits) as base:
        held = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    for tables, reader in ((taguette.TABLES, taguette.read_database), (qualcoder.TABLES, qualcoder.read_project)):
        if tables <= held:
            return reader
    said = "base SQLite d’un autre outil que Taguette et QualCoder"
    raise Refused(path.name, said, ACCEPTED, ", ".join(sorted(held)))


def _read_tables(path: Path, limits: Limits) -> Imported:
    names = (*known_names(), *taguette_tables.HIGHLIGHTS, *taguette_tables.CODEBOOK, *qualcoder_report.NAMES)
    tables = read_tables(path, names, limits)
    for recognises, reader in (
        (taguette_tables.recognises, taguette_tables.read_tables),
        (qualcoder_report.recognises, qualcoder_report.read_report),
        (qda_tables.recognises, qda_tables.read_qda_tables),
    ):
        if recognises(tables):
            return reader(path.name, tables)
    return Imported(path.name, UNKNOWN, problems=_strange(path.name, tables))


def _strange(file: str, tables: Sequence[RawTable]) -> tuple[Problem, ...]:
    """Return the problem of a table that no layout fits, the nearest one named with what it misses."""
    problems = [problem for table in tables for problem in table.problems]
    for table in tables:
        header = [str(column) for column in table.frame.columns]
        layout, missing = nearest_layout(header)
        said = "tableau dont les colonnes ne sont pas celles d’un export connu"
        near = f"{layout.tool}, moins {', '.join(missing)}" if len(missing) < len(layout.required) else ""
        problems.append(Problem(table.file, 1, "", " | ".join(header)[:120], said, ACCEPTED, near))
    return tuple(problems)
