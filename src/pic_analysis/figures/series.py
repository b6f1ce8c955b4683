"""Draw a territory's series beside others: lines, small multiples, and two periods."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.figures.label_places import apart, break_line
from pic_analysis.figures.provenance import titled
from pic_analysis.figures.sheet import MARGIN, new
from pic_analysis.figures.style import (
    DARK,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    WIDTH,
    Drawing,
    alternative,
    area,
    bind,
    house,
    leading,
)
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.figures.text_width import wrap
from pic_analysis.figures.time_frame import (
    GREY,
    TOP,
    Frame,
    event_line,
    frame,
    line,
    repeated,
    scale,
    scale_width,
    steps,
    steps_apart,
)
from pic_analysis.figures.wording import Wording
from pic_analysis.indicators.comparators import Changes
from pic_analysis.indicators.panel import panel
from pic_analysis.numbers_fr import count
from pic_analysis.periods import Period, between_fr, label_fr, parse

_TALL, _AXIS, _LEFT, _NAMED = 300, 34, 44, 4
_NAME = 250  # pixels that the name of a row may take before it goes on below
_BETWEEN = 5  # pixels between two labels
_MEDIAN = "médiane"


@house
def lines(values: pd.DataFrame, focus: str, words: Wording) -> Drawing:
    """Draw one territory in dark, the others in grey, and their median where they are more than four.

    Parameters
    ----------
    values
        ``territory_id``, ``period`` and ``value``.
    focus
        The territory.
    words
        Names, unit, source, breaks and event.
    """
    laid = panel(values, model=False)
    own, others = laid.one(focus), laid.without([focus]).values
    periods, breaks = [parse(text) for text in laid.periods], [parse(text) for text in words.breaks]
    many = others.shape[1] > _NAMED
    labelled = {focus: words.of(focus)} | ({} if many else {name: words.of(name) for name in others})
    if many:
        labelled[_MEDIAN] = f"médiane des {others.shape[1]} autres"
    known = laid.values.assign(**({_MEDIAN: others.median(axis=1)} if many else {}))
    right = 16 + min(150, max(text_width(name, SMALL, bold=True) for name in labelled.values()))
    own_now, others_now, periods_now = _after_the_break(own, others, laid.periods, breaks)
    title = titled(title_lines(own_now, others_now, words, periods_now), values)
    sheet = new(WIDTH, TOP + _TALL + _AXIS, title=title, subtitle=words.what_fr, note=words.note())
    ticks = steps(float(laid.values.min(axis=None)), float(laid.values.max(axis=None)))
    left = max(_LEFT, scale_width(ticks))
    found = frame(sheet, (left, TOP, WIDTH - left - right, _TALL), periods, ticks)
    for name in others:
        line(found, others[name].to_numpy(), periods, breaks, color=GREY, width=0.9 if many else 1.6)
    if many:
        line(found, known[_MEDIAN].to_numpy(), periods, breaks, color=INK, width=1.6, dashes=(4, 2))
    line(found, own.to_numpy(), periods, breaks, color=DARK, width=3)
    if words.event:
        event_line(sheet, found, parse(words.event), words.event_fr)
    for first in breaks:
        break_line(sheet, found, first, [known[name].to_numpy() for name in known], periods)
    last = known[[*labelled]].ffill().iloc[-1]
    wrapped = {name: wrap(bind(said), 150, SMALL) for name, said in labelled.items()}
    tall = [leading(SMALL) * len(said) + _BETWEEN for said in wrapped.values()]
    # Not below the panel: the last year is written there.
    heights = apart([found.y(float(last[name])) for name in labelled], tall, TOP, TOP + _TALL)
    for (name, said), y in zip(wrapped.items(), heights, strict=True):
        for number, text in enumerate(said):
            sheet.text(
                WIDTH - right + 8,
                y + (number - (len(said) - 1) / 2) * leading(SMALL),
                text,
                SMALL,
                fontweight="bold" if name == focus else "normal",
                color=DARK if name == focus else INK,
            )
    data = known.set_axis([f"t_{name}" if name != _MEDIAN else name for name in known], axis=1).reset_index(drop=True)
    data.insert(0, "period", laid.periods)
    columns = {"period": "Période", _MEDIAN: "Médiane des autres"}
    columns |= {f"t_{name}": words.of(name) for name in laid.values}
    return Drawing(sheet.figure, data, title, alt_lines(own_now, others_now, words, periods_now), columns, words.name)


def _after_the_break(
    own: pd.Series, others: pd.DataFrame, periods: list[str], breaks: list[Period]
) -> tuple[pd.Series, pd.DataFrame, list[str]]:
    """Return what a sentence may compare: the values of the definition that the last one has."""
    last = parse(periods[int(np.flatnonzero(own.notna())[-1])]).first_day
    known = [first.first_day for first in breaks if first.first_day <= last]
    start = sum(parse(text).first_day < max(known) for text in periods) if known else 0
    return own.iloc[start:], others.iloc[start:], periods[start:]


def _ends(own: pd.Series, others: pd.DataFrame, periods: list[str]) -> tuple[int, int, pd.Series]:
    known = np.flatnonzero(own.notna())
    return int(known[0]), int(known[-1]), others.median(axis=1)


def title_lines(own: pd.Series, others: pd.DataFrame, words: Wording, periods: list[str]) -> str:
    """Return the finding: the first and last values, beside the median of the others."""
    first, last, median = _ends(own, others, periods)
    name = words.of(str(own.name))
    said = (
        f"{name} : {words.number(own.iloc[first])} ({label_fr(parse(periods[first]))}), "
        f"{words.number(own.iloc[last])} ({label_fr(parse(periods[last]))})"
    )
    if others.shape[1] < 2 or median.iloc[[first, last]].isna().any():
        return said
    beside = f"{words.number(median.iloc[first])}, puis {words.number(median.iloc[last])}"
    return f"{said} ; médiane des {others.shape[1]} autres {words.others_fr} : {beside}"


def alt_lines(own: pd.Series, others: pd.DataFrame, words: Wording, periods: list[str]) -> str:
    """Return the alternative text: the highest and lowest values of the territory, and its ends."""
    first, last, _ = _ends(own, others, periods)
    places = {"début": first, "plus haut": int(np.nanargmax(own)), "plus bas": int(np.nanargmin(own)), "fin": last}
    parts = [f"{said} {words.number(own.iloc[place])} ({periods[place]})" for said, place in places.items()]
    beside = f", {count(others.shape[1], 'autre')} en gris" if others.shape[1] else ""
    return alternative(f"Courbe de {words.of(str(own.name))}{beside}", parts)


@house
def small_multiples(values: pd.DataFrame, focus: str, words: Wording, columns: int = 4) -> Drawing:
    """Draw each territory in its own panel, on the same scales, beside the median of all; the focus comes first."""
    laid = panel(values, model=False)
    laid.one(focus)
    order = [focus, *sorted((name for name in laid.values if name != focus), key=words.of)]
    periods, breaks = [parse(text) for text in laid.periods], [parse(text) for text in words.breaks]
    median = laid.values.median(axis=1)
    rows = -(-len(order) // columns)
    wide = (WIDTH - _LEFT - 6 - 18 * (columns - 1)) / columns
    tall, step = 84, 84 + 50
    above = int((laid.values[focus] > median).sum())
    known = int(laid.values[focus].notna().sum())
    title = (
        f"{words.of(focus)} au-dessus de la médiane de l’ensemble à {count(above, 'période')} sur {known}"
        if above
        else f"{words.of(focus)} jamais au-dessus de la médiane de l’ensemble"
    )
    title = titled(title, values)
    note = f"Tirets : médiane de l’ensemble. Mêmes échelles partout.\n{words.note()}"
    sheet = new(WIDTH, rows * step, title=title, subtitle=words.what_fr, note=note)
    ticks = steps(float(laid.values.min(axis=None)), float(laid.values.max(axis=None)), most=3)
    panels: list[Frame] = []
    for place, name in enumerate(order):
        left, top = _LEFT + (place % columns) * (wide + 18), 24 + (place // columns) * step
        box = (left, top, wide, tall)
        found = frame(sheet, box, periods, ticks, scaled=place % columns == 0, years=False)
        bold = "bold" if name == focus else "normal"
        sheet.text(left, top - 13, words.of(name), SMALL, fontweight=bold)
        panels.append(found)
        color, width = (DARK, 2.4) if name == focus else (INK, 1.4)
        line(found, laid.values[name].to_numpy(), periods, breaks, color=color, width=width, blur=0.5)
        if words.event:
            event_line(sheet, found, parse(words.event))
        if place >= len(order) - columns:
            sheet.text(left, top + tall + 12, str(periods[0].year), SMALL, color=MUTED)
            sheet.text(left + wide, top + tall + 12, str(periods[-1].year), SMALL, ha="right", color=MUTED)
    repeated(sheet, panels, median.to_numpy(), periods, breaks)
    data = laid.values[order].add_prefix("t_").assign(median=median).reset_index(drop=True)
    data.insert(0, "period", laid.periods)
    named = {"period": "Période", "median": "Médiane de l’ensemble"} | {f"t_{name}": words.of(name) for name in order}
    last = laid.values[order].ffill().iloc[-1]
    parts = [f"{words.of(name)} {words.number(last[name])}" for name in order]
    alt = alternative(
        f"{count(len(order), 'petite courbe', 'petites courbes')} à la même échelle ; dernières valeurs", parts
    )
    return Drawing(sheet.figure, data, title, alt, named, words.name)


@house
def dumbbell(found: Changes, words: Wording) -> Drawing:
    """Draw two periods of each territory, joined by a line, from the lowest change to the highest."""
    table = found.table
    data = pd.DataFrame(
        {"territory": [words.of(name) for name in table["territory_id"]], **table[["start", "end", "change", "rank"]]}
    )
    labels = {"territory": "Territoire", "change": "Évolution", "rank": "Rang"}
    labels |= {name: label_fr(parse(text)) for name, text in (("start", found.start), ("end", found.end))}
    between = between_fr(parse(found.start), parse(found.end))
    top, right = 34, 96
    bold = [*table["is_focus"]]
    names = [wrap(bind(name), _NAME, SMALL, bold=own) for name, own in zip(data["territory"], bold, strict=True)]
    left = (
        MARGIN
        + 12
        + max(text_width(line, SMALL, bold=own) for name, own in zip(names, bold, strict=True) for line in name)
    )
    tall = [leading(SMALL) * len(name) + _BETWEEN for name in names]
    middles = np.cumsum(tall) - np.array(tall) / 2
    title = (
        f"{words.of(found.focus)} : {words.number(found.change, signed=True)} {between}, contre "
        f"{words.number(found.median_of_others, signed=True)} pour la médiane des {len(table) - 1} autres "
        f"{words.others_fr} (rang {found.rank} sur {len(table)})"
    )
    title = titled(title, table)
    lacking = [words.of(name) for name in found.left_out]
    note = (f"Sans les deux valeurs : {', '.join(lacking)}.\n" if lacking else "") + words.source
    subtitle = f"{words.what_fr} ; cercle vide : {labels['start']} ; cercle plein : {labels['end']}"
    sheet = new(WIDTH, top + sum(tall) + 6, title=title, subtitle=subtitle, note=note)
    wide = WIDTH - left - right
    ends = data[["start", "end"]]
    ticks = steps_apart(float(ends.min(axis=None)), float(ends.max(axis=None)), wide)
    axes = sheet.panel(left, top, wide, sum(tall))
    axes.set(xlim=(ticks[0], ticks[-1]), ylim=(sum(tall), 0))
    axes.vlines(ticks, 0, sum(tall), color=RULE, linewidth=1, zorder=0)
    for value, said in zip(ticks, scale(ticks), strict=True):
        x = left + wide * (value - ticks[0]) / (ticks[-1] - ticks[0])
        sheet.text(x, top - 12, said, SMALL, ha="center", color=MUTED)
    sheet.text(WIDTH - MARGIN, top - 12, "évolution", SMALL, ha="right", color=MUTED)
    for y, name, one, focused in zip(middles, names, data.itertuples(), bold, strict=True):
        color, weight = (DARK, "bold") if focused else (GREY, "normal")
        axes.plot([one.start, one.end], [y, y], color=color, linewidth=2.6 if focused else 1.6, zorder=1)
        axes.scatter(
            [one.start], [y], s=area(10), facecolor=PAPER, edgecolor=color, linewidth=1.6, zorder=2, clip_on=False
        )
        axes.scatter([one.end], [y], s=area(11), facecolor=color, edgecolor=color, zorder=3, clip_on=False)
        for number, text in enumerate(name):
            over = (number - (len(name) - 1) / 2) * leading(SMALL)
            sheet.text(left - 12, top + y + over, text, SMALL, ha="right", fontweight=weight)
        said = words.number(one.change, signed=True)
        sheet.text(WIDTH - MARGIN, top + y, said, SMALL, ha="right", fontweight=weight)
    parts = [f"{one.territory} {words.number(one.change, signed=True)}" for one in data.itertuples()]
    alt = alternative(f"Évolution {between}, de la plus basse à la plus haute", parts)
    return Drawing(sheet.figure, data, title, alt, labels, words.name)
