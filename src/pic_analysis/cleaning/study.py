"""Clean a whole study: every raw table, checked against the others, with one report for all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning import decisions as deciding
from pic_analysis.cleaning import follow_up, quoted_withdrawals
from pic_analysis.cleaning import indicators as indicator_cleaning
from pic_analysis.cleaning import interviews as interview_cleaning
from pic_analysis.cleaning.citations import RAW_COLUMNS as CITATION_COLUMNS
from pic_analysis.cleaning.citations import clean_citations
from pic_analysis.cleaning.particular import in_study
from pic_analysis.cleaning.table import (
    Cleaned,
    Quarantined,
    clean_table,
    identifier,
    linked,
)
from pic_analysis.cleaning.testimonies import RAW_COLUMNS as TESTIMONY_COLUMNS
from pic_analysis.cleaning.testimonies import clean_testimonies
from pic_analysis.files import write_atomically
from pic_analysis.graph import cycle_problems, parent_problems
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.reading import registry, settings
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.tables import RawTable, read_table
from pic_analysis.schemas import TABLES, Table, table_schema
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES

_RAW_COLUMNS = {
    "citations": CITATION_COLUMNS,
    "testimonies": TESTIMONY_COLUMNS,
    "stakeholders": ("stakeholder_type", "printed_label", "interviews"),
}
_OUTPUTS = ("cleaning_log", "quarantine")
_CYCLE = "Retirez ou retournez l’une de ces flèches"
DECLARED: dict[str, dict[str, Table]] = {
    "": TABLES,
    paths.INTERVIEWS: {**INTERVIEW_TABLES, **INTERVIEW_RECORDS},
    paths.INDICATORS: {**INDICATOR_TABLES, **INDICATOR_RECORDS},
}
"""Processed tables by the folder that holds them: evidence, in that of the study itself; its parts."""


@dataclass(frozen=True)
class CleaningResult:
    """The processed tables of a study, and the report of what cleaning met.

    A study has evidence tables, interviews, indicators, or several of them: the others are empty.
    """

    tables: dict[str, pd.DataFrame]
    report: Report
    interviews: dict[str, pd.DataFrame] = field(default_factory=dict)
    indicators: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def parts(self) -> dict[str, dict[str, pd.DataFrame]]:
        """The tables by the folder that holds them."""
        return {"": self.tables, paths.INTERVIEWS: self.interviews, paths.INDICATORS: self.indicators}


def raw_columns(table: str) -> tuple[str, ...]:
    """Return the columns that a raw file must have.

    >>> raw_columns("citations")
    ('citation_id', 'statement_id', 'report_section', 'raw_reference')
    """
    return _RAW_COLUMNS.get(table, tuple(TABLES[table].columns))


def clean(study: str, folder: Path | None = None) -> CleaningResult:
    """Return the processed tables of a study, from its raw folder; write nothing.

    Parameters
    ----------
    study
        Name of the study.
    folder
        Raw folder; that of the compendium if not given.

    Raises
    ------
    StudyError
        Only if ``study.yml`` itself cannot be read; everything else is in the report.
    """
    folder = folder or paths.raw(study)
    yml = folder / "study.yml"
    about = settings.parse(study, settings.read_text(study, yml)) if yml.is_file() else settings.load(study)
    spoken = interview_cleaning.CleanInterviews()
    if (folder / paths.INTERVIEWS).is_dir():
        spoken = interview_cleaning.clean(folder / paths.INTERVIEWS, about)
    measured = (folder / paths.INDICATORS).is_dir()
    alone = (spoken.tables or measured) and not _has_evidence(folder)
    evidence, problems = ({}, ()) if alone else _evidence(folder, about)
    observed = indicator_cleaning.CleanIndicators()
    if measured:
        observed = indicator_cleaning.clean(folder / paths.INDICATORS, about, evidence)
    every = (*registry.verify(folder), *problems, *spoken.problems, *observed.problems)
    return CleaningResult(evidence, Report(every), spoken.tables, observed.tables)


def _has_evidence(folder: Path) -> bool:
    return any((folder / f"{name}.csv").is_file() for name in TABLES)


def _evidence(folder: Path, about: Settings) -> tuple[dict[str, pd.DataFrame], tuple[Problem, ...]]:
    """Return the evidence tables of a study, cleaned, and what was met."""
    raw = {name: read_table(folder / f"{name}.csv", raw_columns(name)) for name in TABLES if name not in _OUTPUTS}
    raw, withdrawn = quoted_withdrawals.without(raw, quoted_withdrawals.read_withdrawn(folder), about)
    cleaned = linked({name: _cleaner(name)(table, about) for name, table in raw.items()})
    decided = read_table(folder / deciding.FILE, deciding.COLUMNS)
    decisions = quoted_withdrawals.decisions_without(decided, withdrawn)
    problems = [
        *_folder_problems(folder),
        *decisions.problems,
        *withdrawn.notice,
        *cycle_problems(cleaned["theory_links"].frame, _CYCLE),
        *parent_problems(cleaned["theory_nodes"].frame, _CYCLE),
        *follow_up.problems(cleaned, about.year),
    ]
    problems += [problem for table in cleaned.values() for problem in table.problems]
    bare = [problem for claims in _CHAINS for problem in _without_support(cleaned, *claims)]
    held = [row for table in cleaned.values() for row in table.quarantine]
    rows = {(row.file, identifier(row, TABLES[row.file.removesuffix(".csv")])): row.row for row in held}
    rows |= {(problem.file, problem.value): problem.row for problem in bare}
    unused = f"{deciding.UNUSED}, ni aucune affirmation sans appui"
    problems, accepted = deciding.decide([*problems, *bare], rows, decisions, unused)
    tables = {name: table.frame.reset_index(drop=True) for name, table in cleaned.items()}
    tables["cleaning_log"] = _log_frame(cleaned)
    tables["quarantine"] = _quarantine_frame(held, accepted)
    return tables, tuple(problems)


def _cleaner(name: str) -> Callable[[RawTable, Settings], Cleaned]:
    special = {"citations": clean_citations, "testimonies": clean_testimonies}
    return special.get(name, lambda raw, about: clean_table(raw, in_study(TABLES[name], about)))


def _folder_problems(folder: Path) -> list[Problem]:
    """Report raw CSV files that no table reads: a misspelt name would otherwise go unseen."""
    known = {deciding.FILE, "personnes_publiques.csv", *(f"{name}.csv" for name in TABLES if name not in _OUTPUTS)}
    strangers = sorted(p.name for p in folder.glob("*.csv") if p.name not in known)
    return [Problem(name, 0, "", "", "fichier inconnu : aucune table ne porte ce nom") for name in strangers]


# A claim that nobody attached to the story must not pass for one that the story does not support.
_CHAINS = (("conclusions", "conclusion_support"), ("lessons", "lesson_support"))


def _without_support(cleaned: dict[str, Cleaned], claims: str, support: str) -> list[Problem]:
    """Report the claims that no statement supports: their coder says so in ``decisions.csv``, with the reason."""
    key = TABLES[claims].key
    ties = cleaned[support].frame
    supported = set(ties.loc[ties["relation"] == "supports", key])
    expected = f"aucun constat ne l’appuie dans {support}.csv"
    hint = "Rattachez-la, ou dites dans decisions.csv pourquoi aucun constat n’y répond : elle paraîtra avec la mention"
    rows = cleaned[claims].frame[key].items()
    return [
        Problem(f"{claims}.csv", int(str(row)), key, name, expected, hint)
        for row, name in rows
        if name not in supported
    ]


def _log_frame(cleaned: dict[str, Cleaned]) -> pd.DataFrame:
    rows = [
        (f"{e.file.removesuffix('.csv')}.{e.row}.{e.column}", e.file, e.row, e.column, e.raw, e.clean, e.rule)
        for table in cleaned.values()
        for e in sorted(table.log, key=lambda e: (e.row, e.column))
    ]
    return _frame("cleaning_log", rows)


def _quarantine_frame(held: list[Quarantined], accepted: dict[tuple[str, int], str]) -> pd.DataFrame:
    rows = [
        (
            f"{q.file.removesuffix('.csv')}.{q.row}",
            q.file,
            q.row,
            q.content,
            q.reason_fr,
            accepted.get((q.file, q.row), ""),
        )
        for q in sorted(held, key=lambda q: (q.file, q.row))
    ]
    return _frame("quarantine", rows)


def _frame(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    columns = TABLES[name].columns
    frame = pd.DataFrame(rows, columns=[*columns])
    return frame.astype({column: "int64" if c.metadata.get("count") else str for column, c in columns.items()})


def write(result: CleaningResult, folder: Path, study: str = "") -> None:
    """Write the processed tables and their Table Schemas, each atomically, and remove those no longer made.

    Raises
    ------
    StudyError
        If the report holds errors: nothing is then written.
    """
    if result.report.errors:
        raise StudyError(study or folder.name, result.report)
    for part, tables in result.parts.items():
        _write_files(folder / part, processed_files(tables, part))


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        write_atomically(folder / name, content)
    for path in [*folder.glob("*.csv"), *folder.glob("*.schema.json")]:
        if path.name not in files:
            path.unlink()


def processed_files(tables: dict[str, pd.DataFrame], part: str = "") -> dict[str, bytes]:
    """Return what is written of the tables of a part, by file name: each as CSV, and its Table Schema."""
    declared = DECLARED[part]
    tabular = {f"{name}.csv": to_csv(frame) for name, frame in tables.items()}
    return tabular | {f"{name}.schema.json": _json(table_schema(declared[name], declared)) for name in tables}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as published: UTF-8, commas, Unix line ends, ``true``/``false``, no index."""
    booleans = {c: frame[c].map({True: "true", False: "false"}) for c in frame.columns if frame[c].dtype == bool}
    return frame.assign(**booleans).to_csv(index=False, lineterminator="\n").encode("utf-8")
