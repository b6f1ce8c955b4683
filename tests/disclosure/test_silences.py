"""What an attacker can tell from the published counts and the map of silences together, by another way than ours."""

from __future__ import annotations

from itertools import product

import interviews_tiny
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pic_analysis.coding.heard import Heard
from pic_analysis.coding.silence import silence
from pic_analysis.disclosure.declared import CODE, GROUPS, of_interviews
from pic_analysis.disclosure.silences import shown_states
from pic_analysis.disclosure.suppression import SECRET, protect
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.interviews import Interviews
from pic_analysis.reading.settings import example
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS
from pic_analysis.vocabulary import SAFE_GROUPS

TYPES = {
    "elus": "Élus et agents",
    "habitants": "Habitants et associations",
    "entreprises": "Agriculteurs et entreprises",
}
OUT, QUIET, MIXED = "outside", "quiet", "mixed"
READINGS = (OUT, QUIET, "supports", "nuances", "contradicts", MIXED)
WORDS = {OUT: "non retenu", QUIET: "non"}
CODES = ("one", "two")


def interviews(people: pd.DataFrame) -> Interviews:
    """Return interviews of people whose readings of two codes of one link are given, one column a code."""
    names = [f"INT{n:03d}" for n in range(len(people))]
    register = pd.DataFrame({"interview_id": names, "stakeholder_type": people["type"].to_numpy()})
    register = register.assign(case="", date="", mode="face_to_face", consent="given")
    book = pd.DataFrame(
        [("head", "tête", "", "A>B", 1, "", ""), *((code, code, "head", "", 1, "", "") for code in CODES)],
        columns=[*interviews_tiny.codebook().columns],
    )
    coded, asked = [], [("INT999", "head")]  # somebody of no group: what was asked is known
    for code in CODES:
        for name, reading in zip(names, people[code], strict=True):
            directions = ("supports", "contradicts") if reading == MIXED else (reading,)
            coded += [(name, code, direction) for direction in directions if reading not in (OUT, QUIET)]
            asked += [(name, code)] if reading != OUT else []
    codings = pd.DataFrame(coded, columns=["interview_id", "code_id", "direction"]).assign(
        coding_id="", segment_id="", coder="A"
    )
    return Interviews(
        example(),
        interviews=register,
        codebook=book,
        codings=codings,
        asked=pd.DataFrame(asked, columns=["interview_id", "code_id"]),
        **{name: pd.DataFrame(columns=[*table.columns]) for name, table in INTERVIEW_RECORDS.items()},
    )


def published(people: pd.DataFrame):
    """Return the counts and the states that are published of people."""
    heard = Heard.of(interviews(people))
    got = protect(*of_interviews(heard))
    tables = heard.interviews
    every = silence(heard.readings, tables.interviews, tables.codebook, heard.asked, fewest=FEWEST)
    return heard, got, every, shown_states(every, heard, got)


def counted(kinds, group, test):
    """Return, for each combination of group and readings, 1 where it is of a group and passes a test."""
    return np.array([float((not group or own == group) and test(readings)) for own, *readings in kinds])


DIRECTIONS = {
    "voices": lambda readings: any(reading not in (OUT, QUIET) for reading in readings),
    "supports": lambda readings: any(reading in ("supports", MIXED) for reading in readings),
    "contradicts": lambda readings: any(reading in ("contradicts", MIXED) for reading in readings),
    "nuances": lambda readings: "nuances" in readings,
}


def told(people: pd.DataFrame, states=None) -> list[tuple[str, str]]:
    """Return the small counts of a link by group that the published counts and states let tell to be small."""
    heard, got, every, shown = published(people)
    state = (shown if states is None else states).set_index("group")["state"]
    names = [TYPES[kind] for kind in TYPES if (people["type"] == kind).any()]
    kinds = [*product(names, READINGS, READINGS)]
    rows, least, most = [], [], []
    for row in got.published(GROUPS).to_dict("records"):
        rows.append(counted(kinds, row["group"], lambda _: True))
        least.append(1 if row["shown"] == SECRET else int(row["shown"]))
        most.append(np.inf if row["shown"] == SECRET else int(row["shown"]))
    for n, code in ((n, code) for n, code in enumerate(CODES) if code in heard.codes):
        for row in got.published(code).to_dict("records"):
            said = row[CODE + code]
            fits = {"": lambda _: True, "oui": lambda r, n=n: r[n] not in (OUT, QUIET)}
            test = fits.get(said, lambda r, n=n, said=said: WORDS.get(r[n]) == said)
            rows.append(counted(kinds, row["group"], test))
            least.append(1 if row["shown"] == SECRET else int(row["shown"]))
            most.append(np.inf if row["shown"] == SECRET else int(row["shown"]))
    branches = [([], [], [])]
    for group in names:
        number = {what: counted(kinds, group, test) for what, test in DIRECTIONS.items()}
        more = number["contradicts"] - number["supports"]
        if state[group] == "denies":
            extra = [([more, number["contradicts"]], [0, 1], [np.inf, np.inf])]
        elif state[group] == "confirms":
            extra = [([more], [-np.inf], [-1]), ([number["contradicts"]], [0], [0])]
        elif state[group] == "silent" and states is not None:
            extra = [([number["voices"]], [0], [FEWEST - 1])]
        else:
            extra = [([], [], [])]
        branches = [tuple(a + b for a, b in zip(branch, one, strict=True)) for branch in branches for one in extra]
    found = []
    true = every.set_index("group")
    for group in names:
        for what, test in DIRECTIONS.items():
            if not 0 < true.at[group, what] < FEWEST:
                continue
            target = counted(kinds, group, test)
            for extra_rows, extra_least, extra_most in branches:
                answer = milp(
                    np.zeros(len(kinds)),
                    integrality=np.ones(len(kinds)),
                    bounds=Bounds(0, np.inf),
                    constraints=LinearConstraint(
                        np.array([*rows, *extra_rows, target]),
                        np.array([*least, *extra_least, FEWEST], dtype=float),
                        np.array([*most, *extra_most, np.inf], dtype=float),
                    ),
                )
                if answer.x is not None:
                    break
            else:
                found.append((group, what))
    return found


