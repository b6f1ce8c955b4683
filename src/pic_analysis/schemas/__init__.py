"""Declare every processed table once: schema, data dictionary and Table Schema all come from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pic_analysis.schemas import chain, findings, quantities, record, story, theory
from pic_analysis.schemas.table import Table

_TABLES = (*story.TABLES, *theory.TABLES, *findings.TABLES, *chain.TABLES, *quantities.TABLES, *record.TABLES)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every processed table by name, in reading order."""


def table_schema(table: Table, tables: Mapping[str, Table] | None = None) -> dict[str, Any]:
    r"""Return the Frictionless Table Schema of a table, with French titles and examples.

    Parameters
    ----------
    table
        The declaration.
    tables
        The tables that its links name, if not those of the evidence.

    Notes
    -----
    Table Schema, version 1 (https://specs.frictionlessdata.io/table-schema/).

    Examples
    --------
    >>> table_schema(TABLES["conclusions"])["fields"][0]["constraints"]
    {'required': True, 'unique': True, 'pattern': '^(?:CCL\\d{2})$'}
    """
    fields = []
    for name, column in table.columns.items():
        about = column.metadata
        constraints: dict[str, Any] = {"required": True} if about["required"] else {}
        if about.get("key"):
            constraints["unique"] = True
        if about.get("pattern") and not about.get("number"):  # the standard gives a number no pattern
            constraints["pattern"] = f"^(?:{about['pattern']})$"
        if about.get("labels"):
            constraints["enum"] = [*about["labels"]]
        kind = (
            "boolean"
            if about.get("boolean")
            else "integer"
            if about.get("count")
            else "number"
            if about.get("number")
            else "string"
        )
        field = {"name": name, "title": column.title, "description": column.description, "type": kind}
        if about["example"]:
            field["example"] = about["example"]
        fields.append({**field, "constraints": constraints})
    keys = [
        {
            "fields": column,
            "reference": {"resource": to if to != table.name else "", "fields": (tables or TABLES)[to].key},
        }
        for column, to in table.links.items()
    ]
    return {"fields": fields, "primaryKey": [*table.pair] or table.key, "foreignKeys": keys}
