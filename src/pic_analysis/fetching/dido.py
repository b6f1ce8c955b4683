"""SDES DiDo: rows of a data file, in its newest vintage.

Documentation: https://data.statistiques.developpement-durable.gouv.fr/dido/api/v1/apidoc.html. Open without a key.
``datafiles/{rid}`` tells the newest ``millesime``; ``datafiles/{rid}/rows`` answers ``{total, nextPage, data: [...]}``;
a filter reads ``COLUMN=eq:value``. A superseded vintage may no longer be served, so the newest is asked by name and
written beside each value. Where nothing is left the site answers 400, « Le fichier est vide ».
"""

from __future__ import annotations

from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError, Denied
from pic_analysis.numbers_fr import integer

PER_MINUTE = 60
_PAGE = 100  # the largest that the interface documents
_MOST_PAGES = 2000


def plan(connection: Connection) -> list[str]:
    """Return the addresses that are asked first."""
    about = f"{connection.address}/datafiles/{connection.dataset}"
    return [about, addresses.full(f"{about}/rows", _parameters(connection, "…", 1))]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the observations of a data file.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if the vintage is not told or fewer rows come than announced.
    """
    source = addresses.host(connection.address)
    file = f"{connection.address}/datafiles/{connection.dataset}"
    about = client.get(file, parse=answers.json_object, per_minute=PER_MINUTE)
    vintage = answers.text(source, about, "millesime")
    if not answers.is_vintage(vintage):
        raise AnswerError(source, "un millésime est attendu, comme 2026-09", column="millesime", value=vintage)
    received, rows, announced = 0, list[Row](), 0
    for number in range(1, _MOST_PAGES + 1):
        try:
            page = client.get(
                f"{file}/rows",
                _parameters(connection, vintage, number),
                parse=answers.json_object,
                per_minute=PER_MINUTE,
            )
        except Denied as refusal:
            if number == 1 and refusal.status == 400 and "vide" in refusal.body:
                return []
            raise
        found = answers.objects(source, page, "data")
        announced = answers.whole_number(source, page, "total")
        answers.check_size(source, announced)
        received += len(found)
        rows += mapping.observations(source, connection, found, vintage)
        client.doing(f"{connection.indicator} : {integer(received)} lignes reçues sur {integer(announced)}")
        if not found or received >= announced:
            break
    answers.check_count(source, received, announced)
    return rows


def _parameters(connection: Connection, vintage: str, page: int) -> list[tuple[str, str]]:
    columns = dict.fromkeys([connection.territory, connection.period, connection.value, *connection.keep])
    paging = [("millesime", vintage), ("columns", ",".join(columns)), ("page", str(page)), ("pageSize", str(_PAGE))]
    return [*connection.parameters, *paging]
