"""Find in a text what may tell who somebody is: names, initials, addresses, numbers, functions that one person holds.

A rule does not know people: it finds forms, and somebody judges. What is found stays refused until the study's list of
public figures covers it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from pic_analysis.disclosure.given_names import ALSO_WORDS, GIVEN_NAMES

KINDS_FR = {
    "email": "adresse électronique",
    "telephone": "numéro de téléphone",
    "name": "nom de personne",
    "initials": "initiales",
    "function": "fonction qu’une seule personne exerce",
}

_UP, _LOW = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ", "a-zàâäçéèêëîïôöùûüÿœ"
_GAP = r"[ \u00a0\u202f]"
_WORD = rf"[{_UP}][{_LOW}]+(?:[-’'][{_UP}{_LOW}]+)*"
_PARTICLE = r"(?:du|de|de la|des|le|la|van|von|ben|el)"
_EDGE = rf"(?<![{_UP}{_LOW}\d’'_-])"
_END = rf"(?![{_UP}{_LOW}\d_]|-[{_UP}{_LOW}])"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+33[ \u00a0.]?(?:\(0\))?|0)[1-9](?:[ \u00a0\u202f.-]?\d{2}){4}(?!\w)")
_CIVILITY = re.compile(
    rf"{_EDGE}(?:MM?\.|Mr\.?|Mmes?\.?|Mlles?\.?|Dr\.?|Monsieur|Madame|Mademoiselle|Docteur){_GAP}+"
    rf"(?:{_PARTICLE}{_GAP}+)?(?:{_WORD}|[{_UP}]{{2,}}|[{_UP}]\.?)(?:{_GAP}+(?:{_WORD}|[{_UP}]{{2,}})){{0,2}}{_END}"
)
_SEQUENCE = re.compile(rf"{_EDGE}{_WORD}(?:{_GAP}+(?:{_PARTICLE}{_GAP}+)?(?:{_WORD}|[{_UP}]{{3,}}{_END})){{1,3}}{_END}")
_ALONE = re.compile(rf"(?<=[{_LOW},:]{_GAP}){_WORD}{_END}")
_SIGNED = re.compile(
    rf"{_EDGE}(?:[{_UP}]{{3,}}(?:-[{_UP}]+)?{_GAP}+[{_UP}]\.(?:-?[{_UP}]\.)?|(?:[{_UP}]\.-?){{1,2}}{_GAP}*{_WORD}){_END}"
)
_INITIALS = re.compile(
    rf"{_EDGE}(?:(?:[{_UP}]\.[-\u00a0 ]?){{2,3}}(?!{_WORD})|(?:itw|entretien|interview)[_-][{_UP}]{{2,3}}{_END})"
)
_SLUG = re.compile(r"(?<![\w/.-])[^\W\d_]+(?:[-_]\w+)+(?![\w-])")
# Of these, a commune or an organisation has one: named with it, each is a person.
_OFFICES = (
    r"maires?|maire[- ]adjointe?|adjointe? au maire|vice-présidente?|présidente?|direct(?:eur|rice)|secrétaire|"
    r"responsable|cheff?e?|gérante?|curé|médecin|instit(?:uteur|utrice)|principal|proviseure?|coordinat(?:eur|rice)|"
    r"fondat(?:eur|rice)|trésori(?:er|ère)|députée?|sénat(?:eur|rice)|sous-préfet|préfète?|DGS|conseill(?:er|ère)"
)
_ALWAYS_ONE = {"maire", "cure", "dgs"}
_DETERMINERS = "le la les un une des du de d l au aux a en et avec dans pour par sur ce ces selon"
_NO_NAME = frozenset(_DETERMINERS.split())
_LINK = r"(?:de la|de l[’']|du|des|de|d[’']|en charge|chargée?)"
_FUNCTION = re.compile(
    rf"(?<![{_LOW}{_UP}’'-])(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u|[Ll][’']){_GAP}*"
    rf"((?:(?:anciens?|ancienne|premi(?:er|ère)|actuel(?:le)?|précédente?){_GAP}+)?(?:{_OFFICES}))(?![{_LOW}’-])"
    rf"((?:{_GAP}+{_LINK}{_GAP}*(?:{_PARTICLE}{_GAP}+)?[\w’'-]+(?:{_GAP}+[{_UP}][\w’'-]+){{0,2}})?)"
)


@dataclass(frozen=True, order=True)
class Hit:
    """Something that may tell who somebody is: its kind, its words, and some words around."""

    kind: str
    text: str
    context: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that count, without accents, in lower case."""
        return plain_words(self.text)


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents, capitals or punctuation.

    >>> plain_words("Jean-François d’Artagnan")
    ('jean', 'francois', 'd', 'artagnan')
    """
    straight = re.sub(r"[’'‘]", " ", text.casefold().replace("œ", "oe"))
    flat = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return tuple(re.findall(r"[a-z0-9@+]+", flat))


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that the texts also write in lower case: a name never is.

    >>> sorted(common_words(["La Culture commune", "une culture, Emelianoff"]))
    ['commune', 'culture', 'une']
    """
    found: set[str] = set()
    for text in texts:
        found.update(re.findall(rf"(?<![\w@.-])[{_LOW}]{{2,}}(?![\w@_])", text))
    return frozenset(word for raw in found for word in plain_words(raw))


