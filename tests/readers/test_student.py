"""A student of evaluation, who follows one conclusion and breaks things to learn.

Told elsewhere, of the same person: `test_two_builds_in_two_folders_give_the_same_bytes` (run the notebooks again),
`test_sources_miscounted_lead_to_the_gesture` and its neighbours (exercises whose answers check themselves),
`test_wrong_code_is_told_with_file_row_and_rule_and_touches_nothing` (break something safely).
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

STEPS = (
    "Ce qui est affirmé",
    "Sa place dans la théorie du changement",
    "Les constats qui parlent d’elle",
    "Pour et contre",
    "Les cellules et les voix derrière",
    "Les explications rivales",
    "Ce que les experts contestent",
    "La force, pas à pas",
    "Ce qui la ferait tomber",
)


def test_one_conclusion_from_end_to_end(reader):
    """Follow in one click a conclusion from the theory to the verdict, exercise by exercise."""
    reader.click("Suivre une conclusion")
    titles = reader.page.locator("main :is(h2, h3)").all_inner_texts()
    assert [title for title in titles if title in STEPS] == [*STEPS]
    assert reader.sees("À vous. Écrivez un nombre entier à la place de None")
    assert reader.clicks == 1
    reader.click("Voir le code")
    assert reader.sees("exercises.classify_statement(known, conclusion, constat, reponse)")


def test_down_to_the_evidence_and_back_up(reader):
    """Go down from the exercises to the statement and the cell, and back up to the conclusion, in five clicks."""
    reader.click("Suivre une conclusion")
    reader.click("B1-07")
    reader.click("Part_PC1_1", card="B1-07")
    reader.click("B1-07", card="Part_PC1_1")
    reader.click("CCL05", card="B1-07")
    assert reader.title == "Conclusion 5 : le Quartier Ouest"
    assert reader.clicks == 5


def test_how_to_break_something_safely(reader):
    """Learn in one click what to break, which message comes, and how to put it back."""
    reader.click("Reproduire")
    assert reader.sees("Casser quelque chose, pour apprendre", "make check", "git checkout data/raw")
    assert reader.clicks == 1


def test_a_word_that_is_not_known(reader):
    """Look up in two clicks a word of the field met on the way."""
    reader.click("Suivre une conclusion")
    reader.click("Glossaire")
    assert reader.sees("explication rivale", "théorie du changement")
    assert reader.clicks == 2
