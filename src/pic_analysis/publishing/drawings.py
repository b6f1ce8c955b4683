"""The drawings that a page may show, by French name: `{dessin} serie` in a page, `DRAWINGS["serie"]` elsewhere.

Nothing that draws is imported before it is asked for: a book without a drawing starts without matplotlib.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pic_analysis.indicators.comparators import changes, index
from pic_analysis.indicators.guards import Refusal
from pic_analysis.numbers_fr import date
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.territory_state import State
from pic_analysis.vocabulary import RATES, UNITS

if TYPE_CHECKING:
    import pandas as pd

    from pic_analysis.figures.style import Drawing
    from pic_analysis.figures.wording import Wording
    from pic_analysis.study import Study

_PLURALS = {
    "commune": "communes",
    "epci": "intercommunalités",
    "employment_zone": "zones d’emploi",
    "department": "départements",
    "region": "régions",
    "country": "pays",
    "facility": "équipements",
}
FEWEST = 2
"""Values that a line needs."""


class Picture(NamedTuple):
    """A drawing, and the columns of its data that its folded table shows: the file always has them all."""

    drawing: Drawing
    columns: tuple[str, ...] = ()


def series(state: State, indicator: str) -> Picture | str:
    """Return the series of an indicator beside the territories that it is compared with; or why there is no line."""
    from pic_analysis.figures.series import lines

    if own := _not_a_line(state, indicator):
        return own
    values, place, said = _one_length(state.panel(indicator)), state.focus(indicator), wording(state, indicator)
    if base := _base(state, indicator, values):
        values = index(values, base).pipe(_with_attrs, values)
        label = state.card(indicator)["label_fr"]
        what = f"{label[:1].upper()}{label[1:]}, indice 100 en {label_fr(parse(base))}"
        said = replace(said, what_fr=what, unit_fr="", digits=1)
    try:
        drawing = lines(values, place, said)
    except Refusal as refusal:
        return str(refusal)
    drawing.data.attrs.update(values.attrs)
    summed = [name for name in drawing.data.columns if name in ("period", f"t_{place}", "médiane")]
    return Picture(drawing, tuple(summed) if "médiane" in summed else ())


def dumbbell(state: State, indicator: str, start: str = "", end: str = "") -> Picture | str:
    """Return two periods of each territory of an indicator: the first and the last known, unless others are named."""
    from pic_analysis.figures.series import dumbbell as drawn

    if own := _not_a_line(state, indicator):
        return own
    known = state.series(indicator).query("number.notna()")
    known = _one_length(known)
    known = known[known["segment"] == known["segment"].iloc[-1]]  # both ends under one definition
    ends = (start or known["period"].iloc[0], end or known["period"].iloc[-1])
    try:
        found = changes(_one_length(state.panel(indicator)), state.focus(indicator), *ends)
    except Refusal as refusal:
        return str(refusal)
    found.table.attrs.update(state.observatory.observations.attrs)
    drawing = drawn(found, wording(state, indicator))
    drawing.data.attrs.update(found.table.attrs)
    return Picture(drawing)


def wording(state: State, indicator: str, *, event: str = "", event_fr: str = "") -> Wording:
    """Return the words of a drawing of an indicator: its unit, its source, the names of its territories, its breaks."""
    from pic_analysis.figures.wording import Wording

    about, place = state.card(indicator), state.focus(indicator)
    values = state.panel(indicator)
    known = state.observatory.breaks
    own = known[(known["indicator_id"] == indicator) & known["territory_id"].isin(("", place))]
    label, unit = about["label_fr"], UNITS[about["unit"]]
    return Wording(
        what_fr=f"{label[:1].upper()}{label[1:]} ({unit})",
        source=source(state, indicator),
        name=f"{indicator.lower()}-serie",
        unit_fr=unit if about["unit"] == "percent" else "",
        digits=_digits(state, indicator),
        others_fr=others_fr(state, indicator),
        names={name: state.short_name(name) for name in values["territory_id"].unique()},
        breaks=tuple(text for text in own["period"] if _inside(text, values)),
        event=event,
        event_fr=event_fr,
    )


def source(state: State, indicator: str) -> str:
    """Return the source line of a drawing: producers, titles, day of retrieval."""
    own = state.series(indicator)
    used = state.observatory.datasets.set_index("dataset_id").loc[own["dataset_id"].unique()]
    said = " ; ".join(f"{row.producer}, « {row.title} »" for row in used.itertuples())
    return f"Source : {said} ; relevé du {date(own['retrieved'].max())}."


def others_fr(state: State, indicator: str) -> str:
    """Return what the territories beside are called, in the plural: by their kind, if the focus is of that kind too."""
    kinds = state.observatory.territories.set_index("territory_id")["kind"]
    found = {kinds[name] for name in (state.focus(indicator), *state.beside(indicator))}
    return _PLURALS.get(found.pop(), "territoires") if len(found) == 1 else "territoires"


def _not_a_line(state: State, indicator: str) -> str:
    """Say why the values of an indicator are no line; empty if they are one."""
    whole = state.series(indicator).query("number.notna()")
    known = _one_length(whole)
    if len(known) < FEWEST and len(known) < len(whole):
        return "Ces valeurs portent sur des périodes de longueur inégale : elles ne se tracent pas d’un trait."
    if len(known) < FEWEST:
        return "Une seule valeur est connue : il n’y a pas de courbe à tracer."
    return ""


def _one_length(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of years, quarters or months: a count of several years is no point of their line."""
    found = rows[[parse(text).bounds is None for text in rows["period"]]]
    return _with_attrs(found, rows)


