import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis import periods
from pic_analysis.periods import label_fr, of_ordinal, ordinal, parse

ordinary = (
    st.builds(of_ordinal, st.integers(1500 * 12, 2100 * 12), st.just("month"))
    | st.builds(of_ordinal, st.integers(1500 * 4, 2100 * 4), st.just("quarter"))
    | st.builds(of_ordinal, st.integers(1500, 2100), st.just("year"))
)


@pytest.mark.parametrize(
    "text", ["2003-T1", "2003T1", "2003-Q1", "2003Q1", "2003 t1", "T1 2003", "Q1-2003", " 2003-T1 "]
)
def test_every_spelling_of_a_quarter_is_one_period(text):
    assert str(parse(text)) == "2003-T1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2003-T5", "trimestre de 1 à 4"),
        ("2003-T0", "trimestre de 1 à 4"),
        ("2012-13", "mois de 01 à 12"),
        ("2012-1", r"mois \(2012-12\)"),
        ("", "année"),
        ("12", "année"),
        ("20012", "année"),
        ("2001-2008", "intervalle"),
        ("2008/2001", "après son début"),
        ("2008/2008", "après son début"),
        ("2001/", "année"),
        ("2001/2003/2005", "intervalle"),
    ],
)
def test_what_is_no_period_is_refused_with_what_was_expected(text, expected):
    with pytest.raises(ValueError, match=expected):
        parse(text)


def test_days_of_each_kind_of_period():
    days = {
        text: (parse(text).first_day, parse(text).last_day) for text in ("2012", "2003-T2", "2012-02", "2008/2013-08")
    }
    assert days == {
        "2012": (datetime.date(2012, 1, 1), datetime.date(2012, 12, 31)),
        "2003-T2": (datetime.date(2003, 4, 1), datetime.date(2003, 6, 30)),
        "2012-02": (datetime.date(2012, 2, 1), datetime.date(2012, 2, 29)),
        "2008/2013-08": (datetime.date(2008, 1, 1), datetime.date(2013, 8, 31)),
    }


def test_two_frequencies_have_no_order():
    with pytest.raises(TypeError, match="cannot order"):
        sorted([parse("2012"), parse("2012-T1")])


def test_an_interval_has_no_ordinal():
    with pytest.raises(ValueError, match="no ordinal"):
        ordinal(parse("2001/2008"))


def test_labels_of_quarters_beyond_the_first():
    assert [label_fr(parse(f"2003-T{n}")) for n in (1, 2, 4)] == [
        "1er trimestre 2003",
        "2e trimestre 2003",
        "4e trimestre 2003",
    ]


@given(ordinary)
def test_a_period_is_read_back_from_its_text(period):
    assert parse(str(period)) == period


@given(ordinary)
def test_the_next_period_begins_the_day_after(period):
    after = periods.next(period)
    assert after.first_day - period.last_day == datetime.timedelta(days=1)
    assert period < after
    assert ordinal(after) == ordinal(period) + 1
