"""Freeze an edition of the annual state: what is published that day, from which no value departs in silence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from pic_analysis import paths
from pic_analysis.cleaning import published
from pic_analysis.cleaning.study import CleaningResult, to_csv
from pic_analysis.files import write_atomically
from pic_analysis.indicators.news import News, frozen, news, of_edition
from pic_analysis.numbers_fr import count
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.pipeline.errors import DATA_PROBLEM, USAGE, StepError
from pic_analysis.problems import StudyError
from pic_analysis.reading import registry


@dataclass(frozen=True)
class Edition:
    """An edition to come: its file in the raw folder of the study, its bytes, and what it has of new."""

    study: str
    name: str
    content: bytes
    values: int
    news: News

    def lines(self) -> list[str]:
        """Return what the edition freezes, in French."""
        told = self.news
        said = [f"{count(self.values, 'valeur')} ; empreinte de l’édition portée au registre"]
        if told.first:
            return [*said, "C’est la première édition : tout y est nouveau"]
        said.append(f"Depuis l’édition du {date_fr(told.since)} :")
        said.append(f"  {count(len(told.new), 'valeur nouvelle', 'valeurs nouvelles')}")
        said.append(f"  {count(len(told.revised), 'valeur révisée', 'valeurs révisées')}")
        for row in told.revised.itertuples(index=False):
            key = f"{row.indicator_id} {row.territory_id} {row.period}"
            said.append(f"    {key} : {row.old or '…'} → {row.new or '…'} ({row.reason_fr})")
        said.append(f"  {count(len(told.firmed), 'statut changé', 'statuts changés')}")
        return said


def prepare(result: CleaningResult, study: str, today: datetime.date) -> Edition:
    """Return the edition of a day; write nothing.

    Parameters
    ----------
    result
        The study, cleaned.
    study
        Its name.
    today
        The day.

    Raises
    ------
    StudyError
        If the study has errors: what is not sound is not published.
    StepError
        If it has no indicators, if nothing changed since the last edition, or if the day has its edition.
    """
    if result.report.errors:
        raise StudyError(study, result.report)
    tables = result.indicators
    if not tables or tables["observations"].empty:
        raise StepError(f"L’étude {study} n’a aucune valeur d’indicateur : il n’y a rien à figer.", USAGE)
    editions, observations = tables["editions"], tables["observations"]
    last = str(editions["edition"].max()) if len(editions) else ""
    values = frozen(observations)
    if last and values.equals(of_edition(editions, last)):
        said = f"Rien n’a changé depuis l’édition du {date_fr(last)} : elle vaut toujours."
        raise StepError(said, USAGE)
    if last >= today.isoformat():
        said = (
            f"L’édition du {date_fr(last)} existe, et ne se refait pas : elle dit ce qui a été publié.\n"
            "    → Attendez demain ; d’ici là, `make book` publie les valeurs d’aujourd’hui"
        )
        raise StepError(said, DATA_PROBLEM)
    found = news(editions, observations, tables["revisions"], tables["releases"], last, today.isoformat())
    name = f"{paths.INDICATORS}/{published.FOLDER}/{today.isoformat()}.csv"
    return Edition(study, name, to_csv(values), len(values), found)


def write(edition: Edition) -> Path:
    """Write an edition and its line in the registry; return its path."""
    folder = paths.raw(edition.study)
    write_atomically(folder / edition.name, edition.content)
    registry.add(folder, edition.name)
    return folder / edition.name
