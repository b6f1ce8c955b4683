import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis import numbers_fr as fr

NB, NN = "\u00a0", "\u202f"


def test_thousands_stand_apart():
    got = [fr.integer(value) for value in (0, 999, 1000, 12345678)]
    assert got == ["0", "999", f"1{NN}000", f"12{NN}345{NN}678"]


def test_a_half_is_rounded_as_written_not_as_stored():
    assert [fr.decimal(0.125, 2), fr.decimal(2.675, 2), fr.decimal(0.5, 0), fr.decimal(-0.125, 2)] == [
        "0,13",
        "2,68",
        "1",
        "−0,13",
    ]


def test_no_minus_zero():
    assert fr.decimal(-0.001, 2) == "0,00"


def test_very_small_and_very_large_numbers_are_written_out():
    assert fr.decimal(1e-7, 2) == "0,00"
    assert fr.integer(1e15) == f"1{NN}000{NN}000{NN}000{NN}000{NN}000"


def test_percent_shifts_in_base_ten():
    assert fr.percent(0.285) == f"29{NB}%"
    assert fr.percent(0.0786, 1) == f"7,9{NB}%"


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_missing_number_is_said(value):
    assert {fr.decimal(value), fr.percent(value), fr.integer(value)} == {"n. d."}


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_the_text_reads_back_as_the_number(value, digits):
    text = fr.decimal(value, digits).replace(NN, "").replace(",", ".").replace("−", "-")
    assert abs(Decimal(text) - Decimal(str(value))) <= Decimal(5).scaleb(-digits - 1)


def test_the_plural_starts_at_two():
    got = [fr.count(number, "constat") for number in (0, 1, 2)]
    assert got == [f"0{NB}constat", f"1{NB}constat", f"2{NB}constats"]


def test_words_agree_without_their_number():
    assert [fr.agreed(number, "lue") for number in (0, 1, 2)] == ["lue", "lue", "lues"]
    assert [fr.agreed(number, "son", "leur") for number in (1, 2)] == ["son", "leur"]


def test_invariable_and_compound_plurals():
    assert fr.count(3, "cas") == f"3{NB}cas"
    assert fr.count(3, "voix") == f"3{NB}voix"
    assert fr.count(3, "étude de cas", "études de cas") == f"3{NB}études de cas"


def test_dates_of_three_grains():
    got = [fr.date(text) for text in ("2016", "2016-06", "2014-10-07")]
    assert got == ["2016", "juin 2016", "7 octobre 2014"]


@pytest.mark.parametrize("text", ["", "juin 2016", "2016-13", "2016-00-01", "2016-01-32", "16-01"])
def test_a_wrong_date_is_refused(text):
    with pytest.raises(ValueError, match="date"):
        fr.date(text)


def test_lists():
    assert [fr.enumerate_fr(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]
