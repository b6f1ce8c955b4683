"""Someone who was interviewed, or who lives there, on a phone of 320 pixels held in one hand.

No page of the path may scroll sideways: the reader checks it at each step (`reader.py`).

Told elsewhere, of the same person: `test_withdrawn_respondent_leaves_no_trace_in_any_output`.
"""

from __future__ import annotations

import pytest
from readers.reader import Reader

from pic_analysis.publishing.french_lint import sentence_lengths

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}

pytestmark = pytest.mark.browser


class Thumb(Reader):
    """A reader who taps."""

    def _activate(self, control):
        control.tap()
        self.clicks += 1


@pytest.fixture
def phone(opens):
    return opens(Thumb, **PHONE)


def test_what_was_quoted(phone):
    """Find in three taps one's own words as they are quoted, and what rests on them."""
    phone.click("Voix")
    phone.click("tem-011 : La biodiversité est vue comme un échec")
    said = phone.reads("tem-011")
    assert "entretien P13" in said
    phone.click("B1-14", card="tem-011")
    assert "tem-011" in phone.reads("B1-14")
    assert phone.clicks == 3


ASKING = "Demander le retrait ou la correction d’une parole"


def test_ask_for_withdrawal(phone):
    """Know in one tap, from the home page or from the voices, how to ask for a withdrawal without saying one's name."""
    phone.click("comment demander un retrait")
    assert phone.sees_at_once(ASKING)
    assert phone.sees("Écrivez à cette adresse", "vous n’avez pas à dire qui vous êtes")
    assert phone.clicks == 1
    phone.click("Menu")
    phone.click("Voix")
    phone.click("comment le demander")
    assert phone.sees_at_once(ASKING)
    assert phone.clicks == 4


@pytest.mark.parametrize("words", ["retrait", "retirer ma parole"])
def test_withdrawal_by_the_search_box(phone, words):
    """Type it as it comes, and be told how."""
    phone.click("Menu")
    phone.search(words)
    phone.click(ASKING)
    assert phone.sees("donnez seulement le numéro de la voix")
    assert phone.clicks == 3


def test_plain_french(phone):
    """Understand what concerns oneself: short sentences, no acronym that is not spelled out."""
    for page in ("Données personnelles", "Voix"):
        phone.click("Menu")
        phone.click(page)
        words = sentence_lengths(phone.page.content())
        assert sum(words) / len(words) <= 22, page
    phone.click("Menu")
    phone.click("Données personnelles")
    assert not phone.page.locator("main").get_by_text("RGPD").count()
    assert phone.sees("Commission nationale de l’informatique et des libertés (CNIL)")
