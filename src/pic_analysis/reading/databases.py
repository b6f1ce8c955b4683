"""Open a SQLite database that a stranger made: for reading only, and for a limited time."""

from __future__ import annotations

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
            raise Refused(path.name, "la base SQLite est abîmée", "Restaurez une copie saine", first)
        yield connection
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a broken schema is quoted in messages that are no UTF-8
        said = "la base SQLite ne peut pas être lue : abîmée, ou d’un autre outil"
        raise Refused(path.name, said, "Restaurez une copie saine", str(error)) from error
    finally:
        if connection is not None:
            connection.close()


def journal_problems(path: Path) -> tuple[Problem, ...]:
    """Tell the changes that a tool left beside its database: they are not in it yet, so they are not read."""
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            said = f"des changements attendent dans {beside.name} : ils ne sont pas lus"
            return (Problem(path.name, 0, "", "", said, "Fermez l’outil qui tient la base, puis recommencez"),)
    return ()
