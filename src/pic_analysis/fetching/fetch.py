"""Fetch one series: ask, check, compare with the extract that serves, write, and tell all of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pic_analysis.fetching import (
    data_fair,
    data_gouv,
    dido,
    extracts,
    geo_dvf,
    melodi,
    opendatasoft,
    populations,
    workbook,
)
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.extracts import Change
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.refusal import AnswerError, Unreachable
from pic_analysis.numbers_fr import agreed, count, date, enumerate_fr, integer

MODULES: dict[str, ModuleType] = {
    "melodi": melodi,
    "dido": dido,
    "data_fair": data_fair,
    "geo_dvf": geo_dvf,
    "data_gouv": data_gouv,
    "opendatasoft": opendatasoft,
    "workbook": workbook,
    "populations": populations,
}
NAMES = {
    "melodi": "INSEE Melodi",
    "dido": "SDES DiDo",
    "data_fair": "data-fair (ADEME)",
    "geo_dvf": "DGFiP geo-DVF",
    "data_gouv": "data.gouv.fr",
    "opendatasoft": "Opendatasoft",
    "workbook": "classeur publié",
    "populations": "paquet npm",
}
_SHOWN = 5  # changes told one by one


@dataclass(frozen=True)
class Outcome:
    """What a fetch brought, and what it wrote."""

    connection: Connection
    asked: tuple[str, ...]
    file: str
    digest: str
    rows: tuple[dict[str, str], ...]
    change: Change


def fetch(connection: Connection, client: Client, folder: Path, day: str) -> Outcome:
    """Write the extract of a series and its line in the registry.

    Parameters
    ----------
    connection
        What to ask, and where values stand in the answer.
    client
        How to ask.
    folder
        Folder of the study's raw tables.
    day
        ISO date of today.

    Raises
    ------
    Unreachable
        If the site gave no whole answer; what was received stays for the next try of the day.
    AnswerError
        If the answer is not as expected. Nothing is written in either case.
    """
    try:
        rows = MODULES[connection.connector].read(connection, client)
        content = extracts.compose(connection, rows, day)
    except AnswerError:
        client.kept.forget()  # what was not understood is asked anew
        raise
    before = extracts.serving(folder, connection.indicator)
    change = extracts.compare((before[0], before[1].read_bytes()) if before else None, content)
    file = f"{connection.indicator}_{day}.csv"
    digest = extracts.write(folder, file, content)
    client.kept.forget()
    read = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return Outcome(connection, tuple(client.asked), file, digest, tuple(read), change)


def plan(connection: Connection) -> list[str]:
    """Return what a fetch would ask first, without asking."""
    return list(MODULES[connection.connector].plan(connection))


def told(outcome: Outcome) -> Iterator[str]:
    """Yield the French lines that tell a fetch."""
    rows, connection = outcome.rows, outcome.connection
    yield f"{connection.indicator}, {NAMES[connection.connector]} : {extracts.FOLDER}/{outcome.file}"
    yield f"  adresse    {outcome.asked[0]}"
    if len(outcome.asked) > 1:
        yield f"             et {count(len(outcome.asked) - 1, 'autre demande', 'autres demandes')}"
    missing = sum(not row["value"] for row in rows)
    holes = f", dont {integer(missing)} sans valeur" if missing else ""
    places = count(len({row["territory_id"] for row in rows}), "territoire")
    yield f"  lu         {count(len(rows), 'valeur')}{holes}, {places}, {_periods(rows)}"
    yield f"  millésime  {enumerate_fr(sorted({row['vintage'] for row in rows}))}"
    if silent := sorted(_asked_territories(connection) - {row["territory_id"] for row in rows}):
        yield f"  sans réponse pour {enumerate_fr(silent)}"
    yield from _told_change(outcome.change)
    yield f"  sha256     {outcome.digest}"


def listing(connections: dict[str, Connection], folder: Path) -> Iterator[str]:
    """Yield one French line for each series that can be fetched: connector, dataset, extract that serves."""
    for connection in connections.values():
        name, dataset = NAMES[connection.connector], connection.dataset
        yield f"  {connection.indicator}  {name:18} {dataset:48} {_serves(folder, connection)}"


def failure(connection: Connection, fault: Unreachable | AnswerError, folder: Path) -> str:
    """Return the French words that say why nothing was fetched, and what serves."""
    before = extracts.serving(folder, connection.indicator)
    served = f"l’extrait du {date(before[0])} sert toujours" if before else "aucun extrait ne sert encore"
    if isinstance(fault, Unreachable):
        return f"{connection.indicator} : {fault} ; rien n’a changé, {served}."
    return f"{connection.indicator} : {fault}\n    Rien n’a changé, {served}."


def _serves(folder: Path, connection: Connection) -> str:
    before = extracts.serving(folder, connection.indicator)
    return f"extrait du {date(before[0])}" if before else "aucun extrait"


def _periods(rows: tuple[dict[str, str], ...]) -> str:
    return extracts.periods_said([row["period"] for row in rows])


def _asked_territories(connection: Connection) -> set[str]:
    geo = connection.filters.get("GEO", ()) if connection.connector == "melodi" else ()
    return {*connection.territories, *connection.codes.values(), *(one for one in geo if "-" in one)}


def _told_change(change: Change) -> Iterator[str]:
    if not change.before:
        yield "  premier extrait de cet indicateur"
        return
    if not (change.new or change.changed or change.gone):
        yield f"  rien de nouveau depuis l’extrait du {date(change.before)}"
        return
    parts = [
        f"{integer(len(found))} {agreed(len(found), word)}"
        for found, word in ((change.new, "nouvelle"), (change.changed, "modifiée"), (change.gone, "disparue"))
        if found
    ]
    yield f"  depuis l’extrait du {date(change.before)} : {enumerate_fr(parts)}"
    for (place, period), old, new in change.changed[:_SHOWN]:
        yield f"    {place} {period} : {old} → {new}"
    for place, period in change.gone[:_SHOWN]:
        yield f"    {place} {period} : disparue"
    if (rest := max(len(change.changed) - _SHOWN, 0) + max(len(change.gone) - _SHOWN, 0)) > 0:
        yield f"    et {count(rest, 'autre')}"
