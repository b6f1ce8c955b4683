"""Read QualCoder's coding reports, in CSV or XLSX."""

from __future__ import annotations

from collections.abc import Sequence

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading.gathering import Gathering
from pic_analysis.reading.grid import key
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.tables import RawTable

_REPORT = {"coder", "coded", "id", "codename"}
NAMES = ("File", "Case", "Filename", "Coder", "Coded", "Id", "Codename", "Coded_Memo")
"""Columns of a report, beyond categories and variables."""


def recognises(tables: Sequence[RawTable]) -> bool:
    """Say whether a table has the columns of a coding report."""
    return any(_is_report(table) for table in tables)


def _is_report(table: RawTable) -> bool:
    names = {key(str(column)) for column in table.frame.columns}
    return names >= _REPORT and bool({"file", "case"} & names)


def read_report(file: str, tables: Sequence[RawTable]) -> Imported:
    """Return the content of a coding report, in CSV or XLSX, by file or by case.

    The report holds no offset: QualCoder writes the passage, its coder, its number, its code with the categories
    above it, and, if asked, the variables of files and cases.

    Notes
    -----
    QualCoder wiki, « Reports », https://github.com/ccbogel/QualCoder/wiki/5.3.-Reports: columns File, or Case and
    Filename, then Coder, Coded, Id, Codename, Coded_Memo, Category…, FileVar_…, CaseVar_….
    """
    gathering = Gathering(file, "QualCoder, rapport de codage")
    for table in tables:
        gathering.problems += table.problems
        if _is_report(table):
            _report(gathering, table)
        else:
            said = f"feuille d’un autre genre, non reprise : {count(len(table.frame), 'ligne')}"
            gathering.problems.append(Problem(table.file, 0, "", "", said, blocking=False))
    said = "le rapport de codage ne dit pas la place des passages"
    hint = "Préférez le projet (dossier .qda), ou exportez-le en REFI-QDA (.qdpx)"
    gathering.problems.append(Problem(file, 0, "", "", said, hint, blocking=False))
    return gathering.imported()


def _report(gathering: Gathering, table: RawTable) -> None:
    """Add the codings of a report, row by row; the nearest category comes first in it."""
    by_case = "case" in {key(str(column)) for column in table.frame.columns}
    seen: dict[str, int] = {}
    for row, cells in zip(table.frame.index, table.frame.to_numpy(), strict=True):
        named = [*zip(map(str, table.frame.columns), map(str.strip, cells), strict=True)]
        of = {key(column): cell for column, cell in reversed(named)}
        source_id = gathering.source(of.get("filename", "") if by_case else of["file"])
        user_id = gathering.user(of["coder"])
        if by_case:
            gathering.member(gathering.case(of["case"]), source_id)
        for column, cell in named:
            if column.startswith("FileVar_"):
                gathering.value(source_id, column.removeprefix("FileVar_"), cell)
            elif column.startswith("CaseVar_") and by_case:
                gathering.value(of["case"], column.removeprefix("CaseVar_"), cell)
        if not source_id and not of.get("case"):
            said = "le document n’est pas dit : le codage est repris sans lui"
            gathering.problems.append(Problem(table.file, int(row), "File", of["codename"][:60], said))
        if not of["codename"]:
            gathering.uncoded(source_id, user_id)
            said = "passage sans code : gardé à part"
            gathering.problems.append(Problem(table.file, int(row), "Codename", "", said, blocking=False))
            continue
        above = [cell for column, cell in named if key(column).split()[0] == "category" and cell]
        code_id = gathering.code([*reversed(above), of["codename"]])
        seen[of["id"]] = seen.get(of["id"], 0) + 1
        coding_id = of["id"] if of["id"] and seen[of["id"]] == 1 else f"{of['id']} ({row})".strip()
        length = len(of["coded"]) if of["id"].startswith("ctid") else -1
        gathering.coding(coding_id, source_id, code_id, user_id, length, of.get("coded memo", ""))
