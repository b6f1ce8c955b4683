"""Refuse what a series cannot carry: too few points, statements, breaks, causal words."""

from __future__ import annotations

from collections.abc import Iterable

from pic_analysis.causality import causal_words as causal_words  # one of the guards: read from here too
from pic_analysis.numbers_fr import count
from pic_analysis.periods import FREQUENCIES, Period, label_fr

LEAST_POINTS = 8
LEAST_CLUSTERS = 40
"""Below this number of territories the usual clustered errors are too small: Angrist & Pischke (2009), section 8.2.3;
Cameron & Miller (2015), Journal of Human Resources 50:317, section VI."""


class Refusal(ValueError):
    """An analysis that the data cannot carry; ``str`` is a French sentence that a page may show.

    ``kind`` is what is lacking: points, quality, break, unit, frequency, duplicate, clusters, territory or interval.
    """

    def __init__(self, kind: str, reason_fr: str) -> None:
        self.kind = kind
        super().__init__(reason_fr)

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str]]:
        """Let a worker process send the refusal to its parent."""
        return type(self), (self.kind, str(self))


ASSUMPTIONS_FR: dict[str, tuple[str, ...]] = {
    "rate": (
        "Les événements sont supposés indépendants les uns des autres et de rythme constant dans chaque période.",
        "Les deux périodes sont supposées comptées de la même façon.",
    ),
    "trend": (
        "Les valeurs sont supposées indépendantes d’une période à l’autre ; si elles se suivent, le test est trop sûr.",
        "La tendance décrit la série ; elle ne dit rien de ce qui la produit.",
    ),
    "comparators": (
        "Les territoires comparés sont supposés mesurés de la même façon ; ils ne sont pas supposés semblables.",
    ),
    "interrupted": (
        "Sans l’événement, le niveau, la pente et la saison d’avant auraient continué tels quels.",
        "Rien d’autre n’est supposé avoir changé au même moment.",
        "La date de l’événement est fixée d’avance, et non choisie d’après la courbe.",
    ),
    "differences": (
        "Sans l’événement, le territoire étudié aurait évolué parallèlement à la moyenne des autres.",
        "Les autres territoires sont supposés n’être touchés ni par l’événement ni par ses suites.",
        "Les territoires sont supposés échangeables : chacun aurait pu connaître l’écart observé par hasard.",
    ),
    "synthetic": (
        "Sans l’événement, la moyenne pondérée des autres qui suivait le territoire l’aurait suivi encore.",
        "Les autres territoires sont supposés n’être touchés ni par l’événement ni par ses suites.",
        "Une moyenne pondérée ne peut pas reproduire un territoire plus haut, ou plus bas, que tous les autres.",
    ),
}
"""What the counterfactual of each estimator rests upon, to print beside each estimate."""


def enough_points(number: int, what_fr: str, least: int = LEAST_POINTS) -> None:
    """Refuse a series, or a part of it, with fewer points than a test needs.

    >>> enough_points(8, "avant l’événement")
    >>> enough_points(5, "avant l’événement")
    Traceback (most recent call last):
    pic_analysis.indicators.guards.Refusal: 5 points avant l’événement : il en faut au moins 8 ; seules les valeurs ...
    """
    if number < least:
        said = count(number, "point").replace("\N{NO-BREAK SPACE}", " ")
        raise Refusal("points", f"{said} {what_fr} : il en faut au moins {least} ; seules les valeurs sont données.")


def no_statement(qualities: Iterable[str]) -> None:
    """Refuse to put values of quality D, statements or press, in a model.

    >>> no_statement(["A", "B"])
    """
    number = sum(quality == "D" for quality in qualities)
    if number:
        raise Refusal("quality", f"Valeurs de qualité D (déclaration ou presse) : {number}, exclues de tout modèle.")


def one_definition(periods: Iterable[Period], breaks: Iterable[Period]) -> None:
    """Refuse a series that goes over a break of definition.

    Parameters
    ----------
    periods
        Periods of the values.
    breaks
        First period of each new definition.

    >>> from pic_analysis.periods import parse
    >>> one_definition([parse("2012"), parse("2013")], [parse("2012")])
    """
    days = [period.first_day for period in periods]
    for first in breaks:
        if days and min(days) < first.first_day <= max(days):
            raise Refusal("break", f"La définition change ({label_fr(first)}) : les valeurs d’avant et d’après ne sont "
                          "pas comparables.")  # fmt: skip


def only_one(kind: str, what_fr: str, values: Iterable[str]) -> None:
    """Refuse a table that mixes units, definitions or frequencies.

    >>> only_one("unit", "unités", ["%", "%"])
    """
    names = {str(code): name for code, name in FREQUENCIES.items()}
    found = sorted({names.get(value, value) for value in values})
    if len(found) > 1:
        said = ", ".join(f"« {value} »" for value in found)
        raise Refusal(kind, f"Plusieurs {what_fr} dans une même comparaison : {said}.")
