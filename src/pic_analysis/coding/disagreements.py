"""List the disagreements that cost the most, so that arbitration and training begin with them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.coding.chance import divided
from pic_analysis.coding.coincidences import disagreement
from pic_analysis.coding.ratings import MISSING, Ratings
from pic_analysis.coding.tallies import tally
from pic_analysis.coding.weights import distances


def disagreements(ratings: Ratings, *, level: str = "nominal") -> pd.DataFrame:
    """Return the units on which coders differ, the most costly first.

    Parameters
    ----------
    ratings
        Judgements.
    level
        Level of measurement of alpha: at the ordinal level, to differ by two ranks costs more than by one.

    Returns
    -------
    DataFrame
        The columns of the units, one column a coder (a missing judgement is an empty text), and ``cost``: what this
        disagreement takes from Krippendorff's alpha. The costs of all units add up to 1 - alpha.
    """
    cost = _cost(ratings, "unit_id", level)["cost"]
    names = np.array([*ratings.categories, ""], dtype=object)
    table = ratings.units.copy()
    for place, coder in enumerate(ratings.coders):
        table[coder] = names[ratings.values[:, place]]  # MISSING is -1, the last of the names
    table["cost"] = ratings.units["unit_id"].map(cost)
    return _sorted(table[_differ(ratings)], "unit_id").reset_index(drop=True)


def costliest(ratings: Ratings, by: str, *, level: str = "nominal") -> pd.DataFrame:
    """Return what each code, or each interview, costs in agreement, the most costly first.

    Parameters
    ----------
    ratings
        Judgements.
    by
        Column of the units: ``code_id``, ``interview_id``...
    level
        Level of measurement of alpha.

    Returns
    -------
    DataFrame
        Indexed by ``by``: ``units`` that two coders judged, ``disagreements`` among them, ``cost`` taken from
        Krippendorff's alpha, and ``share`` of all that is taken. The costs add up to 1 - alpha.

    Notes
    -----
    Alpha is one less the observed disagreement over the expected one (Krippendorff 2011). The observed one is a sum
    over units: each part, over the whole expected, is what alpha would gain if those who differ there had agreed and
    everything that chance is computed from had stayed the same.

    Examples
    --------
    >>> from pic_analysis.coding.grids import presence
    >>> coded = pd.DataFrame({"interview_id": ["INT001", "INT001", "INT002", "INT002"],
    ...                       "code_id": ["a", "a", "a", "b"], "coder": ["A", "B", "A", "B"]})
    >>> costliest(presence(coded, ["a", "b"]), "code_id")[["units", "disagreements", "share"]].to_dict("index")
    {'a': {'units': 2, 'disagreements': 1, 'share': 0.5}, 'b': {'units': 2, 'disagreements': 1, 'share': 0.5}}
    """
    found = _cost(ratings, by, level)
    found["disagreements"] = _differ(ratings).groupby(ratings.units[by]).sum().reindex(found.index, fill_value=0)
    found["share"] = divided(found["cost"].to_numpy(), np.asarray(found["cost"].sum()))
    return _sorted(found[["units", "disagreements", "cost", "share"]], by)


def _cost(ratings: Ratings, by: str, level: str) -> pd.DataFrame:
    sums, (labels,) = tally(ratings, by)
    whole = sums.total()
    _, between, judgements = disagreement(whole, level, ratings.scores)
    # The distances of the ordinal level are those of all judgements, not those of each part.
    apart = distances(level, ratings.scores, whole.coincidences.sum(axis=-1))
    own = (apart * sums.coincidences).sum(axis=(-2, -1))
    return pd.DataFrame({"units": sums.units, "cost": divided(own * (judgements - 1), between)}, index=labels)


def _differ(ratings: Ratings) -> pd.Series:
    made = ratings.values != MISSING
    highest = ratings.values.max(axis=1, initial=MISSING)
    lowest = np.where(made, ratings.values, len(ratings.categories)).min(axis=1, initial=len(ratings.categories))
    return pd.Series(made.any(axis=1) & (highest != lowest), index=ratings.units.index)


def _sorted(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Order by cost; equal costs, to the last digit that sums can tell, by name."""
    return (
        table.assign(_cost=table["cost"].round(12))
        .sort_values(["_cost", name], ascending=[False, True])
        .drop(columns="_cost")
    )
