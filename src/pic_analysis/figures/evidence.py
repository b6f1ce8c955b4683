"""Draw where the evidence of a case lies: the cells of its monograph that the story calls on."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from pandas import DataFrame

from pic_analysis.evidence.cells import cited_cells
from pic_analysis.figures.sheet import Sheet, new
from pic_analysis.figures.source import NO_VOTE, line
from pic_analysis.figures.style import (
    DARK,
    DEEP,
    INK,
    LABEL,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    WIDTH,
    Drawing,
    alternative,
    area,
    house,
    pt,
)
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.study import Study
from pic_analysis.vocabulary import CELL_SECTIONS

OUTSIDE = "hors paquet"
_CITED: dict[str, Any] = {"facecolor": DARK, "edgecolor": DARK}
_NEVER: dict[str, Any] = {"facecolor": PAPER, "edgecolor": DEEP, "linestyle": (0, (3, 2))}
_HEAD, _ROW, _LEFT, _WIDEST = 30, 66, 172, 56  # pixels; the last is the widest circle
_SUBTITLE = "Nombre de constats du récit qui citent chaque cellule de la monographie"
MATRIX_LABELS = {"package": "Paquet causal", "section": "Section", "statements": "Constats", "citations": "Renvois"}


def matrix_data(study: Study, case: str) -> DataFrame:
    """Return, for each cell of a case, the numbers of ``statements`` that cite it and of ``citations``.

    Returns
    -------
    DataFrame
        One row a ``package`` (letter; `OUTSIDE` for the rest of the monograph) and ``section`` (French label), in
        reading order, cells that nothing cites included.
    """
    cells = cited_cells(study)
    cells = cells[cells["case"] == case]
    # As in the evidence map: a thematic impact printed with a package counts under thematic impacts.
    inside = cells["cell_section"].isin(["1", "2", "3"])
    cells = cells.assign(package=cells["package"].where(inside, OUTSIDE), section=cells["cell_section"])
    found = cells.groupby(["package", "section"])[["statements", "citations"]].sum()
    order = [(p.id, s) for p in study.settings.packages for s in "123"] + [(OUTSIDE, s) for s in ("IT", "Ess", "Intro")]
    index = pd.MultiIndex.from_tuples(order, names=["package", "section"])
    table = found.reindex(index, fill_value=0).reset_index()
    return table.assign(section=table["section"].map(CELL_SECTIONS))


@house
def evidence_matrix(study: Study, case: str) -> Drawing:
    """Draw the cells of a case as circles: one row a package, one column a section of the monograph."""
    data = matrix_data(study, case)
    about = study.settings.case(case)
    title = title_matrix(data, about.label_fr)
    equal = data["statements"].equals(data["citations"])
    note = "Il y a autant de renvois que de constats." if equal else "Entre parenthèses : les renvois, s’ils diffèrent."
    rows = [*dict.fromkeys(data["package"])]
    height = _HEAD + _ROW * len(rows) + _HEAD
    sheet = new(WIDTH, height, title=title, subtitle=_SUBTITLE, note=f"{note} {NO_VOTE}\n{line(study)}")
    axes = sheet.panel(_LEFT, _HEAD, WIDTH - _LEFT, height - _HEAD)
    axes.set(xlim=(-0.5, 2.5), ylim=((height - _HEAD) / _ROW - 0.5, -0.5))
    names = {p.id: f"{p.id} · {p.label_fr}" for p in study.settings.packages}
    places = []
    for number, package in enumerate(rows):
        sections = [*data.loc[data["package"] == package, "section"]]
        y = number + (_HEAD / _ROW if package == OUTSIDE else 0)
        places += [(x, y) for x in range(len(sections))]
        middle = _HEAD + _ROW * (y + 0.5)
        if number == 0 or package == OUTSIDE:
            _heads(sheet, sections, middle - _ROW / 2 - 10)
        sheet.lines(6, middle, names.get(package, "Hors paquet causal"), _LEFT - 12, around=True)
        axes.axhline(y, color=RULE, linewidth=1, zorder=0)
    # One scale for all the cases: their pages are read side by side.
    most = max(int(matrix_data(study, c.id)["statements"].max()) for c in study.settings.cases)
    _circles(axes, data, places, max(1, most))
    return Drawing(sheet.figure, data, title, alt_matrix(data, about.label_fr), MATRIX_LABELS, f"preuves-{about.page}")


def _heads(sheet: Sheet, sections: list[str], y: float) -> None:
    for x, section in enumerate(sections):
        sheet.text(_LEFT + (WIDTH - _LEFT) / 3 * (x + 0.5), y, section, SMALL, ha="center", color=MUTED)


def _circles(axes: Axes, data: DataFrame, places: list[tuple[int, float]], most: int) -> None:
    """Draw one circle a cell, its area in proportion; a cell that nothing cites is an empty, dashed one."""
    for (x, y), cell in zip(places, data.itertuples(), strict=True):
        diameter = _WIDEST * (cell.statements / most) ** 0.5 if cell.statements else 24
        axes.scatter([x], [y], s=area(diameter), clip_on=False, **(_CITED if cell.statements else _NEVER))
        text = integer(cell.statements)
        if cell.citations != cell.statements:
            text += f" ({integer(cell.citations)})"
        inside = diameter > 8 * len(text) + 8
        axes.annotate(
            text,
            (x, y),
            (0 if inside else pt(diameter / 2 + 5), 0),
            textcoords="offset points",
            ha="center" if inside else "left",
            va="center_baseline",
            color=(PAPER if cell.statements else DEEP) if inside else INK,
            fontsize=pt(LABEL),
            fontweight="bold",
        )


def title_matrix(data: DataFrame, case_label: str) -> str:
    """Return the finding: how many cells of the causal packages nothing cites, or one statement only."""
    cells = data.loc[data["package"] != OUTSIDE, "statements"]
    never, once = int((cells == 0).sum()), int((cells == 1).sum())
    if never:
        verb = "ne sont jamais citées" if never > 1 else "n’est jamais citée"
        others = f", {integer(once)} par un seul constat" if once else ""
        return f"{case_label} : {count(never, 'cellule')} sur {len(cells)} {verb}{others}"
    if once:
        verb = "ne sont citées" if once > 1 else "n’est citée"
        return f"{case_label} : {count(once, 'cellule')} sur {len(cells)} {verb} que par un constat"
    least = count(int(cells.min()), "constat")
    return f"{case_label} : chacune des {len(cells)} cellules est citée par {least} au moins"


def alt_matrix(data: DataFrame, case_label: str) -> str:
    """Return the alternative text: the statements that cite each package's cells, in the order of sections."""
    parts = []
    for package, cells in data.groupby("package", sort=False):
        name = package if package == OUTSIDE else f"paquet {package}"
        parts.append(f"{name} {enumerate_fr([integer(n) for n in cells['statements']])}")
    return alternative(f"Matrice de cercles, constats citant chaque cellule du cas {case_label}, par section", parts)
