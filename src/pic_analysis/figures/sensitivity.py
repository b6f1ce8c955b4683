"""Draw in which share of our choices each conclusion has each confidence."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from pic_analysis.evidence.passport import accounts
from pic_analysis.evidence.sensitivity import number_of_specifications
from pic_analysis.figures.sheet import new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import DARK, DEEP, MUTED, PAPER, RULE, SMALL, WIDTH, Drawing, alternative, area, house
from pic_analysis.numbers_fr import count, integer, percent
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES

LABELS = {
    "conclusion_id": "Conclusion",
    "published": "Niveau publié",
    **{level: name.capitalize() for level, name in CONFIDENCES.items()},
}
_KEPT: dict[str, Any] = {"facecolor": DARK, "edgecolor": DARK}
_OTHER: dict[str, Any] = {"facecolor": PAPER, "edgecolor": DEEP, "linewidth": 1.8}  # hollow: not colour alone
_ROW, _LEFT, _TOP, _LARGEST = 28, 76, 34, 22  # pixels
STEADY = 0.75  # a level that holds in three quarters of the specifications is called steady


def sensitivity_data(study: Study) -> DataFrame:
    """Return, for each conclusion, the level that is published and the share of specifications of each level."""
    known = accounts(study)
    table = known.shares.reset_index().rename(columns={"claim_id": "conclusion_id"})
    levels = [CONFIDENCES[known.of("conclusion", claim).strength.confidence] for claim in table["conclusion_id"]]
    table.insert(1, "published", levels)
    return table


@house
def sensitivity(study: Study) -> Drawing:
    """Draw one row a conclusion, one column a level: the larger the circle, the more choices give that level."""
    data = sensitivity_data(study)
    tried = number_of_specifications(accounts(study).specifications[0])
    title = title_sensitivity(data)
    tall = _ROW * len(data)
    note = (
        f"{integer(tried)} combinaisons : seuils, nombre de seuils exigés, avec ou sans les rattachements lus par le "
        "codeur, lecture A, B ou arbitrée. Ces combinaisons sont nos choix possibles, non des probabilités."
    )
    subtitle = "Part des combinaisons de nos choix qui donnent chaque niveau ; cercle plein : niveau publié"
    sheet = new(WIDTH, _TOP + tall, title=title, subtitle=subtitle, note=f"{note}\n{line(study)}")
    wide = (WIDTH - _LEFT) / len(CONFIDENCES)
    axes = sheet.panel(_LEFT, _TOP, WIDTH - _LEFT, tall)
    axes.set(xlim=(0, len(CONFIDENCES)), ylim=(len(data) - 0.5, -0.5))
    axes.hlines(data.index, 0, len(CONFIDENCES), color=RULE, linewidth=1, zorder=0)
    for place, (level, name) in enumerate(CONFIDENCES.items()):
        sheet.text(_LEFT + wide * place + 8, 12, name, SMALL, color=MUTED)
        some = data[data[level] > 0]
        kept = some["published"] == name
        for rows, face in ((some[kept], _KEPT), (some[~kept], _OTHER)):
            sizes = [area(max(4.0, _LARGEST * share**0.5)) for share in rows[level]]
            axes.scatter([place + 0.2] * len(rows), rows.index, s=sizes, zorder=2, **face)
        for y, share in some[level].items():
            weight = "bold" if kept[y] else "normal"
            sheet.text(_LEFT + wide * (place + 0.34), _TOP + _ROW * (y + 0.5), _share(share), SMALL, fontweight=weight)
    for y, conclusion in data["conclusion_id"].items():
        sheet.text(_LEFT - 12, _TOP + _ROW * (y + 0.5), conclusion, ha="right")
    return Drawing(sheet.figure, data, title, alt_sensitivity(data), LABELS, "sensibilite")


def _share(share: float) -> str:
    return percent(share) if share >= 0.005 else "< " + percent(0.01)


def held(data: DataFrame) -> DataFrame:
    """Return the conclusions with the share of specifications that give their published level, as ``share``."""
    names = {name: level for level, name in CONFIDENCES.items()}
    shares = [row[names[row["published"]]] for row in data.to_dict("records")]
    return data[["conclusion_id", "published"]].assign(share=shares)


def title_sensitivity(data: DataFrame) -> str:
    """Return the finding: how many conclusions keep their level under most of our choices."""
    judged = held(data)[data["published"] != CONFIDENCES["none"]]  # the others have nothing to lose
    steady = int((judged["share"] >= STEADY).sum())
    verb = "gardent leur" if steady > 1 else "garde son"
    return (
        f"{integer(steady)} des {count(len(judged), 'conclusion jugée', 'conclusions jugées')} {verb} niveau dans au "
        f"moins {percent(STEADY)} des combinaisons de nos choix"
    )


def alt_sensitivity(data: DataFrame) -> str:
    """Return the alternative text: the share of specifications in which each published level holds."""
    parts = [f"{row.conclusion_id} {percent(row.share)}" for row in held(data).itertuples(index=False)]
    return alternative("Cercles ; part des combinaisons qui gardent le niveau publié", parts)
