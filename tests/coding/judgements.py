"""Published judgements, and coefficients written out from their definitions, slowly, to compare with."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd

from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.ratings import Ratings, from_table
from pic_analysis.coding.tallies import tally

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C.
FOUR_CODERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def four_coders() -> Ratings:
    return rated(*(row.split() for row in FOUR_CODERS.values()))


def four_raters() -> Ratings:
    """Return cac.raw4raters of irrCAC: the same judgements, but the last one is the third coder's, not the second's."""
    rows = [row.split() for row in FOUR_CODERS.values()]
    rows[1][-1], rows[2][-1] = rows[2][-1], rows[1][-1]
    return rated(*rows)


def rated(*coders: list[str], categories: list[str] | None = None) -> Ratings:
    """Return the judgements of coders, each a list; a full stop is a missing one."""
    table = pd.DataFrame({f"C{place}": [*row] for place, row in enumerate(coders)}, dtype=object)
    return from_table(table.replace(".", ""), grid="essai", categories=categories)


def crossed(counts: list[list[int]], categories: list[str] | None = None) -> Ratings:
    """Return two coders' judgements from their contingency table."""
    names = categories or [*map(str, range(len(counts)))]
    pairs = [
        (a, b) for a, row in zip(names, counts, strict=True) for b, n in zip(names, row, strict=True) for _ in range(n)
    ]
    return rated(*map(list, zip(*pairs, strict=True)), categories=names)


def value(ratings: Ratings, coefficient: str, **options: str) -> float:
    sums, _ = tally(ratings)
    return float(Measure(coefficient, **options).of(ratings)(sums))


def slow_alpha(ratings: Ratings, level: str = "nominal") -> float:
    """Return Krippendorff's alpha from its definition: every ordered pair of judgements, one by one."""
    scores = ratings.scores
    units = [[k for k in row if k >= 0] for row in ratings.values.tolist()]
    units = [unit for unit in units if len(unit) > 1]
    every = [k for unit in units for k in unit]
    n_of = {k: every.count(k) for k in every}

    def apart(c: int, k: int) -> Fraction:
        a, b = Fraction(scores[c]), Fraction(scores[k])
        if level == "nominal":
            return Fraction(c != k)
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2 if a + b else Fraction(0)
        low, high = min(c, k), max(c, k)
        between = sum(n_of.get(g, 0) for g in range(low, high + 1))
        return (between - Fraction(n_of[low] + n_of[high], 2)) ** 2

    within = sum(sum(apart(*pair) for pair in permutations(unit, 2)) / Fraction(len(unit) - 1) for unit in units)
    between = sum(apart(*pair) for pair in permutations(every, 2))
    return float(1 - within * (len(every) - 1) / between) if between else float("nan")


def slow_kappa(ratings: Ratings, weights: np.ndarray) -> float:
    """Return Cohen's kappa of two coders from its definition: both judge as they do, in any order."""
    pairs = [pair for pair in ratings.values.tolist() if min(pair) >= 0]
    if not pairs:
        return float("nan")
    agreed = sum(weights[a, b] for a, b in pairs) / len(pairs)
    expected = sum(weights[a, b] for a, _ in pairs for _, b in pairs) / len(pairs) ** 2
    return (agreed - expected) / (1 - expected) if expected < 1 - 1e-12 else float("nan")
