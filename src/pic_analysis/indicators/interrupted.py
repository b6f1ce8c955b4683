"""Compare a series after an event with what it would have been, had its level, slope and season gone on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal, enough_points
from pic_analysis.indicators.panel import Panel, panel
from pic_analysis.indicators.residuals import durbin_watson, ljung_box, newey_west
from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.periods import of_ordinal

LONG = 400
"""Points from which, in simulations of this very model, Newey-West intervals said to be at 95 % cover 90 % or more."""

Family = Literal["ols", "poisson", "quasipoisson"]
_TERMS = {"level": "saut de niveau", "slope": "changement de pente, par an", "trend": "pente d’avant, par an"}


@dataclass(frozen=True, eq=False)
class Interrupted:
    """Segmented regression of one series.

    ``terms`` has ``term``, ``label_fr``, ``estimate``, ``low``, ``high`` and ``p_value``: differences in the unit of
    the series (``ols``), or ratios (``poisson``, ``quasipoisson``). ``series`` has ``period``, ``value``, ``fitted``,
    ``counterfactual``, ``low`` and ``high`` (of the counterfactual's mean, from the event on); every period is there, a
    missing value is ``nan``. ``dispersion`` is ``nan`` for ``ols``.
    """

    family: Family
    before: int
    after: int
    terms: pd.DataFrame
    series: pd.DataFrame
    missing: tuple[str, ...]
    dispersion: float
    durbin_watson: float
    ljung_box_p: float
    warnings_fr: tuple[str, ...]
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["interrupted"]

    def term(self, name: str) -> dict[str, float]:
        """Return one term: ``level``, ``slope`` or ``trend``."""
        row = self.terms.set_index("term").loc[name]
        return {key: float(row[key]) for key in ("estimate", "low", "high", "p_value")}


def interrupted(
    frame: pd.DataFrame,
    event: str,
    family: Family = "ols",
    *,
    slope: bool = True,
    harmonics: int = 0,
    breaks: Sequence[str] = (),
    confidence: float = 0.95,
) -> Interrupted:
    """Return the segmented regression of one territory's series around an event.

    Parameters
    ----------
    frame
        ``territory_id`` (one only), ``period`` and ``value``; with a Poisson family, ``exposure`` too where the values
        are counts among a population. A missing value stays missing, and time keeps its true distance.
    event
        First period after the event.
    family
        ``ols`` with Newey-West errors; ``poisson``; or ``quasipoisson``, its errors widened by the over-dispersion.
    slope
        Whether the slope may change too, or the level only: to be chosen before looking at the curve.
    harmonics
        Pairs of sine and cosine of the season; none for a yearly series.
    breaks
        First period of each new definition.
    confidence
        Level of the intervals.

    Raises
    ------
    Refusal
        With fewer than eight points before or after the event; or what ``panel.panel`` refuses.

    Notes
    -----
    y = b0 + b1 t + b2 after + b3 t after + season, with t in years from the event, so that b2 is the change of level at
    the event: Wagner, Soumerai, Zhang & Ross-Degnan (2002), Journal of Clinical Pharmacy and Therapeutics 27:299;
    Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46:348, doi 10.1093/ije/dyw098, whose
    published figures are among the tests. Poisson: log of the mean, with the log of the exposure as offset.

    Examples
    --------
    >>> years = [str(year) for year in range(2000, 2020)]
    >>> values = [float(n) for n in range(10)] + [n + 5.0 for n in range(10, 20)]
    >>> found = interrupted(pd.DataFrame({"territory_id": "a", "period": years, "value": values}), "2010")
    >>> [round(found.term(name)["estimate"], 6) + 0 for name in ("trend", "level", "slope")]
    [1.0, 5.0, 0.0]
    """
    laid = panel(frame, breaks)
    if laid.values.shape[1] != 1:
        raise ValueError(f"expected one territory, got {[*laid.values.columns]}")
    first, series = laid.at(event), laid.values.iloc[:, 0]
    present = series.notna()
    before, after = int(present.loc[: first - 1].sum()), int(present.loc[first:].sum())
    enough_points(before, "avant l’événement")
    enough_points(after, "après l’événement")
    design = _design(laid, first, slope, harmonics)
    offset = _offset(frame, laid)
    value, known = series.to_numpy(), present.to_numpy()
    fit = _ols(value, design, known) if family == "ols" else _glm(value, design, known, offset, family)
    terms = _terms(fit, [*design.columns], confidence)
    predicted = _predicted(laid, design, first, fit, offset, confidence).assign(value=value)
    warnings = _warnings(fit, family, laid, harmonics)
    missing = tuple(laid.text(number) for number in series.index[~present])
    return Interrupted(
        family,
        before,
        after,
        terms,
        predicted[["period", "value", "fitted", "counterfactual", "low", "high"]],
        missing,
        fit.dispersion,
        durbin_watson(fit.residuals),
        ljung_box(fit.residuals),
        warnings,
    )


@dataclass(frozen=True, eq=False)
class _Fit:
    """Coefficients, their covariance, and the residuals (nan where missing)."""

    coefficients: np.ndarray
    covariance: np.ndarray
    residuals: np.ndarray
    freedom: float  # of Student's t; infinite: normal
    log: bool
    dispersion: float = float("nan")
    dispersion_p: float = float("nan")


def _design(laid: Panel, first: int, slope: bool, harmonics: int) -> pd.DataFrame:
    numbers = laid.values.index.to_numpy()
    years = (numbers - first) / laid.per_year
    after = (numbers >= first).astype(float)
    design = {"constant": np.ones(len(numbers)), "trend": years, "level": after}
    if slope:
        design["slope"] = years * after
    if harmonics and harmonics > laid.per_year // 2:
        raise ValueError(f"expected at most {laid.per_year // 2} harmonics for this frequency, got {harmonics}")
    parts = np.array([of_ordinal(int(number), laid.frequency).part for number in numbers])
    for wave in range(1, harmonics + 1):
        angle = 2 * np.pi * wave * parts / laid.per_year
        design[f"cos{wave}"] = np.cos(angle)
        if 2 * wave < laid.per_year:  # at half the year's frequency the sine is zero everywhere
            design[f"sin{wave}"] = np.sin(angle)
    return pd.DataFrame(design)


def _offset(frame: pd.DataFrame, laid: Panel) -> np.ndarray:
    if "exposure" not in frame:
        return np.zeros(len(laid.values))
    exposure = panel(frame.assign(value=frame["exposure"])).values.iloc[:, 0].reindex(laid.values.index)
    if not (exposure.dropna() > 0).all() or exposure[laid.values.iloc[:, 0].notna()].isna().any():
        raise Refusal("points", "Chaque valeur demande une population (exposition) positive.")
    return np.log(exposure.to_numpy())


def _ols(value: np.ndarray, design: pd.DataFrame, known: np.ndarray) -> _Fit:
    x = design.to_numpy()
    coefficients = np.linalg.lstsq(x[known], value[known], rcond=None)[0]
    residuals = value - x @ coefficients
    return _Fit(coefficients, newey_west(x, residuals), residuals, known.sum() - x.shape[1], log=False)


def _glm(value: np.ndarray, design: pd.DataFrame, known: np.ndarray, offset: np.ndarray, family: Family) -> _Fit:
    # Loaded here, and only these: the whole of statsmodels takes a second.
    from scipy.stats import chi2
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    counts = value[known]
    if (counts < 0).any():
        raise Refusal("points", "Une série de comptes n’a pas de valeur négative.")
    model = GLM(counts, design.to_numpy()[known], family=Poisson(), offset=offset[known])
    fit: Any = model.fit(scale="X2" if family == "quasipoisson" else 1.0)
    residuals = np.full(len(value), np.nan)
    residuals[known] = fit.resid_pearson
    excess = float((residuals[known] ** 2).sum())
    tail = float(chi2.sf(excess, fit.df_resid))
    return _Fit(fit.params, fit.cov_params(), residuals, np.inf, True, excess / fit.df_resid, tail)


def _terms(fit: _Fit, names: list[str], confidence: float) -> pd.DataFrame:
    from scipy.stats import t as student

    rows = []
    for name in (name for name in ("level", "slope", "trend") if name in names):
        place = names.index(name)
        middle, error = fit.coefficients[place], np.sqrt(fit.covariance[place, place])
        reach = student.ppf((1 + confidence) / 2, fit.freedom) * error
        p_value = 2 * student.sf(abs(middle) / error, fit.freedom) if error else float("nan")
        bounds = [middle, middle - reach, middle + reach]
        rows.append((name, _TERMS[name], *(np.exp(bounds) if fit.log else bounds), p_value))
    return pd.DataFrame(rows, columns=["term", "label_fr", "estimate", "low", "high", "p_value"])


def _predicted(
    laid: Panel, design: pd.DataFrame, first: int, fit: _Fit, offset: np.ndarray, confidence: float
) -> pd.DataFrame:
    from scipy.stats import t as student

    without = design.assign(**dict.fromkeys({"level", "slope"} & set(design.columns), 0.0)).to_numpy()
    middle = without @ fit.coefficients + offset
    error = np.sqrt(np.einsum("ij,jk,ik->i", without, fit.covariance, without))
    reach = student.ppf((1 + confidence) / 2, fit.freedom) * error
    late = laid.values.index.to_numpy() >= first
    columns = {"fitted": design.to_numpy() @ fit.coefficients + offset}
    columns |= {
        name: np.where(late, line, np.nan)
        for name, line in (("counterfactual", middle), ("low", middle - reach), ("high", middle + reach))
    }
    return pd.DataFrame({"period": laid.periods} | {n: np.exp(c) if fit.log else c for n, c in columns.items()})


def _warnings(fit: _Fit, family: Family, laid: Panel, harmonics: int) -> tuple[str, ...]:
    said = []
    if fit.log and fit.dispersion_p < 0.05:
        words = (
            "les intervalles en tiennent compte" if family == "quasipoisson" else "les intervalles sont trop étroits"
        )
        said.append(
            f"Sur-dispersion : la variance vaut {decimal(fit.dispersion, 1)} fois celle d’un Poisson ; {words}."
        )
    if not fit.log and np.isfinite(fit.residuals).sum() < LONG:
        said.append(
            "Série courte pour des intervalles de Newey-West : à 60 points, dans nos simulations, un intervalle dit à "
            f"95{NBSP}% ne contient la vraie valeur que 8 à 9 fois sur 10."
        )
    watson, tail = durbin_watson(fit.residuals), ljung_box(fit.residuals)
    if tail < 0.05:
        p_value = f"p = {decimal(tail, 3)}" if tail >= 0.001 else "p inférieur à 0,001"
        words = (
            "les intervalles en tiennent compte en partie" if family == "ols" else "les intervalles sont trop étroits"
        )
        said.append(
            f"Autocorrélation des résidus (Ljung-Box, {p_value} ; Durbin-Watson, {decimal(watson, 2)}) : {words}."
        )
    if laid.per_year > 1 and not harmonics:
        said.append("Saison non modélisée : la série est supposée corrigée des variations saisonnières.")
    if number := int(laid.values.isna().sum().sum()):
        said.append(f"Périodes sans valeur, laissées vides : {number}.")
    return tuple(said)
