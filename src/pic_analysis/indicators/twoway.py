"""Estimate with an effect for each territory and each period, and rank the estimate among placebos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import Refusal

MOST_PLACEBOS, SEED = 999, 1


@dataclass(frozen=True)
class TwoWay:
    """What is left of regressors once the effects of territories and periods are taken out.

    ``basis`` is an orthonormal basis of these effects over the cells that have a value (``known``).
    """

    values: np.ndarray
    known: np.ndarray
    basis: np.ndarray

    @classmethod
    def of(cls, values: pd.DataFrame) -> TwoWay:
        """Take the effects of the rows (periods) and columns (territories) of a table.

        Raises
        ------
        Refusal
            If a territory or a period has no value at all.
        """
        known = values.notna().to_numpy()
        if not known.any(axis=0).all():
            empty = ", ".join(map(str, values.columns[~known.any(axis=0)]))
            raise Refusal("points", f"Aucune valeur pour : {empty}.")
        periods, territories = np.nonzero(known)
        used = np.flatnonzero(known.any(axis=1))
        effects = np.zeros((len(periods), values.shape[1] + len(used) - 1))
        effects[np.arange(len(periods)), territories] = 1
        late = periods != used[0]
        effects[np.flatnonzero(late), values.shape[1] + np.searchsorted(used, periods[late]) - 1] = 1
        return cls(values.to_numpy(), known, np.linalg.qr(effects)[0])

    def rest(self, table: np.ndarray) -> np.ndarray:
        """Return a regressor over the known cells, without the part that the effects tell."""
        column = table[self.known]
        return column - self.basis @ (self.basis.T @ column)


@dataclass(frozen=True, eq=False)
class Ranked:
    """An estimate, its rank among placebos, and the interval of the values that the ranks do not refuse.

    ``rank`` is 1 for the largest in absolute value; ``p_value`` is rank / ``of``, ties counting against the estimate;
    ``least_p`` is the smallest that so many placebos allow. ``placebos`` are the estimates of the placebos.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    least_p: float
    rank: int
    of: int
    placebos: tuple[float, ...]


def rank(estimate: float, placebos: np.ndarray, echoes: np.ndarray, confidence: float = 0.95) -> Ranked:
    """Return where an estimate stands among placebos.

    Parameters
    ----------
    estimate
        Estimate of the treated.
    placebos
        Estimates of the same thing where nothing happened.
    echoes
        By how much each placebo moves when one unit is added to the treated: it is in their comparison group.
    confidence
        Level of the interval; out of reach of the number of placebos, the interval has no bounds.

    Notes
    -----
    Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105:493, section 3.4; Conley &
    Taber (2011), Review of Economics and Statistics 93:113. An effect d is in the interval unless, once d is taken away
    from the treated, no more than (1 - confidence) of all are as large.

    Examples
    --------
    >>> found = rank(3.0, np.array([1.0, -4.0, 0.5]), np.zeros(3), confidence=0.75)
    >>> found.rank, found.of, found.p_value, found.least_p, found.low, found.high
    (2, 4, 0.5, 0.25, -1.0, 7.0)
    """
    total = len(placebos) + 1
    # Ties count against the estimate; equal numbers may differ by a rounding.
    larger = int((np.abs(placebos) >= abs(estimate) * (1 - 1e-9)).sum())
    asked = int(np.floor((1 - confidence) * total + 1e-9))
    low, high = -np.inf, np.inf
    if asked:
        # |placebo - echo d| >= |estimate - d| between these two effects d, which hold the estimate between them.
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.array([(estimate - placebos) / (1 - echoes), (estimate + placebos) / (1 + echoes)])
        ends[:, np.abs(echoes) > 1 - 1e-9] = [[-np.inf], [np.inf]]
        low = np.sort(ends.min(axis=0))[asked - 1]
        high = np.sort(ends.max(axis=0))[-asked]
    share = (larger + 1) / total
    return Ranked(
        float(estimate), float(low), float(high), share, 1 / total, larger + 1, total, tuple(map(float, placebos))
    )


def placebo_groups(columns: Sequence[str], treated: Sequence[str]) -> list[tuple[int, ...]]:
    """Return other groups of as many territories: each one of them, or 999 drawn if they are more.

    >>> placebo_groups(["a", "b", "c"], ["b"])
    [(0,), (2,)]
    """
    own = tuple(sorted(list(columns).index(name) for name in treated))
    number = comb(len(columns), len(own)) - 1
    if number <= MOST_PLACEBOS:
        return [group for group in combinations(range(len(columns)), len(own)) if group != own]
    rng = np.random.default_rng(SEED)
    drawn: dict[tuple[int, ...], None] = {}
    while len(drawn) < MOST_PLACEBOS:
        group = tuple(sorted(map(int, rng.choice(len(columns), len(own), replace=False))))
        if group != own:
            drawn[group] = None
    return list(drawn)


def ranked_regression(
    values: pd.DataFrame, treated: Sequence[str], course: np.ndarray, confidence: float = 0.95
) -> Ranked:
    """Return the coefficient of a course in time, for the treated, beside that of every placebo group.

    Parameters
    ----------
    values
        Periods by territories.
    treated
        Columns of the treated.
    course
        Value of the regressor at each period for a treated territory; it is zero for the others.
    confidence
        Level of the interval.
    """
    effects = TwoWay.of(values)
    own = tuple(list(values.columns).index(name) for name in treated)
    outcome = effects.rest(np.nan_to_num(effects.values))

    def regressor(group: tuple[int, ...]) -> np.ndarray:
        table = np.zeros(values.shape)
        table[:, list(group)] = course[:, None]
        return effects.rest(table)

    left = regressor(own)
    if left @ left < 1e-9:
        raise Refusal("points", "Il manque des valeurs avant ou après l’événement : aucun écart n’est estimable.")
    estimates, echoes = [], []
    for group in placebo_groups([*values.columns], treated):
        other = regressor(group)
        size = other @ other
        if size > 1e-9:
            estimates.append(other @ outcome / size)
            echoes.append(other @ left / size)
    return rank(float(left @ outcome / (left @ left)), np.array(estimates), np.array(echoes), confidence)
