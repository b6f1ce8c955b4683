"""Find what leads straight to somebody: electronic addresses, hidden from robots or not, logins, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Collection

from pic_analysis.disclosure.words import GAP, NO_NAME, Span, plain_words
from pic_analysis.given_names import GIVEN_NAMES

_OPEN, _CLOSE = rf"{GAP}*[(\[{{<]{GAP}*", rf"{GAP}*[)\]}}>]{GAP}*"
_AT = rf"(?:{GAP}?[@＠]{GAP}?|{_OPEN}(?:at|arobase|chez|@){_CLOSE}|{GAP}+arobase{GAP}+)"
_DOT = rf"(?:\.|{_OPEN}(?:dot|point|\.){_CLOSE}|{GAP}+(?:dot|point){GAP}+)"
EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}[^\W\d_]{{2,}}(?![\w@])(?:{_DOT}[^\W\d_]{{2,3}}(?![\w@]))?",
    re.IGNORECASE,
)

# One way of writing throughout: a date and its hour, « 01-02-2015 12:30 », change from one to another.
_PAIRS = "|".join(rf"(?:{between}\d{{2}}){{4}}" for between in (rf"{GAP}?", r"\.", "-", "/"))
_OTHERWISE = rf"\d{{2}}(?:{GAP}\d{{2}}){{3}}|\d{{2}}(?:{GAP}\d{{3}}){{2}}"
_ABROAD = rf"(?:(?:\+|00)3[1-9]|\(\+3[1-9]\)){GAP}?[.-]?{GAP}?(?:\(0\))?{GAP}?[1-9](?:[ \u00a0\u202f./-]?\d){{7,8}}"
TELEPHONE = re.compile(rf"(?<![\w.,])(?:{_ABROAD}|0[1-9](?:{_PAIRS}|{_OTHERWISE}))(?!\w)")

LOGIN = re.compile(r"(?<![\w@./-])([^\W\d_]+(?:-[^\W\d_]+)?)\.([^\W\d_]{3,}(?:-[^\W\d_]+)?)\d{0,4}(?![\w@(/=]|[.-]\w)")
_FILES = """
    com org net info csv xls xlsx ods odt doc docx pdf txt html htm svg png jpg yml yaml json ipynb zip bib qdpx qdc
    sqlite toml xml parquet read write append
"""
_SUFFIXES = frozenset(_FILES.split())


def login(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep what is made of a given name and of what is no word, in either order: ``karim.benali``."""
    first, last = (set(plain_words(part)) for part in match.groups())
    if last & _SUFFIXES:
        return None
    for given, other in ((first, last), (last, first)):
        if given & GIVEN_NAMES and not any(word in common or word in NO_NAME for word in other):
            return match.span()
    return None
