"""Draw who confirms each link, who denies it, who was asked in vain and who was never asked, where this is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from pandas import DataFrame

from pic_analysis.disclosure.silences import HIDDEN, SHOWN
from pic_analysis.figures.provenance import titled
from pic_analysis.figures.sheet import Sheet, new
from pic_analysis.figures.source import NO_VOTE
from pic_analysis.figures.style import (
    DARK,
    DEEP,
    LABEL,
    MUTED,
    PAPER,
    RULE,
    SMALL,
    WIDTH,
    Drawing,
    alternative,
    area,
    bind,
    house,
    leading,
)
from pic_analysis.figures.text_width import width as text_width
from pic_analysis.figures.text_width import wrap
from pic_analysis.numbers_fr import count, integer
from pic_analysis.vocabulary import SAFE_GROUPS

CONTESTED = "avis partagés ou réserves"
# A shape each, not only two colours: the map is read in grey too.
MARKS: dict[str, dict[str, Any]] = {
    "confirms": {"marker": "o", "s": area(19), "facecolor": DARK, "edgecolor": DARK},
    "denies": {
        "marker": "s",
        "s": area(18),
        "facecolor": PAPER,
        "edgecolor": DEEP,
        "linewidth": 1.4,
        "hatch": "//////",
    },
    "silent": {"marker": "o", "s": area(17), "facecolor": PAPER, "edgecolor": MUTED, "linewidth": 1.8},
    "never_asked": {"marker": "_", "s": area(14), "color": MUTED, "linewidth": 1.8},
    "unrecorded": {"marker": "x", "s": area(10), "color": MUTED, "linewidth": 1.8},
    HIDDEN: {"marker": ".", "s": area(7), "facecolor": MUTED, "edgecolor": MUTED},
}
_DOT: dict[str, Any] = {"marker": "D", "s": area(8), "facecolor": PAPER, "edgecolor": DEEP, "linewidth": 1.4}
_SUBTITLE = "Ce que chaque groupe d’acteurs dit de chaque lien de la théorie du changement"
_NOTE = (
    "Un groupe contredit un lien dès qu’autant d’entretiens le contredisent que l’appuient. Un silence ne compte que "
    "si la question a été posée. Confirmer une explication rivale, c’est l’avancer."
)
_ROW, _LEFT, _KEY, _SHARE = 34, 200, 52, 0.5  # pixels; the last, of the width of a column


@house
def silence_map(table: DataFrame, source: str, labels: Mapping[str, str] | None = None) -> Drawing:
    """Draw one row a link, one column a group, one mark a state.

    Parameters
    ----------
    table
        As ``coding.silence.silence`` returns it. The numbers of people in it are neither drawn nor published.
    source
        Source line.
    labels
        French words of the links, by identifier.
    """
    data = silence_data(table)
    title = titled(title_silence(table), table)
    wide = (WIDTH - _LEFT) / len(SAFE_GROUPS)
    heads = [wrap(bind(group), wide - 8, SMALL, bold=True) for group in SAFE_GROUPS]
    head = leading(SMALL) * max(map(len, heads)) + 8
    names = [f"{link} · {labels[link]}" if labels and link in labels else link for link in data["link_id"]]
    lines = [len(wrap(bind(name), _LEFT - 20, SMALL)) for name in names]
    row = max([_ROW, *(leading(SMALL) * number + 8 for number in lines)])
    top = _KEY + head
    note = f"{_NOTE} {NO_VOTE}\n{source}"
    sheet = new(WIDTH, top + row * len(data), title=title, subtitle=_SUBTITLE, note=note)
    _key(sheet, states_of(table), contested=bool(table["contested"].any()))
    for number, words in enumerate(heads):
        for place, line in enumerate(words):
            y = top - 8 - leading(SMALL) * (len(words) - place - 0.5)
            sheet.text(_LEFT + wide * number, y, line, SMALL, fontweight="bold")
    axes = sheet.panel(_LEFT, top, WIDTH - _LEFT, row * len(data))
    axes.set(xlim=(0, len(SAFE_GROUPS)), ylim=(max(1, len(data)) - 0.5, -0.5))
    # Between the rows: a rule through the marks would hide the dash of those who were never asked.
    axes.hlines([y - 0.5 for y in data.index], 0, len(SAFE_GROUPS), color=RULE, linewidth=1, clip_on=False)
    for y, name in enumerate(names):
        sheet.lines(6, top + row * (y + 0.5), name, _LEFT - 20, SMALL, around=True)
    _marks(axes, table)
    return Drawing(sheet.figure, data, title, alt_silence(table), _labels(), "carte-des-silences")


def silence_data(table: DataFrame) -> DataFrame:
    """Return one row a link, one column a group: the state in French, never a number of people."""
    said = table["state"].map(SHOWN) + table["contested"].map({True: f" ({CONTESTED})", False: ""})
    wide = table.assign(said=said).pivot(index="link_id", columns="group", values="said")
    wide = wide.reindex(index=[*dict.fromkeys(table["link_id"])], columns=[*SAFE_GROUPS])
    data = wide.set_axis([*_labels()][1:], axis=1).reset_index()
    data.attrs.update(table.attrs)
    return data


def _labels() -> dict[str, str]:
    return {"link_id": "Lien", **{f"group_{n}": group for n, group in enumerate(SAFE_GROUPS, start=1)}}


def _marks(axes: Axes, table: DataFrame) -> None:
    row = table["link_id"].map({link: y for y, link in enumerate(dict.fromkeys(table["link_id"]))})
    column = table["group"].map({group: x + _SHARE / 2 for x, group in enumerate(SAFE_GROUPS)})
    for state, face in MARKS.items():
        own = table["state"] == state
        axes.scatter(column[own], row[own], clip_on=False, zorder=2, label=state, **face)
    contested = table["contested"]
    axes.scatter(column[contested], row[contested], clip_on=False, zorder=3, label="contested", **_DOT)


def states_of(table: DataFrame) -> list[str]:
    """Return the states that a map may show: without the questions put, a silence cannot be told from a gap."""
    found = {*table["state"]}
    possible = [state for state in SHOWN if state != HIDDEN or state in found]
    if "unrecorded" not in found:
        return [state for state in possible if state != "unrecorded"]
    return [state for state in possible if state != "silent" and (state != "never_asked" or state in found)]


def _key(sheet: Sheet, states: list[str], *, contested: bool) -> None:
    axes = sheet.panel(0, 0, sheet.width, _KEY)
    axes.set(xlim=(0, sheet.width), ylim=(_KEY, 0))
    x, y = 16.0, 10.0
    for name, faces in [
        *((SHOWN[state], [MARKS[state]]) for state in states),
        *([(CONTESTED, [MARKS["confirms"], _DOT])] if contested else []),
    ]:
        needed = 16 + text_width(name, LABEL) + 26
        if x + needed - 26 > sheet.width:
            x, y = 16.0, y + 24
        for face in faces:
            axes.scatter([x], [y], clip_on=False, **face)
        sheet.text(x + 16, y, name)
        x += needed


def title_silence(table: DataFrame) -> str:
    """Return the finding: the links that no group confirms without being denied, and where nobody was asked."""
    links = table.groupby("link_id", sort=False)["state"]
    number = links.ngroups
    denied = table.loc[table["state"] == "denies", "link_id"].nunique()
    asked, silent, unknown = (int((table["state"] == state).sum()) for state in ("never_asked", "silent", "unrecorded"))
    verb = "sont contredits" if denied > 1 else "est contredit"
    some = f"{count(denied, 'lien')} sur {integer(number)} {verb} par un groupe au moins"
    parts = [
        some
        if denied
        else f"{count(number, 'lien')}, {'dont aucun n’est' if number > 1 else 'qui n’est pas'} contredit",
        f"{count(silent, 'case')} de silence" if silent else "",
        f"{count(asked, 'case')} où nul n’a été interrogé" if asked else "",
        f"{count(unknown, 'case')} où l’on ne sait pas ce qui a été demandé" if unknown else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def alt_silence(table: DataFrame) -> str:
    """Return the alternative text: for each group, the links it confirms, denies, keeps silent on or was not asked."""
    parts, shown = [], states_of(table)
    for group in SAFE_GROUPS:
        own = table.loc[table["group"] == group, "state"]
        parts.append(f"{group.split(',')[0]} {', '.join(integer(int((own == state).sum())) for state in shown)}")
    opening = f"Carte des liens par groupe ({', '.join(SHOWN[state].rpartition(', ')[2] for state in shown)})"
    return alternative(opening, [part.replace(", ", "/") for part in parts])
