import math

import pandas as pd
import pytest

from pic_analysis.indicators.key_figures import focus, key_figure, until


def series(*values, segment=0):
    rows = [(period, number, segment if place else 0) for place, (period, number) in enumerate(values)]
    return pd.DataFrame(rows, columns=["period", "number", "segment"])


def beside(*rows):
    return pd.DataFrame(rows, columns=["territory_id", "period", "value"])


def test_last_value_is_set_beside_the_median_of_the_others_at_the_same_period():
    others = beside(("b", "2013", 4.0), ("c", "2013", 8.0), ("d", "2012", 100.0))
    got = key_figure("P03", "a", series(("2012", 10.0), ("2013", 9.0)), others)
    assert (got.period, got.value, got.change) == ("2013", 9.0, -1.0)
    assert (got.median, got.others) == (6.0, 2)


def test_growth_of_the_others_is_that_of_those_that_have_both_periods():
    others = beside(
        ("b", "2012", 100.0), ("b", "2013", 110.0), ("c", "2013", 8.0), ("d", "2012", 0.0), ("d", "2013", 5.0)
    )
    got = key_figure("P01", "a", series(("2012", 10.0), ("2013", 9.0)), others)
    assert got.growth == pytest.approx(-0.1)
    assert (got.median_growth, got.growing) == (pytest.approx(0.1), 1)


def test_count_of_several_years_is_no_value_before_that_of_a_year():
    got = key_figure("L01", "a", series(("2008/2013-08", 144.0), ("2025", 45.0)), beside())
    assert (got.period, got.previous_period) == ("2025", "")
    assert math.isnan(got.change)


def test_missing_last_value_leaves_the_one_before():
    got = key_figure("P03", "a", series(("2012", 10.0), ("2013", math.nan)), beside())
    assert got.period == "2012"
    assert math.isnan(got.change)


@pytest.mark.parametrize(
    "own", [series(("2012", 10.0), ("2013", 9.0), segment=1), series(("2001/2008", 220.0), ("2008/2013-08", 144.0))]
)
def test_no_change_is_told_over_a_break_or_between_periods_of_unequal_length(own):
    assert math.isnan(key_figure("L01", "a", own, beside()).change)


def test_series_without_a_value_has_no_key_figure():
    assert key_figure("P03", "a", series(("2012", math.nan)), beside()) is None


def test_period_counts_when_it_has_ended():
    rows = pd.DataFrame({"period": ["2012", "2013-T4", "2008/2014-01", "2013-12"]})
    assert until(rows, 2013)["period"].tolist() == ["2012", "2013-T4", "2013-12"]
    assert until(rows, 0).equals(rows)


def test_focus_is_what_others_are_compared_with_else_what_is_observed():
    seen = pd.DataFrame({"indicator_id": ["P03", "L01"], "territory_id": ["b", "c"]})
    compared = pd.DataFrame({"indicator_id": ["P03"], "territory_id": ["a"]})
    assert [focus(name, seen, compared) for name in ("P03", "L01", "P09")] == ["a", "c", ""]
