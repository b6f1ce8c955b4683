"""Recognise and explain kappa's paradox: coders who agree almost always, and a kappa near zero.

Feinstein and Cicchetti (1990), Journal of Clinical Epidemiology 43:543: where nearly all judgements fall in one
category, chance alone gives nearly full agreement, and little is left to measure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pic_analysis.coding import chance
from pic_analysis.coding.tallies import Tallies
from pic_analysis.numbers_fr import count, decimal, integer, percent

HIGH, LOW = 0.80, 0.40
"""Observed agreement from which, and kappa under which, the two are said to contradict each other."""


@dataclass(frozen=True)
class Paradox:
    """What is read where observed agreement and kappa contradict each other."""

    units: int
    disagreements: int
    percent: float
    kappa: float
    ac1: float
    category: str
    share: float

    def __str__(self) -> str:
        """Explain the paradox in French, with the numbers at hand."""
        told = (
            f"Paradoxe du kappa : les codeurs s’accordent sur {percent(self.percent, 1)} des unités, "
            f"et le kappa ne vaut que {decimal(self.kappa, 3)}. {percent(self.share, 1)} des jugements sont "
            f"« {self.category} » : le hasard seul donnerait déjà presque cet accord, et le kappa mesure la rareté "
            f"des autres catégories plus que le travail des codeurs. L’AC1 de Gwet, moins sensible à ce "
            f"déséquilibre, vaut {decimal(self.ac1, 3)}."
        )
        if not self.disagreements:
            return told
        read = count(self.disagreements, "désaccord, à lire", "désaccords, à lire un par un")
        return f"{told} Il reste {read}, sur {integer(self.units)} unités."


ONE_CATEGORY = (
    "Tous les jugements tombent dans une seule catégorie : l’accord est entier, mais rien ne le distingue du hasard, "
    "et le coefficient n’est pas défini."
)
TOO_FEW = "Aucune unité n’a été jugée par deux codeurs."


def paradox(sums: Tallies, categories: tuple[str, ...]) -> Paradox | None:
    """Return the paradox that some judgements show, or none.

    Parameters
    ----------
    sums
        Sums over units, without other axes.
    categories
        Names of the categories.
    """
    identity = np.eye(len(categories))
    agreed, kappa, ac1 = (float(f(sums, identity)) for f in (chance.observed, chance.conger, chance.gwet))
    # A kappa that is not defined compares as false: `explained` tells that case.
    if not (agreed >= HIGH and kappa < LOW):
        return None
    share = sums.shares / sums.shares.sum()
    units = int(sums.units)
    differing = round(units * (1 - agreed)) if sums.coders == 2 else 0
    return Paradox(units, differing, agreed, kappa, ac1, categories[int(share.argmax())], float(share.max()))


def explained(sums: Tallies, categories: tuple[str, ...]) -> str:
    """Return in French why a coefficient corrected for chance must not be read alone here, or an empty text."""
    if not int(sums.units):
        return TOO_FEW
    if (sums.coincidences.sum(axis=-1) > 0).sum() == 1:
        return ONE_CATEGORY
    return str(paradox(sums, categories) or "")
