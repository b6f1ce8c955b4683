"""Gather all that may be said of how one territory moved after an event, and say it without a cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from pic_analysis.indicators.differences import (
    Differences,
    PreTrend,
    differences,
    event_study,
    placebo_dates,
    pre_trend,
)
from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.interrupted import Interrupted, interrupted
from pic_analysis.indicators.panel import panel
from pic_analysis.indicators.synthetic import GOOD, Synthetic, synthetic
from pic_analysis.indicators.variants import sensitivity
from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.periods import label_fr, parse

RARE = 0.1
"""Share of the placebos as large below which an estimate is said to stand out: a convention of this project."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Impact:
    """What the series of one territory and of those it is compared with tell about an event.

    ``before`` and ``after`` are the numbers of values of the territory. ``gap_before`` and ``gap_after`` are its mean
    gaps to the median of the others. What the data cannot carry is a `Refusal`, whose words may be shown.
    ``verdict_fr`` never claims a cause.
    """

    focus: str
    event: str
    end: str
    before: int
    after: int
    gap_before: float
    gap_after: float
    differences: Differences | Refusal
    event_study: pd.DataFrame | Refusal
    pre_trend: PreTrend | Refusal
    placebo_dates: pd.DataFrame | Refusal
    synthetic: Synthetic | Refusal
    interrupted: Interrupted | Refusal
    sensitivity: pd.DataFrame
    verdict_fr: str

    @property
    def gap_change(self) -> float:
        """Change of the gap to the median of the others."""
        return self.gap_after - self.gap_before


def impact(
    frame: pd.DataFrame,
    focus: str,
    event: str,
    end: str,
    *,
    neighbours: Sequence[str] = (),
    ends: Sequence[str] = (),
    breaks: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    others_fr: str = "territoires",
    unit_fr: str = "point",
    harmonics: int = 0,
) -> Impact:
    """Return what may be said of how a territory moved, beside others, after an event.

    Parameters
    ----------
    frame
        ``territory_id``, ``period`` and ``value`` of the territory and of those that it is compared with; and ``unit``,
        ``definition`` and ``quality`` where they exist.
    focus
        The territory that the event concerns.
    event
        First period after the event.
    end
        Last period of the main estimate, to be fixed before looking at the results; ``ends`` are tried too.
    neighbours
        Territories that the event may touch too; one of the variants leaves them out.
    breaks
        First period of each new definition.
    names
        Name of each territory, for the sentences.
    others_fr, unit_fr
        What the territories and the unit are called, in French: « zones », « point ».
    harmonics
        Pairs of sine and cosine of the season; none for a seasonally adjusted series.

    Raises
    ------
    Refusal
        If the tables cannot be compared at all: see ``panel.panel``.
    """
    laid = panel(frame, breaks)
    own = laid.until(end).one(focus)
    main = laid.until(end)
    gap = own - main.without([focus]).values.median(axis=1)
    late = own.index >= laid.at(event)
    alone = frame[(frame["territory_id"].astype(str) == focus) & frame["period"].map(_ends_by(end))]
    found = _tried(lambda: differences(main, [focus], event))
    early = _tried(lambda: pre_trend(main, [focus], event))
    control = _tried(lambda: synthetic(main, focus, event))
    table = sensitivity(laid, focus, event, end, neighbours=neighbours, ends=ends, names=names)
    return Impact(
        focus,
        event,
        end,
        int(own[~late].notna().sum()),
        int(own[late].notna().sum()),
        float(gap[~late].mean()),
        float(gap[late].mean()),
        found,
        _tried(lambda: event_study(main, [focus], event)),
        early,
        _tried(lambda: placebo_dates(main, [focus], event)),
        control,
        _tried(lambda: interrupted(alone, event, harmonics=harmonics)),
        table,
        verdict((names or {}).get(focus, focus), event, end, found, early, control, table, others_fr, unit_fr),
    )


def verdict(
    name: str,
    event: str,
    end: str,
    found: Differences | Refusal,
    early: PreTrend | Refusal,
    control: Synthetic | Refusal,
    table: pd.DataFrame,
    others_fr: str = "territoires",
    unit_fr: str = "point",
) -> str:
    """Return in French what the estimates allow to say: how large, how unusual, how much it hangs on our choices."""
    if isinstance(found, Refusal):
        return f"Rien ne peut être dit de l’évolution comparée de {name} : {str(found)[0].lower()}{str(found)[1:]}"
    ranked = found.ranked
    unit = unit_fr if abs(ranked.estimate) < 2 else f"{unit_fr}s"
    said = [
        f"Après l’événement ({label_fr(parse(event))} à {label_fr(parse(end))}), l’écart entre {name} et les "
        f"{ranked.of - 1} autres {others_fr} change de {_signed(ranked.estimate)} {unit} par rapport à avant : "
        "ce changement "
    ]
    place = f"rang {ranked.rank} sur {ranked.of}, p{NBSP}={NBSP}{decimal(ranked.p_value, 3)}"
    if ranked.p_value > RARE:
        said[0] += f"n’est pas distinguable de ce que montrent les autres {others_fr} ({place})."
    else:
        said[0] += (
            f"est plus grand que celui de la plupart des autres {others_fr} ({place} ; avec {ranked.of} {others_fr}, "
            f"p ne peut pas descendre sous {decimal(ranked.least_p, 3)})."
        )
    if not isinstance(early, Refusal) and early.slope.p_value <= RARE:
        said.append("L’écart évoluait déjà avant : une évolution parallèle est peu plausible.")
    if len(table) > 1:
        low, high = int(table["rank"].min()), int(table["rank"].max())
        sides = table["p_value"].gt(RARE).nunique() > 1
        said.append(
            f"Selon les {len(table)} choix essayés, le rang va de {low} à {high} : "
            + ("la réponse dépend de ces choix." if sides else "la réponse n’en dépend pas.")
        )
    if not isinstance(control, Refusal) and control.followed < GOOD:
        said.append(f"Aucune moyenne des autres {others_fr} ne suit assez bien {name} avant l’événement.")
    said.append("La série seule ne permet pas de dire pourquoi.")
    return " ".join(said)


def _tried(estimate: Callable[[], T]) -> T | Refusal:
    try:
        return estimate()
    except Refusal as refusal:
        return refusal


def _ends_by(end: str) -> Callable[[str], bool]:
    last = parse(end).last_day
    return lambda text: parse(str(text)).last_day <= last


def _signed(value: float) -> str:
    return f"+{decimal(value, 2)}" if value > 0 else decimal(value, 2)
