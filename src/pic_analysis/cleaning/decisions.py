"""Accept, each with its reason, the rows that no rule can read: ``decisions.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pic_analysis.problems import Problem
from pic_analysis.reading.tables import RawTable

FILE = "decisions.csv"
COLUMNS = ("file", "identifier", "reason_fr")

_NO_REASON = "le motif est obligatoire : sans lui, la ligne n’est pas acceptée"
UNUSED = "cette décision ne concerne aucune ligne en quarantaine"


def decide(
    problems: Iterable[Problem], rows: Mapping[tuple[str, str], int], decisions: RawTable, unused: str = UNUSED
) -> tuple[list[Problem], dict[tuple[str, int], str]]:
    """Turn into notices the problems of the rows that a decision accepts; add those of the decisions themselves.

    Parameters
    ----------
    problems
        Everything met.
    rows
        Rows that may be accepted, as ``(file, identifier) -> row``.
    decisions
        Their file, the identifier of a row, the reason.
    unused
        What is said of a decision about no such row.

    Returns
    -------
    list of Problem, dict
        The problems, and the reason of each row accepted, by file and row.
    """
    accepted: dict[tuple[str, int], str] = {}
    said = [*problems]
    for number, file, named, reason in decisions.frame.itertuples():
        row = rows.get((file, named))
        if row and reason.strip():
            accepted[file, row] = reason
        elif row:
            said.append(Problem(decisions.file, number, "reason_fr", named, _NO_REASON))
        else:
            said.append(Problem(decisions.file, number, "identifier", named, unused, "Retirez-la"))
    settled = [
        replace(p, blocking=False, hint=f"Accepté : {accepted[p.file, p.row]}") if (p.file, p.row) in accepted else p
        for p in said
    ]
    return settled, accepted
