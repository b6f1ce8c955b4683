"""Clean testimonies: each printed speaker becomes a respondent, an expert or a document."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pic_analysis.cleaning.columns import CleanColumn, Fault
from pic_analysis.cleaning.speakers import Speaker, parse_document, parse_expert, parse_respondent
from pic_analysis.cleaning.table import Cleaned, LogEntry, clean_table
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.tables import RawTable
from pic_analysis.schemas import TABLES

RAW_COLUMNS = (
    "testimony_id",
    "speaker_kind",
    "raw_speaker",
    "statement_id",
    "report_section",
    "polarity",
    "summary_fr",
    "anchor",
)


def clean_testimonies(raw: RawTable, settings: Settings) -> Cleaned:
    """Return the testimonies with their speaker and the case that a respondent's code tells.

    A voice that the report signs with nothing gets ``sans-code-`` and its own number: two such voices
    are never taken for one, nor for a known respondent.
    """
    speakers = {
        int(row): _speaker(kind, printed, testimony, settings)
        for row, kind, printed, testimony in zip(
            raw.frame.index,
            raw.frame["speaker_kind"],
            raw.frame["raw_speaker"],
            raw.frame["testimony_id"],
            strict=True,
        )
    }
    read = {row: speaker or Speaker("") for row, speaker in speakers.items()}
    faults = {
        row: Fault(
            raw.frame.at[row, "raw_speaker"],
            "attendu : un code d’entretien (lettre connue de study.yml, un ou deux chiffres)",
        )
        for row, speaker in speakers.items()
        if speaker is None
    }
    repairs = {row: " ; ".join(speaker.repairs) for row, speaker in read.items() if speaker.repairs}
    derived = {
        "speaker_id": CleanColumn(pd.Series({r: s.speaker_id for r, s in read.items()}, dtype=str), repairs, faults),
        "case": CleanColumn(pd.Series({r: s.case for r, s in read.items()}, dtype=str)),
    }
    cleaned = clean_table(raw, TABLES["testimonies"], derived)
    log = tuple(
        LogEntry(e.file, e.row, "raw_speaker", raw.frame.at[e.row, "raw_speaker"], e.clean, e.rule)
        if e.column == "speaker_id"
        else e
        for e in cleaned.log
    )
    return replace(cleaned, log=log)


def _speaker(kind: str, printed: str, testimony: str, settings: Settings) -> Speaker | None:
    if not printed.strip():
        number = testimony.removeprefix("tem-")
        return Speaker(f"sans-code-{number}", repairs=("voix sans signature : numérotée",))
    if known := settings.printed_speakers.get(printed.strip()):
        return Speaker(known, repairs=("identité donnée par study.yml",))
    if kind == "expert":
        return parse_expert(printed)
    if kind == "document":
        return parse_document(printed, settings)
    return parse_respondent(printed, settings)
