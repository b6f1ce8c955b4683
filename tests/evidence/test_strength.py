import bodies
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.evidence.strength import Rubric, strength
from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS

# Not symmetrical, and no threshold of a dimension follows from another: rows taken for columns would show.
RULE = {
    "extent": {
        "required": 3,
        "medium": {"cases": 2, "respondents": 2, "source_kinds": 2},
        "robust": {"cases": 3, "respondents": 4, "source_kinds": 3},
    },
    "agreement": {"medium": 0.5, "strong": 0.8},
    "confidence": {
        "limited": {"low": "low", "medium": "low", "strong": "low"},
        "medium": {"low": "low", "medium": "medium", "strong": "medium"},
        "robust": {"low": "medium", "medium": "medium", "strong": "high"},
    },
}
CASES = ["cas:Agri", "cas:Eco", "cas:Part"]
PEOPLE = ["entretien:C1", "entretien:C2", "entretien:C3", "entretien:C4"]  # of no case
OTHER_VOICES = ["expert:x", "document:d"]


def built(cases=0, respondents=0, kinds=0, supports=1, opposes=0):
    """Return a body of just so many cases, respondents, kinds of voice and statements of each relation."""
    sources = CASES[:cases] + PEOPLE[:respondents] + OTHER_VOICES[: kinds - 1 if respondents else kinds]
    relations = {f"S{n}": "supports" for n in range(supports)} | {f"O{n}": "opposes" for n in range(opposes)}
    return bodies.body(relations, [("S0", source, True) for source in sources])


def read(body, rule=RULE):
    return strength(body, Rubric.read(rule))


@pytest.mark.parametrize(
    ("counts", "extent"),
    [
        ((2, 2, 2), "medium"),
        ((1, 2, 2), "limited"),
        ((2, 1, 2), "limited"),
        ((2, 2, 1), "limited"),
        ((3, 4, 3), "robust"),
        ((2, 4, 3), "medium"),
        ((3, 3, 3), "medium"),
        ((3, 4, 2), "medium"),
    ],
)
def test_extent_at_each_threshold_and_one_below(counts, extent):
    assert read(built(*counts)).extent == extent


@pytest.mark.parametrize(
    ("supports", "opposes", "agreement"),
    [(1, 1, "medium"), (1, 2, "low"), (49, 51, "low"), (4, 1, "strong"), (3, 1, "medium"), (79, 21, "medium")],
)
def test_agreement_at_each_threshold_and_one_below(supports, opposes, agreement):
    assert read(built(cases=1, supports=supports, opposes=opposes)).agreement == agreement


@pytest.mark.parametrize(
    ("required", "counts", "extent"),
    [
        (1, (1, 0, 2), "medium"),
        (1, (1, 1, 1), "limited"),
        (1, (3, 0, 0), "robust"),
        (2, (0, 2, 2), "medium"),
        (2, (3, 0, 0), "limited"),
        (2, (3, 4, 1), "robust"),
        (2, (3, 3, 2), "medium"),
    ],
)
def test_only_as_many_dimensions_as_required_must_be_reached(required, counts, extent):
    rule = {**RULE, "extent": {**RULE["extent"], "required": required}}
    assert read(built(*counts), rule).extent == extent


@pytest.mark.parametrize(
    ("extent", "agreement", "confidence"),
    [
        ("limited", "low", "low"),
        ("limited", "medium", "low"),
        ("limited", "strong", "low"),
        ("medium", "low", "low"),
        ("medium", "medium", "medium"),
        ("medium", "strong", "medium"),
        ("robust", "low", "medium"),
        ("robust", "medium", "medium"),
        ("robust", "strong", "high"),
    ],
)
def test_confidence_of_each_pair_of_levels(extent, agreement, confidence):
    counts = {"limited": (1, 1, 1), "medium": (2, 2, 2), "robust": (3, 4, 3)}[extent]
    against = {"low": 2, "medium": 1, "strong": 0}[agreement]
    got = read(built(*counts, opposes=against))
    assert (got.extent, got.agreement, got.confidence) == (extent, agreement, confidence)


def test_claim_that_no_source_supports_has_no_confidence_whatever_agrees():
    got = read(built(supports=5))
    assert (got.confidence, got.agreement, got.sources) == ("none", "strong", 0)


def test_strength_holds_the_numbers_it_was_read_from():
    got = read(built(2, 2, 2, supports=3, opposes=1))
    assert (got.sources, got.cases, got.respondents, got.kinds) == (5, 2, 2, 2)
    assert (got.supports, got.against, got.share) == (3, 1, 0.75)


def test_array_of_thresholds_gives_the_levels_of_each():
    body = built(2, 2, 2)
    few, many = np.array([1, 3]), np.array([4, 4])
    rubric = Rubric((few, few, few), (many, many, many), (0.5, 0.8), np.empty(0))
    counts = body.count(body.everything())
    assert [[*EXTENTS][n] for n in rubric.extent(counts)] == ["medium", "limited"]


@bodies.unhurried
@given(bodies.relations, bodies.calls, bodies.rules())
def test_levels_are_those_of_plain_python(relations, calls, rule):
    got = strength(bodies.body(relations, calls), Rubric.read(rule)).confidence
    assert [*CONFIDENCES].index(got) == bodies.confidence(bodies.left(relations, calls), rule)


@bodies.unhurried
@given(bodies.relations, bodies.calls, st.sets(st.sampled_from([*bodies.SOURCES])), bodies.rules())
def test_one_more_supporting_statement_with_agreeing_sources_never_weakens(relations, calls, sources, rule):
    rubric = Rubric.read(rule)
    before = strength(bodies.body(relations, calls), rubric)
    more = [*calls, *(("S10", source, True) for source in sources)]
    after = strength(bodies.body({**relations, "S10": "supports"}, more), rubric)
    for levels, axis in ((EXTENTS, "extent"), (AGREEMENTS, "agreement"), (CONFIDENCES, "confidence")):
        assert [*levels].index(getattr(after, axis)) >= [*levels].index(getattr(before, axis))


@bodies.unhurried
@given(bodies.relations, bodies.calls, bodies.rules())
def test_one_more_opposing_statement_never_strengthens(relations, calls, rule):
    rubric = Rubric.read(rule)
    before = strength(bodies.body(relations, calls), rubric)
    after = strength(bodies.body({**relations, "S10": "opposes"}, calls), rubric)
    assert after.extent == before.extent
    assert after.share <= before.share
