import interviews_tiny as tiny
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from pic_analysis.coding.incidence import groups, incidence, questioned
from pic_analysis.coding.permutation import EXPLORATORY, differences, holm, sentences
from pic_analysis.vocabulary import SAFE_GROUPS

FIRST, SECOND, THIRD, FOURTH = SAFE_GROUPS


def test_fishers_tea_tasting():
    # Fisher (1935): three cups of four right. Both tails of his exact test: 34/70.
    present = pd.DataFrame({"milk first": [1, 1, 1, 0, 1, 0, 0, 0]}, dtype=bool)
    got = differences(present, pd.Series([FIRST] * 4 + [SECOND] * 4))
    assert got["p"][0] == pytest.approx(34 / 70, abs=0.02)


def test_the_statistic_is_pearsons():
    counts = np.array([[8, 2, 5], [4, 9, 5]])
    rows = [
        (said, group)
        for said, line in zip((True, False), counts, strict=True)
        for group, n in enumerate(line)
        for _ in range(n)
    ]
    present = pd.DataFrame({"a": [said for said, _ in rows]})
    known = pd.Series([[FIRST, SECOND, THIRD][group] for _, group in rows])
    expected = chi2_contingency(counts, correction=False)
    got = differences(present, known)
    assert got["statistic"][0] == pytest.approx(expected.statistic)
    assert got["p"][0] == pytest.approx(expected.pvalue, abs=0.03)


def test_a_planted_difference_is_found_and_chance_is_not():
    rng = np.random.default_rng(2)
    known = pd.Series(np.repeat([FIRST, SECOND, THIRD, FOURTH], 25))
    present = pd.DataFrame(rng.random((100, 20)) < 0.3, columns=[f"c{n}" for n in range(20)])
    present["planted"] = rng.random(100) < np.where(known == FIRST, 0.9, 0.2)
    got = differences(present, known).set_index("code_id")
    assert got.loc["planted", "p_holm"] < 0.01
    assert (got.drop("planted")["p_holm"] > 0.05).all()


def test_under_chance_alone_p_values_are_not_too_small():
    rng = np.random.default_rng(4)
    present = pd.DataFrame(rng.random((60, 800)) < 0.4)
    got = differences(present, pd.Series(np.repeat([FIRST, SECOND, THIRD], 20)), permutations=499)
    assert (got["p"] <= 0.05).mean() == pytest.approx(0.05, abs=0.025)


def test_groups_are_compared_where_they_were_asked():
    # Whoever was asked spoke: the groups differ by the questions only.
    known = pd.Series([FIRST] * 10 + [SECOND] * 10)
    asked = pd.DataFrame({"a": [True] * 10 + [True, True] + [False] * 8})
    spoke = asked.copy()
    spoke.loc[0, "a"] = False
    assert differences(spoke, known)["p"][0] < 0.01
    assert differences(spoke, known, asked)["p"][0] == 1


@pytest.mark.parametrize("values", [[0] * 6, [1] * 6])
def test_a_code_of_nobody_or_everybody_has_no_test_and_does_not_weigh_on_the_others(values):
    present = pd.DataFrame({"same": values, "other": [1, 1, 1, 0, 0, 0]}, dtype=bool)
    got = differences(present, pd.Series([FIRST] * 3 + [SECOND] * 3))
    assert np.isnan(got["p"][0])
    assert got["p_holm"][1] == got["p"][1]


def test_the_same_seed_gives_the_same_p_values_and_another_code_changes_none():
    present = pd.DataFrame(np.random.default_rng(1).random((20, 3)) < 0.5)
    known = pd.Series([FIRST, SECOND] * 10)
    whole = differences(present, known)
    assert whole.equals(differences(present, known))
    assert whole["p"][:2].equals(differences(present[[0, 1]], known)["p"])


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=12))
def test_holm_never_lowers_a_p_value_nor_changes_their_order(values):
    p = np.array(values, dtype=float)
    got = holm(p)
    known = ~np.isnan(p)
    assert (np.isnan(got) == np.isnan(p)).all()
    assert (got[known] >= p[known]).all()
    assert (got[known] <= 1).all()
    assert (np.diff(got[known][np.argsort(p[known], kind="stable")]) >= 0).all()


def test_every_row_and_every_sentence_says_exploratory():
    present = incidence(tiny.codings(), tiny.interviews(), tiny.codebook())
    got = differences(present, groups(tiny.interviews()), questioned(tiny.asked(), present, tiny.codebook()))
    assert {*got["status"]} == {EXPLORATORY} == {"exploratoire"}
    said = sentences(got, tiny.codebook())
    assert len(said) == len(got)
    assert all("exploratoire" in sentence for sentence in said)
