"""Read the period of an observation as people and spreadsheets write it, at the rhythm of its indicator."""

from __future__ import annotations

import datetime

from pic_analysis import periods
from pic_analysis.cleaning.typed_dates import read_date
from pic_analysis.cleaning.values import Verdict, tidy
from pic_analysis.periods import Frequency, Period
from pic_analysis.vocabulary import FREQUENCIES

NOTATION = "période mise en forme"

_RHYTHMS: dict[str, Frequency] = {"annual": "year", "quarterly": "quarter", "monthly": "month"}
_FORMS: dict[str, str] = {"annual": "2012", "quarterly": "2003-T1", "monthly": "2012-12"}


def read_period(text: str, frequency: str = "") -> Verdict:
    """Return the verdict of a period.

    Parameters
    ----------
    text
        The cell, as typed: ``2003T1``, ``T1 2003``, ``décembre 2012``, or a date that a spreadsheet made of it.
    frequency
        Rhythm of the indicator (``vocabulary.FREQUENCIES``); any period is taken where it is irregular or not known.

    Notes
    -----
    A full date stands for a period only where it is its first or its last day: another day is not guessed.

    Examples
    --------
    >>> [read_period(text, "quarterly").clean for text in ("2003T1", "T1 2003", "01/04/2003")]
    ['2003-T1', '2003-T1', '2003-T2']
    >>> read_period("2012", "quarterly").expected
    'période trimestrielle attendue, par exemple 2003-T1'
    """
    clean = tidy(text)
    if not clean:
        return Verdict("", expected="valeur obligatoire, absente")
    rhythm = _RHYTHMS.get(frequency)
    try:
        found = periods.parse(clean)
    except ValueError as error:
        dated = _from_date(clean, rhythm)
        if dated is None:
            return Verdict(clean, expected=str(error).rpartition(" : ")[2])
        found = dated
    if rhythm and found.frequency != rhythm:
        said = f"période {FREQUENCIES[frequency]} attendue, par exemple {_FORMS[frequency]}"
        return Verdict(str(found), expected=said)
    return Verdict(str(found), rule="" if str(found) == text else NOTATION)


def _from_date(clean: str, rhythm: Frequency | None) -> Period | None:
    """Return the period that a date stands for: its month, or the period that begins or ends on that very day."""
    iso = read_date(clean.removesuffix(" 00:00:00").removesuffix("T00:00:00")).clean
    if len(iso) == 7:
        return periods.parse(iso)
    if len(iso) != 10 or not rhythm:
        return None
    day = datetime.date.fromisoformat(iso)
    part = {"year": 1, "quarter": (day.month + 2) // 3, "month": day.month}[rhythm]
    period = Period(day.year, part, rhythm)
    return period if day in (period.first_day, period.last_day) else None
