"""Compare a territory with the weighted mean of others that followed it before an event: synthetic control."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal, enough_points
from pic_analysis.indicators.panel import Panel
from pic_analysis.numbers_fr import decimal

LEAST_OTHERS = 3
GOOD, FAIR = 0.95, 0.8
"""Share of the variance before the event that the weighted mean follows: a convention of this project."""


@dataclass(frozen=True, eq=False)
class Synthetic:
    """Synthetic control of one territory.

    ``weights`` are those of the others, largest first, those under a thousandth left out. ``rmspe_before`` and
    ``rmspe_after`` are root mean squares of the gap, in the unit of the series; ``followed`` is the share of the
    variance before the event that is followed. ``gap`` has ``period``, ``value``, ``synthetic`` and ``gap``.
    ``placebos`` has, for each territory treated in turn, ``territory_id``, ``rmspe_before``, ``rmspe_after``,
    ``mean_gap`` (after the event), ``ratio`` and its ``rank``, 1 being the largest; ``placebo_gaps`` their gaps,
    periods by territories.
    ``left_out`` has ``territory_id``, ``rmspe_before`` and ``mean_gap`` without each other territory that has a weight.
    """

    territory: str
    event: str
    weights: pd.Series
    rmspe_before: float
    rmspe_after: float
    followed: float
    mean_gap: float
    gap: pd.DataFrame
    placebos: pd.DataFrame
    placebo_gaps: pd.DataFrame
    left_out: pd.DataFrame
    unused_periods: tuple[str, ...]
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["synthetic"]

    @property
    def ratio(self) -> float:
        """Root mean square of the gap after the event, over that before."""
        return self.rmspe_after / self.rmspe_before if self.rmspe_before else float("inf")

    @property
    def rank(self) -> int:
        """Rank of the ratio among all territories; 1 is the largest."""
        return int(self.placebos.set_index("territory_id").loc[self.territory, "rank"])

    @property
    def of(self) -> int:
        """Number of territories ranked."""
        return len(self.placebos)

    @property
    def p_value(self) -> float:
        """Share of the territories whose ratio is as large."""
        return self.rank / self.of

    @property
    def fit_fr(self) -> str:
        """Say how well the weighted mean follows the territory before the event."""
        error = f"erreur de {decimal(self.rmspe_before, 2)}"
        if self.followed >= GOOD:
            return f"La moyenne pondérée suit bien le territoire avant l’événement ({error})."
        if self.followed >= FAIR:
            return f"La moyenne pondérée ne suit qu’à peu près le territoire avant l’événement ({error}) : prudence."
        return (
            f"La moyenne pondérée ne suit pas le territoire avant l’événement ({error}) : l’écart d’après n’est pas "
            "interprétable."
        )


def weights(target: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the weights, positive and of sum one, whose mean of the others is the nearest to a target.

    Parameters
    ----------
    target
        Values of the target, by period.
    others
        Values of the others, periods by territories.

    Notes
    -----
    Abadie & Gardeazabal (2003), American Economic Review 93:113, with the outcome at each period before the event as
    only predictors, all of the same importance. With weights of sum one the gap is D w, D being the gaps to each of the
    others. The least of |D w|^2 + (sum w - 1)^2 over w >= 0 is proportional to these weights: for a given direction the
    best length leaves r / (1 + r), which grows with r = |D w|^2 at sum one. This is solved exactly by the active sets
    of Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.

    Examples
    --------
    >>> weights(np.array([1.0, 2.0, 3.0]), np.array([[0.0, 4.0], [0.0, 8.0], [0.0, 12.0]])).round(6).tolist()
    [0.75, 0.25]
    """
    # Loaded here: scipy.optimize takes a third of a second.
    from scipy.optimize import nnls

    distance = target[:, None] - others
    scale = np.sqrt((distance**2).sum(axis=0)).min()
    if not scale:  # one of the others is the target itself
        exact = (distance == 0).all(axis=0)
        return exact / exact.sum()
    found, _ = nnls(np.vstack([distance / scale, np.ones(others.shape[1])]), np.append(np.zeros(len(target)), 1.0))
    return found / found.sum()


