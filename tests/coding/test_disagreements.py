import pandas as pd
import pytest
from coding.judgements import rated, slow_alpha
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.disagreements import costliest, disagreements
from pic_analysis.coding.weights import LEVELS


def test_units_on_which_coders_differ_are_listed_with_what_each_said():
    got = disagreements(rated([*"aab."], [*"abbb"], [*"a.ba"]))
    assert got["unit_id"].tolist() == ["1", "3"]
    assert got[["C0", "C1", "C2"]].to_numpy().tolist() == [["a", "b", ""], ["", "b", "a"]]


def test_wider_disagreement_costs_more_at_the_ordinal_level():
    ratings = rated([*"1233"], [*"1133"], [*"1233"], [*"1231"])
    assert disagreements(ratings, level="ordinal")["unit_id"].tolist() == ["3", "1"]
    assert disagreements(ratings)["cost"].nunique() == 1


def test_code_on_which_coders_differ_most_often_comes_first():
    ratings = rated([*"abababab"], [*"abaabbaa"])
    ratings.units["code_id"] = [*"xxxyyyzz"]
    got = costliest(ratings, "code_id")
    assert got.index.tolist() == ["y", "z", "x"]
    assert got["disagreements"].tolist() == [2, 1, 0]
    assert got["share"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])


def test_full_agreement_costs_nothing_and_lists_nothing():
    ratings = rated([*"abab"], [*"abab"])
    assert disagreements(ratings).empty
    assert costliest(ratings, "unit_id")["cost"].sum() == 0


judged = st.lists(st.tuples(*[st.sampled_from("012.")] * 3, st.sampled_from("xyz")), min_size=1, max_size=15)


@given(judged, st.sampled_from([*LEVELS]))
def test_costs_add_up_to_what_alpha_lacks(rows, level):
    *coders, codes = map(list, zip(*rows, strict=True))
    ratings = rated(*coders, categories=[*"012"])
    ratings.units["code_id"] = codes
    lacking = 1 - slow_alpha(ratings, level)
    for costs in (costliest(ratings, "code_id", level=level)["cost"], disagreements(ratings, level=level)["cost"]):
        # Where alpha is not defined, neither is a cost.
        assert costs.sum(skipna=True) == pytest.approx(0 if pd.isna(lacking) else lacking)
