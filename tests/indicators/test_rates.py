import math

import pytest

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.rates import rate, rate_ratio, shared_year


def test_equal_rates_have_a_ratio_of_one_inside_their_interval():
    got = rate_ratio(10, 100, 20, 200)
    assert got.ratio == pytest.approx(1)
    assert got.low < 1 < got.high
    assert got.p_value == pytest.approx(1)


def test_exchanging_the_two_rates_inverts_the_ratio():
    one, other = rate_ratio(11, 800, 21, 3011), rate_ratio(21, 3011, 11, 800)
    assert other.ratio == pytest.approx(1 / one.ratio)
    assert (other.low, other.high) == pytest.approx((1 / one.high, 1 / one.low))
    assert other.p_value == pytest.approx(one.p_value)


def test_no_event_on_one_side_bounds_the_ratio_on_the_other_only():
    assert rate_ratio(0, 10, 5, 10).low == 0
    assert math.isinf(rate_ratio(5, 10, 0, 10).high)


@pytest.mark.parametrize("wrong", [(0, 1, 0, 1), (1, 0, 1, 1), (-1, 1, 2, 1)])
def test_what_has_no_rate_is_refused(wrong):
    with pytest.raises(ValueError, match="positive exposures"):
        rate_ratio(*wrong)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (20, 12.217, 30.888)],
)
def test_interval_of_a_poisson_count_as_tabulated_after_garwood(events, low, high):
    got = rate(events, 1)
    assert (got.low, got.high) == pytest.approx((low, high), abs=5e-4)


def test_interval_of_a_rate_covers_at_least_as_often_as_said():
    from scipy.stats import poisson

    mean, counts = 7.3, range(60)
    covered = sum(poisson.pmf(n, mean) for n in counts if rate(n, 2).low * 2 <= mean <= rate(n, 2).high * 2)
    assert 0.95 <= covered < 0.99


@pytest.mark.parametrize("wrong", [(-1, 1), (1, 0)])
def test_a_rate_without_exposure_or_with_less_than_no_event_is_refused(wrong):
    with pytest.raises(ValueError, match="positive exposure"):
        rate(*wrong)


def test_the_shared_year_of_the_public_meetings_turns_the_difference_round():
    got = shared_year(220, "2001/2008", 144, "2008/2013-08")
    # By hand: 220 in 8 years and 144 in 4 years 8 months; 220 in 7 years and 144 in 5 years 8 months.
    assert [ratio.ratio for ratio in got.ratios] == pytest.approx(
        [(144 / (56 / 12)) / (220 / 8), (144 / (68 / 12)) / (220 / 7)]
    )
    assert got.ratios[0].ratio > 1 > got.ratios[1].ratio
    assert got.depends
    assert "dépend de ce choix" in got.sentence_fr
    assert "ni hausse ni baisse n’est établie" in got.sentence_fr


def test_a_large_difference_does_not_depend_on_the_shared_year():
    got = shared_year(220, "2001/2008", 20, "2008/2013-08")
    assert not got.depends
    assert got.sentence_fr.endswith("la conclusion ne dépend pas de ce choix : rythme plus faible.")


@pytest.mark.parametrize(("one", "other"), [("2001/2008", "2009/2013"), ("2001", "2001/2008"), ("2001/2008", "2008")])
def test_periods_that_share_no_bound_are_refused(one, other):
    with pytest.raises(Refusal, match="borne en commun"):
        shared_year(1, one, 1, other)
