"""Say how far a coefficient would move with other interviews: a bootstrap that draws whole interviews.

Codings of one interview resemble each other. To draw them one by one would promise more precision than a hundred
interviews can give (Field and Welsh 2007, Journal of the Royal Statistical Society B 69:369).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pic_analysis.coding.tallies import Tallies

REPLICATES = 1000
LEAST = 5
"""Fewest interviews that an interval is given for: drawn from fewer, it says more about them than about the coders."""

_AT_ONCE = 2**22  # numbers held together: what is drawn is cut into slices of this size


@dataclass(frozen=True, eq=False)
class Interval:
    """Bounds between which the middle of the replicates lies, and the share of them that have no value."""

    low: np.ndarray
    high: np.ndarray
    undefined: np.ndarray


def interval(
    by_interview: Tallies,
    coefficient: Callable[[Tallies], np.ndarray],
    *,
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = 0.95,
) -> Interval:
    """Return a percentile bootstrap interval of a coefficient.

    Parameters
    ----------
    by_interview
        Sums of judgements; the first axis is what is drawn, the others are kept.
    coefficient
        Function of the sums over the first axis.
    replicates, seed
        How many times as many interviews as there are are drawn, with replacement; the same seed, the same interval.
    confidence
        Share of the replicates between the bounds.

    Returns
    -------
    Interval
        With the axes of the sums after the first. Replicates without a value (only one category was drawn) are left
        out, and their share is told; bounds are ``nan`` with fewer than ``LEAST`` interviews.

    Notes
    -----
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; Zapf et al. (2016), BMC Medical
    Research Methodology 16:93, recommend such an interval for Fleiss' kappa and Krippendorff's alpha.
    """
    drawn_from, rest = by_interview.cells.shape[0], by_interview.cells.shape[1:-1]
    if drawn_from < LEAST:
        return Interval(*(np.full(rest, np.nan) for _ in range(3)))
    times = draws(drawn_from, replicates, seed)
    step = max(1, _AT_ONCE // max(1, by_interview.cells[0].size))
    slices = [times[start : start + step] for start in range(0, replicates, step)]
    values = np.concatenate([coefficient(by_interview.drawn(part)) for part in slices])
    missing = np.isnan(values).mean(axis=0)
    tail = (1 - confidence) / 2
    bounds = np.full((2, *rest), np.nan)
    for place in np.ndindex(*rest):
        own = values[(slice(None), *place)]
        if missing[place] < 1:
            bounds[(slice(None), *place)] = np.quantile(own[~np.isnan(own)], [tail, 1 - tail])
    return Interval(bounds[0], bounds[1], missing)


def draws(interviews: int, replicates: int, seed: int) -> np.ndarray:
    """Return how often each interview is drawn in each replicate, shape ``(replicates, interviews)``.

    >>> draws(5, 2, seed=0).sum(axis=1).tolist()
    [5.0, 5.0]
    """
    chances = np.full(interviews, 1 / interviews)
    return np.random.default_rng(seed).multinomial(interviews, chances, size=replicates).astype(float)
