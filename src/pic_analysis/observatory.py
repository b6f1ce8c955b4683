"""Load the clean indicators of a study: what is measured, every value by vintage, what was published; checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import pandas as pd

from pic_analysis import paths
from pic_analysis.problems import Report, StudyError
from pic_analysis.reading import settings as study_settings
from pic_analysis.reading.settings import Settings
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES
from pic_analysis.study import dangling, read_processed
from pic_analysis.vocabulary import DEMO


@dataclass(frozen=True, eq=False)
class Observatory:
    """The indicators of one study, as ``schemas.indicators`` declares their tables.

    Values are text, as published: ``indicators.values`` gives them as numbers, by series, or as of a date.
    """

    settings: Settings
    territories: pd.DataFrame
    datasets: pd.DataFrame
    catalogue: pd.DataFrame
    breaks: pd.DataFrame
    observations: pd.DataFrame
    revisions: pd.DataFrame
    releases: pd.DataFrame
    comparators: pd.DataFrame
    impact_questions: pd.DataFrame
    annual_questions: pd.DataFrame
    editions: pd.DataFrame
    cleaning_log: pd.DataFrame
    quarantine: pd.DataFrame

    @classmethod
    def load(cls, name: str, folder: Path | None = None) -> Observatory:
        """Return the indicators of a study of the compendium.

        Parameters
        ----------
        name
            Name of the study, that of its folders in ``data/raw`` and ``data/processed``.
        folder
            Folder of the processed tables of indicators, if not that of the compendium.

        Raises
        ------
        StudyError
            If a table is missing or not as declared, or an identifier dangles; the report names them all.
        """
        declared = {**INDICATOR_TABLES, **INDICATOR_RECORDS}
        tables, problems = read_processed(folder or paths.processed(name) / paths.INDICATORS, declared)
        if not problems:
            problems = dangling(tables, declared)
        if problems:
            raise StudyError(name, Report(tuple(problems)))
        return cls.of(study_settings.load(name), tables)

    @classmethod
    def of(cls, settings: Settings, tables: dict[str, pd.DataFrame]) -> Observatory:
        """Return the indicators that clean tables hold; each bears the study it comes from."""
        for frame in tables.values():
            frame.attrs["provenance"] = DEMO if settings.demo else settings.name
        return cls(settings, **tables)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in reading order."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "settings"}

    @property
    def labels(self) -> dict[str, str]:
        """Name of every territory."""
        return self.territories.set_index("territory_id")["label_fr"].to_dict()

    def card(self, indicator: str) -> dict[str, str]:
        """Return the card of an indicator; raise ``KeyError`` if the catalogue has none."""
        return {**self._cards[indicator]}

    @cached_property
    def _cards(self) -> dict[str, dict[str, str]]:
        return {row["indicator_id"]: row for row in self.catalogue.to_dict("records")}
