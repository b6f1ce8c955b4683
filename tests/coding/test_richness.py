import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.accumulation import EVERYONE
from pic_analysis.coding.richness import (
    Frequencies,
    cautions,
    chao2_classic,
    chao2_corrected,
    coverage,
    estimates,
    jackknife_1,
    jackknife_2,
    richness,
)
from pic_analysis.vocabulary import SAFE_GROUPS


def said(found: Frequencies, codes: int | None = None) -> str:
    return " ".join(cautions(found, codes))


def test_frequencies_of_a_table():
    present = pd.DataFrame({"a": [1, 1, 1], "b": [1, 1, 0], "c": [0, 0, 1], "d": [0, 0, 0]}, dtype=bool)
    assert Frequencies.of(present) == Frequencies(interviews=3, observed=3, once=1, twice=1, incidences=6)


def test_without_codes_met_once_nothing_seems_missing_and_nothing_is_proven():
    found = Frequencies(10, 8, 0, 3, 40)
    assert (chao2_classic(found), chao2_corrected(found), jackknife_1(found), coverage(found)) == (8, 8, 8, 1)
    assert "rien ne prouve" in said(found)


def test_without_codes_met_twice_the_classic_form_is_not_given():
    found = Frequencies(10, 8, 4, 0, 40)
    assert math.isnan(chao2_classic(found))
    # By hand: 8 + 9/10 * 4 * 3 / 2.
    assert chao2_corrected(found) == pytest.approx(13.4)
    # By hand: 1 - 4/40 * (9 * 3) / (9 * 3 + 2).
    assert coverage(found) == pytest.approx(1 - 0.1 * 27 / 29)
    assert "diviserait par zéro" in said(found)


def test_one_code_met_once_and_none_twice_covers_everything_by_construction_and_says_so():
    found = Frequencies(10, 8, 1, 0, 40)
    assert coverage(found) == 1
    assert "par construction" in said(found)


def test_one_interview_gives_no_estimate():
    found = Frequencies(1, 8, 8, 0, 8)
    assert all(math.isnan(value) for value in estimates(found).values())
    assert said(found).startswith("Moins de deux entretiens")


def test_no_code_at_all_gives_no_coverage():
    assert math.isnan(coverage(Frequencies(4, 0, 0, 0, 0)))
    assert "Aucun code relevé" in said(Frequencies(4, 0, 0, 0, 0))


def test_codes_all_met_once_are_too_thin():
    assert "trop mince" in said(Frequencies(5, 6, 6, 0, 6))


def test_an_estimate_above_the_codebook_is_no_promise_of_codes():
    found = Frequencies(20, 30, 3, 2, 200)
    assert "non des codes à venir" in said(found, codes=31)
    assert "non des codes à venir" not in said(found, codes=40)


def test_second_jackknife_by_hand():
    # 30 + 3 * 37/20 - 2 * 18² / (20 * 19).
    assert jackknife_2(Frequencies(20, 30, 3, 2, 200)) == pytest.approx(30 + 5.55 - 648 / 380)


some = st.builds(
    lambda m, once, twice, rest: Frequencies(m, once + twice + rest, once, twice, once + 2 * twice + 3 * rest),
    st.integers(3, 60),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 20),
)


@given(some)
def test_no_estimate_of_first_order_is_below_what_was_heard_and_coverage_is_a_share(found):
    for estimate in (chao2_corrected(found), jackknife_1(found)):
        assert estimate >= found.observed
    assert math.isnan(chao2_classic(found)) or chao2_classic(found) >= found.observed
    assert math.isnan(coverage(found)) or 0 <= coverage(found) <= 1


@given(some)
def test_one_more_code_met_once_never_lowers_the_estimate(found):
    more = replace(found, observed=found.observed + 1, once=found.once + 1, incidences=found.incidences + 1)
    assert chao2_corrected(more) >= chao2_corrected(found)


def test_chao2_and_coverage_find_the_planted_truth_back():
    # 60 codes, each in 5 % of interviews: 40 interviews leave 60 * .95^40, about 8 codes, unheard.
    rng = np.random.default_rng(11)
    heard = [pd.DataFrame(rng.random((40, 60)) < 0.05) for _ in range(300)]
    found = [Frequencies.of(table) for table in heard]
    observed = np.mean([f.observed for f in found])
    assert observed < 54
    assert np.mean([chao2_corrected(f) for f in found]) == pytest.approx(60, abs=1.5)
    # Codes are equally frequent: the share of all that is said is the share of the codes heard.
    assert np.mean([coverage(f) for f in found]) == pytest.approx(observed / 60, abs=0.01)


def test_where_codes_are_unequal_chao2_stays_a_lower_bound():
    rng = np.random.default_rng(11)
    often = np.repeat([0.3, 0.05, 0.01], 20)
    found = [Frequencies.of(pd.DataFrame(rng.random((40, 60)) < often)) for _ in range(300)]
    mean = np.mean([chao2_corrected(f) for f in found])
    assert np.mean([f.observed for f in found]) < mean < 60


def test_richness_gives_everyone_then_the_groups_that_were_met():
    first, second, *_ = SAFE_GROUPS
    present = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 0]}, dtype=bool)
    got = richness(present, pd.Series([first, first, second])).set_index("group")
    assert [*got.index] == [EVERYONE, first, second]
    assert [*got["interviews"]] == [3, 2, 1]
    assert got.loc[second, "cautions"].startswith("Moins de deux entretiens")
