"""Draw who speaks: how many distinct sources, and how many passages of them the report quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pandas import DataFrame

from pic_analysis.evidence.voices import by_case, by_kind
from pic_analysis.figures.sheet import Sheet, new
from pic_analysis.figures.source import line
from pic_analysis.figures.style import (
    DARK,
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
)
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.study import Study
from pic_analysis.vocabulary import SPEAKER_KINDS

UNATTACHED = "Cas que leur code ne dit pas"
CASE_LABELS = {"case": "Étude de cas", "respondents": "Personnes connues par leur code", "quotations": "Passages cités"}
KIND_LABELS = {"kind": "Nature de la source", "speakers": "Sources citées", "voices": "Passages cités"}
_NOUNS = {
    "interview": ("personne interrogée", "personnes interrogées"),
    "expert": ("expert nommé", "experts nommés"),
    "document": ("document", "documents"),
}
_CHOICE = "Les passages cités sont un choix des auteurs du rapport, non un échantillon des entretiens."
_ROW, _LEFT, _RIGHT, _KEY = 46, 220, 40, 30  # pixels
# Where the two numbers are equal, the ring still shows around the dot.
_RING: dict[str, Any] = {"s": area(18), "facecolor": PAPER, "edgecolor": DARK, "linewidth": 1.8}
_DOT: dict[str, Any] = {"s": area(10), "facecolor": DARK, "edgecolor": DARK}


def voices_by_case_data(study: Study) -> DataFrame:
    """Return, for each ``case`` (French label), the distinct ``respondents`` quoted and their ``quotations``."""
    table = by_case(study)[["respondents", "quotations"]]
    names = {case.id: case.label_fr for case in study.settings.cases}
    return table.rename(index={**names, "": UNATTACHED}).reset_index()


def voices_of_package_data(study: Study, package: str) -> DataFrame:
    """Return, for each ``kind`` of source, the distinct ``speakers`` and the ``voices`` on a package's statements."""
    own = study.statements.loc[study.statements["package"] == package, "statement_id"]
    kept = replace(study, testimonies=study.testimonies[study.testimonies["statement_id"].isin(own)])
    return by_kind(kept).rename(index=SPEAKER_KINDS).rename_axis("kind").reset_index()


@house
def voices_by_case(study: Study) -> Drawing:
    """Draw the interviews quoted about each case: people, and passages."""
    data = voices_by_case_data(study)
    title = title_voices_by_case(data)
    subtitle = "Entretiens cités dans le récit, selon le cas que dit leur code"
    sheet = _dumbbells(data, title, subtitle, f"{_CHOICE}\n{line(study)}", ("personnes citées", "passages cités"))
    return Drawing(sheet.figure, data, title, alt_voices_by_case(data), CASE_LABELS, "voix-par-cas")


@house
def voices_of_package(study: Study, package: str) -> Drawing:
    """Draw the sources that speak about the statements of one package: sources, and passages."""
    data = voices_of_package_data(study, package)
    title = title_voices_of_package(data, package)
    subtitle = "Sources citées à l’appui des constats ou contre eux, par nature"
    sheet = _dumbbells(data, title, subtitle, f"{_CHOICE}\n{line(study)}", ("sources citées", "passages cités"))
    name = f"voix-paquet-{package.lower()}"
    return Drawing(sheet.figure, data, title, alt_voices_of_package(data, package), KIND_LABELS, name)


def _dumbbells(data: DataFrame, title: str, subtitle: str, note: str, names: tuple[str, str]) -> Sheet:
    """Draw each row of (label, fewer, more) as a ring and a dot on a line that starts at zero."""
    sheet = new(WIDTH, _KEY + _ROW * len(data), title=title, subtitle=subtitle, note=note)
    labels, fewer, more = (data.iloc[:, number] for number in range(3))
    wide, most = WIDTH - _LEFT - _RIGHT, max(1, int(more.max()))
    axes = sheet.panel(_LEFT, _KEY, wide, _ROW * len(data))
    axes.set(xlim=(0, most), ylim=(len(data) - 0.5, -0.5))
    axes.vlines(0, -0.5, len(data) - 0.5, color=MUTED, linewidth=1, clip_on=False)
    axes.hlines(data.index, 0, fewer, color=RULE, linewidth=1, zorder=0)
    axes.hlines(data.index, fewer, more, color=MUTED, linewidth=2, zorder=1)
    for values, face in ((fewer, _RING), (more, _DOT)):
        axes.scatter(values, data.index, clip_on=False, zorder=2, **face)
    for y, label, few, many in zip(data.index, labels, fewer, more, strict=True):
        middle = _KEY + _ROW * (y + 0.5)
        color = MUTED if label == UNATTACHED else INK
        sheet.lines(_LEFT - 20, middle, label, _LEFT - 26, around=True, ha="right", color=color)
        sheet.text(_LEFT + many * wide / most + 14, middle, integer(many), fontweight="bold")
        if few != many:
            sheet.text(_LEFT + few * wide / most, middle - 18, integer(few), SMALL, ha="center")
    _key(sheet, names)
    return sheet


def _key(sheet: Sheet, names: tuple[str, str]) -> None:
    axes = sheet.panel(0, 0, sheet.width, 20)
    axes.set(xlim=(0, sheet.width), ylim=(0, 20))
    x: float = _LEFT
    for name, face in zip(names, (_RING, _DOT), strict=True):
        axes.scatter([x], [10], clip_on=False, **face)
        sheet.text(x + 16, 10, name)
        x += 16 + text_width(name, LABEL) + 22


def title_voices_by_case(data: DataFrame) -> str:
    """Return the finding: the cases that the most quoted passages speak of."""
    known, total = data[data["case"] != UNATTACHED], int(data["quotations"].sum())
    most = int(known["quotations"].max()) if len(known) else 0
    if not most:
        return "Aucun passage d’entretien cité n’est attaché à une étude de cas"
    names = [*known.loc[known["quotations"] == most, "case"]]
    each = ", chacun" if len(names) > 1 else ""
    return f"{enumerate_fr(names)} : {integer(most)} des {integer(total)} passages d’entretiens cités{each}"


def title_voices_of_package(data: DataFrame, package: str) -> str:
    """Return the finding: how many sources of each kind the story of a package quotes."""
    kinds = {label: code for code, label in SPEAKER_KINDS.items()}
    known = zip(data["kind"], data["speakers"], strict=True)
    counts = [count(number, *_NOUNS[kinds[label]]) for label, number in known if number]
    return f"Paquet {package} : le récit cite {enumerate_fr(counts) or 'aucune source'}"


def alt_voices_by_case(data: DataFrame) -> str:
    """Return the alternative text: people and passages of each case."""
    parts = [f"{row.case} {row.respondents} et {row.quotations}" for row in data.itertuples(index=False)]
    return alternative("Points : personnes et passages cités par cas", parts)


def alt_voices_of_package(data: DataFrame, package: str) -> str:
    """Return the alternative text: sources and passages of each kind."""
    parts = [f"{row.kind} {row.speakers} et {row.voices}" for row in data.itertuples(index=False)]
    return alternative(f"Points : sources et passages cités dans le paquet {package}, par nature", parts)
