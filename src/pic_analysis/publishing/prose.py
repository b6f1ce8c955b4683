"""Read French prose as a guard: what a sentence asserts, with which verb, on which claims, with which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pic_analysis.vocabulary import CONFIDENCES

ATTRIBUTED = "attributed"
"""Key, among a study's verbs, of the phrases by which a sentence says that it repeats the report."""

_QUOTED = re.compile(r"«[^»]*»")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_LEVEL = re.compile(r"\bconfiance (?:faible|moyenne|élevée)\b", re.IGNORECASE)
_SOURCES = re.compile(r"\d\s+sources? indépendantes?")
_REASON = re.compile(r"\bétendue\b.*\bconcordance\b", re.DOTALL)

# What is not prose in a page's source, and may hold digits.
_NOT_PROSE = (
    re.compile(r"^(?P<fence>`{3,}|:{3,}|~{3,}).*?^(?P=fence)\s*$", re.DOTALL | re.MULTILINE),
    re.compile(r"^#.*$", re.MULTILINE),
    re.compile(r"\{[\w-]+\}`[^`]*`"),
    re.compile(r"`[^`]*`"),
    re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]:?"),
    re.compile(r"\{\{.*?\}\}|<!--.*?-->", re.DOTALL),
    re.compile(r"https?://\S+"),
    re.compile(r"^\s*\d+\.\s", re.MULTILINE),
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, quotations left out: a quoted word is not ours.

    >>> sentences("Le rapport écrit « nettement ». La stratégie aide.")
    ['Le rapport écrit .', 'La stratégie aide.']
    """
    return _SENTENCE.split(" ".join(_QUOTED.sub("", text).split()))


def too_strong(sentence: str, level: str, verbs: Mapping[str, Sequence[str]]) -> str:
    """Return the first verb of a sentence that is stronger than a level of confidence allows, or nothing.

    Parameters
    ----------
    sentence
        A sentence that cites a claim.
    level
        The confidence of the claim, a key of ``CONFIDENCES``.
    verbs
        Patterns by level, as ``study.yml`` states them; ``attributed`` ones say that the report speaks.

    Examples
    --------
    >>> verbs = {"low": ["a pu contribuer"], "medium": ["contribue"], "high": ["prouve"]}
    >>> too_strong("La stratégie contribue au changement.", "low", verbs)
    'contribue'
    >>> too_strong("La stratégie contribue au changement.", "medium", verbs)
    ''
    """
    if _first(sentence, verbs.get(ATTRIBUTED, ())):
        return ""
    above = [*CONFIDENCES][[*CONFIDENCES].index(level) + 1 :]
    return next((found for name in above if (found := _first(sentence, verbs.get(name, ())))), "")


def _first(sentence: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        # « ne montre pas » asserts nothing.
        if found := re.search(rf"(?<!\bne )(?<!\bn’)\b(?:{pattern})(?!\w)", sentence, re.IGNORECASE):
            return found.group()
    return ""


def readable(pattern: str) -> str:
    """Return a verb's pattern as a reader would write it.

    >>> readable("peu(?:t|vent)"), readable("(?:a|ont) pu")
    ('peu(t/vent)', '(a/ont) pu')
    """
    return pattern.replace("(?:", "(").replace(")?", ")").replace("|", "/")


def typed_numbers(source: str) -> list[str]:
    r"""Return the numbers that a hand typed in the prose of a page or of a notebook's text.

    Titles, code, roles, links, addresses and the numbers of a list are not prose.

    >>> typed_numbers("# Conclusion 5\n\nDes {valeur}`nombre-voix` voix, 12 sont fermes.")
    ['12']
    """
    for pattern in _NOT_PROSE:
        source = pattern.sub(" ", source)
    return re.findall(r"(?<![\w-])\d+(?:[.,]\d+)*", source)


def bare_level(text: str) -> bool:
    """Say whether a text gives a level of confidence without its number of sources or without its reason.

    >>> bare_level("Confiance moyenne.")
    True
    >>> bare_level("Confiance moyenne : étendue limitée (3 sources indépendantes) et concordance forte.")
    False
    """
    return bool(_LEVEL.search(text)) and not (_SOURCES.search(text) and _REASON.search(text))
