"""Lay a figure out in pixels: a title that says the finding, what is drawn, panels, and the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from pic_analysis.figures.style import FACES, INK, LABEL, MUTED, PAPER, SMALL, TITLE, bind, leading, pt
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.figures.text_width import wrap

MARGIN, _AIR, _GAP = 6, 12, 4


@dataclass(frozen=True)
class Sheet:
    """A figure under construction; places are in pixels from the top left corner of its body."""

    figure: Figure
    width: int
    height: int
    top: int

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes without frame nor ticks."""
        box = (
            left / self.width,
            1 - (self.top + top + height) / self.height,
            width / self.width,
            height / self.height,
        )
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        return axes

    def text(self, x: float, y: float, text: str, size: float = LABEL, **style: Any) -> None:
        """Write one line of text, its middle at that height."""
        place = (x / self.width, 1 - (self.top + y) / self.height)
        self.figure.text(*place, bind(text), **{"va": "center", **style}, fontsize=pt(size))

    def lines(
        self, x: float, y: float, text: str, width: float, size: float = LABEL, *, around: bool = False, **style: Any
    ) -> None:
        """Write a text on as many lines as its width asks, from that height down, or ``around`` it."""
        broken = wrap(bind(text), width, size, bold=style.get("fontweight") == "bold")
        if around:
            y -= leading(size) * (len(broken) - 1) / 2
        for number, line in enumerate(broken):
            # One text a line: in SVG, matplotlib would align a block of lines with the measures of its own font.
            self.text(x, y + number * leading(size), line, size, **style)


def new(width: int, height: float, *, title: str, subtitle: str = "", note: str = "") -> Sheet:
    """Return a sheet with its words, and an empty body.

    Parameters
    ----------
    width, height
        Size of the body, in pixels; the words above and below it come on top.
    title
        The finding.
    subtitle
        What the marks are.
    note
        Limits and source, one paragraph a line.
    """
    room = width - 2 * MARGIN
    heads: list[tuple[str, float, str, str]] = [
        (line, TITLE, "bold", INK) for line in wrap(bind(title), room, TITLE, bold=True)
    ]
    if subtitle:
        heads.append(("", _GAP, "normal", INK))
        heads += [(line, LABEL, "normal", MUTED) for line in wrap(bind(subtitle), room, LABEL)]
    paragraphs = [part for part in note.split("\n") if part]
    feet = [(line, SMALL, "normal", MUTED) for part in paragraphs for line in wrap(bind(part), room, SMALL)]
    top = round(MARGIN + sum(leading(size) for _, size, *_ in heads) + _AIR)
    whole = round(top + height + _AIR + sum(leading(size) for _, size, *_ in feet) + MARGIN)
    figure = Figure(figsize=(width / 96, whole / 96), facecolor=PAPER)
    FigureCanvasSVG(figure)
    sheet = Sheet(figure, width, whole, top)
    for y, lines in ((MARGIN - top, heads), (height + _AIR, feet)):
        for line, size, weight, color in lines:
            y += leading(size)
            if line:
                sheet.text(MARGIN, y - leading(size) / 2, line, size, fontweight=weight, color=color)
    return sheet


def key(sheet: Sheet, left: float, middle: float, names: list[str]) -> None:
    """Write the key of stacked marks on one line: a sample of each face, and its name."""
    axes = sheet.panel(left, middle - 7, sheet.width - left, 14)
    axes.set(xlim=(0, sheet.width - left), ylim=(0, 14))
    x = 0.0
    for name, face in zip(names, FACES, strict=False):
        axes.add_patch(Rectangle((x, 0), 22, 14, clip_on=False, **face))
        sheet.text(left + x + 28, middle, name)
        x += 28 + text_width(name, LABEL) + 18
