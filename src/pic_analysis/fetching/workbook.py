"""A published workbook: one row a territory, one column a period, as INSEE publishes its localised series.

Documentation of the one that it was made for, unemployment by employment zone:
https://www.insee.fr/fr/statistiques/1893230. The name of the file changes with each edition, and ``connections.yml``
with it. With ``mean: year`` the value of a year is the plain mean of its quarters or months, to two digits, halves to
the even digit; a year that lacks one of them has no value.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from pathlib import Path

import pandas as pd

from pic_analysis import periods
from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.kept import Answer
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.reading.hostile import Refused
from pic_analysis.reading.workbooks import read_workbook

PER_MINUTE = 30
_PARTS: dict[str, int] = {"quarter": 4, "month": 12}


def plan(connection: Connection) -> list[str]:
    """Return the address that is asked."""
    return [f"{connection.address}/{connection.dataset}"]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the values of a sheet.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if the file is no workbook, or the sheet or its columns are not there.
    """
    address = plan(connection)[0]

    def parse(answer: Answer) -> list[Row]:
        source = addresses.host(answer.address)
        answers.refuse_html(answer)
        frame = _sheet(source, connection, answer.content)
        return [
            row for record in frame.to_dict("records") for row in _rows(source, connection, record, answer.modified)
        ]

    return client.get(address, parse=parse, per_minute=PER_MINUTE, file=True)


def _sheet(source: str, connection: Connection, content: bytes) -> pd.DataFrame:
    """Return the cells of the sheet, as text; the file is opened by the reader that refuses harm."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{source}{Path(connection.dataset).suffix}"
        path.write_bytes(content)
        try:
            tables = read_workbook(path, names=[connection.territory])
        except Refused as refusal:
            raise AnswerError(source, refusal.problem.expected, hint=refusal.problem.hint) from None
    named = [table for table in tables if table.file in (path.name, f"{path.name} ({connection.sheet})")]
    if len(named) != 1:
        sheets = ", ".join(table.file for table in tables)
        raise AnswerError(source, f"une feuille {connection.sheet} ; le classeur a {sheets}")
    if fault := next((problem for problem in named[0].problems if problem.blocking), None):
        raise AnswerError(source, fault.expected, row=fault.row, column=fault.column, value=fault.value)
    answers.require(source, map(str, named[0].frame.columns), [connection.territory, *connection.keep])
    return named[0].frame


def _rows(source: str, connection: Connection, record: dict, vintage: str) -> Iterator[Row]:
    """Yield the values of one territory."""
    if not answers.keeping([record], connection.keep, source):
        return
    place = mapping.place(source, connection, answers.text(source, record, connection.territory))
    if not place:
        return
    found = []
    for column, cell in record.items():
        try:
            when = periods.parse(str(column))
        except ValueError:
            continue  # a label, a code of region
        found.append((when, *answers.number(source, str(cell), str(column))))
    if not found:
        raise AnswerError(source, "au moins une colonne par période, comme 2003-T1", value=", ".join(map(str, record)))
    if connection.mean:
        yield from _means(source, connection, place, found, vintage)
    else:
        for when, value, missing in found:
            yield Row(place, str(when), value, missing or connection.status, vintage)


def _means(
    source: str, connection: Connection, place: str, found: list[tuple[periods.Period, str, str]], vintage: str
) -> Iterator[Row]:
    for year, parts in groupby(sorted(found, key=lambda one: (one[0].year, one[0].part)), key=lambda one: one[0].year):
        written = [*parts]
        expected = _PARTS.get(written[0][0].frequency)
        if expected is None:
            raise AnswerError(source, "des trimestres ou des mois, dont faire la moyenne", value=str(written[0][0]))
        values = [Decimal(value) for _, value, _ in written if value]
        if len(values) == expected:
            mean = (sum(values, Decimal(0)) / expected).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
            yield Row(place, str(year), f"{mean:f}", connection.status, vintage)
        else:
            note = f"{len(values)} périodes sur {expected} : moyenne non calculée"
            yield Row(place, str(year), "", "not_available", vintage, note)
