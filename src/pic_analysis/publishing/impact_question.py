"""One question of effect, asked of a series: the estimates, computed once for the page that tells them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

import pandas as pd

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.impact import Impact, impact
from pic_analysis.indicators.interrupted import Interrupted, interrupted
from pic_analysis.periods import parse
from pic_analysis.publishing.drawings import others_fr
from pic_analysis.publishing.territory_state import State
from pic_analysis.vocabulary import UNITS

_Part = TypeVar("_Part")


@dataclass(frozen=True, eq=False)
class Question:
    """A question of a study, its series, and what the analyses find."""

    state: State
    row: dict[str, str]

    @classmethod
    def load(cls, study: str, question: str) -> Question:
        """Return a question of a study of the compendium.

        Raises
        ------
        KeyError
            If the study asks no question of that name; the message names those that it asks.
        """
        state = State.load(study)
        rows = {row["question_id"]: row for row in state.observatory.impact_questions.to_dict("records")}
        if question not in rows:
            raise KeyError(f"{question} n’est pas une question de l’étude {study} : {', '.join(rows) or 'aucune'}")
        return cls(state, rows[question])

    @property
    def indicator(self) -> str:
        """Identifier of the indicator."""
        return self.row["indicator_id"]

    @property
    def territory(self) -> str:
        """Identifier of the territory that the event concerns."""
        return self.row["territory_id"]

    @property
    def near(self) -> tuple[str, ...]:
        """Territories that the event may have touched too."""
        return tuple(self.row["near_fr"].split())

    @cached_property
    def values(self) -> pd.DataFrame:
        """Values of the territory and of those that it is compared with."""
        return self.state.panel(self.indicator)

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each territory of the comparison."""
        return {name: self.state.short_name(name) for name in self.values["territory_id"].unique()}

    @property
    def others_fr(self) -> str:
        """What the territories compared with are called, in the plural."""
        return others_fr(self.state, self.indicator)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """Last periods of the estimates: that which the question fixes, then the whole series; none without a value."""
        known = self.values[self.values["value"].notna()]["period"].unique()
        ordered = sorted(known, key=lambda text: parse(text).last_day)
        fixed = parse(self.row["last_period"]).last_day
        early = [text for text in ordered if parse(text).last_day <= fixed]
        if not ordered:
            return ()
        main = early[-1] if early else ordered[-1]
        return (main,) if main == ordered[-1] else (main, ordered[-1])

    @cached_property
    def breaks(self) -> tuple[str, ...]:
        """First periods of new definitions of the series."""
        known = self.state.observatory.breaks
        own = (known["indicator_id"] == self.indicator) & known["territory_id"].isin(("", self.territory))
        return tuple(known.loc[own, "period"])

    @cached_property
    def whole_interrupted(self) -> Interrupted | Refusal | None:
        """The interrupted series up to its last value; None where the main estimate goes as far."""
        if not self.ends[1:]:
            return None
        alone = self.values[self.values["territory_id"] == self.territory]
        try:
            return interrupted(alone, self.row["first_period"], breaks=self.breaks)
        except Refusal as refusal:
            return refusal

    @cached_property
    def found(self) -> Impact:
        """Everything that the analyses say.

        Raises
        ------
        Refusal
            If the series cannot be compared at all; its words may be shown.
        """
        if not self.ends:
            raise Refusal("points", "Aucune valeur.")
        unit = self.state.card(self.indicator)["unit"]
        return impact(
            self.values,
            self.territory,
            self.row["first_period"],
            self.ends[0],
            neighbours=self.near,
            ends=self.ends[1:],
            breaks=self.breaks,
            names=self.names,
            others_fr=self.others_fr,
            unit_fr="point" if unit == "percent" else UNITS[unit],
        )


def or_why_not(part: Callable[[Question], _Part]) -> Callable[[Question], _Part | str]:
    """Let a part of the page say why the series cannot be compared at all: a refusal is an answer, not a failure."""

    @wraps(part)
    def said(question: Question) -> _Part | str:
        try:
            return part(question)
        except Refusal as refusal:
            return f"Cette estimation n’est pas faite. {refusal}"

    return said
