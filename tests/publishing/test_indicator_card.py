import re

import pytest
from publishing import tiny_state

from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.indicator_card import citation, indicator
from pic_analysis.publishing.blocks.indicator_catalogue import catalogue, entry_example, known, monitoring, tables
from pic_analysis.publishing.drawings import Picture, dumbbell, series

NBSP = "\N{NO-BREAK SPACE}"


def card(tmp_path, name, **files):
    return indicator(tiny_state.state(tmp_path, **files), {"indicateur": name})


def test_first_screen_says_value_unit_period_status_place_source_and_date(tmp_path):
    first = card(tmp_path, "P03").split("{dessin}")[0]
    for expected in (
        f"**13,9{NBSP}% en 2020 (provisoire)**",
        "Lens - Hénin",
        f"−0,3{NBSP}point depuis 2019",
        f"11,5{NBSP}%, médiane de 2{NBSP}territoires comparés",
        "Chômage localisé (INSEE ; Licence Ouverte 2.0)",
        "le 22 novembre 2026",
        "A, statistique officielle",
    ):
        assert expected in first


def test_values_stand_beside_those_of_the_others_and_a_hole_is_no_zero(tmp_path):
    got = card(tmp_path, "P03")
    assert "| Période | Lens - Hénin | Béthune | Calais |" in got
    assert "| 2018 | 14,5 | … | … |" in got
    assert "| 2020 | 13,9 (p) | 11,0 | 12,0 |" in got
    assert "p : provisoire." in got
    assert "- 2019 : Année ordinaire." in got


def test_many_territories_are_summed_up_and_the_file_has_them_all(tmp_path):
    more = "".join(f"ZE2020-{n},employment_zone,Zone d’emploi {n},REG-32,\n" for n in (3210, 3211))
    beside = "".join(f"P03,ZE2020-3215,ZE2020-{n},voisine\n" for n in (3210, 3211))
    got = card(
        tmp_path,
        "P03",
        territories=tiny_state.TERRITORIES + more,
        comparators=tiny_state.FILES["comparators.csv"] + beside,
    )
    assert "| Médiane des autres | Plus basse | Plus haute | Combien d’autres |" in got
    assert "| 2020 | 13,9 (p) | 11,5 | 11,0 | 12,0 | 2 |" in got
    assert "fiches/P03.csv>`" in got


def test_card_says_what_the_indicator_does_not_and_its_empty_fields(tmp_path):
    got = card(tmp_path, "P03")
    assert "## Ce que cet indicateur ne permet pas de dire\n\nNe dit pas pourquoi." in got
    assert "- **Adresse :** …" in got
    assert "Aucune rupture connue." in got
    assert "Aucune valeur publiée n’a été révisée." in got


def test_card_without_a_value_says_so_and_offers_its_form(tmp_path):
    got = card(tmp_path, "L02")
    assert "… (aucune valeur n’est relevée)" in got
    assert "elle ne vaut pas zéro" in got
    assert "L02_saisie.csv" in got
    assert "{dessin}" not in got


def meetings(*years, quality="C"):
    """Return the observations of the tiny territory, its meetings of a quality, and some of single years after them."""
    line = "L01,COM-01004,{},{},meeting,definitive,2026,DS02,2026-11-22,C,"
    values = [value.replace("2026-11-22,D,", f"2026-11-22,{quality},") for value in tiny_state.VALUES]
    added = [line.format(year, 40 + n) for n, year in enumerate(years)]
    return "\n".join([tiny_state.raw.HEADER, *values, *added]) + "\n"


def test_value_of_a_year_leaves_the_counts_of_several_years_as_published(tmp_path):
    before, got = (card(tmp_path, "L01", observations=meetings(*years)) for years in ((), (2024, 2025)))
    rhythm = re.search("(?s)## Le rythme.*?(?=\n## )", before)[0]
    assert "ni hausse ni baisse n’est établie" in rhythm
    assert rhythm in got
    assert "**41\N{NO-BREAK SPACE}réunions en 2025**" in got


def test_counts_of_several_years_are_no_points_of_the_line_of_years(tmp_path):
    made = series(tiny_state.state(tmp_path, observations=meetings(2024, 2025)), "L01")
    assert made.drawing.data["period"].tolist() == ["2024", "2025"]


def test_rates_of_statements_are_not_compared(tmp_path):
    got = card(tmp_path, "L01", observations=meetings(quality="D"))
    assert "Valeurs de qualité D (déclaration ou presse)" in got
    assert "fois celui de la première" not in got


def test_counts_of_two_periods_that_share_a_year_are_compared_both_ways(tmp_path):
    got = card(tmp_path, "L01", observations=meetings())
    assert "2008 dans la première" in got
    assert "2008 dans la seconde" in got
    assert "ni hausse ni baisse n’est établie" in got
    assert "Ce que le calcul suppose" in got
    assert "## Le rythme" not in card(tmp_path, "P03")


