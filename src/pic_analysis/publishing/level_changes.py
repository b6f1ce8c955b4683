"""Compare the levels of confidence of two editions of a study, as their published tables give them."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

TABLE = "strength.csv"
"""Published table, among the computed ones, that gives the level of each claim."""


class Change(NamedTuple):
    """One claim whose level is not what it was; empty where the claim did not exist, or exists no more."""

    kind: str
    claim_id: str
    old: str
    new: str


def changes(before: str, after: str) -> list[Change]:
    r"""Return what changed between two states of the table, in the order of the newer one, lost claims last.

    Parameters
    ----------
    before, after
        The text of the CSV, with columns ``kind``, ``claim_id`` and ``confidence``.

    Examples
    --------
    >>> head = "kind,claim_id,confidence"
    >>> changes(f"{head}\nlesson,L1,low", f"{head}\nlesson,L1,medium")
    [Change(kind='lesson', claim_id='L1', old='low', new='medium')]
    """
    was, now = _levels(before), _levels(after)
    keys = [*now, *(key for key in was if key not in now)]
    return [Change(*key, was.get(key, ""), now.get(key, "")) for key in keys if was.get(key) != now.get(key)]


def _levels(text: str) -> dict[tuple[str, str], str]:
    return {(row["kind"], row["claim_id"]): row["confidence"] for row in csv.DictReader(io.StringIO(text))}
