"""Tell which vintage of a value is today's: the newest."""

from __future__ import annotations

import pandas as pd

KEY = ("indicator_id", "territory_id", "period")
"""Columns that say what a value is the value of; with ``vintage``, an observation."""


def current(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the observations of the newest vintage of each indicator, territory and period.

    Parameters
    ----------
    observations
        Clean observations; vintages are ISO dates, even partial: a more precise one comes after its year or month.

    Examples
    --------
    >>> rows = [("P01", "COM-01004", "2020", "2023", "31461"), ("P01", "COM-01004", "2020", "2022-12", "31463")]
    >>> current(pd.DataFrame(rows, columns=[*KEY, "vintage", "value"]))["value"].tolist()
    ['31461']
    """
    ordered = observations.sort_values([*KEY, "vintage"], kind="stable", ignore_index=True)
    return ordered.drop_duplicates([*KEY], keep="last", ignore_index=True)


def same_value(one: str, other: str) -> bool:
    """Say whether two values are the same, however many zeros end them; two absent values are.

    >>> same_value("14.10", "14.1"), same_value("", "0")
    (True, False)
    """
    return one == other or bool(one and other and float(one) == float(other))
