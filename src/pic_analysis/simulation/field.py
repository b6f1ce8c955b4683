"""Simulate a field: people who are met and asked, who say or do not say, and coders who mark it blind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pic_analysis.simulation.draws import Draws
from pic_analysis.simulation.truth import Coder, Truth, codes, group_of

_LEAST, _MOST = 15_000, 60_000  # signs in the transcript of an interview
_PASSAGE = (60, 420)
_SAME_ENDS = 0.75  # how often a coder takes a passage from its very first sign to its last
_DIRECTIONS = ("supports", "nuances", "contradicts")


@dataclass(frozen=True)
class Person:
    """One fictitious interview."""

    id: str
    stakeholder_type: str
    case: str
    day: int
    """Days after the first interview."""
    mode: str
    consent: str


@dataclass(frozen=True)
class Passage:
    """A place of an interview where something is said, or marked, of a code."""

    interview: str
    start: int
    end: int
    code: str
    direction: str


@dataclass(frozen=True)
class Field:
    """What happened: who was met, what each was asked, what was truly said, and what each coder marked."""

    people: tuple[Person, ...]
    asked: dict[str, tuple[str, ...]]
    said: tuple[Passage, ...]
    coded: dict[str, tuple[Passage, ...]]


def simulate(truth: Truth, cases: tuple[str, ...], extra: Mapping[str, str] | None = None) -> Field:
    """Return a field drawn from a truth.

    Parameters
    ----------
    truth
        What is planted.
    cases
        Case studies among which interviews are spread.
    extra
        Interviews met besides, which are not to be kept: their stakeholder types, by code.
    """
    draws = Draws(truth.seed)
    types = draws.shuffled([kind for kind, count in truth.people.items() for _ in range(count)])
    for name, kind in sorted((extra or {}).items()):
        types.insert(int(name[3:]) - 1, kind)
    people = tuple(_person(draws, number, kind, cases) for number, kind in enumerate(types, start=1))
    asked = {person.id: _asked(draws, truth, person) for person in people}
    lengths = {person.id: draws.between(_LEAST, _MOST) for person in people}
    said = tuple(
        passage for person in people for passage in _said(draws, truth, person, asked[person.id], lengths[person.id])
    )
    coded = {name: tuple(_marked(draws, coder, people, asked, said, lengths)) for name, coder in truth.coders.items()}
    return Field(people, asked, said, coded)


def _person(draws: Draws, number: int, kind: str, cases: tuple[str, ...]) -> Person:
    mode = draws.weighted({"face_to_face": 0.75, "telephone": 0.15, "video": 0.05, "group": 0.05})
    consent = draws.weighted({"given": 0.85, "anonymous": 0.15})
    return Person(f"INT{number:03d}", kind, draws.pick([*cases, ""]), draws.between(0, 150), mode, consent)


def _asked(draws: Draws, truth: Truth, person: Person) -> tuple[str, ...]:
    """Return the codes on which somebody is asked: an arrow with all its mechanisms, or not at all."""
    group = group_of(person.stakeholder_type)
    subjects = [
        subject
        for subject in (*truth.links, *truth.rivals)
        if draws.chance(truth.asked) and (group, subject) != truth.unasked
    ]
    return tuple(code for code, subject in codes(truth).items() if subject in subjects)


def _said(draws: Draws, truth: Truth, person: Person, asked: tuple[str, ...], length: int) -> Iterator[Passage]:
    group = group_of(person.stakeholder_type)
    for code in asked:
        subject = codes(truth)[code]
        if draws.chance(truth.said(subject, group)):
            direction = draws.weighted(truth.directions(subject))
            for _ in range(1 + draws.chance(0.3)):
                start = draws.between(0, length - _PASSAGE[1])
                yield Passage(person.id, start, start + draws.between(*_PASSAGE), code, direction)


def _marked(
    draws: Draws,
    coder: Coder,
    people: tuple[Person, ...],
    asked: dict[str, tuple[str, ...]],
    said: tuple[Passage, ...],
    lengths: dict[str, int],
) -> Iterator[Passage]:
    """Yield what a coder marks, interview by interview: errors are made once for a code of an interview."""
    for person in people:
        own = [passage for passage in said if passage.interview == person.id]
        found = []
        for code in asked[person.id]:
            true = [passage for passage in own if passage.code == code]
            if true and not draws.chance(coder.misses):
                direction = true[0].direction
                if draws.chance(coder.turns):
                    direction = draws.pick([other for other in _DIRECTIONS if other != direction])
                found += [_taken(draws, passage, direction) for passage in true]
            elif not true and draws.chance(coder.invents):
                start = draws.between(0, lengths[person.id] - _PASSAGE[1])
                direction = draws.pick(_DIRECTIONS)
                found.append(Passage(person.id, start, start + draws.between(*_PASSAGE), code, direction))
        yield from sorted(found, key=lambda passage: (passage.start, passage.code))


def _taken(draws: Draws, passage: Passage, direction: str) -> Passage:
    start, end = passage.start, passage.end
    if not draws.chance(_SAME_ENDS):
        start, end = max(0, start + draws.between(-15, 15)), end + draws.between(-15, 15)
    return Passage(passage.interview, start, end, passage.code, direction)
