"""One processed table, as declared."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

import pandera.pandas as pa


@dataclass(frozen=True, eq=False)
class Table:
    """One processed table: its key, what one row is, and its columns in order."""

    name: str
    title_fr: str
    row_fr: str
    columns: dict[str, Any]
    pair: tuple[str, ...] = ()
    """Columns that identify a row together, in a table that only ties rows of others."""

    @property
    def key(self) -> str:
        """Name of the column that identifies a row; of a table of ties, the column that it begins with."""
        return next(iter(self.columns))

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the columns that identify a row."""
        return self.pair or (self.key,)

    @property
    def links(self) -> dict[str, str]:
        """Columns that hold the identifier of another table's row, as ``column -> table``."""
        return {name: c.metadata["to"] for name, c in self.columns.items() if "to" in c.metadata}

    @property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema: exactly these columns, in this order."""
        return self._of(self.columns)

    @property
    def schema_of_values(self) -> pa.DataFrameSchema:
        """The same less the types: pandera looks at each text again to say that it is one, which is half of its time.

        For a table that was read from a file: each column has the type that it was read as.
        """
        untyped = {name: copy(column) for name, column in self.columns.items()}
        for column in untyped.values():
            column.dtype = None
        return self._of(untyped)

    def _of(self, columns: dict[str, Any]) -> pa.DataFrameSchema:
        return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=[*self.keys], name=self.name)
