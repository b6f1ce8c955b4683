"""Hold pages to a budget: what one may cost, the few that may cost more, and why."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.numbers_fr import integer
from pic_analysis.publishing.weight import Weight


@dataclass(frozen=True)
class Budget:
    """The most that a page may cost, and why where that is not the common budget."""

    bytes: int = 300_000
    requests: int = 15
    elements: int = 1_000
    reason_fr: str = ""


COMMON = Budget()
_MEASURES = {"bytes": "octets", "requests": "requêtes", "elements": "éléments"}
FILE = "budgets.csv"


def read(path: Path) -> dict[str, Budget]:
    """Return the budgets of the pages that have their own.

    Raises
    ------
    ValueError
        If a line has no reason, or a number is not one.
    """
    if not path.is_file():
        return {}
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["reason_fr"].strip():
                raise ValueError(f"{path.name} : la page {row['page']} a un budget à part sans raison (reason_fr)")
            own = {name: int(row[name]) for name in _MEASURES if row[name].strip()}
            found[row["page"]] = Budget(**own, reason_fr=row["reason_fr"].strip())
    return found


def excess(weight: Weight, budget: Budget = COMMON) -> str:
    r"""Return by what a page goes beyond its budget, in French; empty if it does not.

    >>> excess(Weight("a.html", 310_000, 3, 1_200)).replace("\u202f", " ").replace("\xa0", " ")
    '310 000 octets pour 300 000, 1 200 éléments pour 1 000'
    """
    return ", ".join(
        f"{integer(getattr(weight, name))} {label} pour {integer(getattr(budget, name))}"
        for name, label in _MEASURES.items()
        if getattr(weight, name) > getattr(budget, name)
    )
