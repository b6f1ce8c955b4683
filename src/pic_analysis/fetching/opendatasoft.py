"""Opendatasoft portals, as that of the ministère de la Culture: records of a dataset, by offset.

Documentation: https://help.opendatasoft.com/apis/ods-explore-v2/ (Explore API v2.1). Open without a key for public
datasets. ``catalog/datasets/{id}/records`` answers ``{total_count, results}``, a hundred at most at a time and ten
thousand in all; ``catalog/datasets/{id}`` tells ``metas.default.modified``.
"""

from __future__ import annotations

from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.numbers_fr import integer

PER_MINUTE = 60
_PAGE = 100
_REACH = 10_000


def plan(connection: Connection) -> list[str]:
    """Return the addresses that are asked first."""
    return [_about(connection), addresses.full(f"{_about(connection)}/records", _parameters(connection, 0))]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the observations of a dataset.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if more records match than the interface gives, or fewer come than announced.
    """
    source = addresses.host(connection.address)
    about = client.get(_about(connection), parse=answers.json_object, per_minute=PER_MINUTE)
    default = answers.mapping(source, answers.mapping(source, about, "metas"), "default")
    vintage = answers.day(source, default, "modified")
    received, announced, rows = 0, 0, list[Row]()
    while True:
        page = client.get(
            f"{_about(connection)}/records",
            _parameters(connection, received),
            parse=answers.json_object,
            per_minute=PER_MINUTE,
        )
        announced = answers.whole_number(source, page, "total_count")
        if announced > _REACH:
            said = f"au plus {integer(_REACH)} enregistrements, ce que l’interface sait donner"
            raise AnswerError(source, said, value=str(announced), hint="Ajoutez un filtre `where` dans connections.yml")
        found = answers.objects(source, page, "results")
        received += len(found)
        rows += mapping.observations(source, connection, found, vintage)
        client.doing(f"{connection.indicator} : {integer(received)} enregistrements reçus sur {integer(announced)}")
        if not found or received >= announced:
            break
    answers.check_count(source, received, announced)
    return rows


def _about(connection: Connection) -> str:
    return f"{connection.address}/catalog/datasets/{connection.dataset}"


def _parameters(connection: Connection, offset: int) -> list[tuple[str, str]]:
    # Without an order two pages may give the same record twice and another never.
    order = ",".join(dict.fromkeys([connection.territory, connection.period]))
    paging = [("order_by", order), ("limit", str(_PAGE)), ("offset", str(offset))]
    return [*connection.parameters, *paging]
