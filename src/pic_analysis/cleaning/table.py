"""Clean one table: every row ends up clean or in quarantine, and every change is logged."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pandas as pd

from pic_analysis.cleaning.columns import CleanColumn, Fault, cell_check, clean_column
from pic_analysis.problems import Problem
from pic_analysis.reading.tables import RawTable
from pic_analysis.schemas import Table
from pic_analysis.vocabulary import nearest


@dataclass(frozen=True)
class LogEntry:
    """One value that the cleaning repaired, or kept although it is out of its place."""

    file: str
    row: int
    column: str
    raw: str
    clean: str
    rule: str


@dataclass(frozen=True)
class Quarantined:
    """One raw row that could not be read, whole."""

    file: str
    row: int
    content: str
    reason_fr: str


@dataclass(frozen=True)
class Cleaned:
    """A table's clean rows, its quarantine, its log and its problems; ``raw`` holds the rows as received."""

    table: Table
    raw: pd.DataFrame
    frame: pd.DataFrame
    quarantine: tuple[Quarantined, ...]
    log: tuple[LogEntry, ...]
    problems: tuple[Problem, ...]


def clean_table(raw: RawTable, table: Table, derived: dict[str, CleanColumn] | None = None) -> Cleaned:
    """Return a raw table cleaned after its declaration.

    Parameters
    ----------
    raw
        The file as read.
    table
        The declaration of the processed table.
    derived
        Columns that the table's own module has computed from raw ones, by processed name; the others
        are cleaned from the raw column of the same name.

    Notes
    -----
    Rows in = rows clean + rows quarantined, asserted.
    """
    columns = {}
    for name, column in table.columns.items():
        columns[name] = (derived or {}).get(name) or clean_column(raw.frame[name], column.metadata)
    clean = pd.DataFrame({name: columns[name].values for name in columns}, index=raw.frame.index)
    _check_derived({name: columns[name] for name in derived or {}}, table)
    if table.pair or table.columns[table.key].metadata.get("key"):
        _mark_duplicates([columns[name] for name in table.keys])
    problems = list(raw.problems)
    reasons: dict[int, list[str]] = {}
    for name, column in columns.items():
        for row, fault in column.faults.items():
            problems.append(Problem(raw.file, row, name, fault.value, fault.expected, _HINT, fault.nearest))
            reasons.setdefault(row, []).append(_reason(name, fault))
    log = tuple(
        LogEntry(
            raw.file,
            row,
            name,
            str(raw.frame.at[row, name]) if name in raw.frame else "",
            str(clean.at[row, name]),
            rule,
        )
        for name, column in columns.items()
        for row, rule in column.repairs.items()
        if row not in reasons
    )
    quarantine = tuple(
        Quarantined(raw.file, row, _json(raw.frame.loc[row]), " ; ".join(why)) for row, why in sorted(reasons.items())
    )
    kept = clean.drop(index=[*reasons])
    assert len(raw.frame) == len(kept) + len(quarantine), f"{raw.file}: a row was lost"
    return Cleaned(table, raw.frame, kept, quarantine, log, tuple(problems))


_HINT = "Corrigez la cellule ; si elle est fidèle à la source, dites-le dans decisions.csv"


def _check_derived(columns: dict[str, CleanColumn], table: Table) -> None:
    """Add the faults of computed columns: what they hold must be as declared, whatever it was computed from.

    A row that could not be read has one fault already, and nothing in its computed columns.
    """
    unread = {row for column in columns.values() for row in column.faults}
    for name, column in columns.items():
        about = table.columns[name].metadata
        if about.get("boolean") or about.get("count"):
            continue
        check = cell_check(about)
        for row, text in column.values.items():
            if row not in unread and (fault := check(text)):
                column.faults[int(row)] = fault


def _mark_duplicates(keys: list[CleanColumn]) -> None:
    """Add a fault to every row whose identifier, in one column or several, an earlier row already has."""
    first: dict[tuple[str, ...], int] = {}
    for row, *parts in zip(keys[0].values.index, *(key.values for key in keys), strict=True):
        earlier = first.setdefault(tuple(map(str, parts)), int(row))
        if any(parts) and earlier != row and not any(row in key.faults for key in keys):
            keys[0].faults[int(row)] = Fault(" ".join(map(str, parts)), f"identifiant déjà pris à la ligne {earlier}")


def quarantine_dangling(cleaned: Cleaned, known: dict[str, set[str]], held: dict[str, set[str]]) -> Cleaned:
    """Return the table without the rows that refer to a row which does not exist.

    Parameters
    ----------
    cleaned
        A cleaned table.
    known
        Identifiers of the clean rows of each table, by table name.
    held
        Identifiers of the quarantined rows of each table: the message tells them from those that
        nobody has.
    """
    dangling: dict[int, list[tuple[str, Fault]]] = {}
    for column, to in cleaned.table.links.items():
        required = cleaned.table.columns[column].metadata["required"]
        for row, value in cleaned.frame[column].items():
            if value not in known[to] and (value or required):
                expected = f"aucune ligne de {to}.csv n’a cet identifiant"
                if value in held[to]:
                    expected = f"la ligne visée de {to}.csv est elle-même en quarantaine"
                near = "" if value in held[to] else nearest(str(value), known[to])
                fault = Fault(str(value), expected, near)
                dangling.setdefault(int(row), []).append((column, fault))
    if not dangling:
        return cleaned
    file = f"{cleaned.table.name}.csv"
    problems = tuple(
        Problem(file, row, column, fault.value, fault.expected, _HINT, fault.nearest)
        for row, faults in dangling.items()
        for column, fault in faults
    )
    gone = tuple(
        Quarantined(file, row, _json(cleaned.raw.loc[row]), " ; ".join(_reason(*fault) for fault in faults))
        for row, faults in dangling.items()
    )
    return replace(
        cleaned,
        frame=cleaned.frame.drop(index=[*dangling]),
        quarantine=(*cleaned.quarantine, *gone),
        log=tuple(entry for entry in cleaned.log if entry.row not in dangling),
        problems=(*cleaned.problems, *problems),
    )


def linked(cleaned: dict[str, Cleaned]) -> dict[str, Cleaned]:
    """Return tables without dangling rows: those that go may leave others dangling, until none is left."""
    while True:
        known = {name: set(table.frame[table.table.key]) for name, table in cleaned.items()}
        held = {name: held_identifiers(table) for name, table in cleaned.items()}
        checked = {name: quarantine_dangling(table, known, held) for name, table in cleaned.items()}
        if all(checked[name] is cleaned[name] for name in cleaned):
            return checked
        cleaned = checked


def held_identifiers(cleaned: Cleaned) -> set[str]:
    """Return the identifiers of a table's quarantined rows."""
    return {identifier(row, cleaned.table) for row in cleaned.quarantine}


def identifier(row: Quarantined, table: Table) -> str:
    """Return what identifies a quarantined row: its key, or the parts of a tie with spaces between.

    >>> from pic_analysis.schemas import TABLES
    >>> content = '{"conclusion_id": "CCL01", "statement_id": "B1-99", "relation": "supports", "basis": ""}'
    >>> identifier(Quarantined("conclusion_support.csv", 2, content, ""), TABLES["conclusion_support"])
    'CCL01 B1-99'
    """
    return " ".join([*json.loads(row.content).values()][: len(table.keys)])


def _reason(column: str, fault: Fault) -> str:
    return f"{column} : {fault.expected}" + (f" ; le plus proche : {fault.nearest}" if fault.nearest else "")


def _json(row: pd.Series) -> str:
    return json.dumps({name: str(value) for name, value in row.items()}, ensure_ascii=False)
