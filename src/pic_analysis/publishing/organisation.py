"""Read what only the body that publishes the book knows: its name, its host, whom to write to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pic_analysis.problems import Report, StudyError
from pic_analysis.reading.tables import read_table

FILE = "organisme.csv"
COLUMNS = ("name", "label_fr", "value", "rule_fr")
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


def read(path: Path, study: str) -> dict[str, Field]:
    """Return the fields of the file of a study's book, by name; none if the file is absent.

    Raises
    ------
    StudyError
        If it is not a table of these columns.
    """
    if not path.is_file():
        return {}
    table = read_table(path, COLUMNS)
    if table.problems:
        raise StudyError(study, Report(table.problems))
    rows = [{column: str(row[column]).strip() for column in COLUMNS} for row in table.frame.to_dict("records")]
    return {row["name"]: Field(**row) for row in rows}


def to_fill(fields: dict[str, Field]) -> list[Field]:
    """Return the fields that still have no value."""
    return [field for field in fields.values() if not field.value]
