"""Clean citations: each printed reference becomes a cell, or goes to quarantine."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pic_analysis.cleaning.columns import CleanColumn, Fault
from pic_analysis.cleaning.references import Reference, Unreadable, misplaced, parse_reference
from pic_analysis.cleaning.table import Cleaned, LogEntry, clean_table
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.tables import RawTable
from pic_analysis.schemas import TABLES

RAW_COLUMNS = ("citation_id", "statement_id", "report_section", "raw_reference")


def clean_citations(raw: RawTable, settings: Settings) -> Cleaned:
    """Return the citations with the cell that each names.

    A readable reference that stands out of its package or section is kept as it is, logged, and
    reported as a notice.
    """
    frame = raw.frame
    parsed = {
        row: parse_reference(reference, settings, section)
        for row, reference, section in zip(frame.index, frame["raw_reference"], frame["report_section"], strict=True)
    }
    printed = CleanColumn(
        frame["raw_reference"].str.strip(),
        {row: " ; ".join(p.repairs) for row, p in parsed.items() if isinstance(p, Reference) and p.repairs},
        {
            row: Fault(frame.at[row, "raw_reference"], p.reason, p.nearest)
            for row, p in parsed.items()
            if isinstance(p, Unreadable)
        },
    )
    cells = {row: p if isinstance(p, Reference) else Reference("", "", "", "") for row, p in parsed.items()}
    derived = {
        "raw_reference": printed,
        "cell_id": _column(cells, "cell_id"),
        "case": _column(cells, "case"),
        "package": _column(cells, "package"),
        "cell_section": _column(cells, "section"),
        "repaired": CleanColumn(pd.Series({row: bool(c.repairs) for row, c in cells.items()}, dtype=bool)),
    }
    cleaned = clean_table(raw, TABLES["citations"], derived)
    return _with_misplaced(cleaned, cells, settings)


def _column(cells: dict[int, Reference], part: str) -> CleanColumn:
    return CleanColumn(pd.Series({row: getattr(cell, part) for row, cell in cells.items()}, dtype=str))


def _with_misplaced(cleaned: Cleaned, cells: dict[int, Reference], settings: Settings) -> Cleaned:
    """Add the log and the notices of the references that are readable but out of their place."""
    log: list[LogEntry] = []
    for row, section in cleaned.frame["report_section"].items():
        cell = cells[int(row)]
        if why := misplaced(cell, section, settings):
            printed = cleaned.frame.at[row, "raw_reference"]
            log.append(LogEntry("citations.csv", int(row), "cell_id", printed, cell.cell_id, f"gardé tel quel ; {why}"))
    notices = tuple(
        Problem(e.file, e.row, "raw_reference", e.raw, e.rule, "Rien à faire : l’écart est publié", blocking=False)
        for e in log
    )
    # The cell is derived from the printed form: its repair is logged once, with the cell as the result.
    repaired = tuple(
        LogEntry(e.file, e.row, e.column, e.raw, cells[e.row].cell_id, e.rule) if e.column == "raw_reference" else e
        for e in cleaned.log
    )
    return replace(cleaned, log=(*repaired, *log), problems=(*cleaned.problems, *notices))
