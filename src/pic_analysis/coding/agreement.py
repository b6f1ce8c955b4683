"""Measure how far two coders agree, beyond what chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Agreement:
    """Agreement of two readings on one nominal variable, over the units that both judged."""

    units: int
    percent: float
    kappa: float
    alpha: float


def agreement(first: pd.Series, second: pd.Series) -> Agreement:
    """Return the agreement of two coders on one nominal variable.

    Parameters
    ----------
    first, second
        The two coders' values for the same units, in the same order, none missing.

    Returns
    -------
    Agreement
        Share of identical judgements, Cohen's kappa and Krippendorff's nominal alpha; the two last
        are ``nan`` where every judgement falls in one category: chance cannot then be told from skill.

    Notes
    -----
    Cohen (1960), Educational and Psychological Measurement 20:37. Krippendorff (2011), Computing
    Krippendorff's alpha-reliability, for two coders without missing values.

    Examples
    --------
    >>> yes_no = pd.Series(["y"] * 25 + ["n"] * 25), pd.Series(["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15)
    >>> round(agreement(*yes_no).kappa, 2)
    0.4
    """
    table = pd.crosstab(first.to_numpy(), second.to_numpy())
    values = sorted({*table.index, *table.columns})
    counts = table.reindex(index=values, columns=values, fill_value=0).to_numpy(dtype=float)
    units = counts.sum()
    if not units:
        return Agreement(0, float("nan"), float("nan"), float("nan"))
    observed = np.trace(counts) / units
    by_chance = counts.sum(axis=1) @ counts.sum(axis=0) / units**2
    pooled = counts.sum(axis=1) + counts.sum(axis=0)
    disagreement = 1 - (pooled * (pooled - 1)).sum() / (2 * units * (2 * units - 1))
    return Agreement(
        int(units),
        float(observed),
        float((observed - by_chance) / (1 - by_chance)) if by_chance < 1 else float("nan"),
        float(1 - (1 - observed) / disagreement) if disagreement > 0 else float("nan"),
    )


def by_variable(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement of the two readings on each variable of a double coding.

    Parameters
    ----------
    judgements
        The table ``double_coding``: one row a judgement.

    Returns
    -------
    DataFrame
        Indexed by ``unit_kind`` and ``variable``: ``units`` judged by both, ``percent``, ``kappa``, ``alpha``, and
        ``unmatched``, the units that one reading alone holds: the agreement says nothing of these.
    """
    rows = {}
    for key, group in judgements.groupby(["unit_kind", "variable"], sort=False):
        both = group[(group["reading_a"] != "") & (group["reading_b"] != "")]
        found = agreement(both["reading_a"], both["reading_b"])
        rows[key] = (found.units, found.percent, found.kappa, found.alpha, len(group) - len(both))
    index = pd.MultiIndex.from_tuples([*rows], names=["unit_kind", "variable"])
    return pd.DataFrame([*rows.values()], index=index, columns=["units", "percent", "kappa", "alpha", "unmatched"])
