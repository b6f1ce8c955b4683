"""Find where labels stand: clear of each other, of the lines, and of what is written below a panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pic_analysis.figures.sheet import Sheet
from pic_analysis.figures.style import SMALL, leading
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.figures.time_frame import Frame, dotted
from pic_analysis.periods import Period, ordinal

_AIR = 3  # pixels between a label and a line
_BREAK = "rupture"


def apart(heights: Sequence[float], tall: Sequence[float], low: float = -np.inf, high: float = np.inf) -> list[float]:
    """Return the middles of labels, moved as little as needed for none to overlap nor leave from ``low`` to ``high``.

    Their order is kept. It is a monotone regression: labels that would overlap move as one, around their mean.

    Parameters
    ----------
    heights
        Where each label would stand, in pixels.
    tall
        How tall each is, in pixels.

    >>> apart([10, 12, 40], [10, 10, 10])
    [6.0, 16.0, 40.0]
    >>> apart([10, 12, 40], [10, 10, 10], low=0, high=42)
    [6.0, 16.0, 37.0]
    """
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    half = np.array([tall[place] / 2 for place in order])
    steps = np.concatenate([[0.0], np.cumsum(half[:-1] + half[1:])])
    groups: list[tuple[float, int]] = []  # mean of the heights less the steps, how many
    for place, step in zip(order, steps, strict=True):
        groups.append((heights[place] - step, 1))
        while len(groups) > 1 and groups[-1][0] < groups[-2][0]:
            (one, some), (other, more) = groups[-2:]
            groups[-2:] = [((one * some + other * more) / (some + more), some + more)]
    flat = np.repeat([mean for mean, _ in groups], [size for _, size in groups])
    placed = np.clip(flat, low + half[0], high - half[-1] - steps[-1]) + steps
    return [float(placed[order.index(place)]) for place in range(len(heights))]


def clear(found: Frame, lines: Iterable[np.ndarray], periods: Sequence[Period], left: float, right: float) -> float:
    """Return the lowest height of a panel, in pixels, where a small label from ``left`` to ``right`` touches no line.

    Where there is none, the foot of the panel.
    """
    numbers = np.array([ordinal(period) for period in periods])
    places = np.linspace(left, right, 9)
    half = leading(SMALL) / 2 + _AIR
    taken = []
    for values in lines:
        if (known := np.isfinite(values)).any():
            pixels = [found.y(float(value)) for value in values[known]]
            there = np.interp(places, [found.x(number) for number in numbers[known]], pixels)
            taken.append((there.min() - half, there.max() + half))
    foot = found.top + found.tall - 10
    free = (y for y in np.arange(foot, found.top + half, -4) if not any(low < y < high for low, high in taken))
    return float(next(free, foot))


def break_line(
    sheet: Sheet, found: Frame, period: Period, lines: Sequence[np.ndarray], periods: Sequence[Period]
) -> None:
    """Draw a dotted line half a period before a new definition, named where the name touches none of the lines."""
    x, long = dotted(found, period), text_width(_BREAK, SMALL)
    right = x > found.left + found.wide * 0.6
    left = x - 6 - long if right else x + 6
    y = clear(found, [*lines, *(np.full(len(periods), value) for value in found.ticks)], periods, left, left + long)
    sheet.text(left + (long if right else 0), y, _BREAK, SMALL, ha="right" if right else "left")
