"""Read French prose as a guard: what a sentence asserts, with which verb, on which claims, with which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pic_analysis.vocabulary import CONFIDENCES

ATTRIBUTED = "attributed"
"""Key, among a study's verbs, of the phrases by which a sentence says that it repeats the report."""

_QUOTED = re.compile(r"«[^»]*»")
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\bcf\.)(?<!\bp\.)(?<!\bex\.)\s+")
# A sentence that only sends the reader elsewhere belongs to the one before: « … prouve son effet. Voir CCL01. »
_CITATION_ONLY = re.compile(
    r"^(?:[(\[]?\s*(?:[,;]?\s*(?:et\s+)?⟦[^⟧]+⟧\s*)+[)\].]*|\(?(?:voir|cf\.?|lire|source\w*)\b[^.]*⟦[^⟧]+⟧[)\].]*)$",
    re.I,
)
_CLAUSE = re.compile(r"\s*(?:;|(?<=\s):|,?\s\bmais\b)\s*")
# « ne le montre pas » asserts nothing; « l’aide » and « une aide » are nouns.
_BEFORE = (
    r"(?<!\bne )(?<!\bne le )(?<!\bne la )(?<!\bne les )(?<!\bn’)(?<!\bl’)(?<!\bd’)(?<!\bune )(?<!\bcette )(?<!\bleur )"
)
_LEVEL = re.compile(r"\bconfiance\W+(?:\w+\W+){0,3}?(?:faible|moyenne|élevée)\b", re.IGNORECASE)
_SOURCES = re.compile(r"\d\s+sources? indépendantes?")
_REASON = re.compile(r"\bétendue\b.*\bconcordance\b", re.DOTALL)

# What is not prose in a page's source, and may hold digits: replaced, in this order.
_NOT_PROSE = (
    (re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)\s*$", re.DOTALL | re.MULTILINE), " "),
    (re.compile(r"^:{3,}.*$|^:[\w-]+:.*$", re.MULTILINE), " "),  # the lines of a colon fence, not what it holds
    (re.compile(r"^(#+ Conclusion) \d+", re.MULTILINE), r"\1"),
    (re.compile(r"\{[\w-]+\}`([^`<]*?)\s<[^`]*>`"), r"\1"),  # the words of a link are read
    (re.compile(r"\{[\w-]+\}`[^`]*`|`[^`]*`"), " "),
    (re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]:?|https?://\S+"), " "),
    (re.compile(r"\{\{.*?\}\}|<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"^\s*\d+\.\s", re.MULTILINE), " "),
    (re.compile(r"\bsections? \d+(?:\.\d+)*(?:(?:,| et| à) \d+(?:\.\d+)*)*"), " "),
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, quotations left out: a quoted word is not ours.

    >>> sentences("Le rapport écrit « nettement ». La stratégie aide.")
    ['Le rapport écrit .', 'La stratégie aide.']
    >>> sentences("La stratégie aide. Voir ⟦CCL01⟧.")
    ['La stratégie aide. Voir ⟦CCL01⟧.']
    """
    found: list[str] = []
    for part in _SENTENCE.split(" ".join(_QUOTED.sub("", text.replace("'", "’")).split())):
        if found and _CITATION_ONLY.match(part):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def too_strong(sentence: str, level: str, verbs: Mapping[str, Sequence[str]]) -> str:
    """Return the first verb of a sentence that is stronger than a level of confidence allows, or nothing.

    Parameters
    ----------
    sentence
        A sentence that cites a claim. A question asserts nothing.
    level
        The confidence of the claim, a key of ``CONFIDENCES``.
    verbs
        Patterns by level, as ``study.yml`` states them; ``attributed`` ones, before the verb and in its clause, say
        that the report speaks.

    Examples
    --------
    >>> verbs = {"low": ["a pu contribuer"], "medium": ["contribue"], "high": ["prouve"]}
    >>> too_strong("La stratégie contribue au changement.", "low", verbs)
    'contribue'
    >>> too_strong("La stratégie contribue au changement.", "medium", verbs)
    ''
    """
    if sentence.rstrip(" ⟦⟧)").endswith("?"):
        return ""
    above = [*CONFIDENCES][[*CONFIDENCES].index(level) + 1 :]
    patterns = [pattern for name in above for pattern in verbs.get(name, ())]
    for clause in _CLAUSE.split(sentence.replace("'", "’")):
        found = _first(clause, patterns)
        if found and not _first(clause[: clause.index(found)], verbs.get(ATTRIBUTED, ())):
            return found
    return ""


def _first(text: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        if found := re.search(rf"{_BEFORE}\b(?:{pattern})(?!\w)", text, re.IGNORECASE):
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

    Code, roles, addresses, sections of the report, the numbers of a list and of a conclusion are not prose.

    >>> typed_numbers("# Conclusion 5\n\nDes {valeur}`nombre-voix` voix, 12 sont fermes (section 3.2.1).")
    ['12']
    """
    for pattern, kept in _NOT_PROSE:
        source = pattern.sub(kept, source)
    return re.findall(r"(?<![\w-])\d+(?:[.,]\d+)*", source)


def bare_level(text: str) -> bool:
    """Say whether a text gives a level of confidence without its number of sources or without its reason.

    Each level needs its own number of sources: the reason of one claim does not cover another.

    >>> bare_level("Confiance moyenne.")
    True
    >>> bare_level("Confiance moyenne : étendue limitée (3 sources indépendantes) et concordance forte.")
    False
    """
    levels = len(_LEVEL.findall(text))
    return bool(levels) and not (len(_SOURCES.findall(text)) >= levels and _REASON.search(text))
