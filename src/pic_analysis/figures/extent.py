"""Draw how far the evidence extends: on how many independent cases the statements rest."""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame

from pic_analysis.evidence.story import support
from pic_analysis.figures.directions import REPEATS
from pic_analysis.figures.sheet import new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import FACES, INK, MUTED, SMALL, WIDTH, Drawing, alternative, bind, house, leading
from pic_analysis.figures.text_width import wrap
from pic_analysis.numbers_fr import count, integer
from pic_analysis.study import Study

SHARES = {"none": "Aucun cas", "one": "Un cas", "two": "Deux cas", "more": "Trois cas et plus"}
LABELS = {"package": "Paquet", **SHARES}
OTHERS = "Impacts et essaimage"  # statements out of the causal packages
_BAR, _LEFT, _HEAD, _RIGHT = 30, 130, 26, 44  # pixels; the last is the room of a number after its bar
_SUBTITLE = "Constats, points clés exclus, selon le nombre d’études de cas distinctes où ils trouvent appui"
_NOTE = (
    "Un cas compte une fois, par ses cellules ou par ses entretiens. Un constat sans cas peut reposer sur un expert "
    "ou un document, ou être couvert par le renvoi du constat suivant."
)


def extent_data(study: Study) -> DataFrame:
    """Return, for each ``package``, the statements that rest on ``none``, ``one``, ``two`` or ``more`` distinct cases.

    Key points are left out: they repeat the story and cite nothing by construction.
    """
    chosen = study.statements[study.statements["role"] != REPEATS]
    cases = chosen["statement_id"].map(support(study)["cases"]).clip(upper=len(SHARES) - 1)
    table = pd.crosstab(chosen["package"], cases).reindex(columns=range(len(SHARES)), fill_value=0)
    return table.set_axis([*SHARES], axis=1).reset_index()


@house
def extent(study: Study) -> Drawing:
    """Draw how many independent cases the statements rest on, one panel a package, all on one scale."""
    data = extent_data(study)
    title = title_extent(data)
    names = {p.id: p.label_fr for p in study.settings.packages}
    wide = (WIDTH - _LEFT) / max(1, len(data))
    heads = [wrap(bind(names.get(p, OTHERS)), wide - 16, SMALL) for p in data["package"]]
    top = _HEAD + 8 + max(len(head) for head in heads) * leading(SMALL)
    tall = _BAR * len(SHARES)
    sheet = new(WIDTH, top + tall, title=title, subtitle=_SUBTITLE, note=f"{_NOTE}\n{line(study)}")
    most = max(1, int(data[[*SHARES]].to_numpy().max(initial=0)))
    for y, label in enumerate(SHARES.values()):
        sheet.text(_LEFT - 10, top + _BAR * (y + 0.5), label.lower(), ha="right")
    for number, row in enumerate(data.to_dict("records")):
        left, package = _LEFT + wide * number, row["package"]
        sheet.text(left, 8, f"{'Paquet' if package in names else 'Partie'} {package}", fontweight="bold")
        sheet.lines(left, 28, names.get(package, OTHERS), wide - 16, SMALL, color=MUTED)
        axes = sheet.panel(left, top, wide - _RIGHT, tall)
        axes.set(xlim=(0, most), ylim=(len(SHARES) - 0.5, -0.5))
        axes.vlines(0, -0.5, len(SHARES) - 0.5, color=INK, linewidth=1, clip_on=False)
        for y, share in enumerate(SHARES):
            axes.barh(y, row[share], height=0.62, clip_on=False, **FACES[2 if share == "none" else 0])
            end = left + row[share] / most * (wide - _RIGHT) + 7
            sheet.text(end, top + _BAR * (y + 0.5), integer(row[share]), fontweight="bold")
    return Drawing(sheet.figure, data, title, alt_extent(data), LABELS, "etendue-des-preuves")


def title_extent(data: DataFrame) -> str:
    """Return the finding: the statements without any case, and those that rest on three or more."""
    every, none, more = int(data[[*SHARES]].to_numpy().sum()), int(data["none"].sum()), int(data["more"].sum())
    verb = "n’ont" if none > 1 else "n’a"
    without = f"{count(none, 'constat')} sur {integer(every)} {verb} aucun cas en appui propre"
    return f"{without} ; {integer(more)} {'s’appuient' if more > 1 else 's’appuie'} sur trois cas ou plus"


def alt_extent(data: DataFrame) -> str:
    """Return the alternative text: for each package, the four counts."""
    parts = [f"{row.package} {row.none}, {row.one}, {row.two} et {row.more}" for row in data.itertuples(index=False)]
    opening = "Barres des constats selon le nombre de cas indépendants (aucun, un, deux, trois et plus)"
    return alternative(opening, [f"paquet {part}" for part in parts])
