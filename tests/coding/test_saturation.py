import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.saturation import criterion, new_codes, over_orders


def test_new_codes_are_counted_once_where_they_first_come():
    present = pd.DataFrame({"a": [1, 1, 1], "b": [0, 0, 1], "c": [0, 0, 0], "d": [1, 0, 0]}, dtype=bool)
    assert new_codes(present).tolist() == [2, 0, 1]


def test_a_run_exactly_at_the_threshold_is_saturated():
    assert criterion([20, 0, 0, 0, 1, 0]).reached == 4
    assert criterion([19, 0, 0, 0, 1, 0]).reached is None


def test_without_saturation_the_sentence_tells_what_the_last_run_still_brings():
    got = criterion([10, 0, 0, 0, 2, 3]).sentence.replace("\u00a0", " ")
    assert "non atteinte en 6 entretiens" in got
    assert "5 codes nouveaux, soit 50 %" in got


@pytest.mark.parametrize(
    ("new", "why"),
    [([12, 4, 1], "3\u00a0entretiens"), ([5], "1\u00a0entretien"), ([], "aucun entretien"), ([0] * 8, "aucun code")],
)
def test_too_few_interviews_or_no_code_in_the_base_cannot_be_judged(new, why):
    got = criterion(new)
    assert (got.reached, got.label) == (None, "")
    assert "ne peut pas être appréciée" in got.sentence
    assert why in got.sentence


def test_a_base_of_no_interview_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        criterion([1, 2], base=0)


@given(st.lists(st.integers(0, 9), min_size=6, max_size=20), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_looser_threshold_never_comes_later(new, one, other):
    strict, loose = sorted((one, other))
    late, early = criterion(new, threshold=strict).reached, criterion(new, threshold=loose).reached
    assert late is None or (early is not None and early <= late)


def test_in_random_orders_alike_interviews_saturate_at_once():
    got = over_orders(pd.DataFrame(np.ones((10, 5), dtype=bool)))
    assert got.to_dict() == {"reached": 1.0, "median": 4.0, "high": 4.0}


def test_in_random_orders_interviews_that_share_nothing_never_saturate():
    got = over_orders(pd.DataFrame(np.eye(10, dtype=bool)))
    assert got["reached"] == 0
    assert got[["median", "high"]].isna().all()


def test_too_few_interviews_have_no_distribution():
    assert over_orders(pd.DataFrame(np.ones((5, 2), dtype=bool))).isna().all()


def test_random_orders_agree_with_the_criterion_read_one_order_at_a_time():
    rng = np.random.default_rng(3)
    present = pd.DataFrame(rng.random((15, 30)) < 0.25)
    slow = [criterion(new_codes(present.iloc[rng.permutation(15)])).reached for _ in range(1500)]
    known = [held for held in slow if held]
    got = over_orders(present, orders=1500)
    assert got["reached"] == pytest.approx(len(known) / len(slow), abs=0.05)


@pytest.mark.parametrize("new", [[4, 0, 0, 0, 0, 0], [10, 0, 0, 0, 2, 3], [1] + [0] * 7])
def test_no_bracket_stands_within_another(new):
    assert not re.search(r"\([^)]*\(", criterion(new).sentence)


def test_a_base_of_one_interview_is_told_in_the_singular():
    assert "aucun code dans le premier entretien" in criterion([0, 1, 1], base=1, run=1).sentence


def test_no_interview_brings_no_new_code():
    assert new_codes(pd.DataFrame({"a": pd.Series(dtype=bool)})).tolist() == []
