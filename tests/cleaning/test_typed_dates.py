import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.typed_dates import read_date

DAYS = st.dates(datetime.date(1955, 1, 1), datetime.date(2060, 1, 1))


@given(DAYS)
def test_every_unambiguous_form_gives_the_same_day(day):
    forms = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        str((day - datetime.date(1899, 12, 30)).days),
        f"{(day - datetime.date(1899, 12, 30)).days},75",
        f"{day.isoformat()} 14:24:00",
        f"{day.isoformat()}T09:05:00.000",
        f"{day:%d/%m/%Y} 9:05",
    ]
    assert {read_date(form).clean for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    "text",
    [
        "04/11/15",
        "31/02/2015",
        "13/13/2015",
        "hier",
        "7",
        "99999",
        "11/2015/04",
        "2015-11-04 25:00",
        "2015-11-04T23:30Z",
    ],
)
def test_what_is_doubtful_is_not_guessed(text):
    assert read_date(text).expected
    assert read_date(text).clean == ""


@pytest.mark.parametrize("text", ["", "NR", " - ", "#N/A", "n.c."])
def test_gaps_are_empty(text):
    assert (read_date(text).clean, read_date(text).expected) == ("", "")


def test_months_in_words():
    assert [read_date(text).clean for text in ("1er mai 2016", "févr. 2016", "DÉCEMBRE 2015")] == [
        "2016-05-01",
        "2016-02",
        "2015-12",
    ]
    assert read_date("ju 2016").expected  # juin or juillet


@given(st.text(max_size=20))
def test_any_text_gives_a_date_that_exists_or_a_fault(text):
    verdict = read_date(text)
    if verdict.clean:
        datetime.date(*map(int, f"{verdict.clean}-1-1".split("-")[:3]))


@pytest.mark.parametrize("text", ["04/11/2061", "2061", "2016-06", "2 mai 2016", "59000"])
def test_date_that_is_still_to_come_is_refused(text):
    got = read_date(text, datetime.date(2016, 5, 1))
    assert (got.clean, got.expected) == ("", "date à venir : après le 1er mai 2016")


@pytest.mark.parametrize("text", ["2016-05-01", "2016-05", "2016", "mai 2016", "30/04/2016"])
def test_date_of_today_or_earlier_is_read(text):
    assert read_date(text, datetime.date(2016, 5, 1)).clean


def test_doubt_about_a_date_is_told_apart_from_a_gap():
    assert "doute" in read_date("?").rule
    assert "doute" not in read_date("NR").rule
