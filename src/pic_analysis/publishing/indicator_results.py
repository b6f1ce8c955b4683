"""Publish each indicator as files: its values, its whole card, and the form to write the next value in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning.vintages import current
from pic_analysis.files import write_folder
from pic_analysis.indicators.key_figures import focus
from pic_analysis.indicators.values import segments
from pic_analysis.observatory import Observatory
from pic_analysis.periods import next as following
from pic_analysis.periods import parse
from pic_analysis.schemas import columns as c
from pic_analysis.schemas import table_schema
from pic_analysis.schemas.indicators import INDICATOR_TABLES
from pic_analysis.schemas.table import Table

OBSERVATIONS = INDICATOR_TABLES["observations"]
VALUES = Table(
    "valeurs",
    "Valeurs d’un indicateur",
    "une valeur, dans son millésime le plus récent",
    {
        **OBSERVATIONS.columns,
        "territory_fr": c.text("Nom du territoire", "Nom officiel", "Lille"),
        "segment": c.count("Définition", "Rang de la définition : deux rangs ne se comparent pas", "0"),
    },
    pair=("indicator_id", "territory_id", "period"),
)
"""Columns of the file of an indicator's values."""


@dataclass(frozen=True)
class Files:
    """Names of the files of one indicator."""

    table: str
    record: str
    schema: str
    form: str
    form_schema: str


def file_names(indicator: str) -> Files:
    """Return the names of the files of an indicator.

    >>> file_names("P03").form
    'P03_saisie.csv'
    """
    return Files(
        f"{indicator}.csv",
        f"{indicator}.json",
        f"{indicator}.schema.json",
        f"{indicator}_saisie.csv",
        f"{indicator}_saisie.schema.json",
    )


def place(known: Observatory) -> str:
    """Return the folder of the files of a study's indicators, as a page of the book links to it."""
    name = known.settings.name
    return paths.from_book(name, paths.cards(name))


def files(known: Observatory) -> dict[str, bytes]:
    """Return every file of the indicators of a study, by name."""
    made: dict[str, bytes] = {}
    for indicator in known.catalogue["indicator_id"]:
        names, table = file_names(indicator), values(known, indicator)
        made[names.table] = _csv(table)
        made[names.record] = _json(record(known, indicator, table))
        made[names.schema] = _json(table_schema(VALUES, INDICATOR_TABLES))
        made[names.form] = _csv(form(known, indicator))
        made[names.form_schema] = _json(form_schema(known, indicator))
    return made


def write(known: Observatory, folder: Path) -> None:
    """Write the files of a study's indicators, each atomically, and remove those no longer made."""
    write_folder(folder, files(known))


def values(known: Observatory, indicator: str) -> pd.DataFrame:
    """Return the values of an indicator, one row a territory and period, as `VALUES` declares them."""
    own = current(known.observations[known.observations["indicator_id"] == indicator])
    own = own.assign(territory_fr=own["territory_id"].map(known.labels), segment=segments(own, known.breaks))
    order = own["period"].map(lambda text: parse(text).first_day)
    return own.assign(_from=order).sort_values(["territory_id", "_from"], kind="stable")[[*VALUES.columns]]


def record(known: Observatory, indicator: str, own: pd.DataFrame) -> dict[str, Any]:
    """Return everything known of an indicator: card, breaks, revisions, releases, values and their sources."""
    parts = {
        name: _rows(table[table["indicator_id"] == indicator])
        for name, table in known.tables.items()
        if name in ("breaks", "revisions", "releases", "comparators")
    }
    used = known.datasets[known.datasets["dataset_id"].isin(own["dataset_id"])]
    return {**known.card(indicator), **parts, "datasets": _rows(used), "observations": _rows(own)}


def form(known: Observatory, indicator: str) -> pd.DataFrame:
    """Return the form of the next value of an indicator: the header of the raw table, and one line to complete."""
    about = known.card(indicator)
    filled = {
        "indicator_id": indicator,
        "territory_id": focus(indicator, known.observations, known.comparators) or _own_territory(known),
        "period": next_period(known, indicator),
        "unit": about["unit"],
        "quality": about["quality"],
    }
    return pd.DataFrame([{name: filled.get(name, "") for name in OBSERVATIONS.columns}])


def next_period(known: Observatory, indicator: str) -> str:
    """Return the period whose value comes next: the first that the calendar expects, else the one after the last.

    Empty where neither is known.
    """
    own = known.observations[known.observations["indicator_id"] == indicator]
    expected = known.releases.loc[known.releases["indicator_id"] == indicator, "period"]
    waited = sorted(set(expected) - set(own["period"]), key=lambda text: parse(text).first_day)
    if waited:
        return waited[0]
    plain = [found for text in own["period"] if not (found := parse(text)).bounds]
    return str(following(max(plain, key=lambda period: period.first_day))) if plain else ""


def _own_territory(known: Observatory) -> str:
    """Return the territory that the study is about, if its code is among the territories."""
    mine = f"COM-{known.settings.insee}"
    return mine if mine in set(known.territories["territory_id"]) else ""


def form_schema(known: Observatory, indicator: str) -> dict[str, Any]:
    """Return the Table Schema of the form of an indicator: that of the table, its own unit and identifier imposed."""
    about = known.card(indicator)
    schema = table_schema(OBSERVATIONS, INDICATOR_TABLES)
    imposed = {"indicator_id": indicator, "unit": about["unit"]}
    for field in schema["fields"]:
        if field["name"] in imposed:
            field["constraints"] = {"required": True, "enum": [imposed[field["name"]]]}
    return schema


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return table.to_dict("records")


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
