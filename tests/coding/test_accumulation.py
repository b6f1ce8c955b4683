from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pic_analysis.coding.accumulation import EVERYONE, accumulation, by_group, curves, expected
from pic_analysis.vocabulary import SAFE_GROUPS

tables = st.integers(1, 5).flatmap(
    lambda codes: st.lists(st.lists(st.booleans(), min_size=codes, max_size=codes), min_size=1, max_size=5)
)


def frame(rows) -> pd.DataFrame:
    return pd.DataFrame(np.array(rows, dtype=bool))


def in_every_order(rows) -> np.ndarray:
    """Return the mean accumulation, one order after the other: the slow way that needs no formula."""
    marks = np.array(rows, dtype=bool)
    orders = [marks[[*order]] for order in permutations(range(len(marks)))]
    return np.mean([np.maximum.accumulate(order, axis=0).sum(axis=1) for order in orders], axis=0)


@settings(deadline=None)
@given(tables)
def test_expected_is_the_mean_over_every_order(rows):
    assert expected(frame(rows)) == pytest.approx(in_every_order(rows))


@settings(deadline=None)
@given(tables, st.integers(0, 99))
def test_every_drawn_order_grows_to_the_codes_observed(rows, seed):
    got = curves(frame(rows), orders=7, seed=seed)
    assert (np.diff(got, axis=1, prepend=0) >= 0).all()
    assert (got[:, -1] == np.array(rows).any(axis=0).sum()).all()


def test_the_mean_of_the_drawn_orders_is_near_the_mean_of_all():
    rng = np.random.default_rng(7)
    table = accumulation(frame(rng.random((30, 20)) < 0.15), orders=4000)
    assert table["codes"].to_numpy() == pytest.approx(table["expected"].to_numpy(), abs=0.15)


def test_the_band_holds_the_mean_and_closes_at_the_last_interview():
    rng = np.random.default_rng(7)
    table = accumulation(frame(rng.random((30, 20)) < 0.15))
    assert (table["low"] <= table["codes"]).all()
    assert (table["codes"] <= table["high"]).all()
    last = table.iloc[-1]
    assert last["low"] == last["high"] == last["codes"]


def test_the_same_seed_draws_the_same_orders():
    present = frame(np.random.default_rng(7).random((12, 9)) < 0.3)
    assert accumulation(present).equals(accumulation(present))
    assert not accumulation(present, seed=2)["codes"].equals(accumulation(present)["codes"])


def test_a_group_grows_within_itself_and_another_changes_nothing_to_it():
    first, second, third, _ = SAFE_GROUPS
    present = frame([[1, 0, 0], [1, 1, 0], [0, 0, 1]])
    known = pd.Series([first, first, second])
    got = by_group(present, known, orders=50)
    assert [*got["group"].unique()] == [EVERYONE, first, second]
    assert got[got["group"] == first]["codes"].iloc[-1] == 2
    other = by_group(frame([[1, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 1]]), pd.Series([first, first, second, third]), 50)
    keep = ["codes", "low", "high", "expected"]
    assert (
        other[other["group"] == first][keep].to_numpy().tolist() == got[got["group"] == first][keep].to_numpy().tolist()
    )


def test_stakeholder_types_are_no_groups():
    with pytest.raises(ValueError, match="not a safe group"):
        by_group(frame([[1]]), pd.Series(["agriculteurs"]))
