"""Clean the indicators of a study: what is measured, its values by vintage, what was published; one report for all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning import decisions as deciding
from pic_analysis.cleaning import indicator_rules as rules
from pic_analysis.cleaning import observations, published
from pic_analysis.cleaning.interview_files import stem
from pic_analysis.cleaning.sieve import Sieve
from pic_analysis.cleaning.table import Cleaned, clean_table, held_identifiers, linked
from pic_analysis.cleaning.vintages import KEY
from pic_analysis.cleaning.wide_tables import read_observations
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.sheets import DELIMITED, WORKBOOKS, Sheet, read_sheet
from pic_analysis.reading.tables import RawTable, read_table
from pic_analysis.schemas import Table
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES
from pic_analysis.vocabulary import nearest

CONNECTIONS = "connections.yml"
"""Addresses that values may be fetched from: nothing of them is cleaned."""

_OBSERVATIONS = "observations"
_SMALL = {name: table for name, table in INDICATOR_TABLES.items() if name != _OBSERVATIONS}
_REQUIRED = ("territories", "datasets", "catalogue")
_FIX = f"Corrigez la cellule ; si la ligne doit rester écartée, dites-le dans {deciding.FILE}"


@dataclass(frozen=True)
class CleanIndicators:
    """The processed tables of a study's indicators, and everything met on the way."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def clean(
    folder: Path,
    settings: Settings,
    evidence: Mapping[str, pd.DataFrame],
    today: datetime.date | None = None,
) -> CleanIndicators:
    """Return the processed tables of the indicators in a raw folder; write nothing.

    Parameters
    ----------
    folder
        ``data/raw/<study>/indicators``: a CSV for each table of ``schemas.indicators``, other files of observations
        (``observations_*``), dated ``extracts/``, ``editions/``, and ``decisions.csv`` where there are any.
    settings
        The study's settings.
    evidence
        The study's clean tables of evidence, which datasets and answers may name; empty if it has none.
    today
        The day after which no value was retrieved; today if not given.

    Notes
    -----
    Rows in = rows clean + rows quarantined + rows that repeat another (told in the log), asserted for each file.
    """
    today = today or datetime.date.today()
    small = linked({name: _small(folder, table) for name, table in _SMALL.items()})
    sheets = _sheets(folder)
    sieve = observations.clean_observations(sheets, _declared(small), today)
    observed = observations.table(sieve)
    tables = {name: cleaned.frame for name, cleaned in small.items()} | {_OBSERVATIONS: observed}
    editions, found = published.read_editions(folder / published.FOLDER)
    problems = [*_strangers(folder), *found]
    problems += [problem for cleaned in small.values() for problem in cleaned.problems]
    problems += [problem for sheet in sheets for problem in sheet.problems]
    problems += sieve.problems({}, _FIX)
    problems += rules.problems(tables, settings, evidence)
    waiting = {*sieve.raw.loc[sieve.faults["position"].unique(), [*KEY]].itertuples(index=False, name=None)}
    revisions, found = published.revise(editions, observed, tables["revisions"], today, waiting)
    problems += found
    held, decisions = _held(small, sieve), _decisions(folder)
    rows = {} if decisions.frame.empty else _identified(small, held)
    problems, accepted = deciding.decide(problems, rows, decisions)
    made = tables | {"revisions": revisions, "editions": editions}
    made |= {"cleaning_log": _log(small, sieve), "quarantine": _quarantine(held, accepted)}
    return CleanIndicators(_as_declared(made), tuple(rules.located(problem, paths.INDICATORS) for problem in problems))


def _small(folder: Path, table: Table) -> Cleaned:
    """Return one table, cleaned after its declaration; of one that is not there, no row."""
    path = folder / f"{table.name}.csv"
    titles = [column.title for column in table.columns.values()]
    fields = {name: (c.title,) if titles.count(c.title) == 1 else (name,) for name, c in table.columns.items()}
    needed = [name for name, column in table.columns.items() if column.metadata["required"]]
    if path.is_file() or table.name in _REQUIRED:
        sheet = read_sheet(path, fields, required=needed)
    else:
        sheet = Sheet(path.name, pd.DataFrame(columns=[*fields], dtype="str"))
    raw = RawTable(sheet.file, sheet.frame, _told(sheet))
    return clean_table(raw, table, rules.read_cells(raw.frame, table.columns))


def _told(sheet: Sheet) -> tuple[Problem, ...]:
    """Return the problems of a file; one that has only its header is a table where nothing is known yet."""
    return tuple(p for p in sheet.problems if not (p.expected.startswith("aucune ligne sous") and sheet.headers))


def _sheets(folder: Path) -> list[Sheet]:
    """Return every file of observations: the study's own, then the producers' extracts by date."""
    own = [path for path in _files(folder) if path.stem == _OBSERVATIONS]
    own += [path for path in _files(folder) if path.stem.startswith(f"{_OBSERVATIONS}_")]
    extracts = sorted(_files(folder / published.EXTRACTS), key=lambda path: (path.stem[-10:], path.name))
    return [_sheet(path, path.name) for path in own] + [
        _sheet(path, f"{published.EXTRACTS}/{path.name}") for path in extracts
    ]


