"""Draw how far the two readings of a double coding agree, variable by variable."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from pic_analysis.coding.agreement import by_variable
from pic_analysis.figures.sheet import new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import DARK, DEEP, MUTED, PAPER, RULE, SMALL, WIDTH, Drawing, alternative, area, house
from pic_analysis.numbers_fr import decimal, percent
from pic_analysis.study import Study
from pic_analysis.vocabulary import CODING_UNITS, STORY_UNITS

LABELS = {
    "variable": "Variable",
    "units": "Unités",
    "percent": "Accord",
    "kappa": "Kappa de Cohen",
    "unmatched": "Non appariées",
}
_VARIABLES = {
    ("statement", "role"): "Rôle du constat",
    ("statement", "polarity"): "Polarité du constat",
    ("statement", "quantifier"): "Mot de quantité du constat",
    ("citation", "statement_id"): "Rattachement du renvoi",
    ("testimony", "speaker_kind"): "Nature de la voix",
    ("testimony", "polarity"): "Polarité de la voix",
    ("testimony", "statement_id"): "Rattachement de la voix",
}
_MARK: dict[str, Any] = {"facecolor": DARK, "edgecolor": DARK}
_LEAST: dict[str, Any] = {"facecolor": PAPER, "edgecolor": DEEP, "linewidth": 2.5}  # a ring, not only a colour
_ROW, _LEFT, _GAP, _RIGHT, _TOP = 32, 232, 66, 60, 40  # pixels
_NOTE = (
    "Un accord n’est calculé que sur les unités que les deux lectures ont relevées ; le tableau donne les autres. "
    "Le kappa ôte la part d’accord due au hasard."
)


def agreement_data(study: Study) -> DataFrame:
    """Return, for each ``variable`` (French label), the ``units``, ``percent``, ``kappa`` and ``unmatched`` units."""
    table = by_variable(study.double_coding[study.double_coding["unit_kind"].isin(STORY_UNITS)])
    names = [_VARIABLES.get((unit, name), f"{name} ({CODING_UNITS[unit]})") for unit, name in table.index]
    data = table.reset_index(drop=True)[["units", "percent", "kappa", "unmatched"]]
    data.insert(0, "variable", names)
    return data


@house
def double_coding(study: Study) -> Drawing | str:
    """Draw two dot plots side by side: share of identical judgements, and Cohen's kappa.

    Where nothing was read twice, return the sentence that says so.
    """
    data = agreement_data(study)
    if data.empty:
        return "Aucune double lecture n’est documentée."
    title = title_double_coding(data)
    height = _TOP + _ROW * len(data)
    subtitle = "Deux lectures indépendantes du même chapitre, variable par variable"
    sheet = new(WIDTH, height, title=title, subtitle=subtitle, note=f"{_NOTE}\n{line(study)}")
    wide = (WIDTH - _LEFT - _GAP - _RIGHT) / 2
    for number, (column, write) in enumerate((("percent", percent), ("kappa", lambda value: decimal(value, 2)))):
        left = _LEFT + number * (wide + _GAP)
        axes = sheet.panel(left, _TOP, wide, _ROW * len(data))
        axes.set(xlim=(0, 1), ylim=(len(data) - 0.5, -0.5))
        axes.vlines([0, 1], -0.5, len(data) - 0.5, color=RULE, linewidth=1, clip_on=False)
        axes.hlines(data.index, 0, 1, color=RULE, linewidth=1, zorder=0)
        known = data[data[column].notna()]
        least = known[column] == known[column].min()
        for rows, face in ((known[~least], _MARK), (known[least], _LEAST)):
            axes.scatter(rows[column], rows.index, s=area(11), clip_on=False, zorder=2, **face)
        sheet.text(left, 8, LABELS[column], fontweight="bold")
        for at, tick in ((0, write(0)), (1, write(1))):
            sheet.text(left + at * wide, 28, tick.replace(",00", ""), SMALL, ha="center", color=MUTED)
        for y, value in data[column].items():
            sheet.text(left + wide + 12, _TOP + _ROW * (y + 0.5), write(value), fontweight="bold")
    for y, variable in data["variable"].items():
        sheet.text(_LEFT - 18, _TOP + _ROW * (y + 0.5), variable, ha="right")
    return Drawing(sheet.figure, data, title, alt_double_coding(data), LABELS, "double-codage")


def title_double_coding(data: DataFrame) -> str:
    """Return the finding: the variable on which the two readings agree the least, beyond chance."""
    known = data[data["kappa"].notna()]
    if known.empty:
        return "Double codage : l’accord au-delà du hasard n’est pas calculable"
    worst = known.loc[known["kappa"].idxmin()]
    found = f"kappa {decimal(worst['kappa'], 2)} ({percent(worst['percent'])} d’accord)"
    return f"Double codage : l’accord le plus faible porte sur « {worst['variable'].lower()} », {found}"


def alt_double_coding(data: DataFrame) -> str:
    """Return the alternative text: the kappa of each variable."""
    parts = [f"{row.variable.lower()} {decimal(row.kappa, 2)}" for row in data.itertuples(index=False)]
    return alternative("Points, kappa de chaque variable", parts)
