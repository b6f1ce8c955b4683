"""Draw how codes add up as interviews do: everyone, then each safe group on the same scales."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from pic_analysis.coding.accumulation import EVERYONE
from pic_analysis.figures.provenance import titled
from pic_analysis.figures.sheet import Sheet, new
from pic_analysis.figures.style import (
    DARK,
    INK,
    LABEL,
    MUTED,
    RULE,
    SMALL,
    WIDTH,
    Drawing,
    alternative,
    bind,
    house,
    leading,
)
from pic_analysis.figures.text_width import wrap
from pic_analysis.numbers_fr import NBSP, agreed, count, integer, percent

LABELS = {
    "group": "Groupe",
    "interviews": "Entretiens",
    "codes": "Codes relevés, en moyenne des ordres tirés",
    "low": "Bas de la bande",
    "high": "Haut de la bande",
    "expected": "Codes relevés, en moyenne de tous les ordres",
    "new": "Codes nouveaux attendus",
}
MOST = 0.9
_SUBTITLE = "Codes distincts relevés selon le nombre d’entretiens lus, en moyenne d’ordres tirés au sort"
_NOTE = (
    "Bande : 95 % des ordres tirés ; elle se ferme d’elle-même au dernier entretien et ne dit rien des personnes qui "
    "n’ont pas été rencontrées. Dans chaque groupe, la ligne grise rappelle l’ensemble."
)
_LEFT, _RIGHT, _TALL, _SMALL_TALL, _AXIS, _GAP = 44, 18, 220, 110, 34, 22  # pixels


@house
def code_accumulation(curves: DataFrame, source: str) -> Drawing:
    """Draw the accumulation of codes, with its band.

    Parameters
    ----------
    curves
        As ``coding.accumulation.by_group`` returns it.
    source
        Source line.
    """
    title = titled(title_accumulation(curves), curves)
    everyone = curves[curves["group"] == EVERYONE]
    groups = [group for group in curves["group"].unique() if group != EVERYONE]
    wide = (WIDTH - _LEFT - _RIGHT - _GAP * max(0, len(groups) - 1)) / max(1, len(groups))
    heads = [wrap(bind(group), wide, SMALL, bold=True) for group in groups]
    head = leading(SMALL) * max((len(lines) for lines in heads), default=0)
    second = _TALL + _AXIS + 30 + head
    tall = second + _SMALL_TALL + _AXIS if groups else _TALL + _AXIS
    sheet = new(WIDTH, tall, title=title, subtitle=_SUBTITLE, note=f"{_NOTE}\n{source}")
    held, most = int(everyone["interviews"].max()), max(1.0, float(curves["high"].max()))
    axes = _frame(sheet, _LEFT, 0, WIDTH - _LEFT - _RIGHT, _TALL, held, most, ends="entretiens")
    _curve(axes, everyone)
    for number, (group, lines) in enumerate(zip(groups, heads, strict=True)):
        own, left = curves[curves["group"] == group], _LEFT + number * (wide + _GAP)
        for place, words in enumerate(lines):
            y = second - 12 - leading(SMALL) * (len(lines) - place - 0.5)
            sheet.text(left, y, words, SMALL, fontweight="bold")
        panel = _frame(sheet, left, second, wide, _SMALL_TALL, held, most, scale=number == 0)
        panel.plot(everyone["interviews"], everyone["codes"], color=MUTED, linewidth=1, linestyle=(0, (2, 2)))
        _curve(panel, own)
        last = count(int(own["interviews"].max()), "entretien")
        sheet.text(left, second + _SMALL_TALL + 14, last, SMALL, color=MUTED)
    return Drawing(sheet.figure, curves, title, alt_accumulation(curves), LABELS, "accumulation-des-codes")


def _frame(
    sheet: Sheet,
    left: float,
    top: float,
    wide: float,
    tall: float,
    held: int,
    most: float,
    *,
    scale: bool = True,
    ends: str = "",
) -> Axes:
    """Return axes from zero, with their base, and the numbers at their ends."""
    axes = sheet.panel(left, top, wide, tall)
    axes.set(xlim=(0, held), ylim=(0, most))
    axes.hlines([most], 0, held, color=RULE, linewidth=1, clip_on=False)
    axes.hlines([0], 0, held, color=INK, linewidth=1, clip_on=False)
    if scale:
        for value in (0, most):
            sheet.text(left - 8, top + tall * (1 - value / most), integer(value), SMALL, ha="right", color=MUTED)
    if ends:
        sheet.text(left, top + tall + 14, "0", SMALL, ha="center", color=MUTED)
        middle = held // 2
        if middle:
            sheet.text(left + wide * middle / held, top + tall + 14, integer(middle), SMALL, ha="center", color=MUTED)
        sheet.text(left + wide, top + tall + 14, f"{integer(held)} {ends}", SMALL, ha="right", color=MUTED)
    return axes


def _curve(axes: Axes, own: DataFrame) -> None:
    # From zero interviews, where nothing was heard.
    x, mean, low, high = (np.append(0.0, own[name]) for name in ("interviews", "codes", "low", "high"))
    axes.fill_between(x, low, high, facecolor=RULE, edgecolor=MUTED, linewidth=0.8, clip_on=False)
    axes.plot(x, mean, color=DARK, linewidth=2.4, clip_on=False, solid_capstyle="round")
    axes.plot(x[-1:], mean[-1:], color=DARK, marker="o", markersize=LABEL / 3, clip_on=False)


def needed(curves: DataFrame, share: float = MOST) -> int:
    """Return how many interviews give a share of everyone's codes, on average; 0 if there are no codes."""
    everyone = curves[curves["group"] == EVERYONE]
    total = float(everyone["expected"].max()) if len(everyone) else 0.0
    if not total:
        return 0
    return int(everyone.loc[everyone["expected"] >= share * total - 1e-9, "interviews"].min())


def title_accumulation(curves: DataFrame) -> str:
    """Return the finding: how many interviews give most of the codes, on average."""
    everyone = curves[curves["group"] == EVERYONE]
    first = needed(curves)
    held, codes = int(everyone["interviews"].max()), round(float(everyone["expected"].max()))
    if not codes:
        return f"Aucun code relevé en {count(held, 'entretien')}"
    return (
        f"{count(first, 'entretien')} sur {integer(held)}, dans un ordre au hasard, "
        f"{agreed(first, 'donne', 'donnent')} en moyenne {percent(MOST)} "
        f"{agreed(codes, 'du seul code relevé', f'des {integer(codes)}{NBSP}codes relevés')}"
    )


def alt_accumulation(curves: DataFrame) -> str:
    """Return the alternative text: the codes of each group at its last interview."""
    ends = curves.groupby("group", sort=False).last()
    parts = [f"{group} {integer(round(row.codes))} ({integer(row.interviews)})" for group, row in ends.iterrows()]
    return alternative("Courbes des codes relevés selon les entretiens ; codes (entretiens) à la fin", parts)