SMALL = 0.2
"""Share of the median of the others below which the line of a count would lie flat beside theirs."""


def _base(state: State, indicator: str, values: pd.DataFrame) -> str:
    """Return the period to make an index of, where the levels of a count would hide how it moves; else nothing.

    It is the first that all territories have; none is needed for rates, nor for a territory of the size of the others.
    """
    figure = state.key_figures[indicator]
    small = figure.others and figure.value < SMALL * figure.median
    if state.card(indicator)["unit"] in RATES or not small or state.series(indicator)["segment"].nunique() > 1:
        return ""
    wide = values.pivot(index="period", columns="territory_id", values="value")
    whole = wide[(wide.notna() & (wide != 0)).all(axis=1)].index
    return min(whole, key=lambda text: parse(text).first_day) if len(whole) else ""


def _with_attrs(made: pd.DataFrame, of: pd.DataFrame) -> pd.DataFrame:
    made.attrs.update(of.attrs)
    return made


def _digits(state: State, indicator: str) -> int:
    return max((len(text.partition(".")[2]) for text in state.series(indicator)["value"]), default=0)


def _inside(text: str, values: pd.DataFrame) -> bool:
    days = [parse(period).first_day for period in values["period"].unique()]
    return min(days) < parse(text).first_day <= max(days)


def _of(draw: Callable[..., Picture | str]) -> Callable[[Study, dict[str, str]], Picture | str]:
    names = {"indicateur": "indicator", "debut": "start", "fin": "end"}

    def drawn(study: Study, options: dict[str, str]) -> Picture | str:
        return draw(State.of(study), **{names[key]: value for key, value in options.items() if key in names})

    return drawn


def compared(study: Study, options: dict[str, str]) -> Picture | str:
    """Return the statements of every study of a kind (``etudes``: reelles or demo), with one scale."""
    from pic_analysis.figures.comparison import statements
    from pic_analysis.publishing.compared import NOTHING, Compared

    found = Compared.load(demo=options.get("etudes", "reelles") == "demo").studies
    return Picture(statements([*found.values()])) if len(found) > 1 else NOTHING


DRAWINGS: dict[str, Callable[[Study, dict[str, str]], Picture | str]] = {
    "constats-compares": compared,
    "halteres": _of(dumbbell),
    "serie": _of(series),
}
"""Every drawing by its French name; one that the data cannot carry is a sentence that says why."""


def show(made: Picture | str) -> None:
    """Show in a notebook what a page shows of a drawing: it, its data behind, or why there is none."""
    from pic_analysis.publishing import display

    if isinstance(made, str):
        display.show(display.prose(made))
    else:
        display.show(made.drawing, columns=made.columns)
