import pytest

from pic_analysis.cleaning.answers import faults

OBSERVED = {("P03", "ZE2020-3215", "2019"), ("P03", "ZE2020-3215", "2020")}


def found(text, names=()):
    return [(value, expected.partition(" :")[0]) for value, expected, _ in faults(text, OBSERVED, {"FAI023"}, names)]


def test_references_that_resolve_and_years_are_fine():
    text = "De 2012-2021, le taux passe à {P03 ZE2020-3215 2019} en 2019 ; {FAI023} réunions (1999–2008)."
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Le taux est de 14,2 %.", "Il y eut 220 réunions.", "en l’an 2500", "hausse de 2points"]
)
def test_figure_typed_by_hand_is_refused(text):
    ((_, said),) = found(text)
    assert said == "chiffre écrit à la main"


def test_figure_of_a_name_is_no_number():
    assert found("La Base 11/19 accueille.", {"11/19"}) == []
    assert found("La Base 11/19 accueille.") != []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{P03 ZE2020-3215 2018}", "aucune observation n’a cette clé"),
        ("{FAI024}", "aucun fait de facts.csv n’a cet identifiant"),
        ("{P03 2019}", "attendu"),
        ("{}", "attendu"),
    ],
)
def test_reference_that_resolves_to_nothing(text, said):
    assert [expected for _, expected in found(text)] == [said]


def test_nearest_reference_is_of_the_same_indicator():
    ((_, _, near),) = faults("{P03 ZE2020-3215 2018}", OBSERVED | {("P01", "ZE2020-3215", "2018")}, (), ())
    assert near.startswith("P03 ZE2020-3215 20")


@pytest.mark.parametrize("unit", [" %", "\u00a0%", "%", " € en tout", " ha", " hectares en 2015", " m³"])
def test_unit_after_an_observation_is_refused_since_the_table_brings_it(unit):
    text = f"Le taux est de {{P03 ZE2020-3215 2019}}{unit}."
    ((value, said),) = found(text)
    assert said == "sans ce signe"
    assert value.endswith(unit.split(" en")[0])


@pytest.mark.parametrize("text", ["{FAI023} % des réunions", "{P03 ZE2020-3215 2019} habitants", "{FAI023} hectares"])
def test_unit_that_no_table_brings_is_written(text):
    assert found(text) == []


def test_causal_word_is_refused_and_its_denial_is_not():
    assert [value for value, _ in found("Le musée a fait baisser le chômage.")] == ["fait baisser"]
    assert found("La série ne permet pas de dire que le musée a fait baisser le chômage.") == []
