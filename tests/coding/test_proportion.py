import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.proportion import wilson


def test_nobody_counted_gives_no_interval():
    assert np.isnan(wilson(0, 0)).all()


def test_more_voices_than_people_is_a_mistake():
    with pytest.raises(ValueError, match="between 0 and trials"):
        wilson(3, 2)


@given(st.integers(1, 500).flatmap(lambda held: st.tuples(st.integers(0, held), st.just(held))))
def test_the_interval_holds_the_share_within_0_and_1_and_mirrors_silence(counts):
    said, held = counts
    low, high = wilson(said, held)
    assert 0 <= low <= said / held + 1e-12
    assert said / held - 1e-12 <= high <= 1
    other_low, other_high = wilson(held - said, held)
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low))


def test_as_many_intervals_as_announced_hold_the_truth():
    # Over many shares: at one share alone, whole numbers of people make any interval jump around its level.
    rng = np.random.default_rng(5)
    shares = rng.uniform(0.1, 0.9, size=8000)
    low, high = wilson(rng.binomial(30, shares), 30)
    assert ((low <= shares) & (shares <= high)).mean() == pytest.approx(0.95, abs=0.01)
