"""data.gouv.fr: a CSV resource of a dataset, chosen by its title.

Documentation: https://guides.data.gouv.fr/guide-data.gouv.fr/api and https://www.data.gouv.fr/api/1/swagger.json. Open
without a key. ``api/1/datasets/{id}/`` answers ``{resources: [{title, format, url, last_modified, checksum}]}``; the
address of a resource changes with each edition, its title rarely. A checksum is compared where the site gives one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from pic_analysis.fetching import addresses, answers, mapping
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.kept import Answer
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.vocabulary import nearest

PER_MINUTE = 60


def plan(connection: Connection) -> list[str]:
    """Return the address that is asked first: its answer gives that of the file."""
    return [f"{connection.address}/api/1/datasets/{connection.dataset}/"]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return the observations of a CSV resource.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if no resource, or more than one, has that title, or it is not the file announced.
    """
    source = addresses.host(connection.address)
    about = client.get(plan(connection)[0], parse=answers.json_object, per_minute=PER_MINUTE)
    resource = _resource(source, connection.resource, answers.objects(source, about, "resources"))
    vintage = answers.day(source, resource, "last_modified")
    needed = [connection.territory, connection.period, connection.value, *connection.keep]

    def parse(answer: Answer) -> list[dict[str, str]]:
        _check_sum(source, resource, answer)
        return answers.csv_records(answer, needed)

    url = answers.text(source, resource, "url")
    records = client.get(url, parse=parse, per_minute=PER_MINUTE, within=connection.address, file=True)
    return mapping.observations(source, connection, records, vintage)


def _resource(source: str, title: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {str(one.get("title", "")): one for one in resources if str(one.get("format", "")).lower() == "csv"}
    same = [one for one in resources if str(one.get("title", "")) == title and one in titles.values()]
    if len(same) != 1:
        said = f"une seule ressource CSV de ce titre ; il y en a {len(same)}"
        hint = f"Les ressources CSV de ce jeu : {'; '.join(name[:60] for name in [*titles][:10]) or 'aucune'}"
        raise AnswerError(source, said, column="title", value=title, near=nearest(title, titles), hint=hint)
    return same[0]


def _check_sum(source: str, resource: dict[str, Any], answer: Answer) -> None:
    announced = resource.get("checksum")
    if not isinstance(announced, dict) or announced.get("type") not in ("sha1", "sha256"):
        return
    # The site's own check against a lost byte, no defence: sha1 is what it publishes.
    found = hashlib.new(str(announced["type"]), answer.content, usedforsecurity=False).hexdigest()
    if found != announced.get("value"):
        said = "l’empreinte annoncée par le site ; le fichier est coupé, ou vient d’être remplacé"
        raise AnswerError(source, said, column="checksum", value=found, hint="Relancez la commande")
