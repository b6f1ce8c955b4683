"""Ask what it would take to lose a claim: without each source, and the smallest losses that weaken it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from math import comb

import numpy as np
import pandas as pd

from pic_analysis.evidence.body import PEOPLE, Body, Booleans
from pic_analysis.evidence.strength import Rubric
from pic_analysis.vocabulary import CONFIDENCES

BATCH = 20_000  # removals counted at a time: some tens of megabytes
LARGEST_SEARCH = 3_000_000  # removals of one size; beyond, the search says that it stopped


def verdict(before: int, after: int) -> str:
    """Return what a claim does when its confidence goes from one position in ``CONFIDENCES`` to another.

    It rises when what is taken away spoke against it: that is no gain of evidence.

    >>> verdict(2, 2), verdict(3, 1), verdict(1, 0), verdict(1, 2)
    ('holds', 'weakens', 'falls', 'rises')
    """
    if after == 0 and before > 0:
        return "falls"
    return "weakens" if after < before else "rises" if after > before else "holds"


def leave_one_out(body: Body, rubric: Rubric) -> pd.DataFrame:
    """Return what becomes of a claim without each case, each respondent, each kind of source.

    Returns
    -------
    DataFrame
        ``dimension`` (``case``, ``respondent``, ``kind``), ``removed`` (case, source or kind), number of supporting
        ``sources`` left, ``confidence`` left and ``verdict``. Without a case, its cells and its respondents are gone.
    """
    removals = [("case", case, body.case == case) for case in np.unique(body.case) if case]
    people = np.flatnonzero(body.kind == PEOPLE)
    removals += [("respondent", body.names[n], np.arange(len(body.names)) == n) for n in people]
    removals += [("kind", kind, body.kind == kind) for kind in np.unique(body.kind)]
    columns = ["dimension", "removed", "sources", "confidence", "verdict"]
    if not removals:
        return pd.DataFrame(columns=columns, dtype=str)
    before = int(rubric.confidence(body.count(body.everything()))[0])
    left = body.count(~np.array([removed for *_, removed in removals]))
    levels = [*CONFIDENCES]
    rows = [
        (dimension, str(name), int(sources), levels[level], verdict(before, int(level)))
        for (dimension, name, _), sources, level in zip(removals, left.sources, rubric.confidence(left), strict=True)
    ]
    return pd.DataFrame(rows, columns=columns)


def minimal_sets(body: Body, rubric: Rubric) -> list[tuple[str, ...]]:
    """Return the smallest sets of sources whose removal lowers the confidence, all ties, in order of names.

    Exact: every set of each size is tried, from one source up, among the sources that statements which support the
    claim call on: to remove another never lowers its confidence. An empty list means that there is nothing to lose.

    Raises
    ------
    ValueError
        If a size has more sets than can be tried: no approximate answer is given for an exact one.
    """
    before = int(rubric.confidence(body.count(body.everything()))[0])
    holding = np.flatnonzero(body.holds)
    if before == 1:
        # From the lowest level a claim can only fall, and it falls with its last source.
        return [tuple(body.supporting)]
    for size in range(1, len(holding) + 1) if before else ():
        if comb(len(holding), size) > LARGEST_SEARCH:
            raise ValueError(
                f"{comb(len(holding), size)} ensembles de {size} source{'s' * (size > 1)} à essayer : c’est trop"
            )
        found: list[tuple[str, ...]] = []
        for batch in _batches(holding, size):
            lowered = rubric.confidence(body.count(_kept(batch, len(body.names)))) < before
            found += [tuple(body.names[n] for n in chosen) for chosen in batch[lowered]]
        if found:
            return found
    return []


def _batches(items: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """Yield every set of a size, as arrays of at most `BATCH` rows."""
    every = combinations(items, size)
    while batch := [*islice(every, BATCH)]:
        yield np.array(batch, dtype=int)


def _kept(chosen: np.ndarray, sources: int) -> Booleans:
    keep = np.ones((len(chosen), sources), dtype=bool)
    keep[np.arange(len(chosen))[:, np.newaxis], chosen] = False
    return keep
