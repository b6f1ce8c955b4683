"""Say what is new since an edition: values added, revised, made firm, and what has become overdue."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pic_analysis.cleaning.vintages import KEY, current, same_value
from pic_analysis.indicators.calendar import overdue

_KEYS = [*KEY]


@dataclass(frozen=True, eq=False)
class News:
    """What changed between an edition and today.

    ``since`` is the date of the edition, empty where there is none: everything is then new. ``new`` are observations;
    ``revised`` have ``old``, ``new``, ``reason_fr`` and ``revised_on``; ``firmed`` have ``old_status`` and
    ``status``, at an unchanged value; ``indicators`` had no value yet; ``late`` are releases that became overdue.
    """

    since: str
    new: pd.DataFrame
    revised: pd.DataFrame
    firmed: pd.DataFrame
    indicators: tuple[str, ...]
    late: pd.DataFrame

    @property
    def first(self) -> bool:
        """Whether nothing was published before."""
        return not self.since

    @property
    def nothing(self) -> bool:
        """Whether nothing changed."""
        return not (len(self.new) or len(self.revised) or len(self.firmed) or len(self.late))


def baseline(editions: pd.DataFrame, observations: pd.DataFrame) -> str:
    """Return the date of the edition to compare with: the newest that differs from today's values; empty if none does.

    Once an edition is made of today's values, its readers want to know what it has that the one before had not.

    Parameters
    ----------
    editions, observations
        The clean tables.

    Examples
    --------
    >>> today = pd.DataFrame([("P01", "COM-01004", "2020", "2022", "9", "definitive")],
    ...                      columns=[*KEY, "vintage", "value", "status"])
    >>> published = today.assign(edition="2026-11-22")
    >>> baseline(published, today), baseline(published.assign(value="8"), today)
    ('', '2026-11-22')
    """
    now = frozen(observations)
    for day in sorted(editions["edition"].unique(), reverse=True):
        if not now.equals(of_edition(editions, day)):
            return str(day)
    return ""


def frozen(observations: pd.DataFrame) -> pd.DataFrame:
    """Return what an edition of today would hold: the current values, and the missing ones with their reason.

    >>> rows = [("P01", "COM-01004", "2020", vintage, value, "definitive")
    ...         for vintage, value in (("2022", "9"), ("2023", "8"))]
    >>> frozen(pd.DataFrame(rows, columns=[*KEY, "vintage", "value", "status"]))["value"].tolist()
    ['8']
    """
    columns = [*_KEYS, "value", "status", "vintage"]
    return current(observations)[columns].reset_index(drop=True)


def of_edition(editions: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return what the edition of a day holds, in the order of `frozen`."""
    columns = [*_KEYS, "value", "status", "vintage"]
    return editions.loc[editions["edition"] == day, columns].sort_values(_KEYS, ignore_index=True)


def news(
    editions: pd.DataFrame,
    observations: pd.DataFrame,
    revisions: pd.DataFrame,
    releases: pd.DataFrame,
    since: str,
    on: str,
) -> News:
    """Return what is new since an edition.

    Parameters
    ----------
    editions, observations, revisions, releases
        The clean tables.
    since
        Date of the edition, from `baseline`; empty: everything is new.
    on
        The day of today's values (``values.as_of``).
    """
    before = of_edition(editions, since)
    now = current(observations)
    joined = now.merge(before, on=_KEYS, how="left", suffixes=("", "_before"), indicator="known")
    there = joined["known"].eq("both")
    same = [
        known and same_value(old, value)
        for known, old, value in zip(there, joined["value_before"], joined["value"], strict=True)
    ]
    firmed = joined[pd.Series(same, dtype=bool) & joined["status"].ne(joined["status_before"])]
    moved = joined[there & ~pd.Series(same, dtype=bool)]
    late = overdue(releases, observations, on)
    if since:
        already = overdue(releases, observations, since)
        old = {*zip(already["indicator_id"], already["period"], strict=True)}
        known = [(key in old) for key in zip(late["indicator_id"], late["period"], strict=True)]
        late = late[~pd.Series(known, dtype=bool)].reset_index(drop=True)
    there_before = {*before["indicator_id"]}
    return News(
        since,
        joined.loc[~there, [*now.columns]].reset_index(drop=True),
        _revised(moved, revisions, since),
        firmed[[*_KEYS, "value", "status_before", "status"]]
        .rename(columns={"status_before": "old_status"})
        .reset_index(drop=True),
        tuple(name for name in now["indicator_id"].unique() if name not in there_before),
        late,
    )


def _revised(moved: pd.DataFrame, revisions: pd.DataFrame, since: str) -> pd.DataFrame:
    """Return the values that changed, each with the last reason given since the edition."""
    last = revisions[revisions["revised_on"] >= since].drop_duplicates(_KEYS, keep="last")
    found = moved[[*_KEYS, "value_before", "value"]].merge(
        last[[*_KEYS, "revised_on", "reason_fr"]], on=_KEYS, how="left"
    )
    found = found.rename(columns={"value_before": "old", "value": "new"})
    return found.fillna({"revised_on": "", "reason_fr": ""}).reset_index(drop=True)
