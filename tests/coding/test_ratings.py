import numpy as np
import pandas as pd
import pytest
from coding.judgements import four_coders, rated
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.ratings import Ratings, from_table
from pic_analysis.coding.tallies import tally


def test_numbers_are_ordered_by_value_and_words_by_letter():
    assert rated(["10", "9"], ["2", "9"]).categories == ("2", "9", "10")
    assert rated(["b", "a"], ["a", "a"]).categories == ("a", "b")
    assert rated(["b", "a"], ["a", "a"]).scores.tolist() == [0, 1]


def test_hole_is_no_judgement_whatever_its_form():
    table = pd.DataFrame({"A": [1, None, 2], "B": ["1", "", "2"]})
    assert from_table(table, grid="essai").values.tolist() == [[0, 0], [-1, -1], [1, 1]]


def test_judgement_out_of_the_categories_is_refused():
    with pytest.raises(ValueError, match=r"\['c'\] are not among the categories \['a', 'b'\]"):
        rated(["c"], ["a"], categories=["a", "b"])


def test_values_that_do_not_fit_their_units_are_refused():
    units = pd.DataFrame({"unit_id": ["u1"]})
    with pytest.raises(ValueError, match=r"expected \(1, 2\)"):
        Ratings(units, np.zeros((1, 1), int), ("A", "B"), ("x",), "essai")
    with pytest.raises(ValueError, match="not a position"):
        Ratings(units, np.array([[0, 5]]), ("A", "B"), ("x",), "essai")


def test_unknown_coder_is_refused():
    with pytest.raises(ValueError, match=r"\['Z'\]; the coders are \['C0', 'C1'\]"):
        rated(["a"], ["a"]).between("C0", "Z")


def test_coincidences_of_krippendorffs_four_coders_are_those_he_prints():
    # Krippendorff (2011), section C: matrix of observed coincidences, 40 pairable values.
    sums, _ = tally(four_coders())
    expected = [
        [7, 4 / 3, 1 / 3, 1 / 3, 0],
        [4 / 3, 10, 4 / 3, 1 / 3, 0],
        [1 / 3, 4 / 3, 8, 1 / 3, 0],
        [1 / 3, 1 / 3, 1 / 3, 4, 0],
        [0, 0, 0, 0, 3],
    ]
    assert sums.coincidences == pytest.approx(np.array(expected))
    assert (sums.coincidences.sum(), int(sums.units)) == (40, 11)


@given(st.lists(st.tuples(*[st.sampled_from("ab.")] * 3, st.sampled_from("xyz")), min_size=1, max_size=20))
def test_sums_of_parts_are_the_sums_of_the_whole(rows):
    *coders, clusters = map(list, zip(*rows, strict=True))
    ratings = rated(*coders, categories=["a", "b"])
    ratings.units["part"] = clusters
    assert tally(ratings, "part")[0].total().cells == pytest.approx(tally(ratings)[0].cells)
