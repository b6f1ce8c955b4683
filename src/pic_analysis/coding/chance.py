"""Correct the observed agreement for what chance alone would give: Cohen, Conger, Fleiss, Gwet, Brennan-Prediger.

All have one form, (observed - expected) / (1 - expected), and differ by what they call chance. Each takes the sums of
`tallies` with any leading axes, so that a thousand replicates cost one call; each is ``nan`` where no unit was judged
twice, or where chance alone gives full agreement: it cannot then be told from skill. Missing judgements are handled as
in Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapter 2: a unit counts in the observed agreement if
two coders judged it, and in the expected one if one did.

Examples
--------
Fifty units, two coders: both say yes of 20 and no of 15. They agree on .70; by chance, Cohen's two coders would on .50
(.5 x .6 + .5 x .4), Scott's on .505 (.55² + .45²), Gwet's on .495 (2 x .55 x .45).

>>> import pandas as pd
>>> from pic_analysis.coding.ratings import from_table
>>> from pic_analysis.coding.tallies import tally
>>> pairs = ["yy"] * 20 + ["yn"] * 5 + ["ny"] * 10 + ["nn"] * 15
>>> sums, _ = tally(from_table(pd.DataFrame([[*pair] for pair in pairs], columns=["A", "B"]), grid="essai"))
>>> every = (observed, cohen, conger, fleiss, gwet, brennan_prediger)
>>> [round(float(one(sums, np.eye(2))), 3) for one in every]
[0.7, 0.4, 0.4, 0.394, 0.406, 0.4]
"""

from __future__ import annotations

import numpy as np

from pic_analysis.coding.tallies import Tallies

_NONE = 1e-12  # sums of thirds and sevenths: less than this is no difference


def observed(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return the observed agreement: over units, the mean share of pairs of coders that agree.

    Parameters
    ----------
    sums
        Sums over units.
    weights
        How far each two categories agree, shape ``(q, q)``.
    """
    return divided((weights * sums.pairs).sum(axis=(-2, -1)), sums.pairs.sum(axis=(-2, -1)))


def cohen(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa of two coders, over the units that both judged: chance keeps each coder's own habits.

    Raises
    ------
    ValueError
        If there are not two coders: Conger's kappa is for any number.

    Notes
    -----
    Cohen (1960), Educational and Psychological Measurement 20:37; weighted: Cohen (1968), Psychological Bulletin
    70:213.
    """
    if sums.coders != 2:
        raise ValueError(f"Cohen's kappa is for two coders, got {sums.coders}; Conger's is for any number")
    first, second = (_shares(sums.pairs.sum(axis=axis)) for axis in (-1, -2))
    return _beyond(observed(sums, weights), _by_chance(first, weights, second))


def conger(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return Conger's kappa, Cohen's for any number of coders: chance is the mean over the pairs of coders.

    Notes
    -----
    Conger (1980), Psychological Bulletin 88:322; with missing judgements, each coder's habits are those on all the
    units that he judged (Gwet 2014).
    """
    habits = _shares(sums.marginals)
    at_work = (~np.isnan(habits).any(axis=-1)).sum(axis=-1)
    habits = np.nan_to_num(habits)
    together = habits.sum(axis=-2)
    own = _by_chance(habits, weights, habits).sum(axis=-1)
    expected = divided(_by_chance(together, weights, together) - own, at_work * (at_work - 1.0))
    return _beyond(observed(sums, weights), expected)


def fleiss(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return Fleiss' kappa: chance draws both judgements from the habits of all coders together.

    Notes
    -----
    Fleiss (1971), Psychological Bulletin 76:378; for two coders it is Scott's pi.
    """
    habits = _shares(sums.shares)
    return _beyond(observed(sums, weights), _by_chance(habits, weights, habits))


def gwet(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return Gwet's AC1, or AC2 if the weights are partial: chance plays only on the units that are hard to judge.

    Notes
    -----
    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61:29. The number of categories counts:
    those that could be used, if they were declared, and not only those that were.
    """
    q = sums.categories
    habits = _shares(sums.shares)
    spread = (habits * (1 - habits)).sum(axis=-1)
    return _beyond(observed(sums, weights), weights.sum() / (q * (q - 1)) * spread if q > 1 else spread * np.nan)


def brennan_prediger(sums: Tallies, weights: np.ndarray) -> np.ndarray:
    """Return Brennan and Prediger's coefficient: chance takes every category alike.

    Notes
    -----
    Brennan and Prediger (1981), Educational and Psychological Measurement 41:687.
    """
    expected = weights.sum() / max(sums.categories, 1) ** 2
    return _beyond(observed(sums, weights), np.asarray(expected))


def divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return a ratio, ``nan`` where there is nothing to divide by."""
    above, below = np.broadcast_arrays(above, below)
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=np.abs(below) > _NONE)


def _beyond(agreement: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return divided(agreement - expected, 1 - expected)


def _shares(counts: np.ndarray) -> np.ndarray:
    return divided(counts, counts.sum(axis=-1, keepdims=True))


def _by_chance(first: np.ndarray, weights: np.ndarray, second: np.ndarray) -> np.ndarray:
    return ((first @ weights) * second).sum(axis=-1)
