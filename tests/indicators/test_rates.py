import math

import pytest

from pic_analysis.indicators.rates import rate_ratio


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
