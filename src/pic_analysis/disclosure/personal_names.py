"""Find names of people and their initials, as they are written: with a title, in capitals, signed, in an identifier."""

from __future__ import annotations

import re
from collections.abc import Collection

from pic_analysis.disclosure.words import CAPITALS, EDGE, END, GAP, LOW, NO_NAME, PARTICLE, UP, WORD, Span, plain_words
from pic_analysis.given_names import ALSO_WORDS, GIVEN_NAMES

# « M » with no dot opens other things too, and « 3 M » is an amount.
CIVILITY = re.compile(
    rf"{EDGE}(?<!\d{GAP})(?:MM?\.?|Mr\.?|Mmes?\.?|Mlles?\.?|Dr\.?|Monsieur|Madame|Mademoiselle|Docteur){GAP}+"
    rf"(?:{PARTICLE}{GAP}+)?(?:{WORD}|[{UP}]{{2,}}|[{UP}]\.?)(?:{GAP}+(?:{WORD}|[{UP}]{{2,}})){{0,2}}{END}"
)
LOWERED = re.compile(
    rf"{EDGE}(?<!\d{GAP})(?:MM?\.|(?:[Mm]r|[Mm]mes?|[Mm]lles?|[Dd]r)\.?|(?<!un{GAP})(?<!le{GAP})(?<!ce{GAP})(?<!une{GAP})"
    rf"(?<!du{GAP})(?:[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)){GAP}+(?:{PARTICLE}{GAP}+)?"
    rf"([{LOW}]{{2,}}(?:-[{LOW}]+)*|{WORD}){END}"
)
SEQUENCE = re.compile(rf"{EDGE}{WORD}(?:{GAP}+(?:{PARTICLE}{GAP}+)?(?:{WORD}|[{UP}]{{3,}}{END})){{1,3}}{END}")
IN_CAPITALS = re.compile(rf"{EDGE}(?:{CAPITALS}|{WORD})(?:{GAP}+(?:{CAPITALS}|{WORD})){{1,2}}{END}")
INITIAL_LAST = re.compile(rf"{EDGE}({WORD}){GAP}+[{UP}](?:\.(?:-?[{UP}]\.)?|(?![{UP}{LOW}\d’'.-]))(?![{UP}{LOW}\d])")
ALONE = re.compile(rf"(?<=[{LOW},:]{GAP}){WORD}{END}")
SIGNED = re.compile(
    rf"{EDGE}(?:[{UP}]{{3,}}(?:-[{UP}]+)?{GAP}+[{UP}]\.(?:-?[{UP}]\.)?|(?:[{UP}]\.-?){{1,2}}{GAP}*{WORD}){END}"
)
INITIALS = re.compile(
    rf"{EDGE}(?:(?:[{UP}]\.[-\u00a0 ]?){{2,3}}(?!{WORD})|(?:itw|entretien|interview)[_-][{UP}]{{2,3}}{END})"
)
SLUG = re.compile(r"(?<![\w/.-])[^\W\d_]+(?:[-_]\w+)+(?![\w-])")
_LISTS = """
    annexe axe bloc cas chapitre classe code codeur codeuse colonne commune conclusion encadre entretien etape figure
    formule groupe hypothese lettre lien lot modele niveau note option paquet partie phase plan point question quartier
    section serie site tableau theme type variable version voir volet zone
"""
_NUMBERED = frozenset(_LISTS.split())
"""What a letter numbers: « Annexe A. » is no more somebody than « Groupe B »."""
_CALLED = """
    et ou est a ont sont qui que ne se y il elle on pas tout tous toute madame monsieur mesdames messieurs mademoiselle
    maire maires adjoint adjointe president presidente directeur directrice conseiller conseillere depute deputee
    senateur senatrice prefet prefete ministre cure secretaire responsable x
"""
_NOT_CALLED = NO_NAME | frozenset(_CALLED.split())
"""What may follow « Madame », « M. », in lower case, and is no surname."""


def sequence(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep two capitalised words or more, from the first that is a given name, or no word of the language."""
    parts = [part for part in re.finditer(r"[^ \u00a0\u202f]+", match.group()) if part.group()[0].isupper()]
    words = [plain_words(part.group()) for part in parts]
    for n in range(len(parts) - 1):
        first = words[n][0]
        rare = first not in common and first not in NO_NAME
        if first in GIVEN_NAMES or (first in ALSO_WORDS and not {*words[n + 1]} & {*common}) or rare:
            return match.start() + parts[n].start(), match.end()
    return None


def signed(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep an initial with a surname, not the letter that opens a line."""
    surname = match.group().endswith(".") or not {*plain_words(match.group().rpartition(".")[2])} & {*common}
    return match.span() if surname else None


def given_name(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep a given name alone within a sentence, unless it is a word too."""
    words = plain_words(match.group())
    return match.span() if all(word in GIVEN_NAMES and word not in common for word in words) else None


def slug(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep identifiers made of a given name and of what is no word: ``expert-anne-durand``."""
    words = [word for word in plain_words(match.group()) if word not in ("de", "du", "la", "le", "des")]
    pairs = zip(words, words[1:], strict=False)
    named = any(a in GIVEN_NAMES and not {a, b} & {*common} and not b.isdigit() for a, b in pairs)
    signed = len(words) > 1 and words[0] in ("expert", "personne", "auteur") and not {*words[1:]} & {*common}
    return match.span() if named or signed else None


def capitals(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep a given name beside a word in capitals that is none of the language: ``DURAND Paul``, ``PAUL DURAND``."""
    parts = [*re.finditer(r"[^ \u00a0\u202f]+", match.group())]
    for one, two in zip(parts, parts[1:], strict=False):
        for given, other in ((one.group(), two.group()), (two.group(), one.group())):
            surname = {*plain_words(other)}
            if len(other) < 3 or not other.isupper() or _known(surname, common) or surname <= GIVEN_NAMES:
                continue
            named = {*plain_words(given)} & GIVEN_NAMES
            if named and not (given.isupper() and _known(named, common)):
                return match.start() + one.start(), match.start() + two.end()
    return None


def initial_last(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep ``Dupont J.`` and ``Paul D.``, not what a letter numbers."""
    words = {*plain_words(match.group(1))}
    if words <= GIVEN_NAMES and (match.group().endswith(".") or not _known(words, common)):
        return match.span()
    rare = match.group().endswith(".") and not _known(words, common) and not words & (_NUMBERED | ALSO_WORDS)
    return match.span() if rare else None


def lowered(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep a civility before a surname without its capital.

    The words of the texts are of no help: the surname stands among them.
    """
    return match.span() if not {*plain_words(match.group(1))} & _NOT_CALLED else None


def _known(words: Collection[str], common: Collection[str]) -> bool:
    """Say whether one of some words is a word of the language, as far as is known."""
    return any(word in common or word in NO_NAME for word in words)
