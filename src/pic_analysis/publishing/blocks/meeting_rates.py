"""The rhythm of what is counted over two periods that share a bound: two rates, their ratio, what it hangs on."""

from __future__ import annotations

import pandas as pd

from pic_analysis.indicators.guards import Refusal, no_statement
from pic_analysis.indicators.rates import SharedYear, shared_year
from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.markup import table
from pic_analysis.publishing.territory_state import State

PER = {"meeting": "réunions par an"}
"""What a rate of each unit is called; others are named « par an »."""


def counted(state: State, indicator: str) -> pd.DataFrame:
    """Return the two last counts of several years: years counted one by one after them leave them as published."""
    own = state.series(indicator).query("value != ''")
    found: pd.DataFrame = own[[parse(text).bounds is not None for text in own["period"]]].tail(2)
    return found


def rhythm(state: State, options: dict[str, str]) -> str:
    """Return how the rhythm of an indicator (``indicateur``) changes between its two last intervals, both ways."""
    own = counted(state, options["indicateur"])
    if len(own) < 2:
        return "Moins de deux périodes ont une valeur : il n’y a pas de rythme à comparer."
    first, second = own.iloc[0], own.iloc[1]
    try:
        no_statement(own["quality"])
        found = shared_year(
            round(float(first["value"])), first["period"], round(float(second["value"])), second["period"]
        )
    except Refusal as refusal:
        return f"Les rythmes ne se comparent pas : {refusal}"
    unit = state.card(options["indicateur"])["unit"]
    supposed = "\n".join(f"- {text}" for text in found.assumptions_fr)
    return (
        f"{words.said(_sentence(found))}\n\n{_table(found, PER.get(unit, 'par an'))}\n\n"
        f"Ce que le calcul suppose :\n\n{supposed}"
    )


def _whole(value: str) -> int:
    if not float(value).is_integer():
        raise Refusal("unit", f"{value} n’est pas un nombre entier, et seuls des événements comptés ont un rythme.")
    return int(float(value))


def _sentence(found: SharedYear) -> str:
    return f"**{found.sentence_fr[:1].upper()}{found.sentence_fr[1:]}**"


def _table(found: SharedYear, unit: str) -> str:
    shared = label_fr(parse(str(found.shared)))
    rows = [
        (
            f"{shared} dans la {place}",
            *(f"{_interval(rate.value, rate.low, rate.high)}" for rate in pair),
            _interval(ratio.ratio, ratio.low, ratio.high),
            f"p{NBSP}={NBSP}{decimal(ratio.p_value, 3)}",
        )
        for place, pair, ratio in zip(("première", "seconde"), found.rates, found.ratios, strict=True)
    ]
    header = ["Année partagée", f"Première période ({unit})", f"Seconde période ({unit})", "Rapport", "Test"]
    caption = f"Rythmes et rapport de rythmes, intervalles exacts à 95{NBSP}%"
    note = (
        "p : part des tirages au hasard, à rythme égal, qui donneraient un rapport au moins aussi éloigné de un. Un p "
        "petit écarte le hasard seul ; il n’écarte ni une autre façon de compter, ni une autre raison."
    )
    return f"{table(caption, header, rows)}\n\n{note}"


def _interval(value: float, low: float, high: float) -> str:
    return f"{decimal(value, 2)} ({decimal(low, 2)} à {decimal(high, 2)})"
