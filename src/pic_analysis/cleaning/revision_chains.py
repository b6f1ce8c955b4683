"""Follow a value from what was published to what is read today, by its lines of revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pic_analysis.cleaning.vintages import same_value


@dataclass(frozen=True)
class Line:
    """A line of revision: its row in the file, its date, what the value was and what it became."""

    row: int
    date: str
    old: str
    new: str


@dataclass(frozen=True)
class State:
    """What an edition published, or what is read today (no ``date``); ``extract`` is the date of a producer's own."""

    date: str
    value: str
    extract: str = ""


@dataclass
class Walk:
    """A value followed from state to state: revisions that a producer made, and what does not join.

    ``broken`` are lines with what was published before them; ``silent`` are states with the value before.
    """

    automatic: list[Line] = field(default_factory=list)
    broken: list[tuple[Line, str]] = field(default_factory=list)
    silent: list[tuple[State, str]] = field(default_factory=list)


def walk(states: Sequence[State], lines: Sequence[Line], older: Sequence[str] = ()) -> Walk:
    """Return how a value went from each state to the next by its lines of revision.

    Parameters
    ----------
    states
        What editions published, in the order of their dates, then today's value.
    lines
        Its lines of revision, in the order of their dates.
    older
        Values that the first line may start from: those of older vintages.

    Examples
    --------
    >>> edition, today = State("2026-11-22", "14.2"), State("", "14.1")
    >>> walk([edition, today], []).silent
    [(State(date='', value='14.1', extract=''), '14.2')]
    >>> walk([edition, today], [Line(2, "2026-11-25", "14.2", "14.1")])
    Walk(automatic=[], broken=[], silent=[])
    """
    found, rest, value = Walk(), [*lines], ""
    for place, state in enumerate(states):
        taken = _taken(rest, state, value if place else state.value)
        before = value if place else None
        for line in rest[:taken]:
            if before is None:
                if not any(same_value(line.old, known) for known in older):
                    found.broken.append((line, ""))
            elif not same_value(line.old, before):
                found.broken.append((line, before))
            before = line.new
        rest = rest[taken:]
        if before is not None and not same_value(before, state.value):
            if state.extract:
                found.automatic.append(Line(0, state.extract, before, state.value))
            else:
                found.silent.append((state, before))
        value = state.value
    return found


def _taken(lines: Sequence[Line], state: State, value: str) -> int:
    """Return how many lines come before a state; of those of its very day, the ones that lead to its value."""
    if not state.date:
        return len(lines)
    sure = sum(line.date < state.date for line in lines)
    last = sum(line.date <= state.date for line in lines)
    for number in range(last, sure, -1):
        if same_value(lines[number - 1].new, state.value):
            return number
    return sure
