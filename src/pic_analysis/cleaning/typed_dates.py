"""Read a date as people and spreadsheets write it: one meaning, or none."""

from __future__ import annotations

import datetime
import re

from pic_analysis.cleaning.values import Verdict, gap, tidy
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.reading.grid import key as fold
from pic_analysis.vocabulary import is_date

_MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
_EPOCH = datetime.date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)  # 1954 to 2064: a smaller number is a year or a mistake, a larger one a mistake
# As a form or a spreadsheet keeps it: 14:24, 14:24:00. With a time zone, the day may be another one here.
_HOUR = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_EXPECTED = "attendu : une date qui existe, jour d’abord, l’année en quatre chiffres (04/11/2015, 2015-11-04)"


def read_date(text: str, latest: datetime.date | None = None) -> Verdict:
    """Return the verdict of a date, even partial, in any of the forms that leave no doubt.

    Parameters
    ----------
    text
        The cell.
    latest
        Day after which nothing can have happened yet; none if not given.

    Notes
    -----
    Serial numbers count days from 1899-12-30, as Excel's 1900 date system does after February 1900 (ECMA-376, part 1,
    18.17.4.1); a decimal part is the hour, and is left.

    Examples
    --------
    >>> [read_date(text).clean for text in ("42312", "42312,5", "4/11/2015", "4 nov. 2015", "novembre 2015")]
    ['2015-11-04', '2015-11-04', '2015-11-04', '2015-11-04', '2015-11']
    >>> [read_date(text).clean for text in ("2015-11-04 14:24:00", "2015-11-04T14:24", "04/11/2015 9:05")]
    ['2015-11-04', '2015-11-04', '2015-11-04']
    >>> bool(read_date("04/11/15").expected), bool(read_date("31/02/2015").expected)
    (True, True)
    >>> read_date("2061", datetime.date(2016, 5, 1)).expected
    'date à venir : après le 1er mai 2016'
    """
    verdict = _read(text)
    # Of a partial date, the first day: ISO texts sort as dates do.
    if latest and verdict.clean and f"{verdict.clean}-01-01"[:10] > latest.isoformat():
        return Verdict("", expected=f"date à venir : après le {date_fr(latest.isoformat())}")
    return verdict


def _read(text: str) -> Verdict:
    if empty := gap(text, required=False):
        return empty
    clean = tidy(text)
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", clean) and is_date(clean):
        return Verdict(clean, rule="" if clean == text else "espaces normalisées")
    if (found := re.fullmatch(r"(\d{5})([.,]\d+)?", clean)) and int(found[1]) in _SERIALS:
        day = _EPOCH + datetime.timedelta(days=int(found[1]))
        return Verdict(day.isoformat(), rule="numéro de série d’Excel lu comme une date")
    if found := re.fullmatch(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}})(?: {_HOUR})?", clean):
        return _day(found[3], found[2], found[1])
    if (found := re.fullmatch(rf"(\d{{4}}-\d{{2}}-\d{{2}})[ T]{_HOUR}", clean)) and is_date(found[1]):
        return Verdict(found[1], rule="heure laissée de côté")
    if found := re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})", fold(clean)):
        months = [number for number, month in enumerate(_MONTHS, start=1) if _abbreviates(found[2], month)]
        if len(months) == 1:
            return _day(found[3], str(months[0]), found[1] or "")
    return Verdict("", expected=_EXPECTED)


def _abbreviates(text: str, month: str) -> bool:
    return month == text or (len(text) >= 3 and month.startswith(text))


def _day(year: str, month: str, day: str) -> Verdict:
    clean = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return Verdict(clean, rule="date écrite à la française") if is_date(clean) else Verdict("", expected=_EXPECTED)
