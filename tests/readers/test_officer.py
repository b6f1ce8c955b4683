"""A programme officer of ADEME, who answers for the evaluation and writes notes from it.

Told elsewhere, of the same person: `test_summary_stands_alone_and_is_short` (900 words at most),
`test_follow_up_of_every_recommendation_is_said`, `test_what_may_not_be_said_is_one_click_away`,
`test_every_figure_has_its_data_its_image_its_source_and_its_citation`.
"""

from __future__ import annotations

import csv
import re

import pytest
from readers.reader import KeyboardReader

pytestmark = pytest.mark.browser


def test_summary_gives_the_three_answers_their_strength_and_their_limits(reader):
    """Read in one click what was found, how sure it is and what it does not say."""
    reader.click("résumé")
    assert reader.sees("« assez nettement »", "Le rapport répond : au cas par cas", "oui, pour une partie d’entre eux")
    assert reader.sees("confiance moyenne, 6 sources indépendantes", "confiance faible", "sans renvoi dans le récit")
    assert reader.sees("Ce que l’évaluation ne permet pas de dire")
    assert reader.clicks == 1


def test_what_may_not_be_said_is_on_the_first_screen(reader):
    """Know, before any click, what the report may not be used to say."""
    for limit in ("Elle ne prouve pas d’effet global", "sans situation « sans stratégie »", "une seule commune"):
        assert reader.sees_at_once(limit), limit
    assert reader.clicks == 0
    reader.click("E0-01")  # the report says it itself
    assert "ne peut démontrer les impacts systémiques" in reader.reads("E0-01")
    assert reader.clicks == 1


def test_sources_of_conclusion_5_and_the_objection_to_it(reader):
    """See in three clicks who says what conclusion 5 says, and what the experts object."""
    reader.click("conclusions")
    reader.click("CCL05")
    assert reader.sees("B1-04", "tem-006", "Part_PC1_1", "avec réserve")
    assert reader.sees("Parler de détresse et de dépendance plutôt que de défiance")
    reader.click("tem-008", beside="Parler de détresse")
    assert "Cyria Emelianoff" in reader.reads("tem-008")
    assert reader.clicks == 3


def test_what_became_of_recommendation_r1(reader):
    """Learn in one click what became of the first recommendation, were it that nobody knows."""
    reader.click("recommandations")
    said = reader.reads("REC-EVAL-1")
    assert "Numéro imprimé : R1" in said
    assert re.search(r"Suites données : \d{4} : \w+", said)
    assert all(re.search(r"Suites données : \S", reader.reads(card)) for card in reader.cards if card.startswith("REC"))
    assert reader.clicks == 1


def test_a_figure_with_its_data_and_its_citation_for_a_note(reader):
    """Take from the annual state one figure, its numbers as drawn, and how to cite it."""
    reader.click("état annuel")
    reader.click("Données de la figure")
    drawn = reader.page.locator("details[open] tbody tr").all_inner_texts()
    content = reader.download("Télécharger p01-serie.csv")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))[1:]
    got = [[row[0], *(f"{float(cell):.2f}".replace(".", ",") for cell in row[1:])] for row in rows]
    assert got == [line.split("\t") for line in drawn]
    image = reader.download("Télécharger p01-serie.svg")
    assert b"<svg" in image[:1000]
    reader.click("Citer la figure")
    assert reader.sees("figure « Loos-en-Gohelle", "page « État annuel 2025 », version")
    assert reader.clicks == 5


def test_sources_of_conclusion_5_by_keyboard_alone(opens):
    """Do the same without a mouse, the focus seen at each step."""
    reader = opens(KeyboardReader)
    reader.skip_the_menu()
    reader.click("conclusions")
    reader.skip_the_menu()
    reader.click("CCL05")
    assert reader.title == "Conclusion 5 : le Quartier Ouest"  # and the focus is already in its passport
    reader.click("tem-008", beside="Parler de détresse")
    assert "Cyria Emelianoff" in reader.reads("tem-008")
    assert reader.clicks == 3
    assert reader.keys <= 60