def test_citation_names_producer_periods_dataset_and_day(tmp_path):
    got = citation(tiny_state.state(tmp_path), "P03")
    assert got == (
        "INSEE, taux de chômage, Lens - Hénin, 2018 à 2020 ; « Chômage localisé », relevé du 22 novembre 2026 ; "
        "fiche P03, pic-analysis."
    )


def test_catalogue_has_a_row_for_each_and_a_hole_where_nothing_is_known(tmp_path):
    got = catalogue(tiny_state.state(tmp_path), {})
    assert (
        f"| {{indicateur}}`P03` taux de chômage | Emploi | 13,9{NBSP}% en 2020 (provisoire), Lens - Hénin | A |" in got
    )
    assert "2021 : en retard (mars 2022)" in got
    assert "| {indicateur}`L02` ateliers | Implication habitante | … | … | 2025 : attendue, sans date annoncée |" in got
    assert "P03" not in catalogue(tiny_state.state(tmp_path), {"lettre": "L"})


def test_local_monitoring_tells_who_how_what_is_known_and_gives_the_form(tmp_path):
    got = monitoring(tiny_state.state(tmp_path), {})
    assert "### Ateliers (L02)" in got
    assert "- **Qui :** Un service." in got
    assert "- **Comment :** Compter." in got
    assert f"220{NBSP}réunions de 2001 à 2008" in got
    assert known(tiny_state.state(tmp_path), "L02") == "… (aucune source lue n’en donne)"
    assert "L02_saisie.schema.json" in got
    assert "P03" not in got


def test_line_to_add_is_shown_beside_a_true_one(tmp_path):
    got = entry_example(tiny_state.state(tmp_path), {"indicateur": "P03"})
    true, empty = re.findall(r"```text\n(P03.*)\n```", got)
    assert true == "P03,ZE2020-3215,2020,13.9,percent,provisional,2023-12,DS01,2026-11-22,A,"
    assert empty == "P03,ZE2020-3215,2021,,percent,,,,,A,"


def test_every_table_has_its_file(tmp_path):
    got = tables(tiny_state.state(tmp_path), {})
    assert "indicators/observations.csv>`" in got
    assert "indicators/editions.schema.json>`" in got


def test_series_is_drawn_with_its_provenance_and_a_single_value_is_not(tmp_path):
    state = tiny_state.state(tmp_path)
    made = series(state, "P03")
    assert isinstance(made, Picture)
    assert made.drawing.data.attrs["provenance"] == "example"
    assert made.drawing.data["t_ZE2020-3215"].tolist() == [14.5, 14.2, 13.9]
    assert "« Chômage localisé » ; relevé du 22 novembre 2026" in "".join(
        text.get_text() for text in made.drawing.figure.texts
    ).translate({0xA0: " ", 0x202F: " "})
    assert "longueur inégale" in str(series(state, "L01"))
    one = "\n".join([tiny_state.raw.HEADER, tiny_state.VALUES[0]]) + "\n"
    assert "Une seule valeur" in str(series(tiny_state.state(tmp_path, observations=one, annual_questions=None), "P03"))


def test_small_count_beside_large_ones_is_drawn_as_an_index(tmp_path):
    line = "P01,{},{},{},inhabitant,definitive,2023-12,DS01,2026-11-22,A,"
    people = (
        tiny_state.CATALOGUE + tiny_state.raw.CATALOGUE[1].replace("P03", "P01").replace("percent", "inhabitant") + "\n"
    )
    values = [
        line.format(place, year, number)
        for place, numbers in (("ZE2020-3215", (100, 110)), ("ZE2020-3205", (9000, 9900)))
        for year, number in zip((2019, 2020), numbers, strict=True)
    ]
    state = tiny_state.state(
        tmp_path,
        catalogue=people,
        observations="\n".join([tiny_state.raw.HEADER, *tiny_state.VALUES, *values]) + "\n",
        comparators="indicator_id,territory_id,comparator_id,reason_fr\nP01,ZE2020-3215,ZE2020-3205,voisine\n",
    )
    made = series(state, "P01")
    assert made.drawing.data["t_ZE2020-3215"].tolist() == pytest.approx([100, 110])
    assert made.drawing.data["t_ZE2020-3205"].tolist() == pytest.approx([100, 110])
    assert words.beside(state, state.key_figures["P01"]).startswith(f"+10,0{NBSP}% sur la même période")


def test_two_periods_are_compared_under_one_definition(tmp_path):
    breaks = "indicator_id,territory_id,period,reason_fr,dataset_id\nP03,,2019,autre calcul,DS01\n"
    made = dumbbell(tiny_state.state(tmp_path, breaks=breaks), "P03")
    assert made.drawing.labels["start"] == "2019"


def test_generated_text_that_claims_a_cause_is_refused():
    assert words.said("Le taux baisse.") == "Le taux baisse."
    with pytest.raises(ValueError, match="mot de cause"):
        words.said("Le musée a fait baisser le taux.")