def crowd(**groups) -> pd.DataFrame:
    """Return people of each type: how many have each pair of readings."""
    rows = [(kind, *pair) for kind, held in groups.items() for pair, number in held.items() for _ in range(number)]
    return pd.DataFrame(rows, columns=["type", *CODES])


BOTH = {("supports", "supports"): 10, (QUIET, QUIET): 10}


def state(people: pd.DataFrame, kind: str) -> str:
    shown = published(people)[3]
    return shown.loc[shown["group"] == TYPES[kind], "state"].item()


def test_group_that_speaks_and_group_that_nobody_asked_are_shown():
    people = crowd(elus=BOTH, habitants={(OUT, OUT): 20}, entreprises={(QUIET, QUIET): 20})
    assert [state(people, kind) for kind in TYPES] == ["confirms", "never_asked", "silent"]


def test_few_voices_are_not_told_by_a_silence():
    """The counts of two codes mask 3 of 20, and « silent » would say that fewer than five speak."""
    people = crowd(elus=BOTH, habitants=BOTH, entreprises={("supports", QUIET): 3, (QUIET, QUIET): 17})
    assert state(people, "entreprises") == "hidden"
    every = published(people)[2]
    assert (TYPES["entreprises"], "voices") in told(people, every)
    assert told(people) == []


def test_five_voices_do_not_tell_that_fewer_contradict():
    one = {("supports", OUT): 3, ("contradicts", OUT): 2, (QUIET, OUT): 10}
    people = crowd(elus=BOTH, habitants=BOTH, entreprises=one)
    every = published(people)[2]
    assert every.loc[every["group"] == TYPES["entreprises"], "state"].item() == "confirms"
    assert (TYPES["entreprises"], "contradicts") in told(people, every)
    assert state(people, "entreprises") == "hidden"


def test_map_that_is_published_bears_no_number_and_no_reserve():
    shown = published(crowd(elus=BOTH, habitants=BOTH))[3]
    assert [*shown.columns] == ["link_id", "group", "state", "contested"]
    assert not shown["contested"].any()
    assert {*shown["group"]} == {*SAFE_GROUPS}


def test_without_the_questions_no_silence_is_shown():
    people = crowd(elus=BOTH, habitants={(QUIET, QUIET): 20})
    held = interviews(people)
    heard = Heard.of(Interviews(**{**vars(held), "asked": held.asked.iloc[:0]}))
    every = silence(heard.readings, held.interviews, held.codebook, heard.asked, fewest=FEWEST)
    shown = shown_states(every, heard, protect(*of_interviews(heard))).set_index("group")["state"]
    assert shown[TYPES["habitants"]] == "unrecorded"
    assert shown[TYPES["elus"]] == "confirms"


@st.composite
def crowds(draw):
    """Return random people: readings drawn with weights of their own in each group."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    parts = []
    for kind in TYPES:
        size = draw(st.integers(3, 25))
        weights = [rng.dirichlet(np.full(len(READINGS), draw(st.sampled_from([0.2, 0.6])))) for _ in CODES]
        drawn = [rng.choice(READINGS, size=size, p=weight) for weight in weights]
        parts.append(pd.DataFrame({"type": kind, "one": drawn[0], "two": drawn[1]}))
    return pd.concat(parts, ignore_index=True)


@settings(max_examples=25, deadline=None)
@given(crowds())
def test_no_small_count_can_be_told_from_the_counts_and_the_map(people):
    assert told(people) == []


@pytest.mark.parametrize("number", [5, 6])
def test_direction_is_shown_where_more_than_five_may_speak(number):
    people = crowd(elus=BOTH, habitants=BOTH, entreprises={("supports", OUT): number, (QUIET, OUT): 10})
    assert state(people, "entreprises") == ("confirms" if number > FEWEST else "hidden")
