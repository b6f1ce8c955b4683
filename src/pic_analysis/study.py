"""Load the processed tables of one evaluation, typed and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pandas as pd
import pandera.errors

from pic_analysis import paths
from pic_analysis.graph import cycle_problems, parent_problems
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.reading import settings as study_settings
from pic_analysis.reading.settings import Settings
from pic_analysis.schemas import TABLES, Table
from pic_analysis.schemas.conformity import surely_conforms
from pic_analysis.vocabulary import DEMO, nearest

_HINT = "Les tables nettoyées ne se modifient pas à la main : `pic clean` les refait"


@dataclass(frozen=True, eq=False)
class Study:
    """One evaluation: its settings, and its tables as ``schemas`` declares them.

    Missing text is an empty string; columns declared as counts are integers, those declared as yes or no are
    booleans; everything else is text, numbers of the sources included, as they were printed.
    """

    settings: Settings
    statements: pd.DataFrame
    citations: pd.DataFrame
    testimonies: pd.DataFrame
    theory_nodes: pd.DataFrame
    theory_links: pd.DataFrame
    mechanisms: pd.DataFrame
    conclusions: pd.DataFrame
    lessons: pd.DataFrame
    lesson_points: pd.DataFrame
    recommendations: pd.DataFrame
    recommendation_points: pd.DataFrame
    follow_up: pd.DataFrame
    conclusion_support: pd.DataFrame
    lesson_support: pd.DataFrame
    recommendation_answers: pd.DataFrame
    link_support: pd.DataFrame
    rivals: pd.DataFrame
    rival_fates: pd.DataFrame
    facts: pd.DataFrame
    announced_counts: pd.DataFrame
    page_references: pd.DataFrame
    repeated_quotations: pd.DataFrame
    stakeholders: pd.DataFrame
    sources: pd.DataFrame
    discrepancies: pd.DataFrame
    timeline: pd.DataFrame
    double_coding: pd.DataFrame
    cleaning_log: pd.DataFrame
    quarantine: pd.DataFrame

    @classmethod
    def load(cls, name: str, folder: Path | None = None) -> Study:
        """Return a study of the compendium.

        Parameters
        ----------
        name
            Name of the study, that of its folders in ``data/raw`` and ``data/processed``.
        folder
            Folder of the processed tables, if not that of the compendium.

        Raises
        ------
        StudyError
            If a table is missing or not as declared, if an identifier dangles or the theory of change
            has a cycle; the report names them all.
        """
        about = study_settings.load(name)
        tables, problems = read_processed(folder or paths.processed(name), TABLES)
        if not problems:
            problems = [*dangling(tables), *cycle_problems(tables["theory_links"], _HINT)]
            problems += parent_problems(tables["theory_nodes"], _HINT)
        if problems:
            raise StudyError(name, Report(tuple(problems)))
        for frame in tables.values():
            # Provenance travels with the table, through pandas, to what a notebook shows of it.
            frame.attrs["provenance"] = DEMO if about.demo else about.name
        return cls(about, **tables)

    @classmethod
    def held(cls, name: str) -> Study:
        """Return a study of the compendium, as ``load`` does; its tables are empty if it has no evidence at all."""
        if any((paths.processed(name) / f"{table}.csv").is_file() for table in TABLES):
            return cls.load(name)
        return cls(study_settings.load(name), **{name: _empty(table) for name, table in TABLES.items()})

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in reading order."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "settings"}


def _empty(table: Table) -> pd.DataFrame:
    kinds = {name: "bool" if c.metadata.get("boolean") else "str" for name, c in table.columns.items()}
    kinds |= {name: "int64" for name, c in table.columns.items() if c.metadata.get("count")}
    return pd.DataFrame(columns=[*table.columns]).astype(kinds)


def read_processed(folder: Path, declared: dict[str, Table]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return the processed tables of a folder by name, and one problem for each that is absent or not as declared.

    Parameters
    ----------
    folder
        Folder of the tables, one CSV each.
    declared
        Their declarations by name.
    """
    problems: list[Problem] = []
    tables = {}
    for name, table in declared.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            problems.append(Problem(path.name, 0, "", "", "table absente", "`pic clean` la fait"))
            continue
        tables[name], found = _read(path, table)
        problems += found
    return tables, problems


def _read(path: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Return one processed table as its declaration says, and one problem for each check that it fails."""
    frame, problems = _checked(path.read_bytes(), table)
    # Writing in it does not write in the one that is kept.
    return frame.copy(deep=False), [*problems]


@lru_cache(maxsize=128)
def _checked(content: bytes, table: Table) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return a table and its problems; a page after another shows the same tables, which are checked once."""
    frame = pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    for name, column in table.columns.items():
        if name in frame and column.metadata.get("boolean"):
            frame[name] = frame[name].eq("true")
        elif name in frame and column.metadata.get("count"):
            frame[name] = pd.to_numeric(frame[name], errors="coerce").fillna(-1).astype("int64")
    if surely_conforms(frame, table):
        return frame, ()
    try:
        return table.schema_of_values.validate(frame, lazy=True), ()
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.to_dict("records")
        return frame, tuple(_schema_problem(f"{table.name}.csv", case) for case in cases)


def _schema_problem(file: str, case: dict) -> Problem:
    row = 0 if pd.isna(case["index"]) else int(case["index"]) + 2
    column = str(case["column"] or "")
    return Problem(file, row, column, str(case["failure_case"]), f"contrôle non satisfait : {case['check']}", _HINT)


def dangling(tables: dict[str, pd.DataFrame], declared: dict[str, Table] = TABLES) -> list[Problem]:
    """Return one problem for each identifier that refers to no row.

    Parameters
    ----------
    tables
        Clean tables by name, as ``schemas`` declares them.
    declared
        Their declarations.
    """
    problems = []
    for table in (t for t in declared.values() if t.name in tables):
        for column, to in table.links.items():
            known = {*tables[to][declared[to].key].to_numpy()}
            values = tables[table.name][column]
            strange = {*values.to_numpy()} - known - {""}
            problems += [
                Problem(
                    f"{table.name}.csv",
                    int(row) + 2,
                    column,
                    value,
                    f"aucune ligne de {to}.csv",
                    _HINT,
                    nearest(value, known),
                )
                for row, value in values[values.isin(strange)].items()
            ]
    return problems
