import pytest
from quality.rows import fact, study_of

from pic_analysis.quality.quantities import bases, populations, shares, sums, units, values


def breakdown(total, *parts, unit="habitant", **about):
    rows = [fact("FAI001", total, unit, quantity="total", **about)]
    rows += [
        fact(f"FAI{n:03d}", value, unit, quantity=f"part_{n}", part_of="FAI001", section="3.1")
        for n, value in enumerate(parts, start=2)
    ]
    return study_of(facts=rows)


def test_population_that_its_parts_exceed_is_found_at_both_places():
    (got,) = populations(breakdown("580000", "125000", "225000", "245000"))
    assert got.id == "CTR-population-FAI001"
    assert (got.kind, got.severity) == ("sum", "notable")
    assert (got.first.section, got.second.section, len(got.others)) == ("2.2", "3.1", 2)
    assert [name for _, name in got.objects] == ["FAI001", "FAI002", "FAI003", "FAI004"]
    assert got.summary_fr == (
        "Les parties imprimées (125\u202f000 + 225\u202f000 + 245\u202f000) font 595\u202f000\xa0habitants ; "
        "le total annoncé est : 580\u202f000\xa0habitants."
    )


def test_population_is_no_common_sum_and_a_sum_no_population():
    people = breakdown("580000", "125000", "225000", "245000")
    assert sums(people) == []
    meetings = breakdown("10", "8", "8", unit="réunion")
    assert populations(meetings) == []
    assert [finding.id for finding in sums(meetings)] == ["CTR-somme-FAI001"]


@pytest.mark.parametrize(
    ("total", "about"),
    [("100", {"precision": "about"}), ("90", {"value_max": "110"}), ("90", {"precision": "at_least"}), ("104", {})],
)
def test_sum_within_what_the_total_says_is_no_finding(total, about):
    assert sums(breakdown(total, "50", "54", unit="emploi", **about)) == []


def test_parts_that_fall_short_are_a_list_that_is_not_complete():
    (got,) = sums(breakdown("30000", "25000", "2000", unit="visiteur/an", value_max="40000"))
    assert got.severity == "mineur"
    assert "complète" in got.consequence_fr


def test_one_part_alone_is_no_breakdown_but_may_exceed_its_total():
    assert sums(breakdown("700", "55", unit="ha")) == []
    (got,) = sums(breakdown("700", "755", unit="ha"))
    assert got.summary_fr.startswith("Une partie (755\xa0ha) dépasse le total")


def test_percentages_of_a_number_are_not_summed_with_it():
    rows = [fact("FAI001", "97", "entretien"), fact("FAI002", "60", "%", part_of="FAI001")]
    rows.append(fact("FAI003", "50", "%", part_of="FAI001"))
    assert sums(study_of(facts=rows)) == []


def test_part_in_another_unit_than_its_total_is_found():
    rows = [fact("FAI001", "30000", "visiteur/an"), fact("FAI002", "2000", "personne", part_of="FAI001")]
    (got,) = units(study_of(facts=rows))
    assert (got.kind, got.id) == ("unit", "CTR-unite-FAI001")
    assert units(breakdown("100", "50", "50")) == []


def share(printed, **about):
    rows = [fact("FAI001", "55", "ha", quantity="a"), fact("FAI002", "700", "ha", quantity="b")]
    terms = {"numerator_id": "FAI001", "denominator_id": "FAI002", **about}
    return study_of(facts=[*rows, fact("FAI003", printed, "%", quantity="c", label_fr="part du bio", **terms)])


def test_share_that_its_terms_give_once_rounded_is_no_finding():
    assert shares(share("8")) == []
    assert shares(share("7.9")) == []


def test_share_that_its_terms_do_not_give_is_found():
    (got,) = shares(share("12"))
    assert (got.id, got.kind, got.severity) == ("CTR-part-FAI003", "share", "notable")
    assert got.summary_fr == "55\xa0ha sur 700\xa0ha font 7,9\xa0% ; la part imprimée est : 12\xa0%."


def test_percentage_without_a_base_beside_one_that_has_one():
    rows = [*share("8").facts.to_dict("records"), fact("FAI004", "4.14", "%", quantity="d")]
    (got,) = bases(study_of(facts=rows))
    assert (got.id, got.severity) == ("CTR-base-FAI004", "majeur")
    assert got.second.anchor == "8 imprimés"
    assert "Ne pas comparer" in got.consequence_fr


def test_percentage_alone_without_a_base_is_minor_and_above_a_hundred_is_no_share():
    (got,) = bases(study_of(facts=[fact("FAI001", "33.3", "%"), fact("FAI002", "200", "%", section="3")]))
    assert (got.id, got.severity, got.second) == ("CTR-base-FAI001", "mineur", None)


def test_one_quantity_with_two_values_is_found():
    rows = [fact("FAI001", "10", "entreprise", precision="about"), fact("FAI002", "2", "entreprise", section="3.5.4")]
    (got,) = values(study_of(facts=rows))
    assert (got.id, got.kind, got.severity) == ("CTR-valeur-FAI001", "count", "majeur")
    assert "environ 10\xa0entreprises et 2\xa0entreprises" in got.summary_fr


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": "97"}, {"value": "100", "precision": "about"}),
        ({"value": "70"}, {"value": "70", "precision": "at_least"}),
        ({"value": "10", "territory": "Ville"}, {"value": "20", "territory": "Pays"}),
        ({"value": "10", "period_start": "2001"}, {"value": "20", "period_start": "2008"}),
        ({"value": "10"}, {"value": "20", "part_of": "FAI001"}),
    ],
)
def test_values_that_can_both_hold_are_no_finding(one, other):
    rows = [fact("FAI001", one.pop("value"), **one), fact("FAI002", other.pop("value"), **other)]
    assert values(study_of(facts=rows)) == []
