"""Rows of the tables that the quality rules read, written where a test asks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pic_analysis.reading import settings
from pic_analysis.schemas import TABLES
from pic_analysis.study import Study


def fact(identifier: str, value: str, unit: str = "réunion", **about: str) -> dict[str, str]:
    """Return a fact of the report, exact unless said otherwise."""
    given = {"fact_id": identifier, "source_id": "SRC01", "section": "2.2", "anchor": f"{value} imprimés"}
    given |= {"quantity": "meetings", "label_fr": "réunions", "value": value, "precision": "exact", "unit": unit}
    return {**dict.fromkeys(TABLES["facts"].columns, ""), **given, "quality": "D", **about}


def statement(identifier: str, section: str, role: str = "change", **about: str) -> dict[str, str]:
    """Return a statement that supports the expected change."""
    given = {"statement_id": identifier, "report_section": section, "package": identifier[0], "role": role}
    given |= {"polarity": "supports", "quantifier": "", "summary_fr": "Dit.", "anchor": f"ancre de {identifier}"}
    return {**given, **about}


def conclusion(identifier: str, quantifier: str, **about: str) -> dict[str, str]:
    """Return a conclusion of package B."""
    given = {"conclusion_id": identifier, "package": "B", "direction": "contribution", "summary_fr": "Conclu."}
    return {**given, "quantifier": quantifier, **about}


def support(conclusion: str, statement: str, relation: str = "supports", basis: str = "explicit") -> dict[str, str]:
    """Return one attachment of a conclusion."""
    return {"conclusion_id": conclusion, "statement_id": statement, "relation": relation, "basis": basis}


def discrepancy(identifier: str, kind: str, first: tuple[str, str], second: tuple[str, str] | None) -> dict[str, str]:
    """Return a row of the register, its passages as pairs of a section and an anchor, in the report."""
    given = {"discrepancy_id": identifier, "kind": kind, "severity": "notable", "summary_fr": "Écart."}
    given |= {"first_source": "SRC01", "first_section": first[0], "first_anchor": first[1]}
    given |= {"second_source": "SRC01" if second else "", "consequence_fr": "Ne pas."}
    return given | {"second_section": second[0] if second else "", "second_anchor": second[1] if second else ""}


def study_of(**tables: list[dict[str, object]]) -> Study:
    """Return a study that holds these rows and nothing else, but the report among its sources."""
    report = {"source_id": "SRC01", "kind": "report", "title": "Rapport"}
    rows = {"sources": [{**dict.fromkeys(TABLES["sources"].columns, ""), **report}], **tables}
    frames = {name: pd.DataFrame(rows.get(name, []), columns=[*table.columns]) for name, table in TABLES.items()}
    typed = {name: frame.astype(_types(name)) for name, frame in frames.items()}
    return Study(replace(settings.example(), conclusions_section="4", conclusions_mark="CCL"), **typed)


def _types(name: str) -> dict[str, str]:
    columns = TABLES[name].columns
    return {
        column: "bool" if about.metadata.get("boolean") else "int64" if about.metadata.get("count") else "object"
        for column, about in columns.items()
    }
