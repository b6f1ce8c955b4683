"""Judge residuals in time; a missing period keeps its place and adds nothing."""

from __future__ import annotations

import numpy as np


def autocovariances(residuals: np.ndarray, lags: int) -> np.ndarray:
    """Return the autocovariances of a series from lag 0, ``nan`` being a missing period.

    Notes
    -----
    The missing are put at zero, and the others at their true distance: Parzen (1963), Sankhya A 25:383.

    >>> autocovariances(np.array([1.0, -1.0, np.nan, 1.0]), 2).tolist()
    [1.0, -0.3333333333333333, -0.3333333333333333]
    """
    filled = np.nan_to_num(residuals)
    number = np.isfinite(residuals).sum()
    return np.array([filled[lag:] @ filled[: len(filled) - lag] / number for lag in range(lags + 1)])


def durbin_watson(residuals: np.ndarray) -> float:
    """Return Durbin and Watson's statistic: near 2, no correlation between neighbours; near 0, they move together.

    Notes
    -----
    Durbin & Watson (1950), Biometrika 37:409. Only pairs of present neighbours count, scaled to a whole series.

    >>> durbin_watson(np.array([1.0, -1.0, 1.0, -1.0]))
    3.0
    """
    steps = np.diff(residuals)
    pairs, number = np.isfinite(steps).sum(), np.isfinite(residuals).sum()
    total = float(np.nansum(residuals**2))
    if not pairs or not total:
        return float("nan")
    return float(np.nansum(steps**2) / total * (number - 1) / pairs)


def ljung_box(residuals: np.ndarray, lags: int | None = None) -> float:
    """Return the p-value of no autocorrelation up to a lag; by default a fifth of the points, at most ten.

    Notes
    -----
    Ljung & Box (1978), Biometrika 65:297; the lags, Hyndman & Athanasopoulos (2021), Forecasting, section 5.4.
    """
    # Loaded here: scipy.stats takes most of a second.
    from scipy.stats import chi2

    number = int(np.isfinite(residuals).sum())
    lags = lags or max(1, min(10, number // 5))
    found = autocovariances(residuals, lags)
    if not found[0] > 1e-20:
        return float("nan")
    correlations = found[1:] / found[0]
    statistic = number * (number + 2) * (correlations**2 / (number - np.arange(1, lags + 1))).sum()
    return float(chi2.sf(statistic, lags))


def newey_west(design: np.ndarray, residuals: np.ndarray, lags: int | None = None) -> np.ndarray:
    """Return the covariance of ordinary least squares, robust to heteroskedasticity and autocorrelation.

    Parameters
    ----------
    design
        Regressors of every period, those without a value included.
    residuals
        ``nan`` where the value is missing.
    lags
        By default 4 (n / 100)^(2/9), rounded down.

    Notes
    -----
    Newey & West (1987), Econometrica 55:703; lags, Newey & West (1994), Review of Economic Studies 61:631. With the
    correction n / (n - k) of small samples. Missing periods: Datta & Du (2012), Nonparametric HAC estimation for time
    series data with missing observations, Federal Reserve International Finance Discussion Paper 1060.
    """
    known = np.isfinite(residuals)
    number, width = int(known.sum()), design.shape[1]
    lags = int(4 * (number / 100) ** (2 / 9)) if lags is None else lags
    scores = design * np.nan_to_num(residuals)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    bread = np.linalg.inv(design[known].T @ design[known])
    return bread @ middle @ bread * number / (number - width)
