"""Compare how territories moved after an event with how the others did: difference in differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, LEAST_CLUSTERS, LEAST_POINTS, Refusal, enough_points
from pic_analysis.indicators.panel import Panel
from pic_analysis.indicators.twoway import Ranked, TwoWay, placebo_groups, rank, ranked_regression

LEAST_OTHERS = 3


@dataclass(frozen=True, eq=False)
class Differences:
    """Difference in differences of the treated, ranked among the other territories.

    ``before`` and ``after`` are numbers of periods; ``placebo_units`` has ``territory_id`` and ``estimate``, each
    territory being treated in turn (empty with several treated).
    """

    treated: tuple[str, ...]
    event: str
    before: int
    after: int
    ranked: Ranked
    placebo_units: pd.DataFrame
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["differences"]


def differences(laid: Panel, treated: Sequence[str], event: str, confidence: float = 0.95) -> Differences:
    """Return the difference in differences of territories that an event concerns, all at the same date.

    Parameters
    ----------
    laid
        As ``panel.panel`` returns it. Missing values are left out.
    treated
        The territories concerned; the others are those that they are compared with.
    event
        First period after the event.
    confidence
        Level of the interval.

    Raises
    ------
    Refusal
        If a treated territory has no value, fewer than three others are there, or no period before or after.

    Notes
    -----
    Coefficient of treated x after in a regression with an effect for each territory and each period: Card & Krueger
    (1994), American Economic Review 84:772; Angrist & Pischke (2009), section 5.2. One date only: with several, this
    regression mixes comparisons (Goodman-Bacon 2021, doi 10.1016/j.jeconom.2021.03.014). The p-value is the rank among
    placebos: see `twoway.rank`.
    """
    after = _after(laid, treated, event)
    ranked = ranked_regression(laid.values, treated, after.astype(float), confidence)
    others = [name for name in laid.values.columns if name not in treated]
    single = len(treated) == 1 and len(ranked.placebos) == len(others)
    units = pd.DataFrame(
        {"territory_id": [*treated, *others], "estimate": [ranked.estimate, *ranked.placebos]} if single else {}
    )
    return Differences(tuple(treated), event, int((~after).sum()), int(after.sum()), ranked, units)


def event_study(
    laid: Panel, treated: Sequence[str], event: str, reference: int = -1, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the gap of the treated to the others at each period, less that of a reference period.

    Parameters
    ----------
    laid, treated, event, confidence
        As for `differences`.
    reference
        Period whose gap is zero, counted from the event: -1 is the one before.

    Returns
    -------
    DataFrame
        ``lead`` (periods from the event), ``period``, ``estimate``, ``low``, ``high``, ``p_value``. A territory counts
        where it has both values; without one of the treated the estimate is ``nan``.

    Notes
    -----
    Leads and lags of treated in the regression of `differences`, saturated: Angrist & Pischke (2009), section 5.2.1.
    The intervals are those of `twoway.rank`, period by period: they are not simultaneous.
    """
    _after(laid, treated, event)
    first = laid.at(event)
    columns = [*laid.values.columns]
    own = [columns.index(name) for name in treated]
    groups = [tuple(own), *placebo_groups(columns, treated)]
    inside = np.zeros((len(groups), len(columns)))
    for row, group in enumerate(groups):
        inside[row, list(group)] = 1
    base = laid.values.reindex([first + reference]).iloc[0].to_numpy()
    if not np.isfinite(base[own]).all():
        raise Refusal("points", "Le territoire étudié n’a pas de valeur à la période de référence.")
    rows = []
    for number, values in zip(laid.values.index, laid.values.to_numpy(), strict=True):
        change = values - base
        there = np.isfinite(change)
        if not there[own].all() or there.sum() < len(own) + LEAST_OTHERS:
            bounds = [float("nan")] * 4
        elif number == first + reference:
            bounds = [0.0, 0.0, 0.0, float("nan")]
        else:
            whole = (inside[:, there].sum(axis=1) == len(own)).nonzero()[0]
            # weight of each territory: its group's mean less that of the others
            weights = inside[np.ix_(whole, there)] / len(own)
            weights -= (1 - inside[np.ix_(whole, there)]) / (there.sum() - len(own))
            estimates = weights @ change[there]
            echoes = weights @ inside[0, there]
            found = rank(estimates[0], estimates[1:], echoes[1:], confidence)
            bounds = [found.estimate, found.low, found.high, found.p_value]
        rows.append((int(number) - first, laid.text(number), *bounds))
    table = pd.DataFrame(rows, columns=["lead", "period", "estimate", "low", "high", "p_value"])
    table.attrs.update(laid.values.attrs)
    return table


@dataclass(frozen=True, eq=False)
class PreTrend:
    """Whether the gap of the treated already moved before the event: ``slope`` a year and ``spread`` of its values."""

    slope: Ranked
    spread: Ranked


