import pytest

from pic_analysis.cleaning.typed_periods import read_period


@pytest.mark.parametrize(
    ("typed", "frequency", "period"),
    [
        ("2012", "annual", "2012"),
        ("2003-T1", "quarterly", "2003-T1"),
        ("2003T1", "quarterly", "2003-T1"),
        ("2003-Q1", "quarterly", "2003-T1"),
        ("T1 2003", "quarterly", "2003-T1"),
        ("2012-12", "monthly", "2012-12"),
        ("décembre 2012", "monthly", "2012-12"),
        ("41244", "monthly", "2012-12"),  # 1 December 2012, as Excel counts days
        ("01/04/2003", "quarterly", "2003-T2"),
        ("2015-12-31", "annual", "2015"),
        ("2001/2008", "irregular", "2001/2008"),
        ("2008/2013-08", "irregular", "2008/2013-08"),
    ],
)
def test_period_however_it_was_typed(typed, frequency, period):
    got = read_period(typed, frequency)
    assert (got.clean, got.expected) == (period, "")
    assert bool(got.rule) == (typed != period)


@pytest.mark.parametrize(
    ("typed", "frequency"),
    [
        ("2012", "quarterly"),
        ("2012-12", "quarterly"),
        ("2003-T1", "annual"),
        ("2001/2008", "annual"),
        ("15/04/2003", "quarterly"),  # neither the first day of a quarter, nor the last
        ("2003-T5", "quarterly"),
        ("", "annual"),
        ("l’an dernier", "annual"),
    ],
)
def test_period_that_does_not_fit_is_refused(typed, frequency):
    assert read_period(typed, frequency).expected
