from itertools import combinations

import bodies
import pytest
from hypothesis import example, given

from pic_analysis.evidence import fragility
from pic_analysis.evidence.fragility import leave_one_out, minimal_sets, verdict
from pic_analysis.evidence.strength import Rubric
from pic_analysis.vocabulary import CONFIDENCES

RUBRIC = Rubric.read(bodies.RULE)

# Two cases, two respondents and one kind of voice: medium, at the threshold of each.
MEDIUM = [("S1", "cas:Agri", True), ("S1", "cas:Eco", True), ("S1", "entretien:C1", True), ("S1", "entretien:C2", True)]

# Only the expert backs S2 and S3, and dissents: without that voice they go, and the agreement goes from 3/6 to 1/3.
DISSENT_THAT_HOLDS = (
    {"S1": "supports", "S2": "supports", "S3": "supports", "S4": "opposes", "S5": "opposes"},
    [*MEDIUM, ("S2", "expert:x", False), ("S3", "expert:x", False)],
)


def every_smallest_loss(relations, calls, rule, among):
    """Return, by trying every set of sources of any size, the smallest whose removal lowers the confidence."""
    before = bodies.confidence(bodies.left(relations, calls), rule)
    lowering = [
        chosen
        for size in range(1, len(among) + 1)
        for chosen in combinations(sorted(among), size)
        if bodies.confidence(bodies.left(relations, calls, chosen), rule) < before
    ]
    return {chosen for chosen in lowering if len(chosen) == len(lowering[0])}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(3, 3, "holds"), (1, 2, "rises"), (3, 1, "weakens"), (2, 1, "weakens"), (3, 0, "falls"), (1, 0, "falls")],
)
def test_verdict_of_each_change(before, after, expected):
    assert verdict(before, after) == expected


def test_losses_are_told_by_case_then_respondent_then_kind():
    got = leave_one_out(bodies.body({"S1": "supports", "S2": "opposes"}, MEDIUM), RUBRIC)
    assert got[["dimension", "removed", "verdict"]].to_numpy().tolist() == [
        ["case", "Agri", "weakens"],
        ["case", "Eco", "weakens"],
        ["respondent", "entretien:C1", "weakens"],
        ["respondent", "entretien:C2", "weakens"],
        ["kind", "case_study", "weakens"],
        ["kind", "interview", "weakens"],
    ]


def test_claim_above_every_threshold_holds_without_one_respondent():
    calls = [*MEDIUM, ("S1", "cas:Part", True), ("S1", "entretien:C3", True)]
    got = leave_one_out(bodies.body({"S1": "supports", "S2": "opposes"}, calls), RUBRIC).set_index("removed")
    assert got.loc["entretien:C1", ["confidence", "verdict"]].tolist() == ["medium", "holds"]
    assert got.loc["interview", ["confidence", "verdict"]].tolist() == ["low", "weakens"]


def test_without_a_case_its_respondents_are_gone():
    calls = [("S1", "cas:Part", True), ("S1", "entretien:P1", True), ("S1", "entretien:P2", True)]
    got = leave_one_out(bodies.body({"S1": "supports"}, calls), RUBRIC).set_index("removed")
    assert got.loc["Part", "verdict"] == "falls"
    assert got.loc["case_study", "verdict"] == "holds"


def test_without_the_only_kind_of_source_a_claim_falls():
    got = leave_one_out(bodies.body({"S1": "supports"}, [("S1", "expert:x", True)]), RUBRIC)
    assert got[["dimension", "removed", "confidence", "verdict"]].to_numpy().tolist() == [
        ["kind", "expert", "none", "falls"]
    ]


def test_claim_without_a_source_has_nothing_to_leave_out():
    body = bodies.body({"S1": "supports"}, [])
    assert leave_one_out(body, RUBRIC).empty
    assert minimal_sets(body, RUBRIC) == []


