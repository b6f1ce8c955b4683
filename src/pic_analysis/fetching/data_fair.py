"""ADEME data-fair: how many lines of a dataset each territory has, year by year.

Documentation: https://data-fair.github.io/3/interoperate/api and https://data.ademe.fr/data-fair/api/v1/api-docs.json.
Open without a key. ``datasets/{id}/values_agg`` groups the lines that a query keeps by the values of a field and
answers ``{total, total_other, aggs: [{value, total}]}``; what did not fit among the groups is in ``total_other``.
``datasets/{id}`` tells ``dataUpdatedAt``. In a filter of ``connections.yml``, ``{year}`` stands for each year.
"""

from __future__ import annotations

from typing import Any

from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.mapping import Row
from pic_analysis.numbers_fr import integer

PER_MINUTE = 60
_GROUPS = 1000


def plan(connection: Connection) -> list[str]:
    """Return the addresses that are asked."""
    return [
        _about(connection),
        *(addresses.full(_counts(connection), _parameters(connection, y)) for y in _years(connection)),
    ]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the number of lines of each territory and year; a territory without a line is not in the answer.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if groups were left out or do not add up to the total.
    """
    source = addresses.host(connection.address)
    about = client.get(_about(connection), parse=answers.json_object, per_minute=PER_MINUTE)
    vintage = answers.day(source, about, "dataUpdatedAt")
    rows: list[Row] = []
    for year in _years(connection):
        parameters = _parameters(connection, year)
        found = client.get(_counts(connection), parameters, parse=answers.json_object, per_minute=PER_MINUTE)
        rows += _rows(source, connection, found, year, vintage)
        client.doing(f"{connection.indicator} : année {year}, {integer(len(rows))} valeurs reçues")
    return rows


def _rows(source: str, connection: Connection, found: dict[str, Any], year: str, vintage: str) -> list[Row]:
    groups = answers.objects(source, found, "aggs")
    totals = [answers.whole_number(source, group, "total") for group in groups]
    answers.check_count(source, sum(totals), answers.whole_number(source, found, "total"))
    places = [mapping.place(source, connection, answers.text(source, group, "value")) for group in groups]
    pairs = zip(places, totals, strict=True)
    return [Row(place, year, str(total), connection.status, vintage) for place, total in pairs if place]


def _years(connection: Connection) -> list[str]:
    return [str(year) for year in sorted(set(connection.years))]


def _about(connection: Connection) -> str:
    return f"{connection.address}/datasets/{connection.dataset}"


def _counts(connection: Connection) -> str:
    return f"{_about(connection)}/values_agg"


def _parameters(connection: Connection, year: str) -> list[tuple[str, str]]:
    filters = [(key, value.replace("{year}", year)) for key, value in connection.parameters]
    return [*filters, ("field", connection.territory), ("agg_size", str(_GROUPS)), ("size", "0")]
