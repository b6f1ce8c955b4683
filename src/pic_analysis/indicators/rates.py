"""Compare two rates of events: so many in such an exposure, against so many in another."""

from __future__ import annotations

from dataclasses import dataclass

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal
from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.periods import Period, label_fr, parse


@dataclass(frozen=True)
class Rate:
    """Events per unit of exposure, with the exact interval of a Poisson count."""

    events: int
    exposure: float
    value: float
    low: float
    high: float


def rate(events: int, exposure: float, confidence: float = 0.95) -> Rate:
    """Return the rate of a Poisson count, with its exact interval.

    Raises
    ------
    ValueError
        If the exposure is not positive or the count negative.

    Notes
    -----
    Garwood (1936), Biometrika 28:437, doi 10.1093/biomet/28.3-4.437: the bounds are quantiles of chi-square.

    Examples
    --------
    >>> found = rate(10, 1)
    >>> round(found.low, 3), round(found.high, 3)
    (4.795, 18.39)
    """
    # Loaded here: scipy.stats takes most of a second.
    from scipy.stats import chi2

    if exposure <= 0 or events < 0:
        raise ValueError(f"expected a positive exposure and a count, got {events} in {exposure}")
    tail = (1 - confidence) / 2
    low = float(chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    high = float(chi2.ppf(1 - tail, 2 * events + 2)) / 2
    return Rate(events, exposure, events / exposure, low / exposure, high / exposure)


@dataclass(frozen=True)
class RateRatio:
    """Ratio of two rates, its exact interval, and the two-sided p-value of equal rates."""

    ratio: float
    low: float
    high: float
    p_value: float

    @property
    def direction(self) -> int:
        """1 or -1 where the interval is on one side of one, else 0."""
        return int(self.low > 1) - int(self.high < 1)


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


@dataclass(frozen=True)
class SharedYear:
    """The rates of two periods that share their bound, the shared time being given to one, then to the other.

    ``ratios`` are those of the second period to the first: shared time in the first, then in the second.
    """

    shared: Period
    rates: tuple[tuple[Rate, Rate], tuple[Rate, Rate]]
    ratios: tuple[RateRatio, RateRatio]
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["rate"]

    @property
    def depends(self) -> bool:
        """Whether the conclusion, or the sign of the difference, depends on where the shared time is put."""
        one, other = self.ratios
        return one.direction != other.direction or (one.ratio > 1) != (other.ratio > 1)

    @property
    def sentence_fr(self) -> str:
        """Say the two ratios, and whether the conclusion depends on the choice."""
        said = [
            f"{label_fr(self.shared)} dans la {place} période ({decimal(first.exposure, 2)} et "
            f"{decimal(second.exposure, 2)} années), le rythme de la seconde est {decimal(ratio.ratio, 2)} fois celui "
            f"de la première (intervalle à 95{NBSP}% : {decimal(ratio.low, 2)} à {decimal(ratio.high, 2)})"
            for place, (first, second), ratio in zip(("première", "seconde"), self.rates, self.ratios, strict=True)
        ]
        verdict = (
            "le sens de la différence dépend de ce choix, que la source ne permet pas de faire : ni hausse ni baisse "
            "n’est établie"
            if self.depends
            else "la conclusion ne dépend pas de ce choix : "
            + ("pas de différence établie", "rythme plus élevé", "rythme plus faible")[self.ratios[0].direction]
        )
        return f"{said[0]} ; {said[1]} ; {verdict}."


def shared_year(events: int, period: str, other_events: int, other_period: str) -> SharedYear:
    """Compare the rates of two counts whose periods share a bound, handled both ways.

    Parameters
    ----------
    events, period
        Count of the first period, an interval such as ``2001/2008``.
    other_events, other_period
        Count of the second, which begins where the first ends: ``2008/2013-08``.

    Raises
    ------
    Refusal
        If the periods do not share exactly the last period of the first.

    Notes
    -----
    Each count is taken as printed; only the length of the two periods changes. See `rate` and `rate_ratio`.

    Examples
    --------
    >>> found = shared_year(220, "2001/2008", 144, "2008/2013-08")
    >>> [(first.exposure, round(second.exposure, 2)) for first, second in found.rates]
    [(8.0, 4.67), (7.0, 5.67)]
    """
    first, second = parse(period), parse(other_period)
    shared = first.bounds[1] if first.bounds else None
    if not shared or not second.bounds or shared.first_day != second.first_day or second.last_day <= shared.last_day:
        raise Refusal("interval", f"Les périodes {first} et {second} n’ont pas leur seule borne en commun.")
    rates = (
        (rate(events, first.years), rate(other_events, second.years - shared.years)),
        (rate(events, first.years - shared.years), rate(other_events, second.years)),
    )
    ratios = tuple(rate_ratio(late.events, late.exposure, early.events, early.exposure) for early, late in rates)
    return SharedYear(shared, rates, (ratios[0], ratios[1]))
