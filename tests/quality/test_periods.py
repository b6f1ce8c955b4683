from quality.rows import fact, study_of

from pic_analysis.quality.periods import durations, overlaps, rates

FIRST = fact("FAI001", "220", period_start="2001", period_end="2008")
SECOND = fact("FAI002", "144", period_start="2008", period_end="2013-08")


def rate(value, unit="réunion/an", **about):
    return fact("FAI003", value, unit, quantity="rate", section="7.1.2", rate_of="FAI001", **about)


def test_rate_that_counts_do_not_give_is_found():
    (got,) = rates(study_of(facts=[FIRST, SECOND, rate("200", precision="at_least")]))
    assert (got.id, got.kind, got.severity) == ("CTR-rythme-FAI003", "sum", "majeur")
    assert (got.first.section, got.second.section) == ("2.2", "7.1.2")
    assert got.summary_fr == (
        "Le compte imprimé, 364\xa0réunions (220 + 144) de 2001 à août 2013, fait 29 à 31\xa0réunions par an ; "
        "le rythme imprimé est : au moins 200\xa0réunions par an."
    )


def test_rate_that_counts_give_with_bounds_or_without_is_no_finding():
    assert rates(study_of(facts=[FIRST, SECOND, rate("30")])) == []
    assert rates(study_of(facts=[FIRST, SECOND, rate("25", precision="at_least")])) == []


def test_rate_by_month_is_compared_in_months():
    (got,) = rates(study_of(facts=[FIRST, SECOND, rate("200", "réunion/mois")]))
    assert "2,4 à 2,6\xa0réunions par mois" in got.summary_fr


def test_count_of_another_time_does_not_enter_the_rate():
    apart = fact("FAI002", "144", period_start="2011", period_end="2013")
    assert rates(study_of(facts=[FIRST, apart, rate("30")])) == []


def test_rate_of_a_count_without_period_cannot_be_compared():
    assert rates(study_of(facts=[fact("FAI001", "220"), rate("200")])) == []


def test_periods_with_a_common_year_are_found():
    (got,) = overlaps(study_of(facts=[FIRST, SECOND]))
    assert (got.id, got.kind, got.severity) == ("CTR-periode-FAI002", "period", "mineur")
    assert got.summary_fr.endswith("se recouvrent : de 2001 à 2008, de 2008 à août 2013.")


def test_periods_that_follow_or_hold_each_other_are_no_finding():
    after = fact("FAI002", "144", period_start="2009", period_end="2013")
    inside = fact("FAI002", "30", period_start="2002", period_end="2003")
    other = fact("FAI002", "144", quantity="visits", period_start="2008", period_end="2013")
    for second in (after, inside, other):
        assert overlaps(study_of(facts=[FIRST, second])) == []


def test_duration_that_its_dates_do_not_give_is_found():
    (got,) = durations(study_of(facts=[fact("FAI001", "12", "mois", period_start="2014-11", period_end="2015-12")]))
    assert (got.id, got.second) == ("CTR-duree-FAI001", None)
    assert "12\xa0mois ; ses bornes, de novembre 2014 à décembre 2015, font 14\xa0mois" in got.summary_fr


def test_duration_to_one_unit_is_no_finding():
    assert durations(study_of(facts=[fact("FAI001", "2", "an", period_start="2015", period_end="2017-09")])) == []
    assert durations(study_of(facts=[fact("FAI001", "12", "mois")])) == []
