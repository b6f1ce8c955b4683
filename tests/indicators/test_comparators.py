import pytest
from hypothesis import given
from hypothesis import strategies as st
from indicators.series import long

from pic_analysis.indicators.comparators import changes, gaps, index, uncommon
from pic_analysis.indicators.guards import Refusal

values = st.floats(1, 100, allow_nan=False)


def test_the_gap_is_to_the_median_of_the_others_and_missing_values_stay_missing():
    got = gaps(long(a=[10.0, None, 12.0], b=[1.0, 2.0, 3.0], c=[5.0, 2.0, None], d=[6.0, 2.0, 5.0]), "a")
    assert got["gap"].tolist()[::2] == [5, 8]
    assert got["gap"].isna().tolist() == [False, True, False]
    assert got["others"].tolist() == [3, 3, 2]
    assert (got["low"].iloc[0], got["high"].iloc[0]) == (1, 6)


def test_changes_that_are_equal_share_a_rank_though_binary_numbers_differ():
    got = changes(long(a=[0.1, 0.3], b=[1.0, 1.2], c=[1.0, 2.0]), "b", "2000", "2001")
    assert got.table["rank"].tolist() == [1, 1, 3]
    assert got.rank == 1


def test_a_territory_without_one_of_the_two_values_is_listed_not_filled():
    got = changes(long(a=[1.0, 2.0], b=[1.0, None], c=[1.0, 4.0]), "a", "2000", "2001")
    assert got.left_out == ("b",)
    assert got.table["territory_id"].tolist() == ["a", "c"]


def test_the_sentence_says_the_change_the_others_and_the_rank():
    got = changes(long(a=[10.0, 8.0], b=[9.0, 9.5], c=[5.0, 6.0]), "a", "2000", "2001").sentence_fr
    assert got == (
        "Entre 2000 et 2001 : −2,00, contre +0,75 pour la médiane des 2 autres ; "
        "rang 1 sur 3, du plus bas au plus haut."
    )


def test_a_focus_without_its_values_is_refused():
    with pytest.raises(Refusal, match="n’a pas ses deux valeurs"):
        changes(long(a=[1.0, None], b=[1.0, 2.0]), "a", "2000", "2001")


def test_an_index_without_base_is_refused():
    with pytest.raises(Refusal, match="Pas de base en 2000 pour : b"):
        index(long(a=[1.0, 2.0], b=[0.0, 2.0]), "2000")


def test_periods_that_are_not_common_are_listed():
    got = uncommon(long(a=[1.0, None, 3.0], b=[None, None, 3.0]))
    assert got.to_dict("records") == [
        {"period": "2000", "territories": ("b",)},
        {"period": "2001", "territories": ("a", "b")},
    ]


@given(st.lists(st.tuples(values, values), min_size=2, max_size=8), values)
def test_adding_the_same_to_everybody_changes_no_gap_and_no_rank(pairs, shift):
    series = {f"t{n}": [*pair] for n, pair in enumerate(pairs)}
    moved = {name: [value + shift for value in pair] for name, pair in series.items()}
    one, other = (changes(long(**some), "t0", "2000", "2001") for some in (series, moved))
    assert one.change == pytest.approx(other.change)
    assert gaps(long(**series), "t0")["gap"].tolist() == pytest.approx(gaps(long(**moved), "t0")["gap"].tolist())
