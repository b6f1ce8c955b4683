"""Read what only the body that publishes the book knows: its name, its host, whom to write to."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = "organisme.csv"
MISSING_FR = "à compléter par l’organisme qui publie"


@dataclass(frozen=True)
class Field:
    """One thing to say: its name in pages, its label, its value (empty: not known), the rule that asks for it."""

    name: str
    label_fr: str
    value: str
    rule_fr: str

    @property
    def shown(self) -> str:
        """What the page says: the value, or that it is to be filled."""
        return self.value or MISSING_FR


def read(path: Path) -> dict[str, Field]:
    """Return the fields by name; none if the file is absent."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{key: (text or "").strip() for key, text in row.items()} for row in csv.DictReader(file)]
    return {row["name"]: Field(**row) for row in rows}


def to_fill(fields: dict[str, Field]) -> list[Field]:
    """Return the fields that still have no value."""
    return [field for field in fields.values() if not field.value]
