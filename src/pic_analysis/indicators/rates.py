"""Compare two rates of events: so many in such an exposure, against so many in another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RateRatio:
    """Ratio of two rates, its exact interval, and the two-sided p-value of equal rates."""

    ratio: float
    low: float
    high: float
    p_value: float


def rate_ratio(
    events: int, exposure: float, other_events: int, other_exposure: float, confidence: float = 0.95
) -> RateRatio:
    """Return the ratio of two Poisson rates, exact given the total number of events.

    Parameters
    ----------
    events, exposure
        Number of events, and how long, or among how many, they were counted.
    other_events, other_exposure
        Those that they are compared with.
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        If an exposure is not positive, a count is negative, or there is no event at all.

    Notes
    -----
    Given their total, the first count is binomial (Przyborowski and Wilenski 1940, Biometrika 31:313). The interval is
    that of Clopper and Pearson (1934), the p-value adds up the outcomes that are no more likely than the one observed.

    Examples
    --------
    >>> found = rate_ratio(11, 800, 21, 3011)
    >>> round(found.ratio, 6), round(found.p_value, 5)
    (1.971488, 0.07967)
    """
    # Loaded here: it takes a second, and most readers of this package compare no rates.
    from statsmodels.stats.proportion import binom_test, proportion_confint

    total = events + other_events
    if min(exposure, other_exposure) <= 0 or min(events, other_events) < 0 or not total:
        raise ValueError(
            f"expected positive exposures and at least one event, "
            f"got {events} in {exposure} and {other_events} in {other_exposure}"
        )
    low, high = proportion_confint(events, total, alpha=1 - confidence, method="beta")
    share = exposure / (exposure + other_exposure)
    return RateRatio(
        _odds(events / total) * other_exposure / exposure,
        _odds(float(low)) * other_exposure / exposure,
        _odds(float(high)) * other_exposure / exposure,
        float(binom_test(events, total, share)),
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")
