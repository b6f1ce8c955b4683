"""Read which mechanisms of several studies people declare to be the same: nothing is inferred from their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.problems import Problem

FILE = "mechanism_families.csv"
"""Table beside the folders of studies in ``data/raw``; a compendium may have none."""

COLUMNS = ("family_id", "label_fr", "study", "mechanism_id", "reason_fr")


@dataclass(frozen=True)
class Member:
    """One mechanism of one study, and why it is held to be the same as the others of its family."""

    row: int
    study: str
    mechanism: str
    reason_fr: str


@dataclass(frozen=True)
class Family:
    """Mechanisms of several studies that are declared to be the same."""

    id: str
    label_fr: str
    members: tuple[Member, ...]


def read_families(path: Path) -> tuple[tuple[Family, ...], tuple[Problem, ...]]:
    """Return the declared families in the order of the table, and everything that is wrong with it.

    Parameters
    ----------
    path
        The table; without a file there is no family, and nothing wrong.
    """
    if not path.is_file():
        return (), ()
    from pic_analysis.reading.tables import read_table  # pandas comes with it: only where there is a table to read

    table = read_table(path, COLUMNS)
    problems = [*table.problems]
    cells_by_row = table.frame.to_dict("index").items()
    rows = {int(row): {key: str(cells[key]).strip() for key in COLUMNS} for row, cells in cells_by_row}
    for row, cells in rows.items():
        problems += [
            Problem(
                FILE, row, column, "", "une valeur", "Chaque ligne dit la famille, l’étude, le mécanisme et pourquoi"
            )
            for column in COLUMNS
            if not cells[column]
        ]
        if cells["family_id"] and not re.fullmatch(r"MEC\d\d", cells["family_id"]):
            problems.append(Problem(FILE, row, "family_id", cells["family_id"], "MEC et deux chiffres, comme MEC01"))
    families: dict[str, Family] = {}
    for row, cells in rows.items():
        name, label = cells["family_id"], cells["label_fr"]
        known = families.get(name, Family(name, label, ()))
        if known.label_fr != label:
            said = f"le même libellé à chaque ligne de {name} : « {known.label_fr} »"
            problems.append(Problem(FILE, row, "label_fr", label, said))
        member = Member(row, cells["study"], cells["mechanism_id"], cells["reason_fr"])
        if any((one.study, one.mechanism) == (member.study, member.mechanism) for one in known.members):
            problems.append(
                Problem(FILE, row, "mechanism_id", member.mechanism, f"une seule ligne par famille ({name})")
            )
        families[name] = Family(name, known.label_fr, (*known.members, member))
    return tuple(families.values()), tuple(problems)
