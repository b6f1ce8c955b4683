"""Follow how many codes are met as interviews add up, whatever the order in which they were held."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.coding.incidence import only_safe
from pic_analysis.vocabulary import SAFE_GROUPS

ORDERS, SEED, LEVEL = 1000, 1, 0.95
EVERYONE = "Ensemble"


def curves(present: pd.DataFrame, orders: int = ORDERS, seed: int | list[int] = SEED) -> np.ndarray:
    """Return the number of distinct codes met after each interview, in random orders of the interviews.

    Returns
    -------
    ndarray
        Integers, one row an order, one column a number of interviews (1, 2, ...).
    """
    marks = present.to_numpy(dtype=bool)
    size = len(marks)
    drawn = np.random.default_rng(seed).permuted(np.tile(np.arange(size), (orders, 1)), axis=1)
    met = np.zeros((orders, size), dtype=np.int64)
    for code in range(marks.shape[1]):
        if len(holders := np.flatnonzero(marks[:, code])):
            # drawn[order, interview] is the rank of the interview in that order
            np.add.at(met, (np.arange(orders), drawn[:, holders].min(axis=1)), 1)
    return met.cumsum(axis=1)


def expected(present: pd.DataFrame) -> np.ndarray:
    """Return the mean of the accumulation over every possible order, without drawing any.

    Notes
    -----
    Colwell, Mao & Chang (2004), Ecology 85:2717, equation 5 (sample-based rarefaction): a code met in n of M
    interviews is missed by m of them with probability C(M - n, m) / C(M, m).

    Examples
    --------
    >>> expected(pd.DataFrame({"a": [True, True], "b": [True, False]})).tolist()
    [1.5, 2.0]
    """
    size = len(present)
    times = present.to_numpy(dtype=bool).sum(axis=0)[:, None]
    drawn = np.arange(size)
    missed = np.cumprod(np.clip(size - times - drawn, 0, None) / (size - drawn), axis=1)
    return (1 - missed).sum(axis=0)


def accumulation(
    present: pd.DataFrame, orders: int = ORDERS, seed: int | list[int] = SEED, level: float = LEVEL
) -> pd.DataFrame:
    """Return the mean accumulation of codes and the band that holds most random orders.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    orders, seed
        Random orders drawn, and the seed that makes them the same at each build.
    level
        Share of the orders between ``low`` and ``high``, at each number of interviews.

    Returns
    -------
    DataFrame
        ``interviews`` (1, 2, ...), ``codes`` (mean over the orders drawn), ``low``, ``high``, ``expected`` (mean over
        every order) and ``new`` (what one more interview brings, on ``expected``). The band tells the part of the
        order alone: it closes at the last interview, and says nothing of people who were not met.
    """
    found = curves(present, orders, seed)
    mean = expected(present)
    sides = ((1 - level) / 2, (1 + level) / 2)
    low, high = np.quantile(found, sides, axis=0) if found.size else (mean, mean)
    table = pd.DataFrame(
        {
            "interviews": np.arange(1, len(present) + 1),
            "codes": found.mean(axis=0),
            "low": low,
            "high": high,
            "expected": mean,
            "new": np.diff(mean, prepend=0.0),
        }
    )
    table.attrs.update(present.attrs)
    return table


def by_group(present: pd.DataFrame, known: pd.Series, orders: int = ORDERS, seed: int = SEED) -> pd.DataFrame:
    """Return the accumulation over everyone, then within each safe group.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    known
        Safe group of each interview, as ``incidence.groups`` returns it.

    Returns
    -------
    DataFrame
        As :func:`accumulation`, after a column ``group`` (``Ensemble`` first). A group draws its own orders: adding
        one changes nothing to the others.
    """
    only_safe(known)
    parts = [accumulation(present, orders, seed).assign(group=EVERYONE)]
    labels = known.reindex(present.index)
    for number, group in enumerate(SAFE_GROUPS, start=1):
        if len(own := present[labels.eq(group)]):
            parts.append(accumulation(own, orders, [seed, number]).assign(group=group))
    table = pd.concat(parts, ignore_index=True)
    table.attrs.update(present.attrs)
    return table[["group", *table.columns.drop("group")]]
