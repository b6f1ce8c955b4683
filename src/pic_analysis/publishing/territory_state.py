"""Hold what is known of a territory up to a year: its indicators, and the evaluation that they stand beside."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from pic_analysis import paths
from pic_analysis.indicators import calendar, news, values
from pic_analysis.indicators.key_figures import KeyFigure, focus, key_figure, until
from pic_analysis.observatory import Observatory
from pic_analysis.study import Study
from pic_analysis.vocabulary import TERRITORY_KINDS


@dataclass(frozen=True, eq=False)
class State:
    """The indicators of a study, those of the periods that ended by ``year`` (0: all of them).

    ``evaluation`` is the study of evidence of the same territory, if there is one.
    """

    observatory: Observatory
    evaluation: Study | None = None
    year: int = 0

    @classmethod
    def load(cls, name: str, year: int = 0) -> State:
        """Return the state of a study of the compendium; raise ``StudyError`` if its tables cannot be used."""
        has_evidence = (paths.processed(name) / "statements.csv").is_file()
        return cls(Observatory.load(name), Study.load(name) if has_evidence else None, year)

    @classmethod
    def of(cls, study: Study) -> State:
        """Return the state of the territory of an evaluation, read once.

        Raises
        ------
        ValueError
            If the study has no indicators.
        """
        sys.audit("pic_analysis.read", paths.INDICATORS)  # they may have been read for another page
        return _of(study)

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Every vintage of the values of the periods that had ended."""
        return until(self.observatory.observations, self.year)

    @cached_property
    def current(self) -> pd.DataFrame:
        """The newest vintage of each value."""
        return values.current(self.observations)

    @property
    def as_of(self) -> str:
        """Date of the newest value retrieved: pages are dated by their data, not by the clock."""
        return values.as_of(self.observatory.observations)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Identifiers of the catalogue, in its order."""
        return tuple(self.observatory.catalogue["indicator_id"])

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Name of every territory."""
        return self.observatory.labels

    def short_name(self, territory: str) -> str:
        """Return the name of a territory without the words that all of its kind begin with."""
        kind = TERRITORY_KINDS[self._kinds[territory]]
        return re.sub(rf"^{kind} (?:de |du |d’)?", "", self.labels[territory], flags=re.IGNORECASE)

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return self.observatory.territories.set_index("territory_id")["kind"].to_dict()

    def card(self, indicator: str) -> dict[str, str]:
        """Return the card of an indicator.

        Raises
        ------
        KeyError
            If the catalogue has none of that name.
        """
        return self.observatory.card(indicator)

    def focus(self, indicator: str) -> str:
        """Return the territory that an indicator is about; empty if nothing is observed yet."""
        if indicator not in self._focus:
            self._focus[indicator] = focus(indicator, self.observations, self.observatory.comparators)
        return self._focus[indicator]

    @cached_property
    def _focus(self) -> dict[str, str]:
        return {}

    def beside(self, indicator: str) -> tuple[str, ...]:
        """Return the territories that it is compared with."""
        table = self.observatory.comparators
        own = (table["indicator_id"] == indicator) & (table["territory_id"] == self.focus(indicator))
        return tuple(table.loc[own, "comparator_id"])

    def series(self, indicator: str, territory: str = "") -> pd.DataFrame:
        """Return today's values of an indicator, of the territory that it is about unless another is named."""
        place = territory or self.focus(indicator)
        if (indicator, place) not in self._series:
            found = values.series(self.observations, self.observatory.breaks, indicator, place)
            self._series[indicator, place] = found
        return self._series[indicator, place].copy(deep=False)  # a page does not write in another's

    @cached_property
    def _series(self) -> dict[tuple[str, str], pd.DataFrame]:
        return {}

    def panel(self, indicator: str) -> pd.DataFrame:
        """Return the values of the territory and of those beside it, as the analyses take them."""
        wanted = (self.focus(indicator), *self.beside(indicator))
        found = values.panel_rows(self.observations, indicator, wanted)
        found.attrs.update(self.observatory.observations.attrs)
        return found

    def key_figure(self, indicator: str) -> KeyFigure | None:
        """Return the last value of an indicator with what to read it with; None if it has none."""
        place = self.focus(indicator)
        values = self.panel(indicator)
        return key_figure(indicator, place, self.series(indicator), values[values["territory_id"] != place])

    @cached_property
    def key_figures(self) -> dict[str, KeyFigure]:
        """The last value of every indicator that has one."""
        found = {name: self.key_figure(name) for name in self.indicators}
        return {name: figure for name, figure in found.items() if figure}

    @cached_property
    def calendar(self) -> pd.DataFrame:
        """Every release expected, with its state on the day of the newest value."""
        tables = self.observatory
        return calendar.calendar(tables.releases, tables.observations, self.as_of)

    @cached_property
    def news(self) -> news.News:
        """What is new since the newest edition that differs from today."""
        tables = self.observatory
        since = news.baseline(tables.editions, tables.observations)
        return news.news(tables.editions, tables.observations, tables.revisions, tables.releases, since, self.as_of)


@lru_cache(maxsize=4)
def _of(study: Study) -> State:
    name = study.settings.name
    if not (paths.processed(name) / paths.INDICATORS).is_dir():
        raise ValueError(f"l’étude {name} n’a pas d’indicateurs (dossier {paths.INDICATORS}/)")
    return State(Observatory.load(name), study)
