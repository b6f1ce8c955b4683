"""Draw the interviews of a study, one square each, in the groups in which they may be published."""

from __future__ import annotations

from matplotlib.patches import Rectangle
from pandas import DataFrame

from pic_analysis.evidence.voices import safe_groups
from pic_analysis.figures.sheet import new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import DARK, MID, SMALL, WIDTH, Drawing, alternative, house, leading
from pic_analysis.figures.text_width import wrap
from pic_analysis.numbers_fr import count, integer, percent
from pic_analysis.study import Study

LABELS = {"group": "Groupe", "interviews": "Entretiens"}
_TALL, _STEP, _BETWEEN = 5, 24, 20  # squares in a column; pixels


@house
def interviews(study: Study) -> Drawing | str:
    """Draw one square an interview, one block of squares a group; where none is counted, return the sentence for it."""
    data = safe_groups(study)
    if not data["interviews"].sum():
        return "Le nombre d’entretiens par type d’acteur n’est pas documenté."
    title = title_interviews(data)
    columns = -(-data["interviews"] // _TALL)
    widths = columns * _STEP
    between = min(_BETWEEN, (WIDTH - 12 - widths.sum()) / max(1, len(data) - 1))
    left, heads = 6.0, []
    for group, number, width in zip(data["group"], data["interviews"], widths, strict=True):
        heads.append((left, wrap(group, width + between - 6, SMALL), number))
        left += width + between
    top = leading(SMALL) * max(len(lines) for _, lines, _ in heads) + 34
    sheet = new(
        WIDTH,
        top + _TALL * _STEP,
        title=title,
        subtitle="Entretiens de l’évaluation, un carré par entretien, par groupe d’acteurs",
        note=f"Groupes assez larges pour que personne ne soit reconnu.\n{line(study)}",
    )
    axes = sheet.panel(0, top, WIDTH, _TALL * _STEP)
    axes.set(xlim=(0, WIDTH), ylim=(_TALL * _STEP, 0))
    for block, (x, lines, number) in enumerate(heads):
        sheet.text(x, 9, integer(number), 20, fontweight="bold")
        for n, words in enumerate(lines):
            sheet.text(x, 34 + n * leading(SMALL), words, SMALL)
        for square in range(number):
            corner = (x + square // _TALL * _STEP, square % _TALL * _STEP)
            face = (DARK, MID)[block % 2]
            axes.add_patch(Rectangle(corner, _STEP - 4, _STEP - 4, facecolor=face, clip_on=False, label=str(block)))
    return Drawing(sheet.figure, data, title, alt_interviews(data), LABELS, "entretiens-par-groupe")


def title_interviews(data: DataFrame) -> str:
    """Return the finding: the share of the largest group."""
    total, largest = int(data["interviews"].sum()), data.loc[data["interviews"].idxmax()]
    share = largest["interviews"] / total
    if share <= 1 / 3:
        return f"{count(total, 'entretien')} : aucun des {len(data)} groupes d’acteurs n’en fait plus du tiers"
    return f"{count(total, 'entretien')}, dont {percent(share)} dans un seul groupe : {largest['group']}"


def alt_interviews(data: DataFrame) -> str:
    """Return the alternative text: the number of each group."""
    total = count(int(data["interviews"].sum()), "entretien")
    parts = [f"{row.group} {row.interviews}" for row in data.itertuples(index=False)]
    return alternative(f"Carrés, un par entretien, {total}", parts)
