"""Draw the statements of a package: the role that each plays in the analysis, and which way it points."""

from __future__ import annotations

from matplotlib.axes import Axes
from pandas import DataFrame

from pic_analysis.evidence.story import by_role
from pic_analysis.figures.sheet import key, new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import FACES, INK, LETTERS, MUTED, PAPER, WIDTH, Drawing, alternative, house, pt
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.study import Study
from pic_analysis.vocabulary import POLARITIES, ROLES

_ROW, _LEFT, _RIGHT = 36, 170, 40  # pixels
_APART = 0.35  # rows
_LABEL_BOX = {"boxstyle": "square,pad=0.15", "facecolor": PAPER, "edgecolor": "none"}
REPEATS = "key_point"  # the boxes that repeat the story: shown apart, never added up
_SUBTITLE = "Nombre de constats du récit, par rôle dans l’analyse et par sens"
_NOTE = (
    "Une autre explication peut appuyer le changement sans l’attribuer à la stratégie. "
    "Les points clés répètent le récit : ils ne s’ajoutent pas au reste."
)
_KEY = {"supports": "appuie le changement attendu", "nuances": "le nuance", "contradicts": "le contredit"}


def directions_data(study: Study, package: str) -> DataFrame:
    """Return the number of statements by ``role`` (French label), in each direction and in ``total``."""
    table = by_role(study, package)
    table = table.assign(total=table.sum(axis=1))
    return table.rename(index=ROLES).reset_index()


@house
def directions(study: Study, package: str) -> Drawing:
    """Draw the statements of one package by role and direction, as stacked bars."""
    data = directions_data(study, package)
    title = title_directions(data, package)
    rows = [number + (_APART if role == ROLES[REPEATS] else 0) for number, role in enumerate(data["role"])]
    height = _ROW * (len(data) + _APART)
    sheet = new(WIDTH, 36 + height, title=title, subtitle=_SUBTITLE, note=f"{_NOTE}\n{line(study)}")
    key(sheet, 6, 10, [*_KEY.values()])
    wide, most = WIDTH - _LEFT - _RIGHT, int(data["total"].max())
    axes = sheet.panel(_LEFT, 36, wide, height)
    axes.set(xlim=(0, most), ylim=(height / _ROW - 0.5, -0.5))
    _bars(axes, data, rows, room=wide / most)
    for row, y in zip(data.itertuples(), rows, strict=True):
        color = MUTED if row.role == ROLES[REPEATS] else INK
        sheet.text(_LEFT - 10, 36 + _ROW * (y + 0.5), row.role, ha="right", color=color)
        end = _LEFT + row.total * wide / most + 8
        sheet.text(end, 36 + _ROW * (y + 0.5), integer(row.total), fontweight="bold", color=color)
    name = f"sens-des-constats-paquet-{package.lower()}"
    return Drawing(sheet.figure, data, title, alt_directions(data, package), LABELS, name)


def _bars(axes: Axes, data: DataFrame, rows: list[float], room: float) -> None:
    """Draw each count that is not zero; a number is written where its bar has room (pixels per statement)."""
    left = data["total"] * 0
    for polarity, face, color in zip(POLARITIES, FACES, LETTERS, strict=True):
        for y, size, start in zip(rows, data[polarity], left, strict=True):
            if size:
                axes.barh(y, size, left=start, height=0.66, label=polarity, clip_on=False, **face)
            if size * room >= 14:
                written = axes.text(start + size / 2, y, integer(size), ha="center", va="center_baseline", color=color)
                written.set(fontsize=pt(13), bbox=_LABEL_BOX if "hatch" in face else None)
        left = left + data[polarity]


LABELS = {"role": "Rôle", **{code: label.capitalize() for code, label in POLARITIES.items()}, "total": "Ensemble"}


def title_directions(data: DataFrame, package: str) -> str:
    """Return the finding: what speaks for the strategy's contribution, next to what else may explain the change."""
    totals = data.set_index("role")["total"]
    signs, others, limits = (int(totals.get(ROLES[r], 0)) for r in ("contribution", "other_explanation", "limit"))
    against = [
        count(others, "autre explication", "autres explications") if others else "",
        count(limits, "facteur limitatif", "facteurs limitatifs") if limits else "",
    ]
    found = count(signs, "indice") + " de contribution"
    if not any(against):
        return f"Paquet {package} : {found}, sans autre explication ni facteur limitatif"
    return f"Paquet {package} : face à {found}, {enumerate_fr([a for a in against if a])}"


def alt_directions(data: DataFrame, package: str) -> str:
    """Return the alternative text: the total of each role, and how many statements do not support."""
    parts = [f"{row.role} {integer(row.total)}" for row in data.itertuples()]
    other = int((data["total"] - data["supports"]).sum())
    verbs = "nuancent ou contredisent" if other > 1 else "nuance ou contredit"
    ending = f"Sur l’ensemble, {count(other, 'constat')} {verbs} le changement attendu"
    return alternative(f"Barres des constats du paquet {package} par rôle", parts, ending)
