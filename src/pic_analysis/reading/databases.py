"""Open a SQLite database that a stranger made: for reading only, and for a limited time."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pic_analysis.problems import Problem
from pic_analysis.reading.refusal import LIMITS, Limits, Refused, check_ordinary

_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_CAUSES = {
    sqlite3.SQLITE_NOTADB: ("le fichier n’est pas une base SQLite, ou il est chiffré", "Refaites l’export"),
    sqlite3.SQLITE_CORRUPT: ("la base SQLite est abîmée", "Restaurez une copie saine"),
    sqlite3.SQLITE_BUSY: ("la base est verrouillée par un autre programme", "Fermez l’outil qui la tient"),
    sqlite3.SQLITE_LOCKED: ("la base est verrouillée par un autre programme", "Fermez l’outil qui la tient"),
    sqlite3.SQLITE_CANTOPEN: ("la base ne peut pas être ouverte", "Vérifiez les droits du fichier et de son dossier"),
    sqlite3.SQLITE_PERM: ("la base ne peut pas être ouverte", "Vérifiez les droits du fichier et de son dossier"),
    sqlite3.SQLITE_IOERR: ("le disque n’a pas rendu toute la base", "Copiez le fichier sur un autre disque"),
    sqlite3.SQLITE_NOMEM: ("la base demande plus de mémoire que cette machine n’en a", "Exportez moins de documents"),
    sqlite3.SQLITE_TOOBIG: ("un texte de la base est démesuré", "Retirez ce document du projet, refaites l’export"),
    sqlite3.SQLITE_INTERRUPT: ("la lecture de la base ne finit pas : arrêtée", "Ce n’est pas un export ordinaire"),
    sqlite3.SQLITE_AUTH: ("la base demande autre chose qu’une lecture : refusé", "Ce n’est pas un export ordinaire"),
}
"""What each kind of failure means to the person who has the file, and what to do."""

_LACKS = re.compile(r"no such (table|column): (.+)")
_PRAGMAS = {"table_info", "quick_check", "encoding", "user_version", "application_id"}


def _authorize(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """Allow reading only: no writing, attaching, loading of code, nor any setting."""
    if action in _READS:
        return sqlite3.SQLITE_DENY if (second or "").lower() == "load_extension" else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@contextmanager
def open_sqlite(path: Path, limits: Limits = LIMITS) -> Iterator[sqlite3.Connection]:
    """Open a SQLite database that nothing can change, for a limited time; rows are `sqlite3.Row`.

    Invalid UTF-8 in a text reads as U+FFFD. Any `sqlite3.Error` raised inside becomes a `Refused`: a page is
    malformed, a table is absent, or a query hidden in a view never ends.
    """
    check_ordinary(path, limits.file_bytes)
    with path.open("rb") as stream:
        if stream.read(16) != b"SQLite format 3\0":
            raise Refused(path.name, "ce n’est pas une base SQLite")
    end = time.monotonic() + limits.seconds
    connection = None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        connection.execute("PRAGMA trusted_schema = OFF")  # a schema may call functions: none that acts
        connection.execute("PRAGMA cell_size_check = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(limits.text_bytes, 2**31 - 1))
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        connection.set_authorizer(_authorize)
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        connection.row_factory = sqlite3.Row
        (first,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if first != "ok":
            page = re.search(r"[Pp]age (\d+)", str(first))
            raise Refused(path.name, *_CAUSES[sqlite3.SQLITE_CORRUPT], f"page {page[1]}" if page else "")
        yield connection
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a broken schema is quoted in messages that are no UTF-8
        raise Refused(path.name, *_cause(error)) from error
    finally:
        if connection is not None:
            connection.close()


def _cause(error: Exception) -> tuple[str, str, str]:
    """Return why a database cannot be read, what to do, and what it lacks: SQLite itself only speaks English."""
    if lacks := _LACKS.match(str(error)):
        said = {"table": "table absente de la base", "column": "colonne absente de la base"}[lacks[1]]
        return said, "La base est d’un autre outil, ou d’une version que rien ici ne connaît", lacks[2]
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or isinstance(error, UnicodeDecodeError):
        return *_CAUSES[sqlite3.SQLITE_CORRUPT], ""
    if str(error).startswith("not authorized"):  # to use a function: SQLite gives it no code of its own
        return *_CAUSES[sqlite3.SQLITE_AUTH], ""
    said = "la base SQLite ne peut pas être lue : abîmée, ou d’un autre outil"
    return *_CAUSES.get(code & 0xFF, (said, "Refaites l’export, ou restaurez une copie saine")), ""


def journal_problems(path: Path) -> tuple[Problem, ...]:
    """Tell the changes that a tool left beside its database: they are not in it yet, so they are not read."""
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            said = f"des changements attendent dans {beside.name} : ils ne sont pas lus"
            return (Problem(path.name, 0, "", "", said, "Fermez l’outil qui tient la base, puis recommencez"),)
    return ()