def test_claim_that_only_adverse_sources_speak_of_does_not_fall_without_them():
    got = leave_one_out(bodies.body({"S1": "supports", "S2": "opposes"}, [("S2", "cas:Eco", True)]), RUBRIC)
    assert "falls" not in set(got["verdict"])


@bodies.unhurried
@given(bodies.relations, bodies.calls, bodies.rules())
def test_verdict_of_each_loss_is_that_of_plain_python(relations, calls, rule):
    before = bodies.confidence(bodies.left(relations, calls), rule)
    got = leave_one_out(bodies.body(relations, calls), Rubric.read(rule))
    for loss in got.itertuples():
        place = {"case": 0, "kind": 1}.get(loss.dimension)
        removed = (
            [loss.removed] if place is None else [s for s, a in bodies.SOURCES.items() if a[place] == loss.removed]
        )
        left = bodies.left(relations, calls, removed)
        after = bodies.confidence(left, rule)
        assert (loss.confidence, loss.verdict) == ([*CONFIDENCES][after], verdict(before, after))
        assert loss.sources == left["sources"]


@bodies.unhurried
@given(bodies.relations, bodies.calls, bodies.rules())
def test_without_all_its_evidence_a_claim_that_had_some_falls(relations, calls, rule):
    body, rubric = bodies.body(relations, calls), Rubric.read(rule)
    before, after = (int(rubric.confidence(body.count(keep))[0]) for keep in (body.everything(), ~body.everything()))
    assert after == 0
    assert (before > 0) == bool(body.supporting)
    assert not before or verdict(before, after) == "falls"


def test_smallest_losses_of_a_body_at_its_thresholds_are_each_source_alone():
    body = bodies.body({"S1": "supports", "S2": "opposes"}, MEDIUM)
    assert minimal_sets(body, RUBRIC) == [("cas:Agri",), ("cas:Eco",), ("entretien:C1",), ("entretien:C2",)]


def test_smallest_losses_of_a_body_one_above_in_people_and_cases_are_pairs():
    calls = [*MEDIUM, ("S1", "cas:Part", True), ("S1", "entretien:C3", True)]
    got = minimal_sets(bodies.body({"S1": "supports", "S2": "opposes"}, calls), RUBRIC)
    cases = [("cas:Agri", "cas:Eco"), ("cas:Agri", "cas:Part"), ("cas:Eco", "cas:Part")]
    people = [("entretien:C1", "entretien:C2"), ("entretien:C1", "entretien:C3"), ("entretien:C2", "entretien:C3")]
    assert got == cases + people


def test_claim_of_the_lowest_confidence_is_lost_with_its_last_source():
    calls = [("S1", "cas:Eco", True), ("S1", "expert:x", True), ("S2", "cas:Part", True)]
    got = minimal_sets(bodies.body({"S1": "supports", "S2": "opposes"}, calls), RUBRIC)
    assert got == [("cas:Eco", "expert:x")]


@bodies.unhurried
@given(bodies.relations, bodies.calls, bodies.rules())
@example(*DISSENT_THAT_HOLDS, bodies.RULE)
def test_smallest_losses_are_those_of_a_search_of_every_set(relations, calls, rule):
    body = bodies.body(relations, calls)
    got = minimal_sets(body, Rubric.read(rule))
    assert set(got) == every_smallest_loss(relations, calls, rule, body.names)


def test_search_in_small_batches_finds_the_same(monkeypatch):
    calls = [*MEDIUM, ("S1", "cas:Part", True), ("S1", "entretien:C3", True)]
    body = bodies.body({"S1": "supports", "S2": "opposes"}, calls)
    expected = minimal_sets(body, RUBRIC)
    monkeypatch.setattr(fragility, "BATCH", 2)
    assert minimal_sets(body, RUBRIC) == expected


def test_search_too_large_to_be_exact_says_so(monkeypatch):
    monkeypatch.setattr(fragility, "LARGEST_SEARCH", 3)
    with pytest.raises(ValueError, match="4 ensembles"):
        minimal_sets(bodies.body({"S1": "supports"}, MEDIUM), RUBRIC)
