"""Tell how reliable codings are: a coefficient, its interval and what it was computed on, never one alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis.coding import bootstrap
from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.paradox import explained
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.tallies import Tallies, tally
from pic_analysis.vocabulary import SAFE_GROUPS

ALPHA = Measure("alpha")
COLUMNS = [
    "measure_fr",
    "grid_fr",
    "coders",
    "clusters",
    "units",
    "value",
    "low",
    "high",
    "replicates",
    "undefined",
    "note_fr",
]


def reliability(
    ratings: Ratings,
    measure: Measure = ALPHA,
    *,
    by: str = "",
    replicates: int = bootstrap.REPLICATES,
    seed: int = 0,
) -> pd.DataFrame:
    """Return a coefficient and its bootstrap interval, over all units or for each value of a column.

    Parameters
    ----------
    ratings
        Judgements; their ``cluster`` (the interview) is what the bootstrap draws.
    measure
        Coefficient, with its weights or its level.
    by
        Column of the units (``code_id``): one row for each of its values.
    replicates, seed
        Of the bootstrap; no replicate, no interval.

    Returns
    -------
    DataFrame
        Indexed by ``by``: ``measure_fr`` and ``grid_fr`` (what is computed, on what), ``coders``, ``clusters`` and
        ``units`` (those judged by two coders or more), ``value``, ``low`` and ``high`` (95 %; ``nan`` with fewer than
        five clusters), ``replicates``, ``undefined`` (share of the replicates without a value) and ``note_fr``, which
        warns where the value must not be read alone.
    """
    coefficient = measure.of(ratings)
    by_cluster, labels = tally(ratings, ratings.cluster, *([by] if by else []))
    sums = by_cluster.total()
    interval = bootstrap.interval(by_cluster, coefficient, replicates=replicates, seed=seed) if replicates else None
    hole = np.full(sums.cells.shape[:-1], np.nan)
    low, high, undefined = (interval.low, interval.high, interval.undefined) if interval else (hole, hole, hole)
    clusters = (by_cluster.units > 0).sum(axis=0)
    enough = clusters >= bootstrap.LEAST
    rows = {
        "measure_fr": str(measure),
        "grid_fr": ratings.grid,
        "coders": len(ratings.coders),
        "clusters": np.atleast_1d(clusters),
        "units": np.atleast_1d(sums.units),
        "value": np.atleast_1d(coefficient(sums)),
        "low": np.atleast_1d(np.where(enough, low, np.nan)),
        "high": np.atleast_1d(np.where(enough, high, np.nan)),
        "replicates": np.atleast_1d(np.where(enough, replicates, 0)),
        "undefined": np.atleast_1d(np.where(enough, undefined, np.nan)),
        "note_fr": _notes(sums, ratings, measure),
    }
    return pd.DataFrame(rows, index=labels[1] if by else pd.RangeIndex(1), columns=COLUMNS)


def by_pair(ratings: Ratings, measure: Measure = ALPHA, **options: Any) -> pd.DataFrame:
    """Return the coefficient of each pair of coders, indexed by ``first`` and ``second``; options as `reliability`."""
    pairs = [*combinations(ratings.coders, 2)]
    rows = [reliability(ratings.between(*pair), measure, **options) for pair in pairs]
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(rows).set_axis(pd.MultiIndex.from_tuples(pairs, names=["first", "second"]))


def by_group(ratings: Ratings, interviews: pd.DataFrame, measure: Measure = ALPHA, **options: Any) -> pd.DataFrame:
    """Return the coefficient of each safe group of stakeholder types; never of one type alone.

    Parameters
    ----------
    ratings
        Judgements whose cluster is the interview.
    interviews
        The table ``interviews``.
    measure, options
        As in `reliability`. Interviews are drawn within each group.

    Returns
    -------
    DataFrame
        Indexed by ``group``. A group of fewer than five interviews is left out, and so is the next smallest with it:
        the total would otherwise give it back.
    """
    group_of = {kind: group for group, kinds in SAFE_GROUPS.items() for kind in kinds}
    types = interviews.set_index("interview_id")["stakeholder_type"].map(group_of)
    groups = ratings.units[ratings.cluster].map(types)
    sizes = ratings.units[ratings.cluster].groupby(groups).nunique().reindex([*SAFE_GROUPS]).dropna().sort_values()
    hidden = int((sizes < bootstrap.LEAST).sum())
    shown = {*sizes.index[hidden + (hidden == 1) :]}
    rows = {
        group: reliability(ratings.keep(groups == group), measure, **options) for group in SAFE_GROUPS if group in shown
    }
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(rows, names=["group"]).droplevel(1)


def every_measure(ratings: Ratings, **options: Any) -> pd.DataFrame:
    """Return every coefficient of the same judgements, unweighted, one row each; options as `reliability`.

    They answer different questions: to publish only the highest would be to choose the answer.
    """
    names = [
        "percent",
        "cohen" if len(ratings.coders) == 2 else "conger",
        "fleiss",
        "gwet",
        "brennan_prediger",
        "alpha",
    ]
    return pd.concat([reliability(ratings, Measure(name), **options) for name in names], ignore_index=True)


def _notes(sums: Tallies, ratings: Ratings, measure: Measure) -> list[str]:
    """Return what to say beside each value; what is not corrected for prevalence has no paradox."""
    flat = sums.cells.reshape(-1, sums.cells.shape[-1])
    if measure.coefficient in ("percent", "gwet", "brennan_prediger"):
        return [""] * len(flat)
    return [explained(replace(sums, cells=cells), ratings.categories) for cells in flat]
