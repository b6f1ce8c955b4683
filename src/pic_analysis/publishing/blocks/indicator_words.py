"""Write the values of indicators in French: number and unit, period, difference, source; and hold what is generated."""

from __future__ import annotations

import math
import re

import pandas as pd

from pic_analysis.causality import causal_words
from pic_analysis.indicators.answers import plain_number
from pic_analysis.indicators.key_figures import KeyFigure
from pic_analysis.numbers_fr import MISSING, NBSP, agreed, count, decimal, percent
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import ref
from pic_analysis.publishing.territory_state import State
from pic_analysis.vocabulary import MISSING_STATUSES, RATES, STATUSES, UNIT_SIGNS, UNITS

UNKNOWN = "…"
"""What stands where nothing is known: a hole is said, and it is no zero."""

_PLURALS = {"visit_received": "visites reçues"}


def said(text: str) -> str:
    """Return a generated text as it is.

    Raises
    ------
    ValueError
        If it claims a cause: an indicator alone never carries one, and the page is refused.
    """
    if found := causal_words(text):
        raise ValueError(f"mot de cause dans un texte tiré d’indicateurs : « {found[0]} »")
    return text


def with_noun(value: str, unit: str, status: str = "") -> str:
    r"""Return a published value with its unit in words, or its symbol; a missing one by the sign of its reason.

    >>> with_noun("6647", "inhabitant"), with_noun("14.1", "percent"), with_noun("1", "job")
    ('6\u202f647\xa0habitants', '14,1\xa0%', '1\xa0emploi')
    >>> with_noun("", "percent", "not_applicable")
    '///'
    """
    if not value:
        return MISSING_STATUSES.get(status, UNKNOWN)
    return f"{plain_number(value)}{NBSP}{unit_fr(unit, float(value))}"


def unit_fr(unit: str, number: float = 1) -> str:
    """Return a unit as a number wants it.

    >>> unit_fr("job", 2), unit_fr("percent", 2), unit_fr("species", 3)
    ('emplois', '%', 'espèces')
    """
    if unit in UNIT_SIGNS:
        return UNITS[unit]
    return agreed(int(abs(number)), UNITS[unit], _PLURALS.get(unit))


def difference(change: float, unit: str, digits: int = 0) -> str:
    r"""Return a difference with its sign: percentages differ by points.

    >>> difference(-0.3, "percent", 2), difference(151, "inhabitant")
    ('−0,30\xa0point', '+151\xa0habitants')
    """
    if not math.isfinite(change):
        return MISSING
    sign = "+" if change > 0 else ""
    noun = agreed(int(abs(change)), "point") if unit == "percent" else unit_fr(unit, change)
    return f"{sign}{decimal(change, digits)}{NBSP}{noun}"


def digits_of(values: pd.Series) -> int:
    """Return the most decimals that a series was published with.

    >>> digits_of(pd.Series(["14.1", "9.85", ""]))
    2
    """
    return max((len(text.partition(".")[2]) for text in values), default=0)


def in_period(text: str) -> str:
    """Return when, as it stands in a sentence.

    >>> in_period("2019"), in_period("2003-T1"), in_period("2001/2008")
    ('en 2019', 'au 1er trimestre 2003', 'de 2001 à 2008')
    """
    period = parse(text)
    if period.bounds:
        return label_fr(period)
    return f"{'au' if period.frequency == 'quarter' else 'en'} {label_fr(period)}"


def last_value(state: State, figure: KeyFigure) -> str:
    """Return the last value of an indicator with its unit, its period and, where it is not firm, its status."""
    row = state.series(figure.indicator, figure.territory).set_index("period").loc[figure.period]
    firm = "" if row["status"] == "definitive" else f" ({STATUSES[row['status']]})"
    unit = state.card(figure.indicator)["unit"]
    return f"{with_noun(row['value'], unit)} {in_period(figure.period)}{firm}"


def quality(state: State, figure: KeyFigure) -> str:
    """Return the quality of the last value of an indicator."""
    own = state.series(figure.indicator, figure.territory).set_index("period")
    return str(own.at[figure.period, "quality"])


def change(state: State, figure: KeyFigure) -> str:
    """Return the change from the value before, relative too for what is counted; why there is none."""
    about = state.card(figure.indicator)
    if not figure.previous_period or about["frequency"] in ("once", "irregular"):
        return "sans valeur d’avant comparable"
    unit, digits = about["unit"], digits_of(state.series(figure.indicator, figure.territory)["value"])
    relative = f" ({_signed_percent(figure.growth)})" if unit not in RATES and math.isfinite(figure.growth) else ""
    since = label_fr(parse(figure.previous_period))
    return f"{difference(figure.change, unit, digits)}{relative} depuis {since}"


def beside(state: State, figure: KeyFigure) -> str:
    """Return what the territories beside have: the median of a rate, or of the relative change of what is counted.

    Counts of territories of unlike size are never set beside each other. Empty if no territory has it.
    """
    unit = state.card(figure.indicator)["unit"]
    if unit in RATES:
        if not figure.others:
            return ""
        digits = digits_of(state.series(figure.indicator, figure.territory)["value"])
        of = count(figure.others, "territoire comparé", "territoires comparés")
        return f"{decimal(figure.median, digits)}{NBSP}{unit_fr(unit)}, médiane de {of}"
    if not figure.growing:
        return ""
    of = count(figure.growing, "territoire comparé", "territoires comparés")
    return f"{_signed_percent(figure.median_growth)} sur la même période, médiane de {of}"


def _signed_percent(share: float) -> str:
    return f"{'+' if round(share, 3) > 0 else ''}{percent(share, 1)}"


def dataset(state: State, identifier: str) -> str:
    """Return a dataset as a reader finds it: title, producer, licence, with a link where it has an address."""
    row = state.observatory.datasets.set_index("dataset_id").loc[identifier]
    title = f"[{plain(row['title'])}]({row['address']})" if row["address"] else plain(row["title"])
    return f"{title} ({plain(row['producer'])} ; {plain(row['licence'])})"


def day_fr(iso: str) -> str:
    """Return an ISO date in words; the sign of a hole if there is none.

    >>> day_fr("2026-11-22"), day_fr("")
    ('22 novembre 2026', '…')
    """
    return date_fr(iso) if iso else UNKNOWN


def linked(state: State, text: str) -> str:
    """Return a text of the tables with the facts that it names linked to the sources, where there is an evaluation."""
    if state.evaluation is None:
        return text
    known = set(state.evaluation.facts["fact_id"])
    return re.sub(r"\bFAI\d{3}\b", lambda found: ref("fact", found[0]) if found[0] in known else found[0], text)


def sentence(text: str) -> str:
    """Return a text of the tables as a sentence: a capital first, a full stop at the end.

    >>> sentence("année civile")
    'Année civile.'
    """
    text = text.strip()
    return plain(f"{text[:1].upper()}{text[1:]}") + ("" if text.endswith((".", "…", "?", "!")) else "." if text else "")
