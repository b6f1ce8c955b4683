"""Cut French text into the words that a reader may type: no accents, no plurals, no words that are everywhere.

``theme/static/pic_search.js`` does the same to what is typed; a test runs both on the same words.
"""

from __future__ import annotations

import re
import unicodedata

from pic_analysis.publishing.remembered import remembered

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_WORD = re.compile(r"\w+")
_AL = re.compile(r"(?:(?<!e)au|al|ail)$")
SHORTEST = 2  # but for a digit: « conclusion 5 »
_EVERYWHERE = (
    "au aux avec ce ces cet cette dans de des du elle elles en est et il ils je la le les leur leurs ma mais me "
    "mes mon ne ni on ont ou par pas pour qu que qui sa se ses si son sont sur un une vous nous"
)
STOP_WORDS = frozenset(_EVERYWHERE.split())


def folded(text: str) -> str:
    """Return a text in lower case, without accents or ligatures.

    >>> folded("Œuvre ÉVALUÉE à Noël")
    'oeuvre evaluee a noel'
    """
    # Ligatures after lower case: « Œ » is one too.
    plain = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def stem(word: str) -> str:
    """Return what the forms of a folded word share: its plural and its mute endings are cut.

    >>> stem("agriculteurs"), stem("locaux") == stem("local"), stem("communales") == stem("communal")
    ('agriculteur', True, True)
    >>> stem("bas"), stem("eaux"), stem("2016")
    ('bas', 'eau', '2016')
    """
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    short = re.sub(r"[sx]$", "", word)
    short = re.sub(r"e+$", "", short)
    short = _AL.sub("a", short)
    return short if len(short) > 2 else word


@remembered
def words(text: str) -> list[str]:
    """Return the stems of a text, in order, without the words that are everywhere.

    >>> words("L’évaluation des éco-activités : Part_PC1_1")
    ['evaluation', 'eco', 'activit', 'part_pc1_1']
    >>> words("Conclusion 5 : l’école")
    ['conclusion', '5', 'ecol']
    """
    found = _WORD.findall(folded(text))
    return [stem(word) for word in found if _kept(word) and word not in STOP_WORDS]


def _kept(word: str) -> bool:
    return len(word) >= SHORTEST or word in "0123456789"
