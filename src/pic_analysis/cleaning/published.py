"""Hold what editions published: a value changes by a line of revision, or by a newer extract; never alone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from pic_analysis.cleaning.revision_chains import Line, State, walk
from pic_analysis.cleaning.table import clean_table
from pic_analysis.cleaning.vintages import KEY, current
from pic_analysis.numbers_fr import count
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.problems import Problem
from pic_analysis.reading.tables import RawTable, read_table
from pic_analysis.schemas.indicators import EDITIONS, INDICATOR_TABLES
from pic_analysis.vocabulary import is_date

FOLDER = "editions"
EXTRACTS = "extracts"
COLUMNS = tuple(EDITIONS.columns)[1:]
"""Columns of an edition's file, whose name is its date."""
REASON = "MOTIF"
"""What stands for the reason in a line that is ready to paste: it is refused as it is."""

_REVISIONS = [*INDICATOR_TABLES["revisions"].columns]
Key = tuple[str, str, str]


def read_editions(folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Return what every edition of a folder published, in the order of their dates, and the problems of their files."""
    frames = [pd.DataFrame(columns=[*EDITIONS.columns], dtype="str")]
    problems = []
    for path in sorted(path for path in folder.glob("*") if not path.name.startswith(".")):
        file = f"{FOLDER}/{path.name}"
        if path.suffix != ".csv" or len(path.stem) != 10 or not is_date(path.stem):
            said = "fichier inconnu : une édition porte sa date pour nom, par exemple 2026-11-22.csv"
            problems.append(Problem(file, 0, "", "", said))
            continue
        raw = read_table(path, COLUMNS)
        cleaned = clean_table(RawTable(file, raw.frame.assign(edition=path.stem), raw.problems), EDITIONS)
        frames.append(cleaned.frame)
        problems += cleaned.problems
    return pd.concat(frames, ignore_index=True), problems


def revise(
    editions: pd.DataFrame,
    observations: pd.DataFrame,
    revisions: pd.DataFrame,
    today: datetime.date,
    held: Collection[Key] = (),
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return every revision, those of newer extracts included, and the problems of values that changed without one.

    Parameters
    ----------
    editions
        What was published, from `read_editions`.
    observations
        Clean observations, with the ``file`` and ``row`` of each.
    revisions
        Lines of revision, indexed by their row.
    today
        Date of the line that is proposed where one is missing.
    held
        Keys of rows in quarantine: their values are not gone, they wait.
    """
    changed = _changed(editions, observations) | {*revisions[[*KEY]].itertuples(index=False, name=None)}
    written = revisions.sort_values("revised_on", kind="stable")
    lines: dict[Key, list[Line]] = {}
    for row, indicator, territory, period, *line in written[[*KEY, "revised_on", "old", "new"]].itertuples():
        lines.setdefault((indicator, territory, period), []).append(Line(int(row), *line))
    known = _rows(observations, changed)
    published = _rows(editions, changed)
    made, problems = [], []
    for key in sorted(changed):
        if key in held:
            continue
        own = known.get(key, [])
        today_is = max(own, key=lambda row: row["vintage"], default=None)
        by_vintage = {row["vintage"]: row for row in own}
        states = [
            State(row["edition"], row["value"], _extract(by_vintage.get(row["vintage"])))
            for row in published.get(key, [])
        ]
        states.append(State("", today_is["value"] if today_is else "", _extract(today_is)))
        older = [row["value"] for row in own if row is not today_is]
        found = walk(states, lines.get(key, []), older)
        made += [(*key, line, today_is) for line in found.automatic]
        problems += [_broken(line, before) for line, before in found.broken]
        problems += [_silent(key, state, before, states, today_is, today) for state, before in found.silent]
    rows = [(*key, line.date, line.old, line.new, _reason(line.date)) for *key, line, _ in made]
    automatic = pd.DataFrame(rows, columns=_REVISIONS, dtype="str")
    problems += _told([str(row["file"]) for *_, row in made if row])
    whole = pd.concat([revisions[_REVISIONS], automatic], ignore_index=True)
    return whole.sort_values([*KEY, "revised_on"], kind="stable", ignore_index=True), problems


def _changed(editions: pd.DataFrame, observations: pd.DataFrame) -> set[Key]:
    """Return the keys whose value is not the same in all editions that have it, and today."""
    if editions.empty:
        return set()
    keys, now = [*KEY], current(observations)
    first = editions.drop_duplicates(keys)[[*keys, "value"]]
    after = pd.concat([editions[[*keys, "value"]], now[[*keys, "value"]]], ignore_index=True)
    joined = after.merge(first, on=keys, suffixes=("", "_first"))
    moved = joined.loc[joined["value"] != joined["value_first"], keys]
    gone = first.merge(now[keys], on=keys, how="left", indicator=True).query("_merge == 'left_only'")[keys]
    last = editions["edition"].max()
    missed = first.merge(editions.loc[editions["edition"] == last, keys], on=keys, how="left", indicator=True)
    missed = missed.query("_merge == 'left_only'")[keys]
    return {*pd.concat([moved, gone, missed]).itertuples(index=False, name=None)}


def _rows(table: pd.DataFrame, keys: set[Key]) -> dict[Key, list[dict[str, str]]]:
    """Return the rows of some keys, in their order."""
    if not keys or table.empty:
        return {}
    chosen = pd.MultiIndex.from_frame(table[[*KEY]]).isin(keys)
    rows: dict[Key, list[dict[str, str]]] = {}
    for row in table[chosen].to_dict("records"):
        rows.setdefault((row["indicator_id"], row["territory_id"], row["period"]), []).append(row)
    return rows


def _extract(row: dict[str, str] | None) -> str:
    """Return the date of the extract that a row comes from; empty if people wrote it."""
    return row["retrieved"] if row and row["file"].startswith(f"{EXTRACTS}/") else ""


def _reason(day: str) -> str:
    return f"nouvelle diffusion du producteur (extrait du {date_fr(day)})"


def _told(files: Sequence[str]) -> list[Problem]:
    """Return one notice for each extract that revised published values."""
    return [
        Problem(
            file,
            0,
            "value",
            "",
            f"{count(files.count(file), 'valeur publiée révisée', 'valeurs publiées révisées')} par cet extrait",
            "La liste est dans la table revisions, et dans « quoi de neuf »",
            blocking=False,
        )
        for file in sorted({*files})
    ]


def _broken(line: Line, before: str) -> Problem:
    if before:
        said = f"ancienne valeur attendue : {before}, publiée jusque-là"
    else:
        said = "personne n’a publié cette ancienne valeur : ni une édition, ni un millésime antérieur"
    return Problem("revisions.csv", line.row, "old", line.old, said, "Les lignes d’une valeur se suivent sans trou")


def _silent(
    key: Key, state: State, before: str, states: Sequence[State], row: dict[str, str] | None, today: datetime.date
) -> Problem:
    """Return the problem of a published value that changed without a line, with the line to add."""
    place = [*states].index(state)
    since = f"l’édition du {date_fr(states[place - 1].date)}" if place else "la dernière ligne de révision"
    line = ",".join((*key, state.date or today.isoformat(), before, state.value, REASON))
    hint = f"Ajoutez à revisions.csv, le motif à la place de {REASON} : {line}"
    shown, was = state.value or "absente", before or "absente"
    said = f"{since} dit {was} : une valeur publiée ne change que par une ligne de révision"
    if state.date:
        return Problem(f"{FOLDER}/{state.date}.csv", 0, "value", f"{' '.join(key)} : {shown}", said, hint)
    file, number = (row["file"], int(row["row"])) if row else ("observations.csv", 0)
    return Problem(file, number, "value", shown if row else f"{' '.join(key)} : {shown}", said, hint)
