"""Estimate the same question under our other possible choices, to see whether the answer is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pic_analysis.indicators.differences import LEAST_OTHERS, differences
from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.panel import Panel
from pic_analysis.periods import label_fr, of_ordinal, parse

COLUMNS = ["variant", "label_fr", "estimate", "low", "high", "p_value", "rank", "of"]


def annual(laid: Panel, event: str) -> tuple[Panel, str]:
    """Return the means of whole years, and the first whole year after an event.

    The year that the event cuts in two is left empty; so is a year with a period missing.

    >>> values = pd.DataFrame({"a": [1.0, 3.0, 5.0, 7.0, 9.0]}, index=range(2012 * 4, 2012 * 4 + 5))
    >>> yearly, after = annual(Panel(values, "quarter"), "2013-T1")
    >>> yearly.values["a"].tolist(), after
    ([4.0, nan], '2013')
    """
    first = of_ordinal(laid.at(event), laid.frequency)
    if laid.frequency == "year":
        return laid, event
    years = laid.values.index.to_numpy() // laid.per_year
    groups = laid.values.groupby(years)
    means = groups.mean().where(groups.count() == laid.per_year)
    if first.part > 1:
        means.loc[first.year] = np.nan
    means.index.name = "ordinal"
    return Panel(means, "year"), str(first.year + (first.part > 1))


def logarithms(laid: Panel) -> Panel:
    """Return the logarithms: a change is then in proportion to the level, not in points.

    Raises
    ------
    Refusal
        If a value is not positive.

    Examples
    --------
    >>> from pic_analysis.indicators.panel import panel
    >>> rows = pd.DataFrame({"territory_id": "a", "period": ["2012", "2013"], "value": [1.0, np.e]})
    >>> logarithms(panel(rows)).values["a"].tolist()
    [0.0, 1.0]
    """
    if (laid.values <= 0).any(axis=None):
        raise Refusal("points", "Une valeur nulle ou négative n’a pas de logarithme.")
    return Panel(np.log(laid.values), laid.frequency)


def sensitivity(
    laid: Panel,
    focus: str,
    event: str,
    end: str,
    *,
    neighbours: Sequence[str] = (),
    ends: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the difference in differences under each of our other choices.

    Parameters
    ----------
    laid
        As ``panel.panel`` returns it.
    focus, event, end
        The territory, the first period after the event, and the last period of the main estimate.
    neighbours
        Territories that the event may touch too.
    ends
        Other last periods.
    names
        Name of each territory.

    Returns
    -------
    DataFrame
        ``variant`` (``main``, ``annual``, ``log``, ``neighbours``, ``end``, ``without``), ``label_fr``, ``estimate``,
        ``low``, ``high``, ``p_value``, ``rank``, ``of``. Those of ``log`` are in logarithms: 0.1 is about ten percent.
        Without each other territory, only the lowest and the highest estimates are kept. A variant that the data cannot
        carry is not there.

    Notes
    -----
    All specifications are shown, none is chosen after its result: Simonsohn, Simmons & Nelson (2020), Nature Human
    Behaviour 4:1208.
    """
    names = names or {}
    whole, rows = laid.until(end), []

    def add(variant: str, label: str, some: Panel, first: str = event) -> None:
        try:
            found = differences(some, [focus], first).ranked
        except Refusal:
            return
        rows.append((variant, label, found.estimate, found.low, found.high, found.p_value, found.rank, found.of))

    add("main", f"jusqu’{_until(end)}", whole)
    if whole.frequency != "year":
        add("annual", "moyennes annuelles", *annual(whole, event))
    if (whole.values.stack() > 0).all():
        add("log", "en proportion du niveau (logarithmes)", logarithms(whole))
    if neighbours:
        said = ", ".join(names.get(name, name) for name in neighbours)
        add("neighbours", f"sans les territoires voisins : {said}", whole.without(neighbours))
    for other in ends:
        add("end", f"jusqu’{_until(other)}", laid.until(other))
    kept = len(rows)
    others = [name for name in whole.values.columns if name != focus]
    for name in others if len(others) > LEAST_OTHERS else ():
        add("without", f"sans {names.get(name, name)}", whole.without([name]))
    alone = sorted(rows[kept:], key=lambda row: row[2])
    return pd.DataFrame(rows[:kept] + alone[:1] + alone[1:][-1:], columns=COLUMNS)


def _until(period: str) -> str:
    found = parse(period)
    said = label_fr(found)
    return f"au {said}" if found.frequency == "quarter" else f"à fin {said}"
