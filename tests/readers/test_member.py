"""A member of the PIC, who produces the annual state.

Told elsewhere, of the same person: `test_one_line_changes_what_it_tells_and_nothing_else` and
`test_the_news_names_the_value_and_the_date_follows` (add a value), `test_card_of_an_indicator_offers_its_files`,
`test_correction_without_a_line_of_revision_is_refused_with_the_line_to_paste`,
`test_value_changed_in_silence_stops_the_next_edition_until_its_line_is_written` (correct one),
`test_new_study_is_whole_and_says_what_to_do_next` (begin another study).
"""

from __future__ import annotations

import pytest
from conftest import REPOSITORY

pytestmark = pytest.mark.browser

CARDS = REPOSITORY / "data" / "processed" / "loos_2016" / "indicators" / "fiches"


def test_what_is_overdue(reader):
    """See in one click which values are late, expected, or of no known date."""
    reader.click("Quoi de neuf")
    calendar = reader.page.locator("main table", has_text="Valeurs attendues").locator("tbody tr").all_inner_texts()
    states = {row.split("\t")[3] for row in calendar}
    assert states <= {"en retard", "attendue"}
    assert "en retard" in states
    assert reader.sees("Sans date annoncée")
    assert reader.clicks == 1


def test_form_of_the_next_value(reader):
    """Take in two clicks the form of the next value of a local count, and read how to add it."""
    reader.click("Suivi local (recommandation R1)")
    assert reader.sees("collez-la à la fin de la table, et tapez make book")
    assert reader.download("L01_saisie.csv") == (CARDS / "L01_saisie.csv").read_bytes()
    assert reader.clicks == 2


def test_series_of_an_indicator_beside_others(reader):
    """Read in two clicks a series beside other territories and what it does not permit, and take it with a third."""
    reader.click("indicateurs")
    reader.click("P03")
    assert reader.sees("Ce que cet indicateur ne permet pas de dire", "médiane de 21 territoires comparés")
    assert reader.download("les valeurs en CSV (P03.csv)") == (CARDS / "P03.csv").read_bytes()
    assert reader.clicks == 3


def test_indicator_by_the_search_box(reader):
    """Type a word of everyday French and land on the card of the indicator."""
    reader.search("chomage")  # as typed in a hurry, without its accent
    reader.click("P03")
    assert "taux de chômage localisé" in reader.reads("P03")
    assert reader.clicks == 2
