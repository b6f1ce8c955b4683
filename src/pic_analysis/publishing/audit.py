"""Read the grid of an audit of the site: one line a criterion, what was found of it, and how."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.vocabulary import nearest

STATUSES = {"C": "conforme", "NC": "non conforme", "NA": "non applicable", "NT": "non vérifié"}
"""What may be found of a criterion; a criterion that nobody looked at is neither kept nor broken."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: its number, theme and subject in our words, what was found, how, and why."""

    number: str
    theme_fr: str
    title_fr: str
    status: str
    checked_fr: str
    note_fr: str


def read(path: Path) -> tuple[Criterion, ...]:
    """Return the criteria of a grid, in its order.

    Raises
    ------
    ValueError
        With every fault, line by line: a criterion given twice, a status that is none, one that nothing explains.
    """
    with path.open(encoding="utf-8", newline="") as file:
        found = tuple(Criterion(**row) for row in csv.DictReader(file))
    faults = []
    for line, one in enumerate(found, start=2):
        if one.status not in STATUSES:
            guess = nearest(one.status, STATUSES)
            faults.append(f"ligne {line} : statut « {one.status} »" + (f" ; le plus proche : {guess}" if guess else ""))
        if one.status in ("C", "NC") and not one.checked_fr.strip():
            faults.append(f"ligne {line} : le critère {one.number} est dit {STATUSES[one.status]} sans dire comment")
        if one.status in ("NC", "NA") and not one.note_fr.strip():
            faults.append(f"ligne {line} : le critère {one.number} est dit {STATUSES[one.status]} sans dire pourquoi")
    repeated = [number for number, times in Counter(one.number for one in found).items() if times > 1]
    faults += [f"critère {number} donné deux fois" for number in repeated]
    if faults:
        raise ValueError(f"{path.name} : " + " ; ".join(faults))
    return found


def counts(criteria: Iterable[Criterion]) -> dict[str, int]:
    """Return the number of criteria of each status.

    >>> counts([Criterion("1.1", "Images", "", "C", "test", ""), Criterion("1.2", "Images", "", "NT", "", "")])
    {'C': 1, 'NC': 0, 'NA': 0, 'NT': 1}
    """
    found = Counter(one.status for one in criteria)
    return {status: found[status] for status in STATUSES}
