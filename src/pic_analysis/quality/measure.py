"""Read the quantities of the sources: what each may be worth, given how it is printed, and how French writes it.

What tolerances mean here: a number that is printed as approximate may be worth a tenth less or a tenth more; a range is
its own tolerance; « plus de » and « au moins » have no upper bound; a percentage is rounded at its last printed digit;
a whole number of thousands is rounded to the thousand.
"""

from __future__ import annotations

import calendar
import datetime
import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from pic_analysis.numbers_fr import NBSP, date, decimal, enumerate_fr, integer
from pic_analysis.quality.finding import Passage
from pic_analysis.study import Study

ABOUT = 0.1  # « environ », « une centaine »: how far the true value may be, as a share of the printed one
THOUSAND = 1000
MOST_TERMS = 6  # terms that a sentence can name
_SYMBOLS = {"%", "€", "k€", "M€", "ha", "t", "kg", "m", "km", "m²", "h", "kWh", "MWh"}
_PREPOSITIONS = {"de", "du", "des", "d’", "en", "à", "par", "pour", "sur"}


@dataclass(frozen=True)
class Range:
    """What a quantity may be worth, bounds included."""

    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        """Return what the sum may be worth."""
        return Range(self.low + other.low, self.high + other.high)

    def __truediv__(self, other: Range) -> Range:
        """Return what the ratio may be worth; of positive quantities."""
        return Range(
            self.low / other.high if other.high else math.inf, self.high / other.low if other.low else math.inf
        )

    def meets(self, other: Range) -> bool:
        """Say whether both may be worth the same.

        >>> Range(9, 11).meets(Range(11, 12)), Range(9, 11).meets(Range(12, 13))
        (True, False)
        """
        return self.low <= other.high + 1e-9 and other.low <= self.high + 1e-9

    def gap(self, other: Range) -> float:
        """Return by how much the greater is a multiple of the smaller, at least; 1 if they meet."""
        if self.meets(other):
            return 1.0
        small, great = (self, other) if self.high < other.low else (other, self)
        return great.low / small.high if small.high else math.inf


def printed_range(value: str, value_max: str, precision: str, unit: str) -> Range:
    """Return what a printed number may be worth.

    >>> printed_range("100", "", "about", "emploi")
    Range(low=90.0, high=110.0)
    >>> printed_range("8", "", "exact", "%")
    Range(low=7.5, high=8.5)
    >>> printed_range("200", "", "at_least", "réunion/an")
    Range(low=200.0, high=inf)
    >>> printed_range("580000", "", "exact", "habitant")
    Range(low=579500.0, high=580500.0)
    """
    low, high = float(value), float(value_max or value)
    if precision == "at_least":
        return Range(low, math.inf)
    if precision == "at_most":
        return Range(0.0, high)
    if value_max:
        return Range(low, high)
    slack = ABOUT * low if precision == "about" else 0.0
    if unit == "%":
        slack = max(slack, 0.5 * 10.0 ** -len(value.partition(".")[2]))
    elif low and low % THOUSAND == 0:
        slack = max(slack, THOUSAND / 2)
    return Range(low - slack, high + slack)


@dataclass(frozen=True)
class Fact:
    """One printed quantity, ready to be compared."""

    id: str
    passage: Passage
    quantity: str
    label_fr: str
    unit: str
    range: Range
    text_fr: str
    value: float
    start: str
    end: str
    territory: str
    part_of: str
    numerator: str
    denominator: str
    rate_of: str

    @property
    def head(self) -> str:
        """What is counted, without its rhythm: ``visiteur`` of ``visiteur/an``."""
        return self.unit.partition("/")[0]

    @property
    def object(self) -> tuple[str, str]:
        """The fact, as findings name what they concern."""
        return "fact", self.id


@lru_cache(maxsize=4)
def facts(study: Study) -> dict[str, Fact]:
    """Return the facts of a study by identifier, in reading order; many rules ask for them."""
    return {row["fact_id"]: _fact(row) for row in study.facts.to_dict("records")}


def _fact(row: dict[str, str]) -> Fact:
    return Fact(
        id=row["fact_id"],
        passage=Passage(row["source_id"], row["section"], row["anchor"]),
        quantity=row["quantity"],
        label_fr=row["label_fr"],
        unit=row["unit"],
        range=printed_range(row["value"], row["value_max"], row["precision"], row["unit"]),
        text_fr=value_fr(row["value"], row["value_max"], row["precision"], row["unit"]),
        value=float(row["value"]),
        start=row["period_start"],
        end=row["period_end"],
        territory=row["territory"],
        part_of=row["part_of"],
        numerator=row["numerator_id"],
        denominator=row["denominator_id"],
        rate_of=row["rate_of"],
    )


