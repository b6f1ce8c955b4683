"""Hold what several coders judged of the same units, and the name of the grid that the units come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

MISSING = -1
"""Position of a judgement that was not made."""


@dataclass(frozen=True, eq=False)
class Ratings:
    """Judgements of several coders on the same units.

    Attributes
    ----------
    units
        One row a unit: ``unit_id``, the column that ``cluster`` names, and whatever the units are sorted by.
    values
        Array, units x coders: position of the judgement in ``categories``, ``MISSING`` where there is none.
    coders, categories
        Names of the columns of ``values``, and of the judgements, in their order if they have one.
    grid
        What a unit is, in French; an agreement without it says nothing.
    cluster
        Column of ``units`` whose rows belong together (an interview): what a bootstrap draws.
    """

    units: pd.DataFrame
    values: np.ndarray
    coders: tuple[str, ...]
    categories: tuple[str, ...]
    grid: str
    cluster: str = "unit_id"

    def __post_init__(self) -> None:
        """Refuse judgements that do not fit their units, coders and categories."""
        if self.values.shape != (len(self.units), len(self.coders)):
            expected = len(self.units), len(self.coders)
            raise ValueError(f"values have shape {self.values.shape}, expected {expected} (units x coders)")
        if self.values.size and not MISSING <= self.values.min() <= self.values.max() < len(self.categories):
            raise ValueError(f"a value is not a position in the {len(self.categories)} categories")

    @property
    def scores(self) -> np.ndarray:
        """Values of the categories as numbers; ranks from 0 where they are not all numbers."""
        found = pd.to_numeric(pd.Series([*self.categories], dtype=object), errors="coerce").to_numpy(dtype=float)
        return found if self.numeric else np.arange(len(self.categories), dtype=float)

    @property
    def numeric(self) -> bool:
        """Whether every category is a number."""
        return bool(pd.to_numeric(pd.Series([*self.categories], dtype=object), errors="coerce").notna().all())

    def keep(self, kept: np.ndarray | pd.Series) -> Ratings:
        """Return the units of a mask, with every category and coder."""
        mask = np.asarray(kept, dtype=bool)
        return replace(self, units=self.units[mask].reset_index(drop=True), values=self.values[mask])

    def between(self, *coders: str) -> Ratings:
        """Return the judgements of some coders.

        Raises
        ------
        ValueError
            If a coder judged nothing here.
        """
        if unknown := [coder for coder in coders if coder not in self.coders]:
            raise ValueError(f"unknown coders {unknown}; the coders are {[*self.coders]}")
        columns = [self.coders.index(coder) for coder in coders]
        return replace(self, values=self.values[:, columns], coders=coders)


def from_table(
    table: pd.DataFrame,
    *,
    grid: str,
    clusters: Sequence[object] | None = None,
    categories: Sequence[str] | None = None,
) -> Ratings:
    """Return the judgements of a table with one row a unit and one column a coder.

    Parameters
    ----------
    table
        Judgements; an empty text or a missing value is a judgement that was not made. The index names the units.
    grid
        What a unit is, in French.
    clusters
        What each unit belongs to; by default each stands alone.
    categories
        Every possible judgement, in order; by default those that were made, numbers by value and texts by letter.

    Raises
    ------
    ValueError
        If a judgement is not one of the categories.

    Examples
    --------
    >>> ratings = from_table(pd.DataFrame({"A": [1, 2, 10], "B": [1, None, 2]}), grid="essai")
    >>> ratings.categories, ratings.values.tolist()
    (('1', '2', '10'), [[0, 0], [1, -1], [2, 1]])
    """
    text = table.apply(lambda column: column.map(_written)).astype(object)
    made = {value for column in text for value in text[column]} - {""}
    known = tuple(categories) if categories is not None else tuple(sorted(made, key=_order))
    if unknown := sorted(made - {*known}):
        raise ValueError(f"judgements {unknown} are not among the categories {[*known]}")
    places = {value: place for place, value in enumerate(known)} | {"": MISSING}
    values = np.array([[places[value] for value in row] for row in text.to_numpy()], dtype=np.int64)
    names = [str(name) for name in table.index]
    units = pd.DataFrame({"unit_id": names, "cluster": names if clusters is None else [*clusters]})
    coders = tuple(map(str, table.columns))
    return Ratings(units, values.reshape(len(units), len(coders)), coders, known, grid, "cluster")


def _written(value: object) -> str:
    """Return a judgement as text: a column with holes turns whole numbers into 1.0."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _order(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value), value
    except ValueError:
        return 1, 0.0, value
