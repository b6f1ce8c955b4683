"""Find what words tell of people that tables hide: a small count, or the type of somebody beside the case.

No ledger holds what is written in a label: a count there was never weighed against the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pic_analysis.disclosure.words import LOW, UP, plain_words
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Case
from pic_analysis.vocabulary import STAKEHOLDER_TYPES

_FROM_TWO = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_NUMBER_OF = {word: number for number, word in enumerate(_FROM_TWO.split(), start=2)}
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(_NUMBER_OF)})"
_TYPES = {
    "elus": r"élue?s?",
    "agents": r"agente?s?",
    "habitants": r"habitante?s?",
    "associations": r"associations?",
    "agriculteurs": r"agricult(?:eur|rice)s?",
    "entreprises": r"entreprises?",
    "collectivites": r"collectivités?",
    "autres_acteurs_publics": r"acteurs? publics?",
    "autres_organisations": r"autres? organisations?",
    "chercheurs": r"chercheu(?:r|se)s?",
}
_PEOPLE = "|".join(
    (
        *_TYPES.values(),
        r"personnes?|entretiens?|acteurs?|hommes?|femmes?|voix|témoins?|gens|participante?s?|répondante?s?",
        r"(?:interviewé|enquêté|interrogé|rencontré)e?s?",
    )
)
TYPE = re.compile("|".join(_TYPES.values()), re.IGNORECASE)
"""A type of actor, as a table heads a row with it."""
_BETWEEN = r"(?:(?:des|de|les|autres?|jeunes?|seule?s?|grande?s?|petite?s?|anciens?|anciennes?|nouveaux|nouvelles)\s+)*"
_EDGE, _END = r"(?<![\w.,/’'-])(?<!d[’'])", rf"(?![{UP}{LOW}-])"
_OF = r"(?:sur|des|parmi(?:\s+les)?)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_EDGE}(?P<part>{_NUMBER})\s+{_OF}\s+(?:les\s+)?(?P<whole>{_NUMBER})\s+{_BETWEEN}(?:{_PEOPLE}){_END}",
        rf"{_EDGE}(?P<part>{_NUMBER})\s+{_BETWEEN}(?:{_PEOPLE})\s+{_OF}\s+(?P<whole>{_NUMBER})(?!\w)",
        rf"{_EDGE}(?P<under>moins de\s+)?(?P<part>{_NUMBER})\s+{_BETWEEN}(?:{_PEOPLE}){_END}",
        rf"{_EDGE}n\s?=\s?(?P<part>\d{{1,4}})(?![\w.,])",
        rf"{_EDGE}(?:(?:une?|le|la|les)\s+(?:seule?s?|uniques?)|l[’']unique)\s+(?:{_PEOPLE}){_END}",
        rf"{_EDGE}tou(?:s|tes)\s[^.;]{{0,60}}?(?:sauf|hormis|excepté)\s+(?P<part>{_NUMBER}|une?)(?!\w)",
    )
)


COUNT_HINT = "Écrivez « plusieurs », ou ôtez le nombre : les comptes ne sortent que par les tables, qui les protègent"
CROSS_HINT = "Ôtez l’un des deux, ou remplacez le type d’acteur par l’un des quatre groupes"
COUNTED = "petit compte de personnes, à ne pas publier"
CROSSED = "un type d’acteur et une étude de cas, jamais publiés ensemble"


def refused(file: str, column: str, labels: Iterable[str], cases: Sequence[Case]) -> list[Problem]:
    """Return one problem for each small count that a label tells, and for each that names a type and a case.

    Parameters
    ----------
    file, column
        Where the labels stand, as messages name it.
    labels
        What pages print beside the counts of people: the labels of the codes.
    cases
        The cases of the study.

    Examples
    --------
    >>> [problem.value for problem in refused("grille", "Intitulé", ["Fierté, dite par trois élus", "Fierté"], ())]
    ['trois élus']
    """
    problems = []
    for label in labels:
        for told in small_counts(label):
            problems.append(Problem(file, 0, column, told, COUNTED, COUNT_HINT))
        if both := crossing([label], cases):
            problems.append(Problem(file, 0, column, " + ".join(both), CROSSED, CROSS_HINT))
    return problems


def small_counts(text: str) -> Iterator[str]:
    """Yield the words that tell of fewer people than a table may show, or of how few are left.

    Examples
    --------
    >>> text = "Dit par trois élus ; par 11 habitants sur 12 ; par un seul agent ; par 30 personnes."
    >>> [*small_counts(text)]
    ['trois élus', '11 habitants sur 12', 'un seul agent']
    """
    taken: list[tuple[int, int]] = []
    for pattern in _COUNTS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if _small(match) and not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
    for start, end in sorted(taken):
        yield " ".join(text[start:end].split())


def crossing(texts: Sequence[str], cases: Sequence[Case]) -> tuple[str, str] | None:
    """Return the type of actor and the case that some texts name together; None if they do not name both.

    Parameters
    ----------
    texts
        What a reader reads together: the label of a code, those of the codes that contain it, its definition.
    cases
        The cases of the study. One is named by its identifier as the study writes it, or by a label of several words;
        by a label of one word, which may be only a word, after « cas » alone.

    Examples
    --------
    >>> from pic_analysis.reading.settings import example
    >>> crossing(["Ce que disent les élus", "cas Participation"], example().cases)
    ('élus', 'cas Participation')
    >>> crossing(["Ce que disent les élus", "Participation de chacun"], example().cases)
    """
    kinds = rf"(?<![\w-])(?:{'|'.join(_TYPES.values())}){_END}"
    kind = next((found[0] for text in texts if (found := re.search(kinds, text, re.IGNORECASE))), None)
    kind = kind or next(
        (word for text in texts for word in re.split(r"[_\s]+", text) if word in STAKEHOLDER_TYPES), None
    )
    case = next((name for text in texts for one in cases if (name := _named(text, one))), None)
    return (kind, case) if kind and case else None


def _named(text: str, case: Case) -> str:
    """Return how a text names a case; empty if it does not."""
    after = re.search(
        rf"(?<!\w)(?:cas|monographie|terrain|site)\s+(?:d[eu]\s+|d[’']|«\s?)?"
        rf"(?:{'|'.join(map(re.escape, (case.id, case.label_fr, *case.labels)))})(?!\w)",
        text,
        re.IGNORECASE,
    )
    within = re.search(
        rf"(?<=[\w,;:(/–—-]\s){re.escape(case.id)}(?!\w)|(?<=[(_/-]){re.escape(case.id)}(?![\w’'])", text
    )
    if found := after or within:
        return found[0]
    words = " ".join(plain_words(text))
    labels = (label for label in (case.label_fr, *case.labels) if len(plain_words(label)) > 1)
    whole = next((label for label in labels if f" {' '.join(plain_words(label))} " in f" {words} "), "")
    slug = re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", text)
    return whole or (case.id if slug and case.id.lower() in text.split("_") else "")


def _small(match: re.Match[str]) -> bool:
    found = {name: _value(text) for name, text in match.groupdict().items() if text and name != "under"}
    if "part" not in found:
        return True  # the only one
    part = found["part"] - (1 if match.groupdict().get("under") else 0)
    left = found["whole"] - part if "whole" in found else 0
    return 0 < part < FEWEST or 0 < left < FEWEST


def _value(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER_OF.get(text.lower(), 1)
