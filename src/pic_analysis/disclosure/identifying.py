"""Find in a text what may tell who somebody is: names, initials, addresses, numbers, functions that one person holds.

A rule does not know people: it finds forms, and somebody judges. What is found stays refused until the study's list of
public figures covers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from pic_analysis.disclosure import contacts, offices, personal_names
from pic_analysis.disclosure.words import LOW, Span, plain_words

KINDS_FR = {
    "email": "adresse électronique",
    "telephone": "numéro de téléphone",
    "name": "nom de personne",
    "initials": "initiales",
    "function": "fonction qu’une seule personne exerce",
}


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


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that the texts also write in lower case: a name never is.

    >>> sorted(common_words(["La Culture commune", "une culture, Emelianoff"]))
    ['commune', 'culture', 'une']
    """
    found: set[str] = set()
    for text in texts:
        found.update(re.findall(rf"(?<![\w@.-])[{LOW}]{{2,}}(?![\w@_]|\.[{LOW}])", text))
    return frozenset(word for raw in found for word in plain_words(raw))


def identifying(text: str, common: Collection[str] = frozenset(), known: Iterable[int] | None = None) -> Iterator[Hit]:
    """Yield everything in a text that may tell who somebody is.

    Parameters
    ----------
    text
        One paragraph, one cell of a table.
    common
        Words that are no names, as `common_words` finds them in the whole of what is published.
    known
        Its `forms`, if they were looked for before.

    Examples
    --------
    >>> [hit.text for hit in identifying("Écrire à a.b@ville.fr ou au 03 21 00 00 00.")]
    ['a.b@ville.fr', '03 21 00 00 00']
    >>> [hit.text for hit in identifying("D’après Cyria Emelianoff, la directrice de la régie a aidé Mme Durand.")]
    ['Mme Durand', 'Cyria Emelianoff', 'la directrice de la régie']
    """
    taken: list[tuple[int, int]] = []
    for kind, pattern, kept in (_RULES[form] for form in (forms(text) if known is None else known)):
        for match in pattern.finditer(text):
            if (span := kept(match, common)) and not any(span[0] < b and a < span[1] for a, b in taken):
                start, end = span
                taken.append(span)
                around = " ".join(text[max(0, start - 40) : end + 40].split())
                yield Hit(kind, " ".join(text[start:end].split()), around)


def forms(text: str) -> tuple[int, ...]:
    """Return the numbers of the rules that find their form in a text; where there is none, nobody can be told from it.

    >>> forms("Un jardin partagé."), bool(forms("Voir La Culture commune."))
    ((), True)
    """
    return tuple(number for number, (_, pattern, _) in enumerate(_RULES) if pattern.search(text))


def _any(match: re.Match[str], common: Collection[str]) -> Span | None:
    return match.span()


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Collection[str]], Span | None]], ...] = (
    ("email", contacts.EMAIL, _any),
    ("email", contacts.LOGIN, contacts.login),
    ("telephone", contacts.TELEPHONE, _any),
    ("name", personal_names.CIVILITY, _any),
    ("name", personal_names.LOWERED, personal_names.lowered),
    ("name", personal_names.SIGNED, personal_names.signed),
    ("name", personal_names.INITIAL_LAST, personal_names.initial_last),
    ("initials", personal_names.INITIALS, _any),
    ("name", personal_names.IN_CAPITALS, personal_names.capitals),
    ("name", personal_names.SEQUENCE, personal_names.sequence),
    ("name", personal_names.SLUG, personal_names.slug),
    ("name", personal_names.ALONE, personal_names.given_name),
    ("function", offices.RANKED, _any),
    ("function", offices.IN_CHARGE, _any),
    ("function", offices.FUNCTION, offices.one_person),
    ("function", offices.TITLE, _any),
    ("function", offices.ALONE, _any),
)
