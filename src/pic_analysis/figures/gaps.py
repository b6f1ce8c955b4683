"""Draw gaps between a territory and others around an event, among those of placebos."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.figures.provenance import titled
from pic_analysis.figures.sheet import new
from pic_analysis.figures.style import DARK, INK, PAPER, SMALL, WIDTH, Drawing, alternative, area, house
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.figures.time_frame import GREY, TOP, event_line, frame, line, steps
from pic_analysis.figures.wording import Wording
from pic_analysis.indicators.synthetic import Synthetic
from pic_analysis.numbers_fr import count
from pic_analysis.periods import label_fr, of_ordinal, ordinal, parse

_TALL, _AXIS, _LEFT = 280, 34, 48


@house
def placebo_gaps(found: Synthetic, words: Wording) -> Drawing:
    """Draw the gap of a territory to its synthetic control, and those of all others to theirs, in grey."""
    table = found.placebo_gaps
    first, last = (ordinal(parse(table.index[place])) for place in (0, -1))
    frequency = parse(table.index[0]).frequency
    periods = [of_ordinal(number, frequency) for number in range(first, last + 1)]
    whole = table.reindex(list(map(str, periods)))  # a period that was left out keeps its place
    name = words.of(found.territory)
    title = f"Écart de {name} après l’événement, rapporté à celui d’avant : rang {found.rank} sur {found.of}"
    title = titled(title, table)
    note = f"{found.fit_fr}\n{words.note()}"
    subtitle = f"Écart à la moyenne pondérée des autres {words.others_fr} ; {words.what_after}"
    right = 14 + text_width(name, SMALL, bold=True)
    sheet = new(WIDTH, TOP + _TALL + _AXIS, title=title, subtitle=subtitle, note=note)
    ticks = steps(float(np.nanmin(whole)), float(np.nanmax(whole)))
    drawn = frame(sheet, (_LEFT, TOP, WIDTH - _LEFT - right, _TALL), periods, ticks)
    for other in whole.drop(columns=[found.territory]):
        line(drawn, whole[other].to_numpy(), periods, color=GREY, width=0.9)
    own = whole[found.territory]
    line(drawn, own.to_numpy(), periods, color=DARK, width=3)
    event_line(sheet, drawn, parse(found.event), words.event_fr)
    end = float(own.dropna().iloc[-1])
    sheet.text(WIDTH - right + 8, drawn.y(end), name, SMALL, fontweight="bold", color=DARK)
    data = whole.add_prefix("t_").rename_axis("period").reset_index()
    labels = {"period": "Période"} | {f"t_{other}": words.of(other) for other in whole}
    parts = [
        f"{name}, en moyenne après : {words.number(found.mean_gap, signed=True)}",
        f"rang {found.rank} sur {found.of}",
        "avant l’événement, " + ("bien suivi" if "suit bien" in found.fit_fr else "mal suivi"),
    ]
    alt = alternative(f"Écarts de {name} et de {count(found.of - 1, 'autre')} à leurs moyennes pondérées", parts)
    return Drawing(sheet.figure, data, title, alt, labels, words.name)


@house
def event_dots(study: pd.DataFrame, focus: str, words: Wording) -> Drawing:
    """Draw the gap at each period, less that of the reference, with its interval.

    Parameters
    ----------
    study
        As ``differences.event_study`` returns it.
    focus
        The territory.
    words
        Names, unit, source and event.
    """
    data = study[["period", "lead", "estimate", "low", "high"]].reset_index(drop=True)
    periods = [parse(text) for text in data["period"]]
    bounded = np.isfinite(data["low"]) & np.isfinite(data["high"])
    outside = bounded & ((data["low"] > 0) | (data["high"] < 0))
    after = data["lead"] >= 0
    known = int((after & bounded).sum())
    name = words.of(focus)
    distinct = int((outside & after).sum())
    verb = "écarte" if distinct < 2 else "écartent"
    title = (
        f"{name} : après l’événement, {count(distinct, 'intervalle')} sur {known} {verb} zéro"
        if known
        else f"{name} : écart aux autres {words.others_fr}, sans intervalle possible"
    )
    title = titled(title, study)
    reference = data.loc[(data["estimate"] == 0) & (data["low"] == 0), "period"]
    said = f" (zéro : {label_fr(parse(reference.iloc[0]))})" if len(reference) else ""
    subtitle = f"Écart aux autres {words.others_fr}{said} ; {words.what_after}"
    note = f"Intervalles période par période, d’après le rang parmi les autres {words.others_fr}.\n{words.note()}"
    sheet = new(WIDTH, TOP + _TALL + _AXIS, title=title, subtitle=subtitle, note=note)
    seen = data[["estimate", "low", "high"]].replace([np.inf, -np.inf], np.nan)
    ticks = steps(min(0.0, float(np.nanmin(seen))), max(0.0, float(np.nanmax(seen))))
    drawn = frame(sheet, (_LEFT, TOP, WIDTH - _LEFT - 16, _TALL), periods, ticks)
    numbers = np.array([ordinal(period) for period in periods])
    large = len(data) <= 40
    drawn.axes.vlines(
        numbers[bounded], data["low"][bounded], data["high"][bounded], color=GREY, linewidth=2.2 if large else 1.6,
        clip_on=False,
    )  # fmt: skip
    for some, face in ((~outside, PAPER), (outside, DARK)):
        drawn.axes.scatter(
            numbers[some], data["estimate"][some], s=area(8 if large else 5.5), facecolor=face, edgecolor=DARK,
            linewidth=1.3, zorder=3, clip_on=False,
        )  # fmt: skip
    event_line(sheet, drawn, parse(data.loc[after, "period"].iloc[0]), words.event_fr)
    sheet.text(_LEFT + 4, TOP + _TALL - 10, "point plein : l’intervalle écarte zéro", SMALL, color=INK)
    labels = {
        "period": "Période",
        "lead": "Périodes depuis l’événement",
        "estimate": "Écart",
        "low": "Bas de l’intervalle",
        "high": "Haut de l’intervalle",
    }
    ends = data[data["estimate"].notna()]
    parts = [
        f"{label_fr(parse(row.period))} {words.number(row.estimate, signed=True)}"
        for row in (ends.iloc[0], ends[ends["lead"] >= 0].iloc[0], ends.iloc[-1])
    ]
    parts.append(f"{distinct} sur {known} après l’événement hors de zéro")
    return Drawing(sheet.figure, data, title, alternative(f"Écart de {name} aux autres", parts), labels, words.name)
