from itertools import combinations, permutations
from statistics import median

import numpy as np
import pytest
from indicators.series import long

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.trends import trend

SEVEN = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0]


def test_seven_points_have_no_test_and_eight_have_one():
    with pytest.raises(Refusal, match="7 points"):
        trend(long(a=SEVEN))
    assert trend(long(a=[*SEVEN, 6.0])).points == 8


def test_a_missing_value_is_no_point():
    with pytest.raises(Refusal, match="7 points"):
        trend(long(a=[*SEVEN, None]))


def test_the_p_value_is_that_of_every_order_of_the_values():
    values = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0]

    def score(order):
        return sum((later > earlier) - (later < earlier) for earlier, later in combinations(order, 2))

    observed = abs(score(values))
    orders = [abs(score(order)) for order in permutations(range(8))]
    expected = sum(one >= observed for one in orders) / len(orders)
    assert trend(long(a=values)).p_value == pytest.approx(expected)


def test_the_slope_is_the_median_of_all_pairs_at_their_true_distance():
    values = [1.0, 2.0, None, None, 5.0, 4.0, 8.0, 7.0, 9.0, 12.0]
    points = [(n, value) for n, value in enumerate(values) if value is not None]
    expected = median((later[1] - earlier[1]) / (later[0] - earlier[0]) for earlier, later in combinations(points, 2))
    assert trend(long(a=values)).slope == pytest.approx(expected)


def test_a_constant_series_has_no_trend():
    got = trend(long(a=[2.0] * 10))
    assert (got.slope, got.p_value) == (0, 1)
    assert got.sentence_fr.startswith("Pas de tendance")


def test_planted_slopes_are_recovered_and_noise_is_rarely_a_trend():
    rng = np.random.default_rng(11)
    covered, false = 0, 0
    for _ in range(300):
        noise = rng.normal(size=15)
        planted = trend(long(a=list(0.3 * np.arange(15) + noise)))
        covered += planted.low <= 0.3 <= planted.high
        false += trend(long(a=list(noise))).p_value <= 0.05
    assert 0.92 <= covered / 300 <= 0.99
    assert false / 300 <= 0.08


def test_values_that_follow_each_other_are_flagged():
    rng = np.random.default_rng(3)
    assert any("se suivent" in text for text in trend(long(a=list(rng.normal(size=60).cumsum()))).warnings_fr)
