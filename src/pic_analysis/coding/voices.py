"""Count which groups of people speak of which code, with the uncertainty of each share."""

from __future__ import annotations

import pandas as pd

from pic_analysis.coding.incidence import only_safe
from pic_analysis.coding.proportion import wilson
from pic_analysis.vocabulary import SAFE_GROUPS


def voices(
    present: pd.DataFrame, known: pd.Series, questioned: pd.DataFrame | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Return, for each code and safe group, the interviews that speak of it.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    known
        Safe group of each interview, as ``incidence.groups`` returns it.
    questioned
        Where an interview was asked, as ``incidence.questioned`` returns it; without it, everywhere.

    Returns
    -------
    DataFrame
        ``code_id``, ``group``, ``interviews`` (that were asked), ``said`` (among them), ``share``, the Wilson interval
        ``low`` to ``high``, and ``unasked`` (interviews that speak of the code without having been asked). Counts of
        people: the gate decides which may be published. The interval is that of a random sample, which these interviews
        are not: it tells how little so few people can say, and no more.
    """
    only_safe(known)
    everywhere = pd.DataFrame(True, index=present.index, columns=present.columns)
    held = everywhere if questioned is None else questioned
    labels = known.reindex(present.index)
    order = [group for group in SAFE_GROUPS if labels.eq(group).any()]
    sizes = held.groupby(labels).sum().reindex(order)
    counts = (present & held).groupby(labels).sum().reindex(order)
    others = (present & ~held).groupby(labels).sum().reindex(order)
    table = pd.DataFrame(
        {
            "code_id": present.columns.repeat(len(order)),
            "group": order * present.shape[1],
            "interviews": sizes.to_numpy().T.ravel(),
            "said": counts.to_numpy().T.ravel(),
        }
    )
    table["share"] = (table["said"] / table["interviews"]).astype(float)
    table["low"], table["high"] = wilson(table["said"], table["interviews"], level)
    table["unasked"] = others.to_numpy().T.ravel()
    table.attrs.update(present.attrs)
    return table