def synthetic(laid: Panel, territory: str, event: str) -> Synthetic:
    """Return the synthetic control of a territory, with placebos in space and without each other territory.

    Parameters
    ----------
    laid
        As ``panel.panel`` returns it. Periods at which a territory has no value are left out, and listed.
    territory
        The territory concerned; all others may have a weight.
    event
        First period after the event.

    Raises
    ------
    Refusal
        With fewer than eight whole periods before the event, none after, or fewer than three others.

    Notes
    -----
    Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105:493, doi
    10.1198/jasa.2009.ap08746: placebos in space, the territory concerned joining the others, ranked by the ratio of
    root mean squared prediction errors. Without each of the others: Abadie, Diamond & Hainmueller (2015), American
    Journal of Political Science 59:495.
    """
    laid.one(territory)
    whole = laid.values.dropna()
    if whole.shape[1] - 1 < LEAST_OTHERS:
        raise Refusal("territory", f"Territoires de comparaison : {whole.shape[1] - 1} ; il en faut {LEAST_OTHERS}.")
    early = whole.index.to_numpy() < laid.at(event)
    enough_points(int(early.sum()), "communs à tous avant l’événement")
    enough_points(int((~early).sum()), "communs à tous après l’événement", 1)
    gaps = pd.DataFrame({name: _gap(whole, name, early)[0] for name in whole.columns}, index=whole.index)
    gap, share = gaps[territory].to_numpy(), _gap(whole, territory, early)[1]
    own = whole[territory].to_numpy()
    spread = float(np.var(own[early]))
    before = _rms(gap[early])
    rows = []
    for name in share.index[share > 0]:
        without = whole.drop(columns=[name])
        if without.shape[1] - 1 >= LEAST_OTHERS:
            rest, _ = _gap(without, territory, early)
            rows.append((name, _rms(rest[early]), float(rest[~early].mean())))
    texts = [laid.text(number) for number in whole.index]
    all_gaps = gaps.set_axis(texts).rename_axis("period")
    all_gaps.attrs.update(laid.values.attrs)
    return Synthetic(
        territory,
        event,
        share[share >= 0.001].sort_values(ascending=False),
        before,
        _rms(gap[~early]),
        1 - before**2 / spread if spread else float("nan"),
        float(gap[~early].mean()),
        pd.DataFrame({"period": texts, "value": own, "synthetic": own - gap, "gap": gap}),
        _placebos(gaps, early),
        all_gaps,
        pd.DataFrame(rows, columns=["territory_id", "rmspe_before", "mean_gap"]),
        tuple(laid.text(number) for number in laid.values.index.difference(whole.index)),
    )


def _gap(whole: pd.DataFrame, name: str, early: np.ndarray) -> tuple[np.ndarray, pd.Series]:
    others = whole.drop(columns=[name])
    share = pd.Series(weights(whole.loc[early, name].to_numpy(), others[early].to_numpy()), index=others.columns)
    return whole[name].to_numpy() - others.to_numpy() @ share.to_numpy(), share


def _placebos(gaps: pd.DataFrame, early: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "territory_id": [*gaps.columns],
            "rmspe_before": [_rms(gaps.loc[early, name].to_numpy()) for name in gaps],
            "rmspe_after": [_rms(gaps.loc[~early, name].to_numpy()) for name in gaps],
            "mean_gap": [float(gaps.loc[~early, name].mean()) for name in gaps],
        }
    )
    table["ratio"] = table["rmspe_after"] / table["rmspe_before"]
    # Ties count against the territory.
    table["rank"] = table["ratio"].rank(ascending=False, method="max").astype(int)
    return table.sort_values(["rank", "territory_id"], ignore_index=True)


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)))
