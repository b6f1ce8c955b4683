"""Give the values of indicators: today's, as numbers, by series whose definition does not change, as of a date."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pic_analysis import periods
from pic_analysis.cleaning.vintages import KEY, current

__all__ = ["KEY", "as_of", "current", "numbers", "panel_rows", "segments", "series"]


def numbers(table: pd.DataFrame) -> pd.Series:
    """Return values as numbers; one that is missing is NaN, never zero.

    >>> numbers(pd.DataFrame({"value": ["14.1", ""]})).tolist()
    [14.1, nan]
    """
    return pd.to_numeric(table["value"].where(table["value"] != ""), errors="raise").astype("float64")


def as_of(observations: pd.DataFrame) -> str:
    """Return the date of the newest value retrieved: pages do not depend on the clock. Empty if there is none.

    >>> as_of(pd.DataFrame({"retrieved": ["2026-11-22", "2026-05-01"]}))
    '2026-11-22'
    """
    return str(observations["retrieved"].max()) if len(observations) else ""


def series(observations: pd.DataFrame, breaks: pd.DataFrame, indicator: str, territory: str) -> pd.DataFrame:
    """Return today's values of one indicator for one territory, in the order of their periods.

    Returns
    -------
    DataFrame
        ``period``, ``value`` (text, as published), ``number`` (NaN where missing), ``segment``, and ``status``,
        ``vintage``, ``dataset_id``, ``retrieved``, ``quality``, ``note_fr``. Values of two segments do not have the
        same definition: they are never one line.
    """
    own = observations[(observations["indicator_id"] == indicator) & (observations["territory_id"] == territory)]
    found = current(own)
    found = found.assign(number=numbers(found), segment=segments(found, breaks))
    order = found["period"].map(lambda text: (periods.parse(text).first_day, periods.parse(text).last_day))
    columns = [
        "period",
        "value",
        "number",
        "segment",
        "status",
        "vintage",
        "dataset_id",
        "retrieved",
        "quality",
        "note_fr",
    ]
    return found.loc[order.sort_values(kind="stable").index, columns].reset_index(drop=True)


def segments(observations: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Return the number of the definition that each observation was made under, from 0.

    Parameters
    ----------
    observations
        Clean observations.
    breaks
        First period of each new definition, of one territory or, where none is named, of all.

    Examples
    --------
    >>> rows = pd.DataFrame({"indicator_id": "P01", "territory_id": "COM-01004", "period": ["2019", "2020"]})
    >>> segments(rows, pd.DataFrame({"indicator_id": ["P01"], "territory_id": [""], "period": ["2020"]})).tolist()
    [0, 1]
    """
    found = pd.Series(0, index=observations.index, dtype="int64")
    if breaks.empty:
        return found
    begins = observations["period"].map(
        {text: periods.parse(text).first_day for text in observations["period"].unique()}
    )
    for indicator, territory, period in breaks[[*KEY]].itertuples(index=False):
        own = observations["indicator_id"] == indicator
        if territory:
            own &= observations["territory_id"] == territory
        found += (own & (begins >= periods.parse(period).first_day)).astype("int64")
    return found


def panel_rows(observations: pd.DataFrame, indicator: str, territories: Sequence[str] = ()) -> pd.DataFrame:
    """Return today's values of one indicator as the analyses take them (``indicators.panel``).

    Parameters
    ----------
    observations
        Clean observations.
    indicator
        The indicator.
    territories
        Those wanted; all if none is named.

    Returns
    -------
    DataFrame
        ``territory_id``, ``period``, ``value`` (number; NaN where missing), ``unit``, ``quality``.
    """
    own = observations[observations["indicator_id"] == indicator]
    if territories:
        own = own[own["territory_id"].isin(territories)]
    found = current(own)
    columns = ["territory_id", "period", "value", "unit", "quality"]
    return found.assign(value=numbers(found))[columns].reset_index(drop=True)
