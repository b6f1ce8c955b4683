"""Check the answers of the annual state: every figure is a reference that resolves, and no word claims a cause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pic_analysis.causality import CLAIM, causal_words
from pic_analysis.vocabulary import nearest

REFERENCE = re.compile(r"\{([^{}]*)\}")
"""A figure that stands in a text: ``{P03 ZE2020-3215 2019}`` (an observation), ``{FAI023}`` (a fact of the sources)."""

_UNIT_TWICE = re.compile(
    r"\{\s*\S+\s+\S+\s+\S+\s*\}\s*(?:[%€]|(?:ha|hectares?|euros?|kWh|kilowattheures?|m³|mètres? cubes?)\b)"
)
_YEAR = re.compile(r"(19\d\d|20\d\d|2100)")
_AROUND = re.compile(r"[\s’'()«»“”;:?!]+")
_EXPECTED = "attendu : {indicateur territoire période}, par exemple {P03 ZE2020-3215 2019}, ou {FAI023}"


def faults(
    text: str, observed: Collection[tuple[str, ...]], facts: Collection[str], names: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with an answer: the words, what was expected, the nearest reference.

    Parameters
    ----------
    text
        The answer.
    observed
        Indicator, territory and period of every observation.
    facts
        Identifiers of the facts of the sources.
    names
        Words with figures that are names, not numbers: those of the territories, indicators and case studies.

    Examples
    --------
    >>> [*faults("En 2019, {P03 ZE2020-3215 2019} ; 12 % de plus.", {("P03", "ZE2020-3215", "2019")}, (), ())]
    [('12', 'chiffre écrit à la main : un renvoi le prend dans les tables, par exemple {P03 ZE2020-3215 2019}', '')]
    """
    for reference in REFERENCE.findall(text):
        parts = tuple(reference.split())
        if len(parts) == 3:
            if parts not in observed:
                said = "aucune observation n’a cette clé"
                yield f"{{{reference}}}", said, nearest(reference, _near(parts, observed))
        elif len(parts) != 1 or not parts[0].startswith("FAI"):
            yield f"{{{reference}}}", _EXPECTED, ""
        elif parts[0] not in facts:
            yield f"{{{reference}}}", "aucun fait de facts.csv n’a cet identifiant", nearest(parts[0], facts)
    for found in _UNIT_TWICE.findall(text):
        yield found, "sans ce signe : un renvoi à une observation apporte celui de son unité", ""
    bare = REFERENCE.sub(" ", text)
    for word in _AROUND.split(bare):
        word = word.strip(".,…")
        if any(sign.isdecimal() for sign in word) and not (word in names or _years(word)):
            said = "chiffre écrit à la main : un renvoi le prend dans les tables, par exemple {P03 ZE2020-3215 2019}"
            yield word, said, ""
    for words in causal_words(bare):
        yield words, CLAIM, ""


def names_with_figures(labels: Iterable[str]) -> set[str]:
    """Return the words of labels that hold figures.

    >>> sorted(names_with_figures(["Base 11/19 et éco-activités", "dispositif 50/50"]))
    ['11/19', '50/50']
    """
    words = (word.strip(".,…") for label in labels for word in _AROUND.split(label))
    return {word for word in words if any(sign.isdecimal() for sign in word)}


def _years(word: str) -> bool:
    """Say whether a word is a year, or two with a dash between."""
    return all(_YEAR.fullmatch(part) for part in re.split(r"[-–—]", word))


def _near(parts: tuple[str, ...], observed: Collection[tuple[str, ...]]) -> list[str]:
    """Return the references that may have been meant: those that share the indicator, else all."""
    own = [" ".join(key) for key in observed if key[0] == parts[0]]
    return own or sorted({key[0] for key in observed})
