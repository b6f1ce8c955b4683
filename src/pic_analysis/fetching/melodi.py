"""INSEE Melodi: observations of a dataset, filtered by dimension, page by page.

Documentation: https://portail-api.insee.fr/catalog/api/a890b735-159c-4c91-90b7-35159c7c9126/doc and, for the datasets,
https://catalogue-donnees.insee.fr. Open without a key, 30 requests a minute. ``data/{dataset}`` answers
``{observations: [{dimensions, attributes, measures: {NAME: {value}}}], paging: {count, isLast, next}}``; ``GEO`` is
asked as ``COM-00001`` and answered as ``2025-COM-00001``; a value under secrecy is an empty measure. An unknown
filter may be ignored without a word: the dimensions of the answer are compared with those asked.
"""

from __future__ import annotations

from typing import Any

from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.numbers_fr import integer

PER_MINUTE = 30
_PAGE = 1000
_MOST_PAGES = 500
# SDMX, code list CL_OBS_STATUS (https://sdmx.org), as far as INSEE uses it.
_STATUSES = {
    "A": "definitive",
    "P": "provisional",
    "R": "revised",
    "E": "estimated",
    "I": "estimated",
    "F": "estimated",
    "B": "definitive",
    "D": "definitive",
    "L": "not_available",
    "O": "not_available",
    "M": "not_applicable",
    "Q": "secret",
}
_NOTES = {"B": "rupture de série annoncée par le producteur", "D": "définition différente, dit le producteur"}
_MISSING = ("not_available", "not_applicable", "secret")


def plan(connection: Connection) -> list[str]:
    """Return the addresses that are asked first."""
    return [
        f"{connection.address}/catalog/{connection.dataset}",
        addresses.full(f"{connection.address}/data/{connection.dataset}", _parameters(connection, 1)),
    ]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the observations of a dataset.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if a dimension is not as asked, or fewer observations come than announced.
    """
    source = addresses.host(connection.address)
    about = client.get(plan(connection)[0], parse=answers.json_object, per_minute=PER_MINUTE)
    vintage = answers.day(source, about, "modified")
    rows: list[Row] = []
    for number in range(1, _MOST_PAGES + 1):
        page = client.get(
            f"{connection.address}/data/{connection.dataset}",
            _parameters(connection, number),
            parse=answers.json_object,
            per_minute=PER_MINUTE,
        )
        paging = answers.mapping(source, page, "paging")
        announced = answers.whole_number(source, paging, "count")
        answers.check_size(source, announced)
        found = answers.objects(source, page, "observations")
        rows += [_row(source, connection, one, vintage) for one in found]
        client.doing(f"{connection.indicator} : {integer(len(rows))} observations reçues sur {integer(announced)}")
        if not found or len(rows) >= announced:
            break
    answers.check_count(source, len(rows), announced)
    return rows


def _parameters(connection: Connection, page: int) -> list[tuple[str, str]]:
    return [*connection.parameters, ("totalCount", "TRUE"), ("maxResult", str(_PAGE)), ("page", str(page))]


def _row(source: str, connection: Connection, one: dict[str, Any], vintage: str) -> Row:
    dimensions = answers.mapping(source, one, "dimensions")
    answers.require(source, dimensions, [*connection.filters, "GEO", "TIME_PERIOD"])
    place = mapping.territory(source, answers.text(source, dimensions, "GEO"), "GEO")
    for name, asked in connection.filters.items():
        got = place if name == "GEO" else answers.text(source, dimensions, name)
        if not any(got == value or (name == "GEO" and got.startswith(f"{value}-")) for value in asked):
            said = f"seulement {', '.join(asked)}, comme demandé ; le site n’a pas tenu compte du filtre"
            raise AnswerError(source, said, column=name, value=got)
    when = mapping.period(source, answers.text(source, dimensions, "TIME_PERIOD"), "TIME_PERIOD")
    measure = answers.mapping(source, answers.mapping(source, one, "measures"), connection.value)
    written = answers.text(source, measure, "value") if "value" in measure else ""
    value, missing = answers.number(source, written, connection.value)
    attributes = one.get("attributes")
    attributes = attributes if isinstance(attributes, dict) else {}
    code = answers.text(source, attributes, "OBS_STATUS") if "OBS_STATUS" in attributes else ""
    if code and code not in _STATUSES:
        raise AnswerError(source, f"un statut SDMX connu : {', '.join(_STATUSES)}", column="OBS_STATUS", value=code)
    status = _STATUSES.get(code, connection.status)
    if missing:
        confidential = attributes.get("CONF_STATUS", "F") not in ("F", "", None)
        status = status if status in _MISSING else "secret" if confidential else missing
    elif status in _MISSING:
        raise AnswerError(
            source, "aucune valeur, puisque le statut dit qu’elle manque", column="OBS_STATUS", value=code
        )
    return Row(place, when, value, status, vintage, _NOTES.get(code, ""))
