import bodies
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.evidence.body import Body

COUNTED = ("sources", "cases", "respondents", "kinds", "supports", "against")


def whole(body):
    """Return what a whole body counts, as plain numbers."""
    counts = body.count(body.everything())
    return {name: int(getattr(counts, name)[0]) for name in COUNTED}


def dissenting(body):
    """Return the names of the sources that speak against a statement which supports the claim."""
    return [name for name, dissents in zip(body.names, body.dissents, strict=True) if dissents]


def test_each_count_of_a_body_worked_out_by_hand():
    relations = {"S1": "supports", "S2": "supports", "S3": "opposes", "S4": "supports"}
    calls = [
        ("S1", "cas:Eco", True),
        ("S1", "entretien:E1", True),  # the same case, through a respondent
        ("S1", "expert:x", False),
        ("S2", "entretien:P1", True),
        ("S2", "document:d", True),
        ("S3", "cas:Agri", True),  # backs what opposes the claim
        ("S9", "entretien:C1", True),  # another claim's
    ]  # S4 is bare
    got = whole(bodies.body(relations, calls))
    assert got == {"sources": 4, "cases": 2, "respondents": 2, "kinds": 2, "supports": 3, "against": 2}


def test_source_that_agrees_here_and_dissents_there_counts_on_both_sides():
    body = bodies.body({"S1": "supports", "S2": "supports"}, [("S1", "expert:x", True), ("S2", "expert:x", False)])
    assert (body.supporting, dissenting(body)) == (["expert:x"], ["expert:x"])
    assert (whole(body)["sources"], whole(body)["against"]) == (1, 1)


def test_dissent_with_an_opposing_statement_is_not_support():
    body = bodies.body({"S1": "opposes"}, [("S1", "expert:x", False)])
    assert (body.supporting, dissenting(body)) == ([], [])


def test_respondent_of_unknown_case_brings_no_case():
    got = whole(bodies.body({"S1": "supports"}, [("S1", "entretien:C1", True)]))
    assert (got["cases"], got["respondents"]) == (0, 1)


def test_statement_that_loses_every_source_no_longer_counts_but_a_bare_one_stands():
    body = bodies.body({"S1": "supports", "S2": "supports"}, [("S1", "cas:Eco", True)])
    got = body.count(~body.everything())
    assert (int(got.supports[0]), int(got.sources[0])) == (1, 0)


def test_statement_stands_while_one_of_its_sources_does():
    body = bodies.body({"S1": "supports"}, [("S1", "cas:Eco", True), ("S1", "expert:x", True)])
    removed = np.array([name == "cas:Eco" for name in body.names])
    got = body.count(body.without(removed))
    assert (int(got.supports[0]), int(got.sources[0]), int(got.cases[0])) == (1, 1, 0)


@pytest.mark.parametrize(("supports", "opposes", "share"), [(1, 1, 0.5), (4, 1, 0.8), (3, 0, 1.0), (0, 2, 0.0)])
def test_share_of_what_points_the_way_of_the_claim(supports, opposes, share):
    relations = {f"S{n}": "supports" for n in range(supports)} | {f"O{n}": "opposes" for n in range(opposes)}
    body = bodies.body(relations, [])
    assert float(body.count(body.everything()).share[0]) == share


def test_claim_without_a_statement_counts_nothing():
    body = bodies.body({}, [("S1", "cas:Eco", True)])
    assert whole(body) == dict.fromkeys(COUNTED, 0)
    assert float(body.count(body.everything()).share[0]) == 0


@bodies.unhurried
@given(bodies.relations, bodies.calls, st.sets(st.sampled_from([*bodies.SOURCES])))
def test_counts_are_those_of_plain_python_whatever_is_removed(relations, calls, removed):
    body = bodies.body(relations, calls)
    got = body.count(body.without(np.isin(np.array(body.names, dtype=str), [*removed])))
    expected = bodies.left(relations, calls, removed)
    assert {name: int(getattr(got, name)[0]) for name in COUNTED} == expected


@bodies.unhurried
@given(bodies.relations, bodies.calls, st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_change_nothing(relations, calls, chance):
    expected = bodies.body(relations, calls)
    pairs, rows = [*relations.items()] * 2, [*calls] * 3
    chance.shuffle(pairs)
    chance.shuffle(rows)
    got = Body(bodies.attached(pairs), bodies.called(rows))
    assert whole(got) == whole(expected)
    assert (got.names, got.supporting, dissenting(got)) == (expected.names, expected.supporting, dissenting(expected))


@bodies.unhurried
@given(bodies.relations, bodies.calls, st.lists(st.sets(st.sampled_from([*bodies.SOURCES])), min_size=1, max_size=3))
def test_many_removals_at_once_count_as_one_by_one(relations, calls, removals):
    body = bodies.body(relations, calls)
    keep = np.array([[name not in removed for name in body.names] for removed in removals], dtype=bool)
    together, apart = body.count(keep), [body.count(row[np.newaxis, :]) for row in keep]
    for name in (*COUNTED, "share"):
        assert getattr(together, name).tolist() == [getattr(one, name)[0] for one in apart]


@bodies.unhurried
@given(bodies.relations, bodies.calls, st.permutations([*bodies.SOURCES]))
def test_order_of_removal_never_matters(relations, calls, order):
    removed = order[:4]
    body = bodies.body(relations, calls)
    got = body.count(body.without(np.isin(np.array(body.names, dtype=str), removed)))
    standing, told = dict(relations), [*calls]
    for source in removed:  # one after the other: a statement goes with its last source
        backed = {statement for statement, *_ in told}
        told = [call for call in told if call[1] != source]
        standing = {s: r for s, r in standing.items() if s not in backed - {statement for statement, *_ in told}}
    assert {name: int(getattr(got, name)[0]) for name in COUNTED} == bodies.left(standing, told)


def test_table_without_a_source_has_no_name():
    body = Body(bodies.attached({"S1": "supports"}), pd.DataFrame(columns=bodies.called([]).columns))
    assert body.names == []
    assert whole(body)["supports"] == 1