def pre_trend(laid: Panel, treated: Sequence[str], event: str) -> PreTrend:
    """Return the slope, and the standard deviation, of the gap before the event, ranked among placebos.

    Raises
    ------
    Refusal
        With fewer than eight periods before the event; or what `differences` refuses.

    Notes
    -----
    A gap that does not differ from the others' does not prove parallel trends: the test is often too weak (Roth 2022,
    American Economic Review: Insights 4:305). The spread is the joint test of the leads: it does not depend on the
    reference period.
    """
    _after(laid, treated, event)
    early = laid.before(event)
    enough_points(int(early.values[list(treated)].notna().all(axis=1).sum()), "avant l’événement")
    years = early.values.index.to_numpy() / early.per_year
    slope = ranked_regression(early.values, treated, years - years.mean())
    columns = [*early.values.columns]
    groups = [tuple(columns.index(name) for name in treated), *placebo_groups(columns, treated)]
    effects = TwoWay.of(early.values)
    table = np.full(early.values.shape, np.nan)
    table[effects.known] = effects.rest(np.nan_to_num(effects.values))
    # In a whole table the gap is this rest, up to the same factor for every group of the same size.
    factor = len(columns) / (len(columns) - len(treated))
    spreads = factor * np.array([np.nanstd(table[:, list(group)].mean(axis=1)) for group in groups])
    return PreTrend(slope, rank(spreads[0], spreads[1:], np.zeros(len(spreads) - 1)))


def placebo_dates(laid: Panel, treated: Sequence[str], event: str, least: int = LEAST_POINTS) -> pd.DataFrame:
    """Return the estimates that dates before the event would have given, on the values before it only.

    Returns
    -------
    DataFrame
        ``event`` (first period after the false date), ``estimate``, ``p_value``, ``rank`` and ``of``; every date that
        leaves ``least`` periods before and after. None if the series is too short.
    """
    early = laid.before(event)
    numbers = early.values.index
    rows = []
    for number in numbers[least : len(numbers) - least + 1]:
        found = differences(early, treated, early.text(number)).ranked
        rows.append((early.text(number), found.estimate, found.p_value, found.rank, found.of))
    return pd.DataFrame(rows, columns=["event", "estimate", "p_value", "rank", "of"])


@dataclass(frozen=True)
class Clustered:
    """Difference in differences with errors clustered by territory."""

    estimate: float
    error: float
    low: float
    high: float
    clusters: int


def clustered(laid: Panel, treated: Sequence[str], event: str, confidence: float = 0.95) -> Clustered:
    """Return the difference in differences with clustered errors, where territories are many enough.

    Raises
    ------
    Refusal
        With fewer than forty territories, or five treated, or five others: the errors would be far too small.

    Notes
    -----
    Liang & Zeger (1986), Biometrika 73:13, with the correction G / (G - 1) (n - 1) / (n - k) and Student's t of G - 1
    degrees: Cameron & Miller (2015), Journal of Human Resources 50:317. Few treated: MacKinnon & Webb (2017), Journal
    of Applied Econometrics 32:233.
    """
    from scipy.stats import t as student

    number, few = laid.values.shape[1], min(len(treated), laid.values.shape[1] - len(treated))
    if number < LEAST_CLUSTERS or few < 5:
        raise Refusal(
            "clusters",
            f"Erreurs groupées refusées : {number} territoires dont {len(treated)} étudiés ; il en faut au moins "
            f"{LEAST_CLUSTERS}, dont 5 de chaque côté, sinon l’intervalle est beaucoup trop étroit. Lire le rang "
            "parmi les placebos.",
        )
    after = _after(laid, treated, event)
    effects = TwoWay.of(laid.values)
    table = np.zeros(laid.values.shape)
    table[np.ix_(after, laid.values.columns.isin(list(treated)))] = 1
    left, outcome = effects.rest(table), effects.rest(np.nan_to_num(effects.values))
    estimate = float(left @ outcome / (left @ left))
    territories = np.nonzero(effects.known)[1]
    scores = np.bincount(territories, weights=left * (outcome - estimate * left), minlength=number)
    cells, width = len(left), effects.basis.shape[1] + 1
    correction = number / (number - 1) * (cells - 1) / (cells - width)
    error = float(np.sqrt(correction * (scores**2).sum())) / float(left @ left)
    reach = float(student.ppf((1 + confidence) / 2, number - 1)) * error
    return Clustered(estimate, error, estimate - reach, estimate + reach, number)


def _after(laid: Panel, treated: Sequence[str], event: str) -> np.ndarray:
    """Say which periods come after the event, once sure that a comparison is possible."""
    for name in treated:
        laid.one(name)
    others = laid.values.shape[1] - len(set(treated))
    if others < LEAST_OTHERS:
        raise Refusal("territory", f"Territoires de comparaison : {others} ; il en faut au moins {LEAST_OTHERS}.")
    after = laid.values.index.to_numpy() >= laid.at(event)
    if after.all() or not after.any():
        raise Refusal("points", "Aucune période avant l’événement, ou aucune après : rien n’est comparable.")
    return after
