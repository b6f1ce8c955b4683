"""Set a territory beside others: level, index, gap and change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal
from pic_analysis.indicators.panel import Panel, panel
from pic_analysis.numbers_fr import decimal
from pic_analysis.periods import between_fr, label_fr, parse


def index(frame: pd.DataFrame, base: str, breaks: Sequence[str] = ()) -> pd.DataFrame:
    """Return each series as an index that is 100 in a period: ``territory_id``, ``period``, ``value``.

    Raises
    ------
    Refusal
        If a territory has no value, or zero, in that period; or what ``panel.panel`` refuses.

    >>> found = index(pd.DataFrame({"territory_id": "a", "period": ["2012", "2013"], "value": [50.0, 55.0]}), "2012")
    >>> found["value"].tolist()
    [100.0, 110.0]
    """
    laid = panel(frame, breaks, model=False)
    levels = _row(laid, base)
    lacking = sorted(levels.index[levels.isna() | (levels == 0)])
    if lacking:
        raise Refusal("points", f"Pas de base en {label_fr(parse(base))} pour : {', '.join(lacking)}.")
    return _long(laid, 100 * laid.values / levels)


def gaps(frame: pd.DataFrame, focus: str, breaks: Sequence[str] = ()) -> pd.DataFrame:
    """Return, by period, one territory beside the others.

    Returns
    -------
    DataFrame
        ``period``, ``value`` (of the focus), ``median``, ``low`` and ``high`` of the others, ``others`` (how many have
        a value) and ``gap``, from the median to the focus. A period that the focus lacks has an empty gap.

    Raises
    ------
    Refusal
        If the focus has no value, or what ``panel.panel`` refuses.

    Examples
    --------
    >>> rows = pd.DataFrame({"territory_id": ["a", "b", "c"], "period": "2012", "value": [10.0, 4.0, 8.0]})
    >>> gaps(rows, "a")[["median", "low", "high", "others", "gap"]].to_numpy().tolist()
    [[6.0, 4.0, 8.0, 2.0, 4.0]]
    """
    laid = panel(frame, breaks, model=False)
    own, others = laid.one(focus), laid.without([focus]).values
    table = pd.DataFrame(
        {
            "period": laid.periods,
            "value": own.to_numpy(),
            "median": others.median(axis=1).to_numpy(),
            "low": others.min(axis=1).to_numpy(),
            "high": others.max(axis=1).to_numpy(),
            "others": others.notna().sum(axis=1).to_numpy(),
        }
    )
    return table.assign(gap=table["value"] - table["median"])


def uncommon(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the periods that some territories lack: ``period`` and ``territories`` (those that lack it).

    >>> rows = {"territory_id": ["a", "a", "b"], "period": ["2012", "2013", "2012"], "value": [1.0, 2.0, 3.0]}
    >>> uncommon(pd.DataFrame(rows)).to_dict("records")
    [{'period': '2013', 'territories': ('b',)}]
    """
    laid = panel(frame, model=False)
    holes = laid.values.isna()
    rows = [(laid.text(number), tuple(row.index[row])) for number, row in holes.iterrows() if row.any()]
    return pd.DataFrame(rows, columns=["period", "territories"])


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes between two periods.

    ``table`` has ``territory_id``, ``start``, ``end``, ``change``, ``rank`` (1 is the lowest change; equal changes
    share the better rank) and ``is_focus``. ``left_out`` are the territories without one of the two values.
    """

    focus: str
    start: str
    end: str
    table: pd.DataFrame
    left_out: tuple[str, ...]
    assumptions_fr: tuple[str, ...] = ASSUMPTIONS_FR["comparators"]

    @property
    def change(self) -> float:
        """Change of the focus."""
        return float(self.table.loc[self.table["is_focus"], "change"].iloc[0])

    @property
    def rank(self) -> int:
        """Rank of the focus; 1 is the lowest change."""
        return int(self.table.loc[self.table["is_focus"], "rank"].iloc[0])

    @property
    def median_of_others(self) -> float:
        """Median change of the others."""
        return float(self.table.loc[~self.table["is_focus"], "change"].median())

    @property
    def sentence_fr(self) -> str:
        """Say the change, that of the others and the rank."""
        between = between_fr(parse(self.start), parse(self.end))
        return (
            f"{between.capitalize()} : {_signed(self.change)}, contre {_signed(self.median_of_others)} "
            f"pour la médiane des {len(self.table) - 1} autres ; rang {self.rank} sur {len(self.table)}, "
            "du plus bas au plus haut."
        )


def changes(frame: pd.DataFrame, focus: str, start: str, end: str, breaks: Sequence[str] = ()) -> Changes:
    """Return the change of each territory between two periods, and the rank of one of them.

    Raises
    ------
    Refusal
        If the focus lacks one of the two values, or what ``panel.panel`` refuses.

    Examples
    --------
    >>> rows = [("a", "2012", 10.0), ("a", "2019", 8.0), ("b", "2012", 9.0), ("b", "2019", 8.5)]
    >>> found = changes(pd.DataFrame(rows, columns=["territory_id", "period", "value"]), "a", "2012", "2019")
    >>> found.change, found.rank, found.median_of_others
    (-2.0, 1, -0.5)
    """
    laid = panel(frame, breaks, model=False)
    laid.one(focus)
    both = pd.DataFrame({"start": _row(laid, start), "end": _row(laid, end)})
    known = both.dropna()
    if focus not in known.index:
        raise Refusal("points", f"Le territoire « {focus} » n’a pas ses deux valeurs ({start} et {end}).")
    table = known.assign(change=known["end"] - known["start"]).rename_axis("territory_id").reset_index()
    # Rounded as far as data are ever given: two equal changes of decimals differ in binary.
    ranks = table["change"].round(9).rank(method="min").astype(int)
    table = table.assign(rank=ranks, is_focus=table["territory_id"] == focus)
    table = table.sort_values(["rank", "territory_id"], ignore_index=True)
    table.attrs.update(frame.attrs)
    return Changes(focus, start, end, table, tuple(map(str, both.index.difference(known.index))))


def _row(laid: Panel, period: str) -> pd.Series:
    return laid.values.reindex([laid.at(period)]).iloc[0]


def _long(laid: Panel, values: pd.DataFrame) -> pd.DataFrame:
    long = values.assign(period=laid.periods).melt("period", var_name="territory_id", value_name="value")
    return long[["territory_id", "period", "value"]]


def _signed(value: float) -> str:
    return f"+{decimal(value, 2)}" if value > 0 else decimal(value, 2)
