"""Test whether a series rises or falls steadily, where it has points enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, enough_points
from pic_analysis.indicators.panel import panel
from pic_analysis.numbers_fr import NBSP, decimal


@dataclass(frozen=True)
class Trend:
    """Slope a year, its interval, and the p-value of no steady rise or fall."""

    points: int
    slope: float
    low: float
    high: float
    tau: float
    p_value: float
    warnings_fr: tuple[str, ...]
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["trend"]

    @property
    def sentence_fr(self) -> str:
        """Say the trend without its cause."""
        bounds = f"{decimal(self.low, 2)} à {decimal(self.high, 2)}"
        slope = f"{decimal(self.slope, 2)} par an (intervalle à 95{NBSP}% : {bounds})"
        if self.p_value > 0.05:
            return f"Pas de tendance distincte du hasard : pente de {slope}, p{NBSP}={NBSP}{decimal(self.p_value, 3)}."
        return (
            f"La série {'monte' if self.slope > 0 else 'baisse'} : pente de {slope}, p{NBSP}={NBSP}{_p(self.p_value)}."
        )


def _p(value: float) -> str:
    return decimal(value, 3) if value >= 0.001 else "moins de 0,001"


def trend(frame: pd.DataFrame, breaks: tuple[str, ...] = ()) -> Trend:
    """Return the trend of one territory's series.

    Parameters
    ----------
    frame
        ``territory_id`` (one only), ``period`` and ``value``. Missing values are left out; the others keep their
        distance in time.
    breaks
        First period of each new definition.

    Raises
    ------
    Refusal
        With fewer than eight points, or what ``panel.panel`` refuses.

    Notes
    -----
    Mann (1945), Econometrica 13:245, and Kendall (1938), Biometrika 30:81: tau between values and time, exact up to 33
    points without ties, else by the normal approximation with ties. The slope is the median of the slopes of all pairs:
    Theil (1950) and Sen (1968), Journal of the American Statistical Association 63:1379, with Sen's interval.

    Examples
    --------
    >>> years = [str(year) for year in range(2010, 2018)]
    >>> found = trend(pd.DataFrame({"territory_id": "a", "period": years, "value": [1, 2, 3, 4, 5, 6, 7, 8]}))
    >>> found.slope, round(found.tau, 6), round(found.p_value * 20160, 6)  # 2 orders of 8! = 40320 are as steady
    (1.0, 1.0, 1.0)
    """
    # Loaded here: scipy.stats takes most of a second, and few commands test a trend.
    from scipy.stats import kendalltau, theilslopes

    laid = panel(frame, breaks)
    if laid.values.shape[1] != 1:
        raise ValueError(f"expected one territory, got {[*laid.values.columns]}")
    series = laid.values.iloc[:, 0].dropna()
    enough_points(len(series), "dans la série")
    years = series.index.to_numpy() / laid.per_year
    values = series.to_numpy()
    tau, p_value = kendalltau(years, values) if np.ptp(values) else (0.0, 1.0)
    slope, _, low, high = theilslopes(values, years)
    warnings = []
    rest = pd.Series(values - slope * years, index=series.index).reindex(laid.values.index)
    echo = rest.corr(rest.shift())
    if np.isfinite(echo) and echo > 2 / np.sqrt(len(series)):
        warnings.append(
            f"Les valeurs se suivent (autocorrélation de {decimal(float(echo), 2)}) : le test est trop sûr de lui."
        )
    if laid.per_year > 1:
        warnings.append("La saison n’est pas retirée : la série est supposée corrigée des variations saisonnières.")
    return Trend(len(series), float(slope), float(low), float(high), float(tau), float(p_value), tuple(warnings))
