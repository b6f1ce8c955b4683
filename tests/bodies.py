"""Bodies of evidence written in short or drawn at random, and the same rule in plain Python to check against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from functools import cache
from typing import Any

import pandas as pd
import tiny
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pic_analysis.evidence.body import Body
from pic_analysis.reading.settings import Settings, parse
from pic_analysis.schemas import TABLES
from pic_analysis.study import Study

Relations = dict[str, str]
"""What a statement does of the claim: supports, opposes."""
Call = tuple[str, str, bool]
"""A statement, a source that it calls on, whether that source agrees."""

SOURCES = {
    "cas:Agri": ("Agri", "case_study"),
    "cas:Eco": ("Eco", "case_study"),
    "cas:Part": ("Part", "case_study"),
    "entretien:C1": ("", "interview"),
    "entretien:C2": ("", "interview"),
    "entretien:C3": ("", "interview"),
    "entretien:C4": ("", "interview"),
    "entretien:E1": ("Eco", "interview"),
    "entretien:P1": ("Part", "interview"),
    "entretien:P2": ("Part", "interview"),
    "expert:x": ("", "expert"),
    "document:d": ("", "document"),
}
"""Case and kind of each source."""

RULE: dict[str, Any] = {
    "extent": {
        "required": 3,
        "medium": {"cases": 2, "respondents": 2, "source_kinds": 1},
        "robust": {"cases": 3, "respondents": 4, "source_kinds": 2},
    },
    "agreement": {"medium": 0.5, "strong": 0.8},
    "confidence": {
        "limited": {"low": "low", "medium": "low", "strong": "medium"},
        "medium": {"low": "low", "medium": "medium", "strong": "medium"},
        "robust": {"low": "medium", "medium": "medium", "strong": "high"},
    },
}
"""The rule of strength that most tests read."""


def attached(relations: Relations | Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return the statements of a claim as a frame."""
    pairs = relations.items() if isinstance(relations, dict) else relations
    return pd.DataFrame([*pairs], columns=["statement_id", "relation"], dtype=str)


def called(calls: Iterable[Call]) -> pd.DataFrame:
    """Return the sources of statements as a frame, their case and kind looked up in `SOURCES`."""
    rows = [(statement, source, *SOURCES[source], agrees) for statement, source, agrees in calls]
    return pd.DataFrame(rows, columns=["statement_id", "source", "case", "kind", "agrees"])


def body(relations: Relations, calls: Iterable[Call]) -> Body:
    """Return a body of evidence."""
    return Body(attached(relations), called(calls))


def left(relations: Relations, calls: Iterable[Call], removed: Iterable[str] = ()) -> dict[str, int]:
    """Count, in plain Python, what is left of a body of evidence without some sources."""
    own = [call for call in calls if call[0] in relations]
    kept = [call for call in own if call[1] not in set(removed)]
    lost = {statement for statement, *_ in own} - {statement for statement, *_ in kept}
    supporting = [s for s, relation in relations.items() if relation == "supports" and s not in lost]
    opposing = [s for s, relation in relations.items() if relation == "opposes" and s not in lost]
    favours = {source for statement, source, agrees in kept if statement in supporting and agrees}
    dissents = {source for statement, source, agrees in kept if statement in supporting and not agrees}
    return {
        "sources": len(favours),
        "cases": len({SOURCES[source][0] for source in favours} - {""}),
        "respondents": len([source for source in favours if SOURCES[source][1] == "interview"]),
        "kinds": len({SOURCES[source][1] for source in favours} - {"case_study"}),
        "supports": len(supporting),
        "against": len(opposing) + len(dissents),
    }


def confidence(found: dict[str, int], rule: dict[str, Any] = RULE) -> int:
    """Return, in plain Python, the position of the confidence that some counts give: 0 is none."""
    if not found["sources"]:
        return 0
    everything = found["supports"] + found["against"]
    share = Fraction(found["supports"], everything) if everything else Fraction(0)
    extent, agreement = "limited", "low"
    for level in ("medium", "robust"):
        wanted = rule["extent"][level]
        reached = [
            found["cases"] >= wanted["cases"],
            found["respondents"] >= wanted["respondents"],
            found["kinds"] >= wanted["source_kinds"],
        ]
        if sum(reached) < rule["extent"]["required"]:
            break
        extent = level
    for level in ("medium", "strong"):
        if share < Fraction(str(rule["agreement"][level])):
            break
        agreement = level
    return ["none", "low", "medium", "high"].index(rule["confidence"][extent][agreement])


unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""For every test on bodies drawn at random: a busy machine must not fail them."""

STATEMENTS = ["S1", "S2", "S3", "S4", "S5"]

relations = st.dictionaries(st.sampled_from(STATEMENTS), st.sampled_from(["supports", "supports", "opposes"]))
"""Statements of a claim; a random one may have none."""
calls = st.lists(
    # S9 belongs to another claim; a voice in four dissents.
    st.tuples(st.sampled_from([*STATEMENTS, "S9"]), st.sampled_from([*SOURCES]), st.sampled_from([True] * 3 + [False])),
    max_size=12,
)
"""Sources of statements, repetitions included."""


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a sensible rule: no threshold of a higher level is below that of a lower one."""
    few, shares = st.integers(0, 4), st.sampled_from([0.25, 0.4, 0.5, 0.6, 0.75, 0.8, 1])
    pairs = {name: sorted(draw(st.tuples(few, few))) for name in ("cases", "respondents", "source_kinds")}
    medium, strong = sorted(draw(st.tuples(shares, shares)))
    return {
        **RULE,
        "extent": {
            "required": draw(st.integers(1, 3)),
            "medium": {name: pair[0] for name, pair in pairs.items()},
            "robust": {name: pair[1] for name, pair in pairs.items()},
        },
        "agreement": {"medium": medium, "strong": strong},
    }


def study(**tables: list[dict[str, Any]]) -> Study:
    """Return a study of a few rows, in memory: only what is given is filled, other text is empty."""
    filled = {name: _frame(name, rows) for name, rows in tables.items()}
    return Study(_settings(), **(_empty() | filled))


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = [*TABLES[table].columns]
    return pd.DataFrame([[row.get(column, "") for column in columns] for row in rows], columns=columns)


@cache
def _settings() -> Settings:
    return parse("essai", tiny.SETTINGS)


@cache
def _empty() -> dict[str, pd.DataFrame]:
    return {field.name: _frame(field.name, []) for field in fields(Study) if field.name != "settings"}
