"""Find the tables of a study that anybody may have: evidence, what is computed of it, indicators; never interviews."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from pic_analysis import paths
from pic_analysis.disclosure.declared import NOT_OFFERED
from pic_analysis.problems import Report, StudyError
from pic_analysis.publishing import theory_exports
from pic_analysis.publishing.table_formats import excel_twin, parquet
from pic_analysis.schemas import TABLES, Table
from pic_analysis.schemas.computed import COMPUTED_TABLES
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES
from pic_analysis.study import read_processed

EVIDENCE, COMPUTED, INDICATORS = "", "passports", paths.INDICATORS
DECLARED = {
    EVIDENCE: {name: table for name, table in TABLES.items() if name not in NOT_OFFERED},
    COMPUTED: COMPUTED_TABLES,
    INDICATORS: {**INDICATOR_TABLES, **INDICATOR_RECORDS},
}
"""Tables that may be offered, by the folder that holds them in that of the study."""


@dataclass(frozen=True, eq=False)
class Offered:
    """One table offered: its declaration, its place, its bytes as committed, its typed rows."""

    name: str
    """Its name in the data package, where two folders may each have a table of the same name."""
    part: str
    table: Table
    content: bytes
    frame: pd.DataFrame

    @property
    def path(self) -> str:
        """The CSV, from the folder of the study."""
        return f"{self._stem}.csv"

    @property
    def schema_path(self) -> str:
        """Its Table Schema, from the folder of the study."""
        return f"{self._stem}.schema.json"

    @property
    def excel_path(self) -> str:
        """Its twin for French Excel, from the folder that is published."""
        return f"{self._stem}_excel.csv"

    @property
    def parquet_path(self) -> str:
        """Its Parquet file, from the folder that is published."""
        return f"{self._stem}.parquet"

    @property
    def _stem(self) -> str:
        return f"{self.part}/{self.table.name}" if self.part else self.table.name

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the CSV."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def excel(self) -> bytes:
        """The twin for French Excel: the same cells, decimal numbers with a comma."""
        decimal = {name: self.frame[name].str.replace(".", ",", regex=False) for name in self._numbers}
        flags = {name: self.frame[name].map({True: "true", False: "false"}) for name in self._flags}
        return excel_twin(self.frame.assign(**decimal, **flags))

    def parquet(self, provenance: str) -> bytes:
        """Return the table with the type of each column; what is empty is null."""
        texts = [name for name in self.frame if self.table.columns[name].dtype.type is str]
        typed = self.frame.assign(**{name: self.frame[name].mask(self.frame[name].eq("")) for name in texts})
        return parquet(typed.assign(**{name: pd.to_numeric(typed[name]) for name in self._numbers}), provenance)

    @property
    def _numbers(self) -> list[str]:
        return [name for name, column in self.table.columns.items() if column.metadata.get("number")]

    @property
    def _flags(self) -> list[str]:
        return [name for name, column in self.table.columns.items() if column.metadata.get("boolean")]


def offered(study: str, folder: Path | None = None) -> tuple[Offered, ...]:
    """Return the tables of a study that anybody may have, in reading order.

    Parameters
    ----------
    study
        Name of the study.
    folder
        Folder of its processed tables, if not that of the compendium.

    Raises
    ------
    StudyError
        If a table is not as declared.
    """
    folder = folder or paths.processed(study)
    found: list[Offered] = []
    for part, declared in DECLARED.items():
        there = {name: table for name, table in declared.items() if (folder / part / f"{name}.csv").is_file()}
        frames, problems = read_processed(folder / part, there)
        if problems:
            raise StudyError(study, Report(tuple(problems)))
        taken = {one.name for one in found}
        for name, table in there.items():
            unique = f"{part}-{name}" if name in taken else name
            found.append(Offered(unique, part, table, (folder / part / f"{name}.csv").read_bytes(), frames[name]))
    return tuple(found)


def unknown(study: str) -> list[str]:
    """Return the tables of a study's folder that are neither offered, nor known to be elsewhere or kept out.

    Interviews are kept out; a page of its own offers the part of a table that is of one conclusion or one indicator.
    """
    folder = paths.processed(study)
    known = {folder / part / f"{name}.csv" for part, declared in DECLARED.items() for name in declared}
    known |= {folder / f"{name}.csv" for name in NOT_OFFERED}
    elsewhere = (folder / paths.INTERVIEWS, folder / theory_exports.FOLDER, paths.cards(study))
    return [
        path.relative_to(folder).as_posix()
        for path in sorted({*folder.rglob("*.csv")} - known)
        if not any(path.is_relative_to(place) for place in elsewhere)
        and not (path.parent == folder / COMPUTED and path.with_suffix(".json").is_file())
    ]
