"""Say what is expected, received, overdue: the calendar of releases against what was observed."""

from __future__ import annotations

import calendar as months

import pandas as pd

STATES_FR = {
    "received": "reçue",
    "expected": "attendue",
    "overdue": "en retard",
    "undated": "attendue, sans date annoncée",
}


def calendar(releases: pd.DataFrame, observations: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return every release with its state on a day.

    Parameters
    ----------
    releases
        Values expected: ``indicator_id``, ``period``, ``expected_on`` (ISO, even partial, or empty), ``basis_fr``.
    observations
        Clean observations. A value marked as not available has not been received; one under secrecy has.
    on
        The day, ISO: that of the newest value on a page (``values.as_of``), today in a terminal.

    Returns
    -------
    DataFrame
        The releases in the order of their dates, those without one last, with ``state`` (`STATES_FR`) and
        ``received_on``, the day when the first value of the period was retrieved.

    Examples
    --------
    >>> expected = pd.DataFrame([("P01", "2024", "2026-12")], columns=["indicator_id", "period", "expected_on"])
    >>> nothing = pd.DataFrame(columns=["indicator_id", "period", "status", "retrieved"])
    >>> [calendar(expected, nothing, day)["state"].item() for day in ("2026-12-31", "2027-01-01")]
    ['expected', 'overdue']
    """
    there = observations[observations["status"] != "not_available"]
    received = there.groupby(["indicator_id", "period"])["retrieved"].min()
    keys = pd.MultiIndex.from_frame(releases[["indicator_id", "period"]])
    days = [str(received.get(key, "")) for key in keys]
    states = [_state(expected, day, on) for expected, day in zip(releases["expected_on"], days, strict=True)]
    found = releases.assign(state=pd.array(states, dtype="str"), received_on=pd.array(days, dtype="str"))
    dated = found["expected_on"].map(_last_day)
    order = found.assign(dated=dated.where(dated != "", "9999")).sort_values(
        ["dated", "indicator_id", "period"], kind="stable"
    )
    return order.drop(columns="dated").reset_index(drop=True)


def overdue(releases: pd.DataFrame, observations: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return the releases whose date has passed without a value (see `calendar`).

    >>> expected = pd.DataFrame([("P01", "2024", "2026-12")], columns=["indicator_id", "period", "expected_on"])
    >>> received = pd.DataFrame([("P01", "2024", "definitive", "2026-12-30")],
    ...                         columns=["indicator_id", "period", "status", "retrieved"])
    >>> len(overdue(expected, received[:0], "2027-01-01")), len(overdue(expected, received, "2027-01-01"))
    (1, 0)
    """
    found = calendar(releases, observations, on)
    return found[found["state"] == "overdue"].reset_index(drop=True)


def _state(expected: str, received: str, on: str) -> str:
    if received:
        return "received"
    if not expected:
        return "undated"
    return "overdue" if _last_day(expected) < on else "expected"


def _last_day(text: str) -> str:
    """Return the last day of an ISO date, even partial.

    >>> _last_day("2026"), _last_day("2026-02"), _last_day("2026-02-03"), _last_day("")
    ('2026-12-31', '2026-02-28', '2026-02-03', '')
    """
    parts = text.split("-")
    if len(parts) == 1:
        return f"{text}-12-31" if text else ""
    return text if len(parts) == 3 else f"{text}-{months.monthrange(int(parts[0]), int(parts[1]))[1]}"
