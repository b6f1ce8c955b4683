import math

import pytest
from quality.rows import fact, study_of

from pic_analysis.quality.measure import Range, facts, period_fr, printed_range, rough, value_fr


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("97", "", "exact", "entretien"), Range(97, 97)),
        (("100", "", "about", "emploi"), Range(90, 110)),
        (("30000", "40000", "about", "visiteur/an"), Range(30000, 40000)),
        (("200", "", "at_least", "réunion/an"), Range(200, math.inf)),
        (("5", "", "at_most", "an"), Range(0, 5)),
        (("125000", "", "exact", "habitant"), Range(124500, 125500)),
        (("8", "", "exact", "%"), Range(7.5, 8.5)),
    ],
)
def test_printed_number_is_worth_what_its_words_allow(printed, expected):
    assert printed_range(*printed) == expected


def test_decimals_of_a_percentage_tell_its_rounding():
    got = printed_range("4.14", "", "exact", "%")
    assert (round(got.low, 4), round(got.high, 4)) == (4.135, 4.145)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(Range(9, 11), Range(10, 20), 1), (Range(1, 2), Range(6, 9), 3), (Range(6, 9), Range(1, 2), 3)],
)
def test_gap_is_the_least_ratio_between_two_ranges(one, other, expected):
    assert one.gap(other) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("1", "", "exact", "emploi"), "1\xa0emploi"),
        (("5", "", "exact", "étude de cas"), "5\xa0études de cas"),
        (("3", "", "exact", "assemblée générale/an"), "3\xa0assemblées générales par an"),
        (("1", "", "exact", "objet/2 ans"), "1\xa0objet en 2 ans"),
        (("800", "", "exact", "h/ha"), "800\xa0h/ha"),
        (("33.3", "", "about", "%"), "environ 33,3\xa0%"),
        (("3", "", "exact", "canal"), "3\xa0canaux"),
    ],
)
def test_quantity_is_written_in_french(printed, expected):
    assert value_fr(*printed) == expected


def test_computed_range_is_rounded_for_the_reader():
    assert rough(Range(28.7, 31.4), "réunion/an") == "29 à 31\xa0réunions par an"
    assert rough(Range(1.44, 1.61), "%") == "1,4 à 1,6\xa0%"


@pytest.mark.parametrize(
    ("period", "expected"),
    [(("2001", "2013-08"), "de 2001 à août 2013"), (("2009", "2009"), "en 2009"), (("", ""), "")],
)
def test_period_is_written_in_french(period, expected):
    assert period_fr(*period) == expected


def test_rate_is_counted_in_its_unit_without_the_rhythm():
    assert facts(study_of(facts=[fact("FAI001", "3", "visiteur/an")]))["FAI001"].head == "visiteur"
