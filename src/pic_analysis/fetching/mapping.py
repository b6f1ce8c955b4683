"""Turn a record of an answer into an observation: which territory, which period, which value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pic_analysis import periods
from pic_analysis.fetching import answers
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.schemas.indicators import PERIOD, TERRITORY


@dataclass(frozen=True, order=True)
class Row:
    """One observation, as text; ``status`` says why a value is missing."""

    territory_id: str
    period: str
    value: str
    status: str
    vintage: str
    note_fr: str = ""


def observation(source: str, connection: Connection, record: Mapping[str, Any], vintage: str) -> Row | None:
    """Return the observation that a record holds, as the connection says where; None of a territory left aside.

    Raises
    ------
    AnswerError
        If a column is missing, or holds no territory, period or value.
    """
    where = place(source, connection, answers.text(source, record, connection.territory))
    if not where:
        return None
    when = period(source, answers.text(source, record, connection.period), connection.period)
    written = answers.text(source, record, connection.value)
    value, missing = answers.number(source, written, connection.value)
    return Row(where, when, value, missing or connection.status, vintage)


def observations(source: str, connection: Connection, records: Iterable[dict[str, Any]], vintage: str) -> list[Row]:
    """Return the observations of the records to keep."""
    kept = answers.keeping(records, connection.keep, source)
    return [row for record in kept if (row := observation(source, connection, record, vintage))]


def place(source: str, connection: Connection, code: str) -> str:
    """Return the territory of a code of the source; an empty text if it is left aside."""
    if connection.codes:
        return connection.codes.get(code, "")
    return territory(source, connection.form.replace("{}", code), connection.territory)


def territory(source: str, written: str, column: str) -> str:
    """Return a territory, without the year of the geography that INSEE writes before it.

    >>> territory("example.fr", "2025-COM-00001", "GEO")
    'COM-00001'
    """
    found = re.sub(r"^\d{4}-(?=[A-Z])", "", written)
    if not re.fullmatch(TERRITORY, found):
        said = "un territoire est attendu, comme COM-00001, EPCI-200000000 ou ZE2020-0001"
        raise AnswerError(source, said, column=column, value=written, hint="Voyez `form` dans connections.yml")
    return found


def period(source: str, written: str, column: str) -> str:
    """Return a period in its canonical form.

    >>> period("example.fr", "2003-Q1", "TIME_PERIOD")
    '2003-T1'
    """
    try:
        found = str(periods.parse(written))
    except ValueError:
        found = ""
    if not re.fullmatch(PERIOD, found):
        raise AnswerError(source, periods.EXPECTED_FR, column=column, value=written)
    return found
