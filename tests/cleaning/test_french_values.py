import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.french_values import decimal_sign, read_figure
from pic_analysis.numbers_fr import decimal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("14,1", "14.1"),
        ("14.1", "14.1"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u202f234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234.5", "1234.5"),
        ("−5,2", "-5.2"),
        ("0,123", "0.123"),
        ("0", "0"),
    ],
)
def test_number_that_reads_one_way(typed, number):
    got = read_figure(typed)
    assert (got.number, got.status, got.expected) == (number, "", "")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("…", "not_available"),
        ("...", "not_available"),
        ("n.d.", "not_available"),
        ("///", "not_applicable"),
        ("s", "secret"),
        ("Secret", "secret"),
    ],
)
def test_sign_of_absence_is_a_status_and_no_number(typed, status):
    got = read_figure(typed)
    assert (got.number, got.status, got.expected) == ("", status, "")


@pytest.mark.parametrize(
    ("typed", "number", "status", "unit"),
    [
        ("14,1 (p)", "14.1", "provisional", ""),
        ("14,1r", "14.1", "revised", ""),
        ("12,3 %", "12.3", "", "percent"),
        ("12 ha (e)", "12", "estimated", "hectare"),
        ("1 234 habitants", "1234", "", "inhabitant"),
    ],
)
def test_letter_and_unit_in_the_cell(typed, number, status, unit):
    got = read_figure(typed)
    assert (got.number, got.status, got.unit, got.expected) == (number, status, unit, "")


@pytest.mark.parametrize(("typed", "readings"), [("1.234", "1234 ou 1,234"), ("-1,234", "-1234 ou -1,234")])
def test_number_that_reads_two_ways_is_not_guessed(typed, readings):
    got = read_figure(typed)
    assert got.number == ""
    assert readings in got.expected


def test_other_cells_of_the_file_tell_the_decimal_sign():
    assert read_figure("1.234", decimal_sign(["14.1", "1.234", "…"])).number == "1.234"
    assert read_figure("1,234", decimal_sign(["1 002,5", "1,234"])).number == "1.234"
    assert read_figure("1.234", decimal_sign(["14,1", "1.234"])).expected
    assert read_figure("1.234", decimal_sign(["14,1", "14.1"])).expected, "a file with both signs tells nothing"


@pytest.mark.parametrize(
    "typed", ["14,1*", "14,1(1)", "14,1¹", "12 34", "10-12", ">5", "~12", "1,2E+05", "-", "#N/A", "?", "007"]
)
def test_what_is_no_plain_number_is_refused(typed):
    got = read_figure(typed)
    assert got.expected
    assert (got.number, got.status) == ("", "")


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_number_written_the_french_way_is_read_back(whole, digits):
    value = whole / 10**digits
    got = read_figure(decimal(value, digits), ",")
    assert float(got.number) == float(f"{value:.{digits}f}")


@given(st.text(max_size=12))
def test_any_text_is_a_figure_or_has_a_fault(text):
    got = read_figure(text)
    assert bool(got.number) + bool(got.status and not got.number) + bool(got.expected) <= 1 or not got.expected
    if got.number:
        assert float(got.number) is not None
