"""Frame a drawing in time: years below, values on the left, lines that stop where nothing is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from pic_analysis.figures.sheet import Sheet
from pic_analysis.figures.style import INK, MUTED, RULE, SMALL
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.numbers_fr import decimal
from pic_analysis.periods import Period, of_ordinal, ordinal

GREY = "#8b948f"  # 3:1 on white, and much lighter than the line that counts
TOP = 22  # pixels above a panel, for the name of an event
_YEAR_APART = 46  # pixels between two years written below


@dataclass(frozen=True, eq=False)
class Frame:
    """Axes of a panel, and where it stands on its sheet, in pixels."""

    axes: Axes
    left: float
    top: float
    wide: float
    tall: float
    ticks: np.ndarray

    @property
    def low(self) -> float:
        """The lowest value of the scale."""
        return float(self.ticks[0])

    @property
    def high(self) -> float:
        """The highest value of the scale."""
        return float(self.ticks[-1])

    def y(self, value: float) -> float:
        """Return the height of a value on the sheet, in pixels."""
        return self.top + self.tall * (1 - (value - self.low) / (self.high - self.low))

    def x(self, number: float) -> float:
        """Return the place of a period on the sheet, in pixels, from its ordinal."""
        first, last = self.axes.get_xlim()
        return self.left + self.wide * (number - first) / (last - first)


def steps(low: float, high: float, most: int = 5) -> np.ndarray:
    """Return round values that hold two others between them.

    >>> steps(7.2, 17.8).tolist()
    [5.0, 10.0, 15.0, 20.0]
    """
    high = high if high > low else low + 1
    raw = (high - low) / most
    size = 10 ** np.floor(np.log10(raw))
    step = next(size * round_one for round_one in (1, 2, 5, 10) if size * round_one >= raw * (1 - 1e-9))
    found = np.arange(np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9) + 1) * step
    return np.round(found, 9)


def steps_apart(low: float, high: float, wide: float) -> np.ndarray:
    """Return round values that hold two others between them, few enough to be written side by side."""
    for most in (5, 4, 3, 2, 1):
        found = steps(low, high, most)
        if max(text_width(said, SMALL) for said in scale(found)) + 8 <= wide / (len(found) - 1):
            break
    return found


def frame(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    periods: Sequence[Period],
    ticks: np.ndarray,
    *,
    scaled: bool = True,
    years: bool = True,
) -> Frame:
    """Return a panel with its horizontal rules; values are written on its left and years below.

    ``box`` is left, top, width and height in pixels.
    """
    left, top, wide, tall = box
    axes = sheet.panel(left, top, wide, tall)
    numbers = [ordinal(period) for period in periods]
    first, last = min(numbers), max(numbers) if max(numbers) > min(numbers) else min(numbers) + 1
    axes.set(xlim=(first, last), ylim=(ticks[0], ticks[-1]))
    found = Frame(axes, left, top, wide, tall, ticks)
    axes.hlines(ticks, first, last, color=RULE, linewidth=1, clip_on=False, zorder=0)
    if ticks[0] < 0 < ticks[-1]:
        axes.hlines([0], first, last, color=INK, linewidth=1, clip_on=False, zorder=1)
    if scaled:
        for value, said in zip(ticks, scale(ticks), strict=True):
            sheet.text(left - 8, found.y(value), said, SMALL, ha="right", color=MUTED)
    if years:
        for number, year in _years(periods[0], first, last, wide):
            axes.vlines([number], *_below(found, 5), color=MUTED, linewidth=1, clip_on=False)
            sheet.text(found.x(number), top + tall + 16, str(year), SMALL, ha="center", color=MUTED)
    return found


def scale(ticks: np.ndarray) -> list[str]:
    """Return the values of a scale as they are written, all with as many decimals."""
    digits = 0 if np.allclose(ticks, np.round(ticks)) else 1 if np.allclose(ticks * 10, np.round(ticks * 10)) else 2
    return [decimal(float(value), digits) for value in ticks]


def scale_width(ticks: np.ndarray) -> float:
    """Return the room that the values of a scale take on the left of a panel, in pixels."""
    return 14 + max(text_width(said, SMALL) for said in scale(ticks))


def event_line(sheet: Sheet, found: Frame, period: Period, label_fr: str = "") -> None:
    """Draw a dotted line half a period before the first that follows an event, its name on top."""
    x = dotted(found, period)
    if label_fr:
        right = x > found.left + found.wide * 0.6
        # On top, the name stands over the line.
        sheet.text(x + (6 if right else -6), found.top - 10, label_fr, SMALL, ha="right" if right else "left")


def dotted(found: Frame, period: Period) -> float:
    """Draw a dotted line half a period before another; return its place, in pixels."""
    place = ordinal(period) - 0.5
    found.axes.vlines([place], found.low, found.high, color=INK, linewidth=1, linestyle=(0, (2, 2)), zorder=1)
    return found.x(place)


def pieces(values: np.ndarray, periods: Sequence[Period], breaks: Sequence[Period] = ()) -> Iterator[slice]:
    """Yield the stretches of a line: it stops at a missing value, and before each new definition.

    >>> years = [Period(year) for year in range(2000, 2006)]
    >>> list(pieces(np.array([1, 2, np.nan, 4, 5, 6]), years, [Period(2005)]))
    [slice(0, 2, None), slice(3, 5, None), slice(5, 6, None)]
    """
    days = [first.first_day for first in breaks]
    start = 0
    for place in range(len(values) + 1):
        ends = place == len(values) or not np.isfinite(values[place])
        cut = (
            not ends
            and place > start
            and any(periods[place - 1].first_day < day <= periods[place].first_day for day in days)
        )
        if ends or cut:
            if place > start:
                yield slice(start, place)
            start = place if cut else place + 1


def line(
    found: Frame,
    values: np.ndarray,
    periods: Sequence[Period],
    breaks: Sequence[Period] = (),
    *,
    color: str,
    width: float,
    dashes: tuple[float, ...] = (),
    blur: float = 0.25,
) -> None:
    """Draw a line in its stretches; a value alone is a dot.

    Points nearer than ``blur``, in points of print, to the line without them are not drawn: they would not be seen, and
    make a file too heavy.
    """
    numbers = np.array([ordinal(period) for period in periods])
    for piece in pieces(values, periods, breaks):
        if piece.stop - piece.start == 1:
            found.axes.plot(numbers[piece], values[piece], color=color, marker="o", markersize=width * 2, clip_on=False)
        else:
            (drawn,) = found.axes.plot(numbers[piece], values[piece], color=color, linewidth=width, clip_on=False)
            drawn.set_solid_capstyle("round")
            drawn.get_path().should_simplify = True
            drawn.get_path().simplify_threshold = blur
            if dashes:
                drawn.set_linestyle((0, dashes))


def repeated(
    sheet: Sheet, panels: Sequence[Frame], values: np.ndarray, periods: Sequence[Period], breaks: Sequence[Period] = ()
) -> None:
    """Draw one dashed line, the same in every panel; the file holds it once."""
    first = panels[0]
    axes = sheet.panel(0, 0, sheet.width, sheet.height)
    axes.set(xlim=(0, sheet.width), ylim=(sheet.height, 0))
    places = [(found.left, found.top + found.tall) for found in panels]
    for piece in pieces(values, periods, breaks):
        points = [
            (first.x(ordinal(period)) - first.left, first.top + first.tall - first.y(value))
            for period, value in zip(periods[piece], values[piece], strict=True)
        ]
        axes.add_collection(
            LineCollection(
                [np.array(points) / 96],  # inches, so that the line keeps its size at any resolution
                transform=sheet.figure.dpi_scale_trans,
                offsets=places,
                offset_transform=axes.transData,
                colors=MUTED,
                linewidths=1,
                linestyles=[(0, (3, 2))],
                clip_on=False,
            ),
            autolim=False,
        )


def _years(period: Period, first: int, last: int, wide: float) -> Iterator[tuple[int, int]]:
    per_year = {"year": 1, "quarter": 4, "month": 12}[period.frequency]
    whole = [number for number in range(first, last + 1) if of_ordinal(number, period.frequency).part == 1]
    span = wide * per_year / (last - first)  # pixels a year
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * span >= _YEAR_APART or step == 100)
    for number in whole:
        if (year := of_ordinal(number, period.frequency).year) % every == 0:
            yield number, year


def _below(found: Frame, pixels: float) -> tuple[float, float]:
    return found.low - (found.high - found.low) * pixels / found.tall, found.low
