"""Count judgements once, interview by interview: every coefficient and every bootstrap starts from these sums.

All coefficients of agreement are functions of sums over units. Summed within each interview first, a bootstrap over
interviews is one product of matrices: how often each interview is drawn, by what it adds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.coding.ratings import Ratings


@dataclass(frozen=True, eq=False)
class Tallies:
    """Sums over units, one flat row of ``cells`` a group of units (shape ``(..., cells)``)."""

    cells: np.ndarray
    coders: int
    categories: int

    @property
    def pairs(self) -> np.ndarray:
        """Contingency of earlier coder x later coder, each unit judged twice or more counting for one."""
        return self._part(0, self.categories, self.categories)

    @property
    def coincidences(self) -> np.ndarray:
        """Krippendorff's coincidences of values, each judgement of a unit judged twice or more counting for one."""
        return self._part(1, self.categories, self.categories)

    @property
    def shares(self) -> np.ndarray:
        """Shares of each unit's judgements that fall in each category, each judged unit counting for one."""
        return self._part(2, self.categories)

    @property
    def marginals(self) -> np.ndarray:
        """How often each coder gave each category."""
        return self._part(3, self.coders, self.categories)

    @property
    def units(self) -> np.ndarray:
        """Number of units that two coders or more judged."""
        # A unit of three coders is three thirds, which floating-point sums may miss by a hair.
        return np.rint(self.pairs.sum(axis=(-2, -1))).astype(np.int64)

    def total(self) -> Tallies:
        """Return the sums over the first axis."""
        return Tallies(self.cells.sum(axis=0), self.coders, self.categories)

    def drawn(self, times: np.ndarray) -> Tallies:
        """Return the sums over the first axis of this many copies of each of its rows.

        Parameters
        ----------
        times
            Shape ``(replicates, rows)``.
        """
        rows = self.cells.shape[0]
        cells = times @ self.cells.reshape(rows, -1)
        return Tallies(cells.reshape(len(times), *self.cells.shape[1:]), self.coders, self.categories)

    def _part(self, number: int, *shape: int) -> np.ndarray:
        q, g = self.categories, self.coders
        ends = np.cumsum([0, q * q, q * q, q, g * q])
        return self.cells[..., ends[number] : ends[number + 1]].reshape(*self.cells.shape[:-1], *shape)


def tally(ratings: Ratings, *by: str) -> tuple[Tallies, list[pd.Index]]:
    """Return the sums of judgements over the units of each group.

    Parameters
    ----------
    ratings
        Judgements.
    by
        Columns of the units, the axes of the result; none for the sums over all units.

    Returns
    -------
    tuple
        The sums, with one axis for each column of ``by``, and the labels of each axis, sorted.
    """
    sizes, labels = [], []
    group = np.zeros(len(ratings.units), dtype=np.int64)
    for column in by:
        codes, names = pd.factorize(ratings.units[column], sort=True)
        group = group * len(names) + codes
        sizes.append(len(names))
        labels.append(pd.Index(names, name=column))
    groups, q, g = int(np.prod(sizes)), len(ratings.categories), len(ratings.coders)
    judged = (ratings.values >= 0).sum(axis=1)
    pairs, coincidences = np.zeros((2, groups, q * q))
    shares, marginals = np.zeros((groups, q)), np.zeros((groups, g, q))
    for first in range(g):
        one = ratings.values[:, first]
        made = one >= 0
        shares += _sums(group[made], one[made], 1 / judged[made], groups, q)
        marginals[:, first] = _sums(group[made], one[made], np.ones(made.sum()), groups, q)
        for second in range(first + 1, g):
            other = ratings.values[:, second]
            both = made & (other >= 0)
            cell, there, r = one[both] * q + other[both], group[both], judged[both]
            pairs += _sums(there, cell, 2 / (r * (r - 1)), groups, q * q)
            coincidences += _sums(there, cell, 1 / (r - 1), groups, q * q)
    square = coincidences.reshape(groups, q, q)
    symmetric = (square + square.swapaxes(1, 2)).reshape(groups, q * q)
    cells = np.concatenate([pairs, symmetric, shares, marginals.reshape(groups, g * q)], axis=1)
    return Tallies(cells.reshape(*sizes, cells.shape[1]), g, q), labels


def _sums(group: np.ndarray, cell: np.ndarray, each: np.ndarray, groups: int, cells: int) -> np.ndarray:
    return np.bincount(group * cells + cell, weights=each, minlength=groups * cells).reshape(groups, cells)