def _sheet(path: Path, file: str) -> Sheet:
    sheet = read_observations(path, observations.FIELDS, observations.REQUIRED)
    return replace(sheet, file=file, problems=tuple(replace(problem, file=file) for problem in _told(sheet)))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))


def _strangers(folder: Path) -> list[Problem]:
    """Report files that nothing reads: a misspelt name would otherwise go unseen."""
    known = [f"{name}.csv" for name in INDICATOR_TABLES] + [deciding.FILE, CONNECTIONS]
    problems = []
    for path in _files(folder):
        tabular = path.suffix.lower() in (*DELIMITED, *WORKBOOKS)
        if path.name in known or (tabular and (path.stem + "_").startswith(f"{_OBSERVATIONS}_")):
            continue
        if path.name.lower() not in ("readme.md", "lisez-moi.md"):
            said = "fichier inconnu : rien n’y est lu"
            problems.append(
                Problem(path.name, 0, "", "", said, f"Noms lus : {', '.join(known)}", nearest(path.name, known))
            )
    if not any(path.stem.startswith(_OBSERVATIONS) for path in _files(folder)):
        said = "fichier attendu, absent"
        hint = f"Placez-le dans {paths.INDICATORS}/, ne fût-ce qu’avec son en-tête"
        problems.append(Problem(f"{_OBSERVATIONS}.csv", 0, "", "", said, hint))
    return problems


def _declared(small: Mapping[str, Cleaned]) -> observations.Declared:
    catalogue = small["catalogue"].frame.set_index("indicator_id")
    return observations.Declared(
        catalogue["unit"].to_dict(),
        catalogue["frequency"].to_dict(),
        catalogue["quality"].to_dict(),
        small["territories"].frame.set_index("territory_id")["label_fr"].to_dict(),
        frozenset(small["datasets"].frame["dataset_id"]),
        {name: held_identifiers(small[name]) for name in _REQUIRED},
    )


def _decisions(folder: Path) -> RawTable:
    path = folder / deciding.FILE
    if path.is_file():
        return read_table(path, deciding.COLUMNS)
    return RawTable(path.name, pd.DataFrame(columns=[*deciding.COLUMNS], dtype="str"))


def _held(small: Mapping[str, Cleaned], sieve: Sieve) -> pd.DataFrame:
    """Return every row in quarantine: those of small tables, then observations."""
    columns = ["file", "row", "content", "reason_fr"]
    rows = [(q.file, q.row, q.content, q.reason_fr) for cleaned in small.values() for q in cleaned.quarantine]
    return pd.concat([pd.DataFrame(rows, columns=columns), sieve.held()[columns]], ignore_index=True)


def _identified(small: Mapping[str, Cleaned], held: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return the rows in quarantine that a decision may name, by file and identifier."""
    rows = {}
    for file, row, content, _ in held[["file", "row", "content", "reason_fr"]].itertuples(index=False):
        cells = json.loads(content)
        table = str(file).removesuffix(".csv")
        names = small[table].table.keys if table in small else (*KEY, "vintage")
        rows[str(file), " ".join(cells[name] for name in names)] = int(row)
    return rows


def _quarantine(held: pd.DataFrame, accepted: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    places = [*zip(held["file"].astype(str).tolist(), held["row"].astype(int).tolist(), strict=True)]
    return held.assign(
        entry_id=_entries(held, [f".{row}" for _, row in places]),
        decision_fr=[accepted.get(place, "") for place in places],
    )


def _log(small: Mapping[str, Cleaned], sieve: Sieve) -> pd.DataFrame:
    columns = ["file", "row", "column", "raw", "clean", "rule"]
    own = [
        (entry.file, entry.row, entry.column, entry.raw, entry.clean, entry.rule)
        for cleaned in small.values()
        for entry in cleaned.log
    ]
    log = pd.concat([pd.DataFrame(own, columns=columns), sieve.log()[columns]], ignore_index=True)
    ends = [f".{row}.{column}" for row, column in zip(log["row"].tolist(), log["column"].tolist(), strict=True)]
    return log.assign(entry_id=_entries(log, ends))


def _entries(rows: pd.DataFrame, ends: list[str]) -> list[str]:
    """Return identifiers that are unique: of a wide table, several observations share one row."""
    seen: dict[str, int] = {}
    names = []
    stems = {file: stem(str(file)) for file in rows["file"].unique()}
    for name, end in zip(rows["file"].map(stems).tolist(), ends, strict=True):
        times = seen[name + end] = seen.get(name + end, 0) + 1
        names.append(f"{name}{f'_n{times}' * (times > 1)}{end}")
    return names


def _as_declared(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    declared = {**INDICATOR_TABLES, **INDICATOR_RECORDS}
    return {
        name: pd.DataFrame(
            {
                column: tables[name][column].astype("int64" if about.metadata.get("count") else "str")
                for column, about in table.columns.items()
            },
            copy=False,
        ).reset_index(drop=True)
        for name, table in declared.items()
    }
