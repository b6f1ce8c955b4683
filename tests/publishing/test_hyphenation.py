"""Words of the printed book: cut where French printers cut them, and nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.publishing.hyphenation import SOFT_HYPHEN, hyphenated


def shown(fragment: str) -> str:
    """Return a hyphenated fragment with its cuts as visible dashes."""
    return hyphenated(fragment).replace(SOFT_HYPHEN, "-")


# Divisions of the « Lexique des règles typographiques en usage à l’Imprimerie nationale »: by syllable, between two
# consonants, never between two vowels, never inside ch, gn, ph, tr.
@pytest.mark.parametrize(
    "word",
    ["déve-lop-pe-ment", "ter-ri-toire", "ensei-gne-ment", "expé-ri-men-ta-tion", "construc-tion", "appren-tis-sage"],
)
def test_a_word_is_cut_by_syllables(word):
    assert shown(f"<p>Le {word.replace('-', '')} suit.</p>") == f"<p>Le {word} suit.</p>"


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>Les conclusions retenues ici</h2>",
        '<p class="fiche-titre" role="heading" aria-level="3">Les conclusions retenues ici</p>',
        "<th>Conclusions retenues ici</th>",
        "<p><code>conclusions retenues</code> ici</p>",
        "<pre>conclusions <span>retenues</span> ici</pre>",
        '<p><span class="fichier">conclusions retenues</span> ici</p>',
        '<p><em lang="en">contribution analysis</em> ici</p>',
        '<p id="conclusions-retenues" title="les conclusions retenues">a</p>',
        '<img src="a.svg" alt="Trente conclusions retenues ici">',
        "<p>Voir https://conclusions.retenues/ici conclusions.retenues et conclusions_retenues ici</p>",
        "<p>Loos Gohelle Charbonnages UNESCO 12345678 CCL0512345 ici</p>",
        "<p>Un demi-consentement ici, quelques petits jours après</p>",
        "<p>la conclusion</p><td>6 sources indépendantes\N{NO-BREAK SPACE}»</td>",
    ],
    ids=lambda kept: re.sub(r"\W+", " ", kept)[:30],
)
def test_what_is_no_running_text_is_kept_whole(kept):
    assert shown(kept) == kept


def test_text_goes_on_after_what_is_kept_whole():
    assert shown("<p><code>conclusions</code> des conclusions nettes</p>").endswith(
        "</code> des conclu-sions nettes</p>"
    )
    assert shown("<h2>Les conclusions</h2><p>des conclusions nettes</p>").endswith("<p>des conclu-sions nettes</p>")


def test_entities_stay_entities():
    assert shown("<p>concertation &lt; consultation &amp; autres</p>") == (
        "<p>concer-ta-tion &lt; consul-ta-tion &amp; autres</p>"
    )


@given(st.text(alphabet="abcdeéilnoprstu 'œ-_.1/LÉ\N{NO-BREAK SPACE}", max_size=80))
def test_any_text_is_the_same_without_its_cuts_which_leave_three_letters(text):
    got = hyphenated(f"<p>{text}</p>")
    assert got.replace(SOFT_HYPHEN, "") == f"<p>{text}</p>"
    for word in re.findall(r"[^\W\d_]*\N{SOFT HYPHEN}[^\W\d_\N{SOFT HYPHEN}]*(?:\N{SOFT HYPHEN}[^\W\d_]+)*", got):
        parts = word.split(SOFT_HYPHEN)
        assert len("".join(parts)) >= 7
        assert min(len(parts[0]), len(parts[-1])) >= 3
