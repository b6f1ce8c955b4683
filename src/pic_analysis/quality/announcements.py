"""Compare the numbers of items that a text announces with what its lists hold."""

from __future__ import annotations

import re
from typing import Any

from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.quality.finding import Finding, Passage, section_fr
from pic_analysis.study import Study

# « une demi-dizaine », « environ cinq »: one more or one less is no discrepancy.
_APPROXIMATE = re.compile(r"\b(environ|presque|près d|prés d|une? (demi-)?\w+aine)\b", re.IGNORECASE)


def announcements(study: Study) -> list[Finding]:
    """Find announcements that one list, or several, do not keep; one finding an announcement.

    The same set announced with two numbers is one finding, though each announcement contradicts the other's list.
    """
    off = [row for row in study.announced_counts.to_dict("records") if _off(row)]
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    told: set[tuple[str, ...]] = set()
    for row in off:
        here, there = (row["section"], str(row["announced"])), (_listed_section(row), str(row["listed"]))
        told.add((row["source_id"], *here, *there))
        if here[0] == there[0] or (row["source_id"], *there, *here) not in told:
            groups.setdefault((row["source_id"], row["section"], row["anchor"]), []).append(row)
    return [_finding(rows) for rows in groups.values()]


def _listed_section(row: dict[str, Any]) -> str:
    return str(row["listed_section"] or row["section"])


def _off(row: dict[str, Any]) -> bool:
    slack = 1 if _APPROXIMATE.search(row["anchor"]) else 0
    return abs(row["announced"] - row["listed"]) > slack


def _finding(rows: list[dict[str, Any]]) -> Finding:
    one = rows[0]
    lists = [Passage(row["source_id"], _listed_section(row), row["listed_anchor"]) for row in rows]
    elsewhere = any(there.section != one["section"] for there in lists)
    if len(rows) == 1:
        counted = f"la liste en compte {integer(one['listed'])} ({_where(lists[0])})"
    else:
        each = [f"{integer(row['listed'])} ({row['label_fr']})" for row in rows]
        counted = f"{count(len(rows), 'liste')} en comptent un autre nombre : {enumerate_fr(each)}"
    label = f" ({one['label_fr']})" if len(rows) == 1 else ""
    return Finding(
        "announcements",
        "count",
        "notable" if elsewhere else "mineur",
        Passage(one["source_id"], one["section"], one["anchor"]),
        lists[0],
        tuple(("announced_count", row["count_id"]) for row in rows),
        f"Le texte annonce {count(one['announced'], 'élément')}{label} ; {counted}.",
        "Ne pas citer ce nombre sans dire quelle liste est suivie.",
        tuple(lists[1:]),
    )


def _where(there: Passage) -> str:
    return section_fr(there.section).removeprefix("la ").removeprefix("le ")
