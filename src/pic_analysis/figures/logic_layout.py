"""Lay out a theory of change: panels in columns, boxes in panels, routes between them; draw nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pic_analysis.evidence.theory import OTHERS as BAND
from pic_analysis.evidence.theory import Columns, columns
from pic_analysis.figures.text_width import wrap

if TYPE_CHECKING:
    from pandas import DataFrame

# Pixels at full size. The gap leaves room for an arrow's tag, its head, and one upright line beside them.
PANEL, GAP, MARGIN, PAD, SPACE = 206, 72, 8, 8, 7
BETWEEN = 60  # upright distance between two panels of a column, and above the band
LINE, SIZE = 18, 14
INSET = 9  # in a box, on each side of its text
ID_SPACE = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"  # between the identifier of a box and its label
GUTTER = 14  # in a panel, right of its boxes, where arrows between them run
LANE = 34  # height of each arrow that passes above a column
MOST_GROWTH = 28  # a box taller than its text by more than that looks empty


@dataclass
class Box:
    """One rectangle with its text: a box of a package, or the head of its panel.

    The text of a box opens with its identifier.
    """

    id: str
    label: str
    lines: list[str]
    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0


@dataclass
class Panel:
    """One package: its head, its boxes, the arrows between them, and its place."""

    head: Box
    boxes: list[Box]
    inner: list[tuple[str, str]] = field(default_factory=list)
    x: int = 0
    y: int = 0
    w: int = PANEL
    h: int = 0

    @property
    def middle(self) -> tuple[int, int]:
        """Centre of the panel."""
        return self.x + self.w // 2, self.y + self.h // 2

    @property
    def least(self) -> int:
        """Height of the panel when nothing is stretched."""
        stacked = sum(box.h + SPACE for box in self.boxes)
        return self.head.h + (stacked - SPACE + 2 * PAD if stacked else 0)


@dataclass(frozen=True)
class Arrow:
    """One arrow between two packages: its path and the middle of its tag."""

    id: str
    source: str
    target: str
    label: str
    path: str
    tag: tuple[int, int]

    @property
    def dashed(self) -> bool:
        """Whether the arrow comes from the other factors."""
        return self.source == BAND


@dataclass(frozen=True)
class Layout:
    """A whole drawing, ready to be written."""

    panels: dict[str, Panel]
    arrows: list[Arrow]
    width: int
    height: int


def lay_out(nodes: DataFrame, links: DataFrame) -> Layout:
    """Place every package, box and arrow of a theory of change.

    Raises
    ------
    ValueError
        If an arrow has no route (message in French).
    """
    known = columns(nodes, links)
    panels = _panels(nodes, links, known)
    if not panels:
        return Layout({}, [], 2 * MARGIN, 2 * MARGIN)
    inner = {pair for panel in panels.values() for pair in panel.inner}
    outer = [row for row in links.itertuples() if (row.source_id, row.target_id) not in inner]
    for row in outer:
        _check(panels, row, known)
    band = _band(panels, known)
    over = [
        row for row in outer if panels[row.source_id] is not band and _step(row.source_id, row.target_id, known) > 1
    ]
    lanes = [row.link_id for row in over]
    width, height = _place(panels, MARGIN + LANE * len(lanes), known)
    arrows = []
    for row in outer:
        lane = lanes.index(row.link_id) if row.link_id in lanes else 0
        path, tag = _route(panels, row.source_id, row.target_id, lane, known)
        arrows.append(Arrow(row.link_id, row.source_id, row.target_id, row.label_fr, path, tag))
    return Layout(panels, arrows, width, height)


def _panels(nodes: DataFrame, links: DataFrame, known: Columns) -> dict[str, Panel]:
    packages = {row.node_id: row for row in nodes.itertuples() if not row.parent}
    panels = {}
    for name in dict.fromkeys([*(name for column in known for name in column), BAND]):
        if name not in packages:
            continue
        children = [row for row in nodes.itertuples() if row.parent == name]
        ids = {row.node_id for row in children}
        pairs = [(row.source_id, row.target_id) for row in links.itertuples()]
        inner = [pair for pair in pairs if ids.issuperset(pair)]
        text = PANEL - 2 * PAD - 2 * INSET - (GUTTER if inner else 0)
        # The head of the band runs over several columns.
        label = packages[name].label_fr
        lines = wrap(label, 3 * PANEL if name == BAND else PANEL - 44, SIZE, bold=True)
        head = Box(name, label, lines, h=_height(max(2, len(lines))))
        panels[name] = Panel(head, [_box(row.node_id, row.label_fr, text) for row in children], inner)
    return panels


def _box(node_id: str, label: str, width: float) -> Box:
    lines = wrap(f"{node_id}{ID_SPACE}{label}", width, SIZE)
    return Box(node_id, label, lines, h=_height(len(lines)))


def _height(lines: int) -> int:
    return LINE * lines + 14


def _place(panels: dict[str, Panel], top: int, known: Columns) -> tuple[int, int]:
    """Give every panel and box its place; return the width and height of the drawing."""
    columns = [[panels[name] for name in column if name in panels] for column in known]
    columns = [column for column in columns if column]
    outer = {0, len(columns) - 1} if len(columns) > 2 else set()
    middle = [index for index in range(len(columns)) if index not in outer]
    band = _band(panels, known)
    under = 0
    if band:
        band.x, band.w = MARGIN + middle[0] * (PANEL + GAP), len(middle) * (PANEL + GAP) - GAP
        _fill_band(band)
        under = band.h + BETWEEN
    least = [sum(panel.least + BETWEEN for panel in column) - BETWEEN for column in columns]
    core = max(height - (under if index in outer else 0) for index, height in enumerate(least))
    for index, column in enumerate(columns):
        extra = (core + (under if index in outer else 0) - least[index]) // len(column)
        y = top
        for panel in column:
            panel.x, panel.y, panel.h = MARGIN + index * (PANEL + GAP), y, panel.least + extra
            y += panel.h + BETWEEN
            _stack(panel, extra)
    if band:
        parts: list[Box | Panel] = [band, band.head, *band.boxes]
        for part in parts:
            part.y += top + core + BETWEEN
    return 2 * MARGIN + len(columns) * (PANEL + GAP) - GAP, top + core + under + MARGIN


def _stack(panel: Panel, extra: int) -> None:
    """Stack the boxes of a panel; the height left over goes to them, up to a point, then between them."""
    panel.head.x, panel.head.y, panel.head.w = panel.x, panel.y, panel.w
    if not panel.boxes:
        panel.head.h = panel.h
        return
    grow = min(extra // len(panel.boxes), MOST_GROWTH)
    between = (extra - grow * len(panel.boxes)) / len(panel.boxes)
    y = panel.y + panel.head.h + PAD + between / 2
    for box in panel.boxes:
        box.x, box.y, box.w = panel.x + PAD, round(y), panel.w - 2 * PAD - (GUTTER if panel.inner else 0)
        box.h += grow
        y += box.h + SPACE + between


def _fill_band(band: Panel) -> None:
    """Lay the boxes of the band side by side; its upright place comes later."""
    band.head.x, band.head.w, band.head.h = band.x, band.w, LINE + 14
    band.h = band.head.h
    if band.boxes:
        each = (band.w - 2 * PAD + SPACE) // len(band.boxes)
        for index, box in enumerate(band.boxes):
            box.lines = wrap(f"{box.id}{ID_SPACE}{box.label}", each - SPACE - 2 * INSET, SIZE)
            box.x, box.y, box.w = band.x + PAD + index * each, band.head.h, each - SPACE
        tallest = _height(max(len(box.lines) for box in band.boxes))
        for box in band.boxes:
            box.h = tallest
        band.h += tallest + PAD


def _band(panels: dict[str, Panel], known: Columns) -> Panel | None:
    """Return the panel of the other factors: it lies under the middle columns, unless one of them holds it."""
    return None if any(BAND in column for column in known) else panels.get(BAND)


def _step(source: str, target: str, known: Columns) -> int:
    """Return how many columns lie between two packages (0: one above the other)."""
    return _column(target, known) - _column(source, known)


def _column(name: str, known: Columns) -> int:
    return next(index for index, column in enumerate(known) if name in column)


def _check(panels: dict[str, Panel], row: Any, known: Columns) -> None:
    source, target = row.source_id, row.target_id
    if source not in panels or target not in panels:
        raise ValueError(f"flèche {row.link_id} : le logigramme relie deux paquets, ou deux boîtes d’un paquet")


def _route(
    panels: dict[str, Panel], source: str, target: str, lane: int, known: Columns
) -> tuple[str, tuple[int, int]]:
    """Return the path of an arrow between two packages, and the middle of its tag."""
    a, b = panels[source], panels[target]
    x, _ = b.middle
    if a is _band(panels, known):
        lowest = [name for name in known[_column(target, known)] if name in panels][-1]
        if lowest == target:
            return f"M{x} {a.y}V{b.y + b.h}", (x, a.y - BETWEEN // 2)
        side = b.x - GAP + 8  # up beside the panel below, then in by the side
        return f"M{side} {a.y}V{b.y + b.h - 24}H{b.x}", (side, a.y - BETWEEN // 2)
    step = _step(source, target, known)
    if step == 0:
        return f"M{x} {a.y + a.h}V{b.y}", (x, (a.y + a.h + b.y) // 2)
    if step == 1:
        level = min(a, b, key=lambda panel: panel.h).middle[1]
        return f"M{a.x + a.w} {level}H{b.x}", (b.x - GAP // 2 + 1, level)
    level = MARGIN + LANE * lane + 11
    return f"M{a.middle[0]} {a.y}V{level}H{x}V{b.y}", ((a.middle[0] + x) // 2, level)
