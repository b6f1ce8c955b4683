"""Say where the text of a built page is not French as a careful printer sets it, beyond what is set by itself.

:mod:`pic_analysis.publishing.typography` puts the spaces and apostrophes right; what is here wants another word, a
formatter of :mod:`pic_analysis.numbers_fr`, or a correction of the data. Quotations are left as their source prints
them. Rules of spelling and typography: Lexique des règles typographiques en usage à l’Imprimerie nationale (2002).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pic_analysis.publishing.typography_html import lines


class Rule(NamedTuple):
    """What is a fault, and what to write."""

    fault: re.Pattern[str]
    hint: str


_QUOTED = re.compile(r"«[^«»]*»")
# Their own numbers have points.
_VERSIONED = re.compile(
    r"(?:Licence Ouverte|Python|Jupyter Book|RGAA|RGESN|WCAG|CC[ -]BY(?:-[A-Z]+)?|[Vv]ersion|v)[\s\u00a0-]\d+(?:\.\d+)+"
)
_ENGLISH = (
    "and|click|contents?|copyright|created using|download|edit|figure \\d|from|hide|home|index of|last updated|link to|"
    "menu of|next|note:|page source|permalink|previous|search|see also|show|skip|source code|table of|"
    "the|this (?:page|heading|image|table)|toggle|warning|with|your"
)
_ASIDE = re.compile(r"<(nav|h[1-6]|summary|script)\b.*?</\1>", re.DOTALL)
_HEARD = re.compile(r' (?:title|alt|aria-label|placeholder)="[^"]*"')
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«\d])")

RULES: dict[str, Rule] = {
    "décimale": Rule(
        # 3.1 is a section of the report; its numbers are of one digit from one to nine. « 10.9. Informations » and
        # « critère 10.9 » number a list; 10.1093/… is a DOI.
        re.compile(
            r"(?<![\w.,/§-])(?<!critère.)(?!10\.\d{4,9}/)(?![1-9]\.[1-9](?!\d))\d+\.\d+(?!\w|\.\d|\.\s[A-ZÀ-Þ])"
        ),
        "une virgule décimale (numbers_fr)",
    ),
    "date": Rule(re.compile(r"(?<![\w/.-])\d{4}-[01]\d(?:-[0-3]\d)?(?![\w-])"), "la date en lettres (numbers_fr.date)"),
    "milliers": Rule(
        # Five digits are a postal or official code where nothing but letters says so; six or more are never one.
        re.compile(r"(?<![\w.,/-])\d{6,}(?![\w/-])"),
        "des espaces entre les milliers (numbers_fr.integer)",
    ),
    "valeur de programme": Rule(re.compile(r"\b(?:nan|NaN|NaT|None|True|False)\b|<NA>"), "« n. d. », « … », oui, non"),
    "signe moins": Rule(re.compile(r"(?<![\w)\]])-\d"), "le signe − (numbers_fr)"),
    "guillemets": Rule(re.compile('"[^"]*"?'), "« »"),
    "espaces": Rule(re.compile(r"\S[ \u00a0\u202f]{2,}\S"), "une seule espace"),
    "ordinal": Rule(re.compile(r"\b(?:1(?:ère|ere|ier)|\d+(?:ème|ième|éme|eme|nde?))s?\b"), "1er, 1re, 2e"),
    "numéro": Rule(re.compile(r"\b(?:N°|No\.?|no\.) ?\d"), "n°"),
    "capitale": Rule(
        re.compile(
            r"\b(?:E(?:tats?|coles?|tudes?|valuations?|carts?|nergies?|lue?s?|volutions?|tapes?|v[ée]nements?|galement|"
            r"quipements?|ditions?|quipes?|cologie|conomies?)|Iles?|Ca)\b|\bA(?=[\s\u00a0](?:partir|défaut|noter|savoir|lire|"
            r"côté|la|l’|ce)\b)"
        ),
        "la capitale garde son accent",
    ),
    "ligature": Rule(re.compile(r"\b(?:oeu|coeur|noeud|soeur|oeil|moeurs|voeu)\w*", re.IGNORECASE), "œ"),
    "etc.": Rule(re.compile(r"\betc(?:…|\.{2,})"), "etc."),
    "opérateur": Rule(re.compile(r"(?<=[\s\u00a0])(?:<=|>=|!=|->|=>|==)(?=[\s\u00a0])"), "≤, ≥, ≠, → ou des mots"),
    # A part of a name with hyphens (a rule of axe, a package) is no word.
    "anglais": Rule(re.compile(rf"(?<![\w-])(?:{_ENGLISH})(?![\w-])", re.IGNORECASE), "un mot français"),
}


def faults(page: str, meant: re.Pattern[str] | None = None) -> list[str]:
    """Return what the text of a page sets wrongly, one French sentence each, in the order of the page.

    Parameters
    ----------
    page
        The whole page, in HTML: its text and its attributes that are read aloud are checked; code, SVG and scripts,
        quotations and numbers of versions are not.
    meant
        What is meant to stand as it is: names, titles of works in English.

    Examples
    --------
    >>> faults("<p>Le 2ème constat.</p>")
    ['ordinal : « Le 2ème constat. » ; écrire 1er, 1re, 2e']
    >>> faults("<p>Le rapport écrit « Etat » ; section 3.1, Licence Ouverte 2.0.</p>")
    []
    """
    found: dict[str, None] = {}
    for line in lines(page):
        text = _QUOTED.sub("« »", line.replace("\n", " "))
        for passage in (_VERSIONED, meant):
            text = passage.sub("·", text) if passage else text
        for name, rule in RULES.items():
            for fault in rule.fault.finditer(text):
                start, stop = max(0, fault.start() - 10), fault.end() + 10
                found[f"{name} : « {text[start:stop].strip()} » ; écrire {rule.hint}"] = None
    return [*found]


def sentence_lengths(page: str) -> list[int]:
    """Return the number of words of each sentence of a page's text; titles, menus and what is only heard left out.

    >>> sentence_lengths("<main><h1>Titre</h1><p>Un récit <b>clair</b> aide. Tous n’y adhèrent pas.</p></main>")
    [4, 4]
    """
    text = _ASIDE.sub("", page[page.find("<main") : page.rfind("</main>")])
    found = []
    for line in lines(_HEARD.sub("", text)):
        for sentence in _SENTENCE.split(" ".join(line.split())):
            found.append(sum(bool(re.search(r"\w", word)) for word in sentence.split()))
    return [number for number in found if number]
