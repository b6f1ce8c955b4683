"""Take away the voices of those who withdrew what a report quotes of them, and whatever else tells of these voices.

They go before anything is cleaned: no table, log or quarantine ever holds them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pic_analysis.cleaning.speakers import parse_respondent
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.tables import RawTable
from pic_analysis.schemas import TABLES

FILE = "retraits.txt"
REDACTED = "[voix retirée]"
"""What stands where another table spoke of a withdrawn voice, in a row that cannot go."""

_SHORTEST = 12  # letters from which on a few words are told to be somebody's
_LINKED = {to for table in TABLES.values() for to in table.links.values()}


@dataclass(frozen=True)
class Withdrawn:
    """What was withdrawn of a study: the codes, the voices, and the rows taken away, by table."""

    codes: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def notice(self) -> tuple[Problem, ...]:
        """Say how many voices are withdrawn, and nothing of whose."""
        if not self.voices:
            return ()
        said = f"{len(self.voices)} voix retirée{'s' * (len(self.voices) > 1)} : absente de toutes les tables"
        return (Problem(FILE, 0, "", "", said, blocking=False),)


def read_withdrawn(folder: Path) -> frozenset[str]:
    """Return the codes of respondents, or the numbers of voices, that a study's file names, one a line.

    What follows a code on its line is for people (a date); lines that begin with ``#`` too.
    """
    path = folder / FILE
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    return frozenset(line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#"))


def without(
    raw: Mapping[str, RawTable], codes: Collection[str], settings: Settings
) -> tuple[dict[str, RawTable], Withdrawn]:
    """Return the raw tables without the voices of some respondents, or without some voices.

    Parameters
    ----------
    raw
        The raw tables by name.
    codes
        Codes of respondents (``P11``) or numbers of voices (``tem-045``).
    settings
        The study's settings.

    Notes
    -----
    A row that tells of a withdrawn voice goes too (a discrepancy about it, its double coding), unless other rows refer
    to it: the code is then struck out of its texts.
    """
    if not codes:
        return dict(raw), Withdrawn()
    spoken = raw["testimonies"].frame
    gone = [
        row
        for row, voice, kind, printed in zip(
            spoken.index, spoken["testimony_id"], spoken["speaker_kind"], spoken["raw_speaker"], strict=True
        )
        if voice.strip() in codes or code_of(kind, printed, settings) in codes
    ]
    voices = frozenset(spoken.loc[gone, "testimony_id"].str.strip())
    people = {code for code in codes if not code.startswith("tem-")}
    printed = {p.strip() for p in spoken.loc[gone, "raw_speaker"] if code_of("interview", p, settings) in people}
    words = _words(spoken.loc[gone]) - _words(spoken.drop(index=gone))
    told = _mentions({*voices, *words}, people | printed, _identifiers(raw.values()))
    tables, rows = {}, [("testimonies", int(row)) for row in gone]
    for name, table in raw.items():
        frame = table.frame.drop(index=gone) if name == "testimonies" else table.frame
        telling = [
            row for row, cells in zip(frame.index, frame.to_numpy(), strict=True) if told.search("\n".join(cells))
        ]
        if name not in _LINKED:
            rows += [(name, int(row)) for row in telling]
            frame = frame.drop(index=telling)
        elif telling:
            frame = frame.apply(lambda column: column.str.replace(told, REDACTED, regex=True))
        left = {int(row) for row in frame.index}
        lost = {int(row) for row in table.frame.index} - left
        # What is wrong with a row that goes is nobody's business any more.
        tables[name] = replace(table, frame=frame, problems=tuple(p for p in table.problems if p.row not in lost))
    return tables, Withdrawn(frozenset(codes), voices, tuple(rows))


def decisions_without(decisions: RawTable, withdrawn: Withdrawn) -> RawTable:
    """Return the decisions but for those about a withdrawn voice."""
    about = decisions.frame["identifier"].isin([*withdrawn.voices])
    return replace(decisions, frame=decisions.frame[~about])


def code_of(kind: str, printed: str, settings: Settings) -> str:
    """Return the code of who speaks; an empty string if none can be read."""
    if kind.strip() != "interview":
        return ""
    if known := settings.printed_speakers.get(printed.strip()):
        return known
    speaker = parse_respondent(printed, settings) if printed.strip() else None
    return speaker.speaker_id if speaker else ""


def _identifiers(tables: Iterable[RawTable]) -> set[str]:
    """Return what other things bear as a name: a box of the theory may be called as a respondent is."""
    return {str(value) for table in tables if len(table.frame.columns) for value in table.frame.iloc[:, 0]}


def _words(spoken: pd.DataFrame) -> set[str]:
    """Return the words by which voices are told: their anchors and summaries, but for those too short to be theirs."""
    return {
        text for column in ("anchor", "summary_fr") for text in spoken[column].str.strip() if len(text) >= _SHORTEST
    }


def _mentions(told: Collection[str], people: Collection[str], names: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of what tells of withdrawn voices.

    A code that names other things too counts only where it stands as a person's.
    """
    plain = [re.escape(code) for code in (*told, *(code for code in people if code and code not in names))]
    doubtful = [re.escape(code) for code in people if code in names]
    parts = [rf"(?<![\w-])(?:{'|'.join(sorted(plain))})(?!\w)"] if plain else []
    if doubtful:
        codes = "|".join(sorted(doubtful))
        parts.append(rf"\((?:{codes})\)|(?:[Cc]ode|[Ee]ntretien|[Rr]épondante?) (?:{codes})(?!\w)")
    return re.compile("|".join(parts) or r"(?!)")
