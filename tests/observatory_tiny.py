"""Clean tables of indicators of a few rows, literal: small enough to be read whole in a failure."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "indicator_id",
    "territory_id",
    "period",
    "value",
    "unit",
    "status",
    "vintage",
    "dataset_id",
    "retrieved",
    "quality",
    "note_fr",
]


def observation(period: str, value: str, status: str = "definitive", vintage: str = "2023-12", **more: str) -> dict:
    """Return one observation of an unemployment rate."""
    made = dict.fromkeys(COLUMNS, "") | {
        "indicator_id": "P03",
        "territory_id": "ZE2020-3215",
        "period": period,
        "value": value,
        "unit": "percent",
        "status": status,
        "vintage": vintage,
        "dataset_id": "DS01",
        "retrieved": "2026-11-22",
        "quality": "A",
    }
    return made | more


def observations(*rows: dict) -> pd.DataFrame:
    """Return the table of these observations."""
    return pd.DataFrame([*rows], columns=COLUMNS)


def editions(**published: list[dict]) -> pd.DataFrame:
    """Return the table of what editions published, as ``_2026_11_22=[observation...]``."""
    columns = ["edition", "indicator_id", "territory_id", "period", "value", "status", "vintage"]
    rows = [{**row, "edition": day.strip("_").replace("_", "-")} for day, rows in published.items() for row in rows]
    return pd.DataFrame(rows, columns=columns)


def table(columns: str, *rows: tuple[str, ...]) -> pd.DataFrame:
    """Return any other table: names with spaces between, then rows."""
    return pd.DataFrame([*rows], columns=columns.split(), dtype="str")


def breaks(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Return breaks of series."""
    return table("indicator_id territory_id period reason_fr dataset_id", *rows)


def releases(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Return releases expected."""
    return table("indicator_id period expected_on basis_fr", *rows)


def revisions(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Return lines of revision."""
    return table("indicator_id territory_id period revised_on old new reason_fr", *rows)
