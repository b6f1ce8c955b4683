"""Refuse the tables that, side by side, rebuild the cross that is never published: type of actor by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pic_analysis.problems import Problem

NEVER_TOGETHER = frozenset({"stakeholder_type", "case"})
"""Ten types by five cases average two interviews a cell."""

IMPLIED: dict[str, tuple[str, ...]] = {
    "stakeholder_type": ("group",),
    "segment_id": ("interview_id",),
    "coding_id": ("interview_id",),
    "testimony_id": ("speaker_id",),
    "speaker_id": ("case",),  # the letter of a respondent's code
}
"""What a reader knows who knows the other: a type has one group, a segment one interview."""

LABELS_FR = {
    "stakeholder_type": "type d’acteur",
    "group": "groupe d’acteurs",
    "case": "étude de cas",
    "interview_id": "code d’entretien",
    "speaker_id": "code de répondant",
    "testimony_id": "numéro de voix",
    "segment_id": "segment",
    "coding_id": "codage",
    "date": "date d’entretien",
    "mode": "mode d’entretien",
    "consent": "consentement",
}
"""Columns that tell something of a person; a file is judged on these alone."""


@dataclass(frozen=True)
class Shown:
    """Something published that tells of people: its name for readers, and what it crosses or holds of each."""

    title_fr: str
    dimensions: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """What its reader knows, what its dimensions imply included."""
        known = set(self.dimensions)
        while more := {implied for name in known for implied in IMPLIED.get(name, ())} - known:
            known |= more
        return frozenset(known)


def of_columns(title_fr: str, columns: Iterable[str]) -> Shown:
    """Return what a file tells of people, from its header.

    >>> sorted(of_columns("f.csv", ["interview_id", "code_id", "case"]).dimensions)
    ['case', 'interview_id']
    """
    return Shown(title_fr, frozenset(name.strip() for name in columns) & frozenset(LABELS_FR))


def refused(shown: Sequence[Shown], never: frozenset[str] = NEVER_TOGETHER) -> list[Problem]:
    """Return one problem for each table, or chain of tables, that brings together what never may be.

    Two tables that share a dimension can be joined along it, exactly where a category holds one person, within bounds
    elsewhere: the gate does not weigh these bounds, it refuses the chain.

    Examples
    --------
    >>> types = Shown("types", frozenset({"stakeholder_type", "date"}))
    >>> cases = Shown("cas", frozenset({"case", "date"}))
    >>> [problem.value for problem in refused([types, cases])]
    ['types + cas']
    >>> refused([types])
    []
    """
    other, one = sorted(never)
    problems = []
    for start in (table for table in shown if one in table.known):
        if (path := _chain(start, other, shown)) is not None:
            problems.append(_problem([start, *path], never))
    return list(dict.fromkeys(problems))


def _chain(start: Shown, wanted: str, shown: Sequence[Shown]) -> list[Shown] | None:
    """Return the shortest chain of tables that leads from one to what it must not meet; None if there is none."""
    if wanted in start.known:
        return []
    before: dict[Shown, Shown] = {}
    front = [start]
    while front:
        following = []
        for table in front:
            for near in shown:
                if near != start and near not in before and near.known & table.known:
                    before[near] = table
                    following.append(near)
                    if wanted in near.known:
                        return _unrolled(near, start, before)
        front = following
    return None


def _unrolled(end: Shown, start: Shown, before: Mapping[Shown, Shown]) -> list[Shown]:
    path = [end]
    while before[path[-1]] != start:
        path.append(before[path[-1]])
    return path[::-1]


def _problem(chain: list[Shown], never: frozenset[str]) -> Problem:
    names = " et ".join(LABELS_FR[name] for name in sorted(never))
    value = " + ".join(table.title_fr for table in chain)
    if len(chain) == 1:
        return Problem(chain[0].title_fr, 0, "", "", f"croise {names} : jamais publié", _HINT)
    links = [a.known & b.known for a, b in zip(chain, chain[1:], strict=False)]
    by = ", puis ".join(" et ".join(LABELS_FR.get(name, name) for name in sorted(link)) for link in links)
    expected = f"ces tables se joignent par {by} : réunies, elles donnent {names}"
    return Problem(chain[0].title_fr, 0, "", value, expected, _HINT)


_HINT = "Retirez l’une d’elles, ou remplacez le type d’acteur par les quatre groupes"
