"""Find what a state of a territory says first of each indicator: its last value, the one before, those beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from pic_analysis.periods import parse


def until(observations: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the observations whose period has ended by the end of a year; all of them if the year is 0.

    >>> rows = pd.DataFrame({"period": ["2012", "2013-T1", "2008/2013-08", "2014"]})
    >>> until(rows, 2013)["period"].tolist()
    ['2012', '2013-T1', '2008/2013-08']
    """
    if not year:
        return observations
    return observations[[parse(text).last_day.year <= year for text in observations["period"]]]


def focus(indicator: str, observations: pd.DataFrame, comparators: pd.DataFrame) -> str:
    """Return the territory that an indicator is about: the first that others are compared with, else the first seen.

    Parameters
    ----------
    indicator
        Identifier of the indicator.
    observations, comparators
        The tables of the observatory.

    Returns
    -------
    str
        Identifier of the territory; empty if nothing is observed.

    Examples
    --------
    >>> seen = pd.DataFrame({"indicator_id": ["P01", "P01"], "territory_id": ["EPCI-246200364", "COM-01004"]})
    >>> focus("P01", seen, seen[1:]), focus("P01", seen, seen[:0]), focus("P02", seen, seen)
    ('COM-01004', 'EPCI-246200364', '')
    """
    for table in (comparators, observations):
        own = table.loc[table["indicator_id"] == indicator, "territory_id"]
        if len(own):
            return str(own.iloc[0])
    return ""


@dataclass(frozen=True)
class KeyFigure:
    """The last value of a series, the one before it, and what the territories beside it have.

    ``previous`` is the value of the period just before the last one where both are of one definition, else ``nan``.
    ``median`` is the median of the values of the others for the last period, ``median_growth`` that of their relative
    changes over the same two periods; ``nan`` where none has it. ``others`` and ``growing`` are how many have it.
    """

    indicator: str
    territory: str
    period: str
    value: float
    previous_period: str
    previous: float
    median: float
    others: int
    median_growth: float
    growing: int

    @property
    def change(self) -> float:
        """The last value less the one before; ``nan`` if there is none to compare with."""
        return self.value - self.previous

    @property
    def growth(self) -> float:
        """The change as a share of the value before; ``nan`` if there is none, or if it is zero."""
        return self.change / self.previous if self.previous else math.nan


def key_figure(indicator: str, territory: str, series: pd.DataFrame, beside: pd.DataFrame) -> KeyFigure | None:
    """Return the last value of a series and what to read it with; None if no period has a value.

    Parameters
    ----------
    indicator, territory
        What is observed, and where.
    series
        ``period``, ``number`` (``nan`` where missing) and ``segment`` (one number a definition), in order of time.
    beside
        ``territory_id``, ``period`` and ``value`` of the territories compared with it.

    Examples
    --------
    >>> own = pd.DataFrame({"period": ["2012", "2013"], "number": [10.0, 9.0], "segment": [1, 1]})
    >>> others = pd.DataFrame({"territory_id": ["b", "c"], "period": ["2013", "2013"], "value": [8.0, 7.0]})
    >>> found = key_figure("P03", "a", own, others)
    >>> found.period, found.change, found.median, found.others, found.growing
    ('2013', -1.0, 7.5, 2, 0)
    """
    known = series[series["number"].notna()]
    if known.empty:
        return None
    last = known.iloc[-1]
    before = known.iloc[-2] if len(known) > 1 else None
    if before is not None and (before["segment"] != last["segment"] or not _alike(before["period"], last["period"])):
        before = None  # another definition, or periods of unequal length: a difference would mean nothing
    previous_period = "" if before is None else str(before["period"])
    wide = beside.pivot(index="territory_id", columns="period", values="value")
    then = _column(wide, str(last["period"]))
    growths = (then / _column(wide, previous_period) - 1).replace([math.inf, -math.inf], math.nan).dropna()
    return KeyFigure(
        indicator,
        territory,
        str(last["period"]),
        float(last["number"]),
        previous_period,
        math.nan if before is None else float(before["number"]),
        float(then.median()),
        int(then.notna().sum()),
        float(growths.median()),
        len(growths),
    )


def _alike(one: str, other: str) -> bool:
    """Say whether two periods have one length: an interval of years is like no other."""
    return parse(one).frequency == parse(other).frequency != "interval"


def _column(wide: pd.DataFrame, period: str) -> pd.Series:
    return wide[period] if period in wide else pd.Series(math.nan, index=wide.index)
