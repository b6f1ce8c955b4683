"""Read the periods of series: years, quarters, months, and intervals of them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from pic_analysis.numbers_fr import MONTHS

Frequency = Literal["year", "quarter", "month", "interval"]
FREQUENCIES: dict[Frequency, str] = {
    "year": "annuelle",
    "quarter": "trimestrielle",
    "month": "mensuelle",
    "interval": "période de plusieurs années ou mois",
}
EXPECTED_FR = "année (2012), trimestre (2003-T1), mois (2012-12) ou intervalle (2001/2008) attendu"

_PARTS: dict[Frequency, int] = {"year": 1, "quarter": 4, "month": 12}
_YEAR = re.compile(r"([12]\d{3})")
_MONTH = re.compile(r"([12]\d{3})-(\d{2})")
_QUARTER = re.compile(r"([12]\d{3})[- ]?[TQ](\d)", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"[TQ](\d)[- ]?([12]\d{3})", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """A year, quarter or month; or an interval, of which ``bounds`` are the first and last periods.

    ``part`` is the number of the quarter (1 to 4) or of the month (1 to 12), and 1 for a year. An interval has the
    ``year`` and ``part`` of its first period. ``str`` gives the canonical text. Periods of one frequency have an order;
    comparing two frequencies raises TypeError.

    >>> str(parse("T1 2003")), parse("2012") < parse("2013"), sorted([parse("2012-12"), parse("2012-02")])[0].part
    ('2003-T1', True, 2)
    """

    year: int
    part: int = 1
    frequency: Frequency = "year"
    bounds: tuple[Period, Period] | None = None

    def __str__(self) -> str:
        """Return the canonical text: ``2012``, ``2003-T1``, ``2012-12``, ``2001/2008``."""
        if self.bounds:
            return "/".join(map(str, self.bounds))
        tail = {"year": "", "quarter": f"-T{self.part}", "month": f"-{self.part:02d}"}[self.frequency]
        return f"{self.year}{tail}"

    def __lt__(self, other: Period) -> bool:
        """Say whether a period begins before another of the same frequency; of two that begin together, ends before."""
        if self.frequency != other.frequency:
            raise TypeError(f"cannot order a {self.frequency} ({self}) and a {other.frequency} ({other})")
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)

    @property
    def first_day(self) -> datetime.date:
        """First day of the period."""
        months = 12 // _PARTS.get(self.bounds[0].frequency if self.bounds else self.frequency, 1)
        return datetime.date(self.year, (self.part - 1) * months + 1, 1)

    @property
    def last_day(self) -> datetime.date:
        """Last day of the period, included."""
        if self.bounds:
            return self.bounds[1].last_day
        month = self.part * 12 // _PARTS[self.frequency]
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def years(self) -> float:
        """Return how long the period is, in years, to the month.

        >>> parse("2008/2013-08").years, parse("2003-T1").years
        (5.666666666666667, 0.25)
        """
        first, last = self.first_day, self.last_day
        return ((last.year - first.year) * 12 + last.month - first.month + 1) / 12


def parse(text: str) -> Period:
    """Return the period that a text names.

    Quarters are also read from ``2003T1``, ``2003-Q1``, ``2003 T1`` and ``T1 2003``; an interval is two periods with a
    slash between them (ISO 8601), both included.

    Raises
    ------
    ValueError
        In French, with what was expected: no known form, no such quarter or month, or an interval that ends before it
        begins.

    >>> parse("2003-Q1")
    Period(year=2003, part=1, frequency='quarter', bounds=None)
    >>> str(parse("2008/2013-08"))
    '2008/2013-08'
    >>> parse("2003-T5")
    Traceback (most recent call last):
    ValueError: « 2003-T5 » : trimestre de 1 à 4 attendu
    """
    text = text.strip()
    if text.count("/") == 1:
        first, last = (parse(half) for half in text.split("/"))
        if last.last_day <= first.last_day or last.first_day < first.first_day:
            raise ValueError(f"« {text} » : la fin de l’intervalle est attendue après son début")
        return Period(first.year, first.part, "interval", (first, last))
    if found := _YEAR.fullmatch(text):
        return Period(int(found[1]))
    if found := _MONTH.fullmatch(text):
        return _within(text, int(found[1]), int(found[2]), "month")
    if found := _QUARTER.fullmatch(text):
        return _within(text, int(found[1]), int(found[2]), "quarter")
    if found := _QUARTER_FIRST.fullmatch(text):
        return _within(text, int(found[2]), int(found[1]), "quarter")
    raise ValueError(f"« {text} » : {EXPECTED_FR}")


def _within(text: str, year: int, part: int, frequency: Frequency) -> Period:
    if not 1 <= part <= _PARTS[frequency]:
        raise ValueError(
            f"« {text} » : " + ("mois de 01 à 12" if frequency == "month" else "trimestre de 1 à 4") + " attendu"
        )
    return Period(year, part, frequency)


def ordinal(period: Period) -> int:
    """Return the number of a period in the count of its frequency: two that follow each other differ by one.

    Raises
    ------
    ValueError
        For an interval: intervals do not follow each other.

    >>> ordinal(parse("2004-T1")) - ordinal(parse("2003-T4"))
    1
    """
    if period.bounds:
        raise ValueError(f"an interval has no ordinal: {period}")
    return period.year * _PARTS[period.frequency] + period.part - 1


def of_ordinal(number: int, frequency: Frequency) -> Period:
    """Return the period of a frequency that has that ordinal.

    >>> str(of_ordinal(ordinal(parse("2003-T4")) + 1, "quarter"))
    '2004-T1'
    """
    year, part = divmod(number, _PARTS[frequency])
    return Period(year, part + 1, frequency)


def next(period: Period) -> Period:
    """Return the period that follows, of the same frequency.

    >>> str(next(parse("2012-12")))
    '2013-01'
    """
    return of_ordinal(ordinal(period) + 1, period.frequency)


def label_fr(period: Period) -> str:
    """Return a period in French words.

    >>> [label_fr(parse(text)) for text in ("2012", "2003-T1", "2012-12", "2008/2013-08")]
    ['2012', '1er trimestre 2003', 'décembre 2012', 'de 2008 à août 2013']
    """
    if period.bounds:
        return f"de {label_fr(period.bounds[0])} à {label_fr(period.bounds[1])}"
    if period.frequency == "quarter":
        return f"{'1er' if period.part == 1 else f'{period.part}e'} trimestre {period.year}"
    return f"{MONTHS[period.part - 1]} {period.year}" if period.frequency == "month" else str(period.year)


def between_fr(start: Period, end: Period) -> str:
    """Return two periods as the bounds of a change, in French.

    >>> between_fr(parse("2012-T4"), parse("2019-T4"))
    'entre le 4e trimestre 2012 et le 4e trimestre 2019'
    """
    first, last = (f"le {label_fr(one)}" if one.frequency == "quarter" else label_fr(one) for one in (start, end))
    return f"entre {first} et {last}"
