"""Write what was fetched as a dated extract, register it, and say what differs from the one before."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.files import write_atomically
from pic_analysis.reading import registry
from pic_analysis.vocabulary import is_date

FOLDER = "indicators/extracts"
HEADER = (
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
)
Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """What an extract says that the one before did not, by territory and period."""

    before: str
    """Day of the extract before; an empty text if there is none."""
    new: tuple[Key, ...]
    changed: tuple[tuple[Key, str, str], ...]
    gone: tuple[Key, ...]


def compose(connection: Connection, rows: Iterable[Row], day: str) -> bytes:
    """Return the bytes of an extract: they depend only on the rows and on the day.

    Raises
    ------
    AnswerError
        If there is no row, or two values for one territory and period.
    """
    found: dict[Key, Row] = {}
    for row in sorted(set(rows)):
        key = (row.territory_id, row.period)
        if key in found:
            said = f"une seule valeur pour {key[0]}, {key[1]} ; il y en a {_said(found[key])} et {_said(row)}"
            hint = "Il manque un filtre dans connections.yml, ou la source se contredit"
            raise AnswerError(connection.connector, said, hint=hint)
        found[key] = row
    if not found:
        said = "au moins une valeur ; la réponse n’en a aucune"
        raise AnswerError(connection.connector, said, hint="Vérifiez les filtres dans connections.yml")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for row in found.values():
        # What the source does not date is dated by the day when it was read.
        vintage = row.vintage or day
        where = (connection.indicator, row.territory_id, row.period)
        about = (connection.unit, row.status, vintage, connection.dataset_id, day, connection.quality)
        writer.writerow((*where, row.value, *about, row.note_fr))
    return stream.getvalue().encode("utf-8")


def serving(folder: Path, indicator: str) -> tuple[str, Path] | None:
    """Return the day and the path of the newest extract of an indicator, if there is one.

    Parameters
    ----------
    folder
        Folder of a study's raw tables.
    """
    dated = [
        (found[1], path)
        for path in (folder / FOLDER).glob(f"{indicator}_*.csv")
        if (found := re.fullmatch(rf"{re.escape(indicator)}_(\d{{4}}-\d{{2}}-\d{{2}})\.csv", path.name))
        and is_date(found[1])
    ]
    return max(dated, default=None)


def values(content: bytes) -> dict[Key, str]:
    """Return the values of an extract by territory and period; of a missing one, its status."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8", errors="replace"), newline=""))
    return {
        (row.get("territory_id") or "", row.get("period") or ""): row.get("value") or row.get("status") or ""
        for row in reader
    }


def compare(before: tuple[str, bytes] | None, content: bytes) -> Change:
    """Return what differs between an extract and the one before, if there is one."""
    old, new = values(before[1]) if before else {}, values(content)
    return Change(
        before[0] if before else "",
        tuple(key for key in new if key not in old),
        tuple((key, old[key], value) for key, value in new.items() if key in old and old[key] != value),
        tuple(key for key in old if key not in new),
    )


def write(folder: Path, name: str, content: bytes) -> str:
    """Write an extract and its line in the registry, both or none; return its sha256."""
    path = folder / FOLDER / name
    old = path.read_bytes() if path.is_file() else None
    digest = hashlib.sha256(content).hexdigest()
    try:
        write_atomically(path, content)
        registry.add(folder, f"{FOLDER}/{name}")
    except BaseException:
        if old is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, old)
        raise
    return digest


def _said(row: Row) -> str:
    return row.value or row.status


def periods_said(periods: Sequence[str]) -> str:
    """Return the first and the last of some periods.

    >>> periods_said(["2012", "2003", "2019"]), periods_said(["2012"])
    ('de 2003 à 2019', '2012')
    """
    known = sorted(set(periods))
    return known[0] if len(known) == 1 else f"de {known[0]} à {known[-1]}"
