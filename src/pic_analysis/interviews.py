"""Load the clean interviews of a study: who was met, what was coded, what was asked; typed and checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning.study import CleaningResult
from pic_analysis.problems import Report, StudyError
from pic_analysis.reading import settings as study_settings
from pic_analysis.reading.settings import Settings
from pic_analysis.schemas import TABLES
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES
from pic_analysis.study import dangling, read_processed
from pic_analysis.vocabulary import DEMO

_COUNTED = "stakeholders"
"""The table of a report that counts the people met."""


@dataclass(frozen=True, eq=False)
class Interviews:
    """The interviews of one study, as ``schemas.interviews`` declares their tables; no word of an interview.

    ``stakeholders`` is what the report of the same study counts of the same people, if it has one: no table of theirs.
    """

    settings: Settings
    interviews: pd.DataFrame
    codebook: pd.DataFrame
    codings: pd.DataFrame
    asked: pd.DataFrame
    disagreements: pd.DataFrame
    cleaning_log: pd.DataFrame
    quarantine: pd.DataFrame
    stakeholders: pd.DataFrame | None = None

    @classmethod
    def cleaned(cls, about: Settings, result: CleaningResult) -> Interviews:
        """Return the interviews of a study as cleaning has just given them."""
        return cls(about, **result.interviews, stakeholders=result.tables.get(_COUNTED))

    @classmethod
    def load(cls, name: str, folder: Path | None = None) -> Interviews:
        """Return the interviews of a study of the compendium.

        Parameters
        ----------
        name
            Name of the study, that of its folders in ``data/raw`` and ``data/processed``.
        folder
            Folder of the processed tables of interviews, if not that of the compendium.

        Raises
        ------
        StudyError
            If a table is missing or not as declared, or an identifier dangles; the report names them all.
        """
        about = study_settings.load(name)
        declared = {**INTERVIEW_TABLES, **INTERVIEW_RECORDS}
        tables, problems = read_processed(folder or paths.processed(name) / paths.INTERVIEWS, declared)
        if not problems:
            problems = dangling(tables, declared)
        counted: dict[str, pd.DataFrame] = {}
        if (paths.processed(name) / f"{_COUNTED}.csv").is_file():
            counted, faults = read_processed(paths.processed(name), {_COUNTED: TABLES[_COUNTED]})
            problems += faults
        if problems:
            raise StudyError(name, Report(tuple(problems)))
        for frame in tables.values():
            # Fictitious interviews must never pass for real ones, whatever is made of them.
            frame.attrs["provenance"] = DEMO if about.demo else about.name
        return cls(about, **tables, stakeholders=counted.get(_COUNTED))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in reading order."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("settings", _COUNTED)}


def settled(codings: pd.DataFrame, disagreements: pd.DataFrame) -> pd.DataFrame:
    """Return one reading for each code of each interview, once disagreements are settled.

    Parameters
    ----------
    codings, disagreements
        The clean tables.

    Returns
    -------
    DataFrame
        ``interview_id``, ``code_id``, ``reading`` (``supports``, ``nuances``, ``contradicts``, or ``mixed`` where the
        coders gave several directions and agreed to), ``basis``: ``alone`` (one coder read the interview), ``agreed``,
        ``settled`` (arbitration), ``open`` (not settled yet: ``reading`` is empty). What was settled as absent is left
        out.

    Examples
    --------
    >>> rows = [("INT001", "a", "supports", "A"), ("INT001", "a", "supports", "B"), ("INT002", "a", "nuances", "A")]
    >>> coded = pd.DataFrame(rows, columns=["interview_id", "code_id", "direction", "coder"])
    >>> none = pd.DataFrame(columns=["interview_id", "code_id", "settled"])
    >>> settled(coded, none)[["reading", "basis"]].to_numpy().tolist()
    [['supports', 'agreed'], ['nuances', 'alone']]
    """
    unit = ["interview_id", "code_id"]
    found = codings.groupby(unit)["direction"].agg(["nunique", "first"])
    coders = codings.groupby("interview_id")["coder"].nunique()
    found["reading"] = found["first"].where(found["nunique"] == 1, "mixed")
    several = coders.reindex(found.index.get_level_values(0)).to_numpy() > 1
    found["basis"] = np.where(several, "agreed", "alone")
    judged = disagreements.drop_duplicates(unit).set_index(unit)["settled"]
    both = found.index.intersection(judged.index)
    found.loc[both, "reading"] = judged.loc[both]
    found.loc[both, "basis"] = np.where(judged.loc[both] == "", "open", "settled")
    return found.loc[found["reading"] != "absent", ["reading", "basis"]].reset_index()