def identifying(text: str, common: Collection[str] = frozenset()) -> Iterator[Hit]:
    """Yield everything in a text that may tell who somebody is.

    Parameters
    ----------
    text
        One paragraph, one cell of a table.
    common
        Words that are no names, as `common_words` finds them in the whole of what is published.

    Examples
    --------
    >>> [hit.text for hit in identifying("Écrire à a.b@ville.fr ou au 03 21 00 00 00.")]
    ['a.b@ville.fr', '03 21 00 00 00']
    >>> [hit.text for hit in identifying("D’après Cyria Emelianoff, la directrice de la régie a aidé Mme Durand.")]
    ['Mme Durand', 'Cyria Emelianoff', 'la directrice de la régie']
    """
    taken: list[tuple[int, int]] = []
    for kind, pattern, kept in _RULES:
        for match in pattern.finditer(text):
            if (span := kept(match, common)) and not any(span[0] < b and a < span[1] for a, b in taken):
                start, end = span
                taken.append(span)
                around = " ".join(text[max(0, start - 40) : end + 40].split())
                yield Hit(kind, " ".join(text[start:end].split()), around)


Span = tuple[int, int]


def _any(match: re.Match[str], common: Collection[str]) -> Span | None:
    return match.span()


def _name(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep two capitalised words or more, from the first that is a given name, or no word of the language."""
    parts = [part for part in re.finditer(r"[^ \u00a0\u202f]+", match.group()) if part.group()[0].isupper()]
    words = [plain_words(part.group()) for part in parts]
    for n in range(len(parts) - 1):
        first = words[n][0]
        rare = first not in common and first not in _NO_NAME
        if first in GIVEN_NAMES or (first in ALSO_WORDS and not {*words[n + 1]} & {*common}) or rare:
            return match.start() + parts[n].start(), match.end()
    return None


def _signed(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep an initial with a surname, not the letter that opens a line."""
    surname = match.group().endswith(".") or not {*plain_words(match.group().rpartition(".")[2])} & {*common}
    return match.span() if surname else None


def _given_name(match: re.Match[str], common: Collection[str]) -> Span | None:
    words = plain_words(match.group())
    return match.span() if all(word in GIVEN_NAMES and word not in common for word in words) else None


def _slug(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep identifiers made of a given name and of what is no word: ``expert-anne-durand``."""
    words = [word for word in plain_words(match.group()) if word not in ("de", "du", "la", "le", "des")]
    pairs = zip(words, words[1:], strict=False)
    named = any(a in GIVEN_NAMES and not {a, b} & {*common} and not b.isdigit() for a, b in pairs)
    signed = len(words) > 1 and words[0] in ("expert", "personne", "auteur") and not {*words[1:]} & {*common}
    return match.span() if named or signed else None


def _one_person(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep a function named with what it is exercised in, or of which there is only one."""
    return match.span() if match.group(2) or plain_words(match.group(1))[-1] in _ALWAYS_ONE else None


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Collection[str]], Span | None]], ...] = (
    ("email", _EMAIL, _any),
    ("telephone", _TELEPHONE, _any),
    ("name", _CIVILITY, _any),
    ("name", _SIGNED, _signed),
    ("initials", _INITIALS, _any),
    ("name", _SEQUENCE, _name),
    ("name", _SLUG, _slug),
    ("name", _ALONE, _given_name),
    ("function", _FUNCTION, _one_person),
)
