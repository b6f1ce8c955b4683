"""Name every coefficient of agreement, in French, with its published source and how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pic_analysis.coding import chance
from pic_analysis.coding.coincidences import alpha
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.tallies import Tallies
from pic_analysis.coding.weights import LEVELS, WEIGHTS, agreement_weights


@dataclass(frozen=True)
class Coefficient:
    """One coefficient: its name, its source, and the function of sums and weights that gives it."""

    label_fr: str
    source: str
    value: Callable[[Tallies, np.ndarray], np.ndarray] | None
    two_coders: bool = False


COEFFICIENTS = {
    "percent": Coefficient("Accord observé", "part des paires de jugements identiques", chance.observed),
    "cohen": Coefficient("Kappa de Cohen", "Cohen (1960, 1968)", chance.cohen, two_coders=True),
    "conger": Coefficient("Kappa de Conger", "Conger (1980)", chance.conger),
    "fleiss": Coefficient("Kappa de Fleiss", "Fleiss (1971)", chance.fleiss),
    "gwet": Coefficient("AC1 de Gwet", "Gwet (2008, 2014)", chance.gwet),
    "brennan_prediger": Coefficient(
        "Coefficient de Brennan et Prediger", "Brennan et Prediger (1981)", chance.brennan_prediger
    ),
    # Alpha weighs disagreements by the level of measurement, not by weights.
    "alpha": Coefficient("Alpha de Krippendorff", "Krippendorff (2011)", None),
}
"""Every coefficient by its code."""


@dataclass(frozen=True)
class Measure:
    """One coefficient and what it weighs disagreements with: ``weights``, or ``level`` for alpha.

    Raises
    ------
    ValueError
        If the coefficient, the weights or the level is unknown, or weights are given to alpha, or a level to another.

    Examples
    --------
    >>> print(Measure("gwet", weights="quadratic"))
    AC2 de Gwet, pondération quadratique
    >>> print(Measure("alpha", level="ordinal"))
    Alpha de Krippendorff, niveau ordinal
    """

    coefficient: str
    weights: str = "identity"
    level: str = "nominal"

    def __post_init__(self) -> None:
        """Refuse what has no meaning rather than ignore it."""
        for name, chosen, known in (
            ("coefficient", self.coefficient, COEFFICIENTS),
            ("weights", self.weights, WEIGHTS),
            ("level", self.level, LEVELS),
        ):
            if chosen not in known:
                raise ValueError(f"unknown {name} {chosen!r}; expected one of {', '.join(known)}")
        if self.coefficient == "alpha" and self.weights != "identity":
            raise ValueError("alpha takes a level of measurement, not weights")
        if self.coefficient != "alpha" and self.level != "nominal":
            raise ValueError(f"{self.coefficient} takes weights, not a level of measurement")

    def __str__(self) -> str:
        """Return the full name in French: a coefficient without it cannot be compared."""
        label = COEFFICIENTS[self.coefficient].label_fr
        if self.coefficient == "alpha":
            return f"{label}, {LEVELS[self.level]}"
        if self.weights == "identity":
            return label
        return f"{label.replace('AC1', 'AC2')}, {WEIGHTS[self.weights]}"

    def of(self, ratings: Ratings) -> Callable[[Tallies], np.ndarray]:
        """Return the function that gives the coefficient from sums of these judgements.

        Raises
        ------
        ValueError
            If an interval or a ratio is asked of judgements that are not numbers, or Cohen's kappa of other than two
            coders.
        """
        found = COEFFICIENTS[self.coefficient]
        if found.two_coders and len(ratings.coders) != 2:
            raise ValueError(f"Cohen's kappa is for two coders, got {len(ratings.coders)}; use conger, or by_pair")
        if self.level in ("interval", "ratio") and not ratings.numeric:
            raise ValueError(f"the {self.level} level needs numbers, got {ratings.categories}")
        scores, value = ratings.scores, found.value
        if value is None:
            return lambda sums: alpha(sums, self.level, scores)
        partial = agreement_weights(self.weights, scores)
        return lambda sums: value(sums, partial)
