"""Know who may be named: the list, part of a study's data, of those who act in public, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.disclosure.identifying import Hit
from pic_analysis.disclosure.words import plain_words
from pic_analysis.paths import PUBLIC_FIGURES
from pic_analysis.problems import Problem
from pic_analysis.reading.tables import read_table

FILE = PUBLIC_FIGURES
COLUMNS = ("name", "function", "why")
_SEPARATOR = " ; "
_TITLES = "m mm mr mme mmes mlle mlles dr monsieur madame mademoiselle docteur expert auteur personne"
_NO_PART = frozenset(_TITLES.split())
_ARTICLES = frozenset(["le", "la", "l", "du", "au", "notre", "votre", "son", "sa", "leur", "ce", "cet", "cette"])


@dataclass(frozen=True)
class PublicFigure:
    """Somebody who acts in public, or a name that is nobody's: printed forms, function, and why it may be printed.

    ``name`` and ``function`` may hold several forms, separated by `` ; ``: what the scan finds must be one of them.
    """

    name: str
    function: str
    why: str

    def covers(self, hit: Hit) -> bool:
        """Say whether what the scan found is this person.

        Examples
        --------
        >>> mayor = PublicFigure("Anne Durand ; A. Durand", "maire ; maire d’Essai", "élue")
        >>> [mayor.covers(Hit("name", text)) for text in ("Mme Durand", "Durand Anne", "Anne", "Anne Petit")]
        [True, True, False, False]
        >>> [mayor.covers(Hit("function", text)) for text in ("Le maire", "du maire d’Essai", "le maire de Lens")]
        [True, True, False]
        """
        if hit.kind == "function":
            words = hit.words[1:] if hit.words[0] in _ARTICLES else hit.words
            return words in map(plain_words, self.function.split(_SEPARATOR))
        forms = [plain_words(form) for form in self.name.split(_SEPARATOR)]
        words = tuple(word for word in hit.words if word not in _NO_PART)
        return any(form and (words == form or ({*words} <= {*form} and form[-1] in words)) for form in forms)


def read_figures(folder: Path) -> tuple[tuple[PublicFigure, ...], tuple[Problem, ...]]:
    """Return the list of a study's raw folder, empty if it has none, and what is wrong with it.

    A line without a reason is a problem: nobody is named without one.
    """
    path = folder / FILE
    if not path.is_file():
        return (), ()
    raw = read_table(path, COLUMNS)
    problems = list(raw.problems)
    figures = []
    for row, cells in raw.frame.iterrows():
        name, function, why = (str(cells[column]).strip() for column in COLUMNS)
        figures.append(PublicFigure(name, function, why))
        if not why:
            problems.append(
                Problem(FILE, int(str(row)), "why", name, "le motif est obligatoire : qui agit en public ?")
            )
    return tuple(figure for figure in figures if figure.why), tuple(problems)


def who(hit: Hit, figures: Sequence[PublicFigure]) -> PublicFigure | None:
    """Return the public figure that the scan found; None if it is nobody of the list."""
    return next((figure for figure in figures if figure.covers(hit)), None)
