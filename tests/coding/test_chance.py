import math

import numpy as np
import pytest
from coding.judgements import crossed, four_raters, rated, slow_kappa, value
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.coefficients import COEFFICIENTS, Measure
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.weights import WEIGHTS, agreement_weights

# cac.raw4raters, by the irrCAC package of R (Gwet 2014) and in the tests of its port to Python:
# identity, linear, ordinal and quadratic weights.
IRRCAC = {
    "percent": (0.818, 0.939, 0.968, 0.975),
    "conger": (0.763, 0.814, 0.844, 0.858),
    "fleiss": (0.761, 0.818, 0.850, 0.865),
    "gwet": (0.775, 0.859, 0.899, 0.914),
    "brennan_prediger": (0.773, 0.848, 0.886, 0.902),
}


@pytest.mark.parametrize(
    ("coefficient", "weights", "expected"),
    [
        (name, weights, expected)
        for name, row in IRRCAC.items()
        for weights, expected in zip(("identity", "linear", "ordinal", "quadratic"), row, strict=True)
    ],
)
def test_published_coefficients_of_four_raters_with_missing_judgements(coefficient, weights, expected):
    assert value(four_raters(), coefficient, weights=weights) == pytest.approx(expected, abs=5e-4)


def test_published_kappas_of_two_coders():
    # The irr package of R as Wollschlaeger prints it (Inter-rater reliability): kappa2, unweighted, then "equal".
    three = crossed([[53, 5, 2], [11, 14, 5], [1, 6, 3]])
    assert value(three, "cohen") == pytest.approx(0.429, abs=5e-4)
    six = [
        [5, 8, 1, 2, 4, 2],
        [3, 5, 3, 5, 5, 0],
        [1, 2, 6, 11, 2, 1],
        [0, 1, 5, 4, 3, 3],
        [0, 0, 1, 2, 5, 2],
        [0, 0, 1, 2, 1, 4],
    ]
    assert value(crossed(six), "cohen", weights="linear") == pytest.approx(0.316, abs=5e-4)


def test_published_coefficients_of_two_abstractors():
    # irrCAC, vignette "overview", cont3x3abstractors: Cohen .7964094, Scott .7962397 (Fleiss of two coders).
    ratings = crossed([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert value(ratings, "cohen") == pytest.approx(0.7964094, abs=5e-8)
    assert value(ratings, "fleiss") == pytest.approx(0.7962397, abs=5e-8)


def test_published_fleiss_of_six_coders():
    # The irr package of R, kappam.fleiss on 30 patients x 6 psychiatrists, as Wollschlaeger prints it.
    coders = [
        [*"dbbebacaaeaababcaabaebbaababae"],
        [*"dbcebacaaedbbdbcaabcedbadbabce"],
        [*"dbcebcccdeddbddcaadceddddbadce"],
        [*"decedcccdeddcddcdadeededdbadce"],
        [*"decedcecdeddcddceadeededdbedce"],
        [*"deeedceddeddcdeeebdeededededce"],
    ]
    assert value(rated(*coders), "fleiss") == pytest.approx(0.43, abs=5e-3)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_full_agreement_is_one(coefficient):
    assert value(rated([*"abca"], [*"abca"]), coefficient) == pytest.approx(1)


@pytest.mark.parametrize("coefficient", ["cohen", "conger", "fleiss", "gwet", "alpha"])
def test_one_category_only_gives_no_value(coefficient):
    assert math.isnan(value(rated([*"aa"], [*"aa"]), coefficient))


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_no_unit_judged_twice_gives_no_value(coefficient):
    assert math.isnan(value(rated([*"ab."], [*"..b"]), coefficient))


def test_declared_category_that_nobody_used_counts_for_gwet_and_brennan_prediger_only():
    used, declared = (rated([*"aabb"], [*"aaba"], categories=names) for names in ([*"ab"], [*"abc"]))
    changed = {name for name in COEFFICIENTS if value(used, name) != pytest.approx(value(declared, name))}
    assert changed == {"gwet", "brennan_prediger"}


def test_cohen_of_three_coders_is_refused():
    with pytest.raises(ValueError, match="two coders, got 3"):
        value(rated([*"ab"], [*"ab"], [*"ab"]), "cohen")


def test_what_has_no_meaning_is_refused():
    for wrong in ({"weights": "cubic"}, {"level": "interval"}):
        with pytest.raises(ValueError, match="cubic|weights, not a level"):
            Measure("gwet", **wrong)
    with pytest.raises(ValueError, match="level of measurement, not weights"):
        Measure("alpha", weights="linear")


judged = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from("abcd."), min_size=coders, max_size=coders), min_size=1, max_size=25
    )
)


def of(units: list[list[str]]) -> Ratings:
    return rated(*map(list, zip(*units, strict=True)), categories=[*"abcd"])


@given(judged, st.randoms())
def test_neither_the_order_of_units_nor_that_of_coders_matters(units, random):
    shuffled = random.sample(units, len(units))
    order = random.sample(range(len(units[0])), len(units[0]))
    moved = of([[unit[place] for place in order] for unit in shuffled])
    for name in ("percent", "conger", "fleiss", "gwet", "brennan_prediger", "alpha"):
        assert value(moved, name) == pytest.approx(value(of(units), name), nan_ok=True), name


@given(judged)
def test_unit_that_nobody_judged_and_coder_who_judged_nothing_change_nothing(units):
    padded = of([*([*unit, "."] for unit in units), ["."] * (len(units[0]) + 1)])
    for name in ("percent", "conger", "fleiss", "gwet", "brennan_prediger", "alpha"):
        assert value(padded, name) == pytest.approx(value(of(units), name), nan_ok=True), name


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1, max_size=25))
def test_conger_of_two_coders_is_cohen(units):
    ratings = of([*map(list, units)])
    for weights in WEIGHTS:
        cohen = value(ratings, "cohen", weights=weights)
        assert value(ratings, "conger", weights=weights) == pytest.approx(cohen, nan_ok=True)
        slow = slow_kappa(ratings, agreement_weights(weights, ratings.scores))
        assert cohen == pytest.approx(slow, nan_ok=True)


@given(judged)
def test_no_coefficient_is_more_than_one(units):
    for name in ("percent", "conger", "fleiss", "gwet", "brennan_prediger", "alpha"):
        assert not value(of(units), name) > 1 + 1e-9


def test_weights_are_by_value_where_categories_are_numbers():
    got = agreement_weights("linear", rated(["1", "2", "5"], ["1", "2", "5"]).scores)
    assert got == pytest.approx(np.array([[1, 0.75, 0], [0.75, 1, 0.25], [0, 0.25, 1]]))