def value_fr(value: str, value_max: str, precision: str, unit: str) -> str:
    r"""Return a printed quantity in French.

    >>> value_fr("30000", "40000", "about", "visiteur/an")
    '30\u202f000 à 40\u202f000\xa0visiteurs par an'
    >>> value_fr("200", "", "at_least", "réunion/an"), value_fr("4.14", "", "exact", "%")
    ('au moins 200\xa0réunions par an', '4,14\xa0%')
    """
    words = {"about": "environ ", "at_least": "au moins ", "at_most": "au plus "}
    numbers = [_number(text) for text in (value, value_max) if text]
    said = "" if value_max else words.get(precision, "")
    return f"{said}{' à '.join(numbers)}{NBSP}{unit_fr(unit, float(value_max or value))}"


def _number(text: str) -> str:
    digits = len(text.partition(".")[2].rstrip("0"))
    return decimal(float(text), digits)


def unit_fr(unit: str, number: float) -> str:
    """Return a unit in the singular or the plural; the plural starts at two.

    >>> unit_fr("étal", 2), unit_fr("hôpital", 2)
    ('étals', 'hôpitaux')
    >>> unit_fr("étude de cas", 5), unit_fr("assemblée générale/an", 3), unit_fr("ha", 55), unit_fr("emploi", 1)
    ('études de cas', 'assemblées générales par an', 'ha', 'emploi')
    """
    head, _, per = unit.partition("/")
    if abs(number) >= 2 and head not in _SYMBOLS:
        words, done = [], False
        for word in head.split(" "):
            done = done or word in _PREPOSITIONS or word.startswith("d’")
            words.append(word if done else _plural(word))
        head = " ".join(words)
    if per in _SYMBOLS:
        return f"{head}/{per}"
    return head + (f" {'en' if per[0].isdigit() else 'par'} {per}" if per else "")


_PLAIN_PLURALS = {"aval", "bal", "carnaval", "cérémonial", "étal", "festival", "récital", "régal"}
"""Words in -al that only take an s."""


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al") and word not in _PLAIN_PLURALS:
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"


def rough(value: Range, unit: str) -> str:
    r"""Return a computed range in French, at most one decimal.

    >>> rough(Range(28.7, 31.4), "réunion/an")
    '29 à 31\xa0réunions par an'
    """
    digits = 0 if value.low >= 10 or (value.low == int(value.low) and value.high == int(value.high)) else 1
    low, high = decimal(value.low, digits), decimal(value.high, digits)
    return f"{low if low == high else f'{low} à {high}'}{NBSP}{unit_fr(unit, value.high)}"


def first_day(text: str) -> datetime.date:
    """Return the first day of an ISO date, even partial."""
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return datetime.date(year, month, day)


def last_day(text: str) -> datetime.date:
    """Return the last day of an ISO date, even partial.

    >>> last_day("2013-08"), last_day("2008")
    (datetime.date(2013, 8, 31), datetime.date(2008, 12, 31))
    """
    parts = [*map(int, text.split("-"))]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def period_fr(start: str, end: str) -> str:
    """Return a period in French.

    >>> period_fr("2001", "2008"), period_fr("2009", "2009"), period_fr("1995", ""), period_fr("", "2020")
    ('de 2001 à 2008', 'en 2009', 'depuis 1995', 'jusqu’à 2020')
    """
    if start and start == end:
        return f"en {date(start)}"
    if start and end:
        return f"de {date(start)} à {date(end)}"
    return f"depuis {date(start)}" if start else f"jusqu’à {date(end)}" if end else ""


def terms_fr(chosen: list[Fact]) -> str:
    """Return the terms of a sum, or how many they are when they are many."""
    values = [integer(fact.value) if fact.value == int(fact.value) else decimal(fact.value) for fact in chosen]
    return " + ".join(values) if len(values) <= MOST_TERMS else f"{integer(len(values))} nombres"


def names_fr(identifiers: pd.Series | list[str], most: int = 6) -> str:
    """Return identifiers as a French list, the last ones counted when they are many.

    >>> names_fr(["B1-01", "B1-02", "B1-03"], most=2)
    'B1-01, B1-02 et 1 autre'
    """
    names = [*identifiers]
    if len(names) <= most:
        return enumerate_fr(names)
    rest = len(names) - most
    return f"{', '.join(names[:most])} et {rest} autre{'s' * (rest > 1)}"
