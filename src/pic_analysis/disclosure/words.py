"""Know what words are made of, for the rules that look for people: letters, capitals, words that are never a name."""

from __future__ import annotations

import re
import unicodedata

UP, LOW = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ", "a-zàâäçéèêëîïôöùûüÿœ"
GAP = r"[ \u00a0\u202f]"
WORD = rf"[{UP}][{LOW}]+(?:[-’'][{UP}{LOW}]+)*"
"""A word with a capital."""
CAPITALS = rf"[{UP}]{{2,}}(?:[-’'][{UP}]+)*"
"""A word all in capitals."""
EDGE = rf"(?<![{UP}{LOW}\d’'_-])"
END = rf"(?![{UP}{LOW}\d_]|-[{UP}{LOW}])"
PARTICLE = r"(?:du|de|de la|des|le|la|van|von|ben|el)"

_DETERMINERS = "le la les un une des du de d l au aux a en et avec dans pour par sur ce ces selon"
# A coefficient bears the name of who described it, and is nobody: « Alpha de Krippendorff ».
_COEFFICIENTS = "alpha kappa"
NO_NAME = frozenset((*_DETERMINERS.split(), *_COEFFICIENTS.split()))

Span = tuple[int, int]


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents, capitals or punctuation.

    >>> plain_words("Jean-François d’Artagnan")
    ('jean', 'francois', 'd', 'artagnan')
    """
    straight = re.sub(r"[’'‘]", " ", text.casefold().replace("œ", "oe"))
    flat = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return tuple(re.findall(r"[a-z0-9@+]+", flat))
