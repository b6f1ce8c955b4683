"""The drawings of one question of effect: the series, the gap period by period, the gap among placebos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pic_analysis.indicators.guards import Refusal
from pic_analysis.publishing.drawings import Picture, wording
from pic_analysis.publishing.impact_question import Question, or_why_not

if TYPE_CHECKING:
    from pic_analysis.figures.style import Drawing
    from pic_analysis.figures.wording import Wording


def series(question: Question) -> Picture | str:
    """Return the series of the territory beside the others, with the event."""
    from pic_analysis.figures.series import lines

    return _picture(question, lambda said: lines(question.values, question.territory, said), "serie")


def small_multiples(question: Question) -> Picture | str:
    """Return each territory in its own panel."""
    from pic_analysis.figures.series import small_multiples as drawn

    return _picture(question, lambda said: drawn(question.values, question.territory, said), "petites-courbes")


@or_why_not
def event_study(question: Question) -> Picture | str:
    """Return the gap to the others, period by period, with intervals."""
    from pic_analysis.figures.gaps import event_dots

    found = question.found.event_study
    if isinstance(found, Refusal):
        return str(found)
    return _picture(question, lambda said: event_dots(found, question.territory, said), "ecarts")


@or_why_not
def placebo_gaps(question: Question) -> Picture | str:
    """Return the gap to the synthetic control, among those of all the others."""
    from pic_analysis.figures.gaps import placebo_gaps as drawn

    found = question.found.synthetic
    if isinstance(found, Refusal):
        return str(found)
    return _picture(question, lambda said: drawn(found, said), "controle-synthetique")


def _picture(question: Question, draw: Callable[[Wording], Drawing], name: str) -> Picture | str:
    row = question.row
    if not question.ends:
        return "Aucune valeur n’est connue : il n’y a rien à tracer."
    said = wording(question.state, question.indicator, event=row["first_period"], event_fr=row["event_fr"])
    said = replace(said, name=f"{row['question_id'].lower()}-{name}")
    try:
        drawing = draw(said)
    except Refusal as refusal:
        return str(refusal)
    drawing.data.attrs.update(question.values.attrs)
    shown = ("period", f"t_{question.territory}", "médiane", "median")
    many = len(drawing.data.columns) > 8
    return Picture(drawing, tuple(name for name in shown if name in drawing.data) if many else ())
