"""The director of services of another commune, who looks for what could be done there.

Told elsewhere, of the same person: `test_rivals_are_two_clicks_from_any_lesson`.
"""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

PARTS = (r"Contexte : \w", r"Mécanisme : \w", r"Résultat : \w", r"Facteurs? de réussite \w", r"Points? de vigilance \w")


def lessons(reader):
    return [card for card in reader.cards if card.startswith("ENS")]


def test_which_lessons_hold_without_a_regional_mandate(reader):
    """See in one click the context of each of the nine lessons, and which one rests on a regional mandate."""
    reader.click("enseignements")
    rows = reader.page.locator("main table").first.locator("tbody tr").all()
    assert [row.locator("td").first.inner_text().strip() != "" for row in rows] == [True] * 9
    assert reader.sees("un mandat régional du maire (ENS1)", "ne se décrètent pas")
    assert "n’est pas forcément la seule voie" in reader.reads("ENS1")
    assert reader.clicks == 1


def test_a_lesson_says_when_how_and_what_to_watch(reader):
    """Read of each lesson its context, mechanism, outcome, success factors and watch points, in two clicks."""
    reader.click("enseignements")
    assert len(lessons(reader)) == 9
    lacking = {(card, part) for card in lessons(reader) for part in PARTS if not re.search(part, reader.reads(card))}
    assert lacking == set()
    reader.click("ENS4", beside="Bâtir ensemble, puis partager, un récit")
    assert reader.sees_at_once("Contexte : Non limité, mais surtout territoire en souffrance.")
    assert reader.clicks == 2


def test_rival_explanations_of_any_lesson(reader):
    """Find in two clicks from any lesson what else could explain what was seen."""
    reader.click("enseignements")
    assert [card for card in lessons(reader) if "toutes, à lire avant de transposer" not in reader.reads(card)] == []
    for card in ("ENS2", "ENS9"):
        before = reader.clicks
        reader.click("toutes", card=card)
        assert reader.title == "Explications rivales"
        assert reader.clicks - before <= 2
        reader.page.go_back()
    reader.click("RIV13", card="ENS1")
    assert "mandat régional du maire" in reader.reads("RIV13")


def test_same_lesson_without_javascript(opens):
    """Read a lesson, its rivals and the evidence against it in a browser that runs no script."""
    reader = opens(java_script_enabled=False)
    reader.click("enseignements")
    reader.click("ENS1", beside="Commune de petite taille.")
    reader.click("C3-08", card="ENS1")
    assert "’oppose aux enseignements : ENS1" in reader.reads("C3-08")
    reader.click("ENS1", card="C3-08")
    reader.click("toutes", card="ENS1")
    assert reader.title == "Explications rivales"
    reader.click("Plan du site")  # the way in that needs no search
    assert reader.sees("Conclusion 5 : le Quartier Ouest")
    assert reader.clicks == 6
