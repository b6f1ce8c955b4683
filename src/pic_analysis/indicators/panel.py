"""Lay the values of territories out by period, at their true distance in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.indicators.guards import Refusal, no_statement, one_definition, only_one
from pic_analysis.periods import Frequency, Period, of_ordinal, ordinal, parse

PER_YEAR: dict[Frequency, int] = {"year": 1, "quarter": 4, "month": 12}


@dataclass(frozen=True, eq=False)
class Panel:
    """Values of territories (columns) by period (rows); no period between the first and the last is left out.

    ``values`` is indexed by the ordinals of the periods (``periods.ordinal``); a missing value is ``nan``.
    """

    values: pd.DataFrame
    frequency: Frequency

    @property
    def per_year(self) -> int:
        """Number of periods in a year."""
        return PER_YEAR[self.frequency]

    @property
    def periods(self) -> list[str]:
        """Canonical text of each period."""
        return [self.text(number) for number in self.values.index]

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """Periods without a value, by territory; territories that lack none are left out."""
        holes = self.values.isna()
        named = {territory: holes.index[holes[territory]] for territory in holes if holes[territory].any()}
        return {str(territory): tuple(map(self.text, numbers)) for territory, numbers in named.items()}

    def text(self, number: int) -> str:
        """Return the canonical text of a period from its ordinal."""
        return str(of_ordinal(int(number), self.frequency))

    def at(self, period: str) -> int:
        """Return the ordinal of a period, refused if it has another frequency."""
        found = parse(period)
        only_one("frequency", "périodicités", [found.frequency, self.frequency])
        return ordinal(found)

    def before(self, period: str) -> Panel:
        """Return the panel of the periods that come before one."""
        return Panel(self.values.loc[: self.at(period) - 1], self.frequency)

    def until(self, period: str) -> Panel:
        """Return the panel of the periods up to one, included."""
        return Panel(self.values.loc[: self.at(period)], self.frequency)

    def without(self, territories: Sequence[str]) -> Panel:
        """Return the panel without some territories."""
        return Panel(self.values.drop(columns=list(territories), errors="ignore"), self.frequency)

    def one(self, territory: str) -> pd.Series:
        """Return the values of one territory, refused if it has none."""
        if territory not in self.values:
            known = ", ".join(map(str, self.values.columns))
            raise Refusal(
                "territory", f"Le territoire « {territory} » n’a aucune valeur ; territoires connus : {known}."
            )
        return self.values[territory]


def panel(frame: pd.DataFrame, breaks: Sequence[str] = (), *, model: bool = True) -> Panel:
    """Return the values of a long table, by period and territory.

    Parameters
    ----------
    frame
        ``territory_id``, ``period`` and ``value``; and, where they exist, ``unit``, ``definition`` and ``quality``.
    breaks
        First period of each new definition.
    model
        Whether the values are for a model: then those of quality D are refused.

    Raises
    ------
    Refusal
        If units, definitions or frequencies are mixed, a value is there twice, the series goes over a break, a period
        is an interval or there is nothing; or quality D would enter a model.

    Examples
    --------
    >>> rows = {"territory_id": ["a", "a"], "period": ["2003-T1", "2003-T3"], "value": [8.7, 8.5]}
    >>> panel(pd.DataFrame(rows)).missing
    {'a': ('2003-T2',)}
    """
    for column, what in (("unit", "unités"), ("definition", "définitions")):
        if column in frame:
            only_one(column, what, frame[column].dropna().astype(str))
    if model and "quality" in frame:
        no_statement(frame.loc[frame["value"].notna(), "quality"])
    read: dict[str, Period] = {text: parse(text) for text in frame["period"].astype(str).unique()}
    only_one("frequency", "périodicités", [period.frequency for period in read.values()])
    if not read or frame["value"].notna().sum() == 0:
        raise Refusal("points", "Aucune valeur.")
    frequency = next(iter(read.values())).frequency
    if frequency == "interval":
        raise Refusal("interval", "Des périodes de plusieurs années ne forment pas une série.")
    present = frame[frame["value"].notna()]
    one_definition([read[text] for text in present["period"].astype(str).unique()], [parse(text) for text in breaks])
    long = pd.DataFrame(
        {
            "territory": frame["territory_id"].astype(str).to_numpy(),
            "ordinal": [ordinal(read[text]) for text in frame["period"].astype(str)],
            "value": frame["value"].to_numpy(dtype=float),
        }
    )
    twice = long[long.duplicated(["territory", "ordinal"], keep=False)]
    if len(twice):
        first = twice.iloc[0]
        raise Refusal(
            "duplicate",
            f"Deux valeurs pour {first['territory']} en {of_ordinal(int(first['ordinal']), frequency)} : "
            "une seule est attendue.",
        )
    wide = long.pivot(index="ordinal", columns="territory", values="value")
    whole = np.arange(wide.index.min(), wide.index.max() + 1)
    values = wide.reindex(pd.Index(whole, name="ordinal"))
    values.columns.name = None
    values.attrs.update(frame.attrs)  # a table that is fictitious stays so
    return Panel(values, frequency)
