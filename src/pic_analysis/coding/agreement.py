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


def attached(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return how far two coders attached the same ties, one row a kind of tie.

    Parameters
    ----------
    judgements
        Rows of ``double_coding`` on ties: an empty reading means that the coder did not attach the tie.

    Returns
    -------
    DataFrame
        Indexed by ``unit_kind``: ties that ``both`` attached, ``only_a`` and ``only_b``, and their ``dice``.

    Notes
    -----
    Dice (1945), Ecology 26:297: twice the common ties over the sum of both coders'. What neither attached is not
    counted: among thousands of possible ties it would make any agreement look strong.

    Examples
    --------
    >>> judged = pd.DataFrame({"unit_kind": "x", "unit_id": ["1", "2", "3"], "variable": "relation"})
    >>> attached(judged.assign(reading_a=["s", "s", ""], reading_b=["s", "", "o"])).round(2).to_dict("records")
    [{'both': 1, 'only_a': 1, 'only_b': 1, 'dice': 0.5}]
    """
    ties = judgements.drop_duplicates(["unit_kind", "unit_id"])
    held = pd.DataFrame({"a": ties["reading_a"] != "", "b": ties["reading_b"] != ""})
    kinds = ties["unit_kind"]
    both = (held["a"] & held["b"]).groupby(kinds, sort=False).sum()
    sizes = held.groupby(kinds, sort=False).sum()
    return pd.DataFrame(
        {
            "both": both,
            "only_a": sizes["a"] - both,
            "only_b": sizes["b"] - both,
            "dice": 2 * both / (sizes["a"] + sizes["b"]),
        }
    )
