"""Draw the statements of several studies side by side: small multiples that share one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pic_analysis.evidence.comparison import statements as counted
from pic_analysis.evidence.story import PACKAGE_SECTIONS
from pic_analysis.figures.provenance import titled
from pic_analysis.figures.sheet import Sheet, new
from pic_analysis.figures.source import NO_VOTE
from pic_analysis.figures.style import (
    DARK,
    DEEP,
    INK,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    Drawing,
    alternative,
    area,
    house,
    pt,
)
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.study import DEMO, Study

_COLUMNS, _GAP, _LEFT, _HEAD, _ROW, _WIDEST = 2, 16, 128, 50, 50, 40  # pixels, but for the number of columns
LABELS = {
    "study": "Étude",
    "package": "Paquet",
    "label_fr": "Ce qu’il est",
    "section": "Section",
    "statements": "Constats",
}
_SUBTITLE = (
    "Nombre de constats par paquet causal et par section : 1 ce qui a changé, 2 indices de contribution, 3 autres "
    "explications et limites, 4 points clés. La même échelle partout"
)
_NOTE = (
    "Les paquets sont ceux de chaque étude : une même lettre n’y dit pas la même chose. Un récit plus long a plus de "
    "constats, pas de meilleures preuves ; l’ordre est alphabétique."
)


def statements_data(studies: Sequence[Study]) -> pd.DataFrame:
    """Return the counts of every study: ``study`` (territory and year), then the columns of the comparison."""
    tables = [counted(study).assign(study=_name(study)) for study in studies]
    data = pd.concat(tables, ignore_index=True)[["study", "package", "label_fr", "section", "statements"]]
    if any(study.settings.demo for study in studies):
        data.attrs["provenance"] = DEMO
    return data


@house
def statements(studies: Sequence[Study]) -> Drawing:
    """Draw one panel a study: packages in rows, sections in columns, circles of the same scale in all panels."""
    data = statements_data(studies)
    title = titled(f"Où {count(len(studies), 'récit a', 'récits ont')} des constats, et où ils n’en ont pas", data)
    bands = [studies[first : first + _COLUMNS] for first in range(0, len(studies), _COLUMNS)]
    heights = [_HEAD + _ROW * max(1, *(len(study.settings.packages) for study in band)) for band in bands]
    source = "Source : rapports d’évaluation de ces études, codage pic-analysis."
    sheet = new(WIDTH, sum(heights), title=title, subtitle=_SUBTITLE, note=f"{_NOTE} {NO_VOTE}\n{source}")
    wide = (WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
    most = max(1, int(data["statements"].max()))
    for number, band in enumerate(bands):
        for place, study in enumerate(band):
            left, top = place * (wide + _GAP), sum(heights[:number])
            _panel(sheet, study, data[data["study"] == _name(study)], (left, top, wide), most)
    return Drawing(sheet.figure, data, title, alt_statements(data), LABELS, "constats-compares")


def _panel(sheet: Sheet, study: Study, data: pd.DataFrame, box: tuple[float, float, float], most: int) -> None:
    left, top, wide = box
    step = (wide - _LEFT) / len(PACKAGE_SECTIONS)
    sheet.lines(left + 6, top + 12, _name(study), wide - 12, fontweight="bold")
    for column, section in enumerate(PACKAGE_SECTIONS):
        sheet.text(left + _LEFT + step * (column + 0.5), top + _HEAD - 10, section, SMALL, ha="center", color=MUTED)
    packages = study.settings.packages
    if not packages:
        return
    for row, package in enumerate(packages):
        label = f"{package.id} · {package.label_fr}"
        sheet.lines(left + 6, top + _HEAD + _ROW * (row + 0.5), label, _LEFT - 14, SMALL, around=True)
    height = _ROW * len(packages)
    axes = sheet.panel(left + _LEFT, top + _HEAD, wide - _LEFT, height)
    axes.set(xlim=(-0.5, len(PACKAGE_SECTIONS) - 0.5), ylim=(len(packages) - 0.5, -0.5))
    for place, number in enumerate(data["statements"]):
        y, x = divmod(place, len(PACKAGE_SECTIONS))
        diameter = _WIDEST * (number / most) ** 0.5 if number else 20
        face: dict[str, Any] = (
            {"facecolor": DARK, "edgecolor": DARK} if number else {"facecolor": PAPER, "edgecolor": DEEP}
        )
        face["linestyle"] = "-" if number else (0, (3, 2))
        axes.scatter([x], [y], s=area(diameter), clip_on=False, **face)
        inside = diameter > 9 * len(integer(number)) + 6
        axes.annotate(
            integer(number),
            (x, y),
            (0 if inside else pt(diameter / 2 + 3), 0),
            textcoords="offset points",
            ha="center" if inside else "left",
            va="center_baseline",
            color=(PAPER if number else DEEP) if inside else INK,
            fontsize=pt(SMALL),
            fontweight="bold",
        )


def alt_statements(data: pd.DataFrame) -> str:
    """Return the alternative text: the counts of each study's packages, in the order of sections."""
    parts = []
    for study, own in data.groupby("study", sort=False):
        told = [
            f"{package} {enumerate_fr([integer(n) for n in rows['statements']])}"
            for package, rows in own.groupby("package", sort=False)
        ]
        parts.append(f"{study} {', '.join(told)}" if told else f"{study} sans paquet")
    return alternative("Cercles, constats de chaque étude par paquet et par section", parts)


def _name(study: Study) -> str:
    return f"{study.settings.territory} ({study.settings.year})"
