"""Read the tables that ATLAS.ti, MAXQDA and NVivo export, by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading.code_lists import certain_names, separated_by_lines, split_codes
from pic_analysis.reading.gathering import Gathering
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.qda_layouts import LAYOUTS, Layout, best_layout
from pic_analysis.reading.tables import RawTable

_EXCEL_CELL = 32_767  # signs that a cell of Excel holds at most

_Found = tuple[RawTable, Layout, dict[str, str]]


def recognises(tables: Sequence[RawTable]) -> bool:
    """Say whether one of the tables has the columns of a known export."""
    return any(best_layout([*table.frame.columns])[0] for table in tables)


def read_qda_tables(file: str, tables: Sequence[RawTable]) -> Imported:
    """Return the codings and codes of the tables of one file, and everything that was met.

    These tables give no place in characters: ``start`` and ``end`` stay -1, and the paragraph or page that some
    give is kept in ``note``. A coding is named after its spreadsheet row.

    Parameters
    ----------
    file
        Name of the file.
    tables
        Its sheets; one at least must be recognised, see `recognises`.

    Raises
    ------
    ValueError
        If no table is recognised.

    Notes
    -----
    A table of codings gives one coding or more for each row, or a passage without code, or a problem.
    """
    fits = [(table, *best_layout([*table.frame.columns])) for table in tables]
    found: list[_Found] = [(table, layout, columns) for table, layout, columns in fits if layout is not None]
    if not found:
        raise ValueError("no table of this file has the columns of a known export")
    found.sort(key=lambda fit: fit[1].codings)  # lists of codes first: they tell how to cut a cell of codes
    gathering = Gathering(file, " ; ".join(dict.fromkeys(layout.tool for _, layout, _ in found)))
    for table, layout, columns in fits:
        gathering.problems += table.problems
        gathering.problems += _unread(table, layout, columns)
    codes = {code for fit in found if not fit[1].codings for code in _codes(gathering, *fit)}
    for fit in found:
        if fit[1].codings:
            _codings(gathering, *fit, codes)
    if any(layout.codings for _, layout, _ in found):
        said = "la place des passages en caractères n’y est pas : deux codeurs s’y comparent par passage entier"
        hint = "Pour l’avoir, exportez aussi le projet en REFI-QDA (.qdpx)"
        gathering.problems.append(Problem(file, 0, "", "", said, hint, blocking=False))
    return gathering.imported()


def _unread(table: RawTable, layout: Layout | None, columns: dict[str, str]) -> Iterator[Problem]:
    """Yield the notice of columns, or of a whole sheet, that nothing here reads."""
    if layout is None:
        said = f"feuille d’un autre genre, non reprise : {count(len(table.frame), 'ligne')}"
        yield Problem(table.file, 0, "", ", ".join(map(str, table.frame.columns))[:80], said, blocking=False)
        return
    kept = {*columns.values()}
    left = [str(name) for name in table.frame.columns if name not in kept and table.frame[name].ne("").any()]
    if left:
        said = f"{count(len(left), 'colonne non reprise', 'colonnes non reprises')} d’un tableau {layout.tool}"
        yield Problem(table.file, 1, "", ", ".join(left)[:120], said, blocking=False)


def _cells(table: RawTable, columns: dict[str, str], role: str) -> list[str]:
    """Return the cells of a role, empty ones where the file has no such column."""
    return (
        [cell.strip() for cell in table.frame[columns[role]].tolist()] if role in columns else [""] * len(table.frame)
    )


@lru_cache(maxsize=4096)
def code_path(name: str, levels: str) -> tuple[str, ...]:
    r"""Return the names from the outermost code to this one.

    NVivo begins a path with the folder of codes, which is none.

    >>> code_path("Effets > Emploi", r" > |\\"), code_path("Codes\\\\Effets\\Emploi", r"\\+"), code_path("A>B", " > ")
    (('Effets', 'Emploi'), ('Effets', 'Emploi'), ('A>B',))
    """
    if not levels:
        return (name,) if name else ()
    parts = [part.strip() for part in re.split(levels, re.sub(r"^[^\\]*\\\\", "", name)) if part.strip()]
    return tuple(parts) or ((name,) if name else ())


def _codes(gathering: Gathering, table: RawTable, layout: Layout, columns: dict[str, str]) -> Iterator[str]:
    """Declare the codes of a list, and yield their names as a cell of codings would write them."""
    roles = ("code", "parent", "description", "color")
    rows = zip(table.frame.index, *(_cells(table, columns, role) for role in roles), strict=True)
    for row, code, parent, description, color in rows:
        if not code:
            content = " | ".join(table.frame.loc[row])[:120]
            said = "ligne sans nom de code : non reprise"
            gathering.problems.append(Problem(table.file, int(row), columns["code"], content, said))
            continue
        gathering.code([*code_path(parent, layout.levels), *code_path(code, layout.levels)], description, color)
        yield code


def _codings(gathering: Gathering, table: RawTable, layout: Layout, columns: dict[str, str], listed: set[str]) -> None:
    """Add the codings of a table, row by row."""
    role = "codes" if layout.many else "code"
    written = _cells(table, columns, role)
    by_lines = layout.many and separated_by_lines(written)
    known = listed | certain_names(written) if layout.many else set()
    unread: list[Problem] = []
    roles = ("source", role, "quote", "user", "note", "first", "last", "group", "color")
    sheet = "" if table.file == gathering.file else f"{table.file}!"
    rows = zip(table.frame.index, *(_cells(table, columns, role) for role in roles), strict=True)
    for row, source, cell, quote, user, note, first, last, group, color in rows:
        if not (source or cell or quote):
            content = " | ".join(table.frame.loc[row])[:120]
            said = "ligne sans document, ni code, ni passage : non reprise"
            unread.append(Problem(table.file, int(row), "", content, said))
            continue
        if not source:
            said = "le document n’est pas dit : le codage est repris sans lui"
            unread.append(Problem(table.file, int(row), columns["source"], cell[:60], said, "Complétez la cellule"))
        source_id, user_id = gathering.source(source), gathering.user(user)
        gathering.member(group, source_id)
        if not cell:
            gathering.uncoded(source_id, user_id)
            said = "passage sans code : gardé à part"
            unread.append(Problem(table.file, int(row), columns[role], "", said, blocking=False))
            continue
        names = split_codes(cell, known, by_lines=by_lines) if layout.many else [cell]
        if names is None:
            names = [cell]
            said = "un code dont le nom a une virgule, ou plusieurs codes ? rien ne le dit : pris pour un seul"
            hint = "Joignez la liste des codes en seconde feuille, ou exportez en REFI-QDA (.qdpx)"
            unread.append(Problem(table.file, int(row), columns[role], cell[:80], said, hint))
        place = "–".join(dict.fromkeys(part for part in (first, last) if part))
        note = " · ".join(part for part in (note, f"place : {place}" if place else "") if part)
        for number, name in enumerate(names, start=1):
            code_id = gathering.code(code_path(name, layout.levels), color="" if layout.many else color)
            coding_id = f"{sheet}{row}" if len(names) == 1 else f"{sheet}{row}.{number}"
            gathering.coding(coding_id, source_id, code_id, user_id, len(quote) if quote else -1, note)
        if len(quote) >= _EXCEL_CELL:
            said = "passage coupé à la taille d’une cellule d’Excel"
            unread.append(Problem(table.file, int(row), columns["quote"], "", said, blocking=False))
    gathering.problems += unread


ACCEPTED = tuple(layout.tool for layout in LAYOUTS)
"""Tables that are read, for messages."""
