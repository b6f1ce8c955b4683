"""DGFiP geo-DVF: sales of dwellings of a commune and year, and their median price.

Documentation: https://www.data.gouv.fr/datasets/demandes-de-valeurs-foncieres-geolocalisees. One CSV a commune and
year, for the last five years, at ``csv/{year}/communes/{department}/{commune}.csv``. A mutation (``id_mutation``)
spans several lines: one a plot, building and kind of soil, each with the price of the whole.

Definitions. A *sale* is a mutation of nature « Vente » with at least one house or flat; ``sales`` counts them, not the
lines. ``median_price`` is taken over the sales of exactly one dwelling, without business premises, whose price and
built area are above zero: the median of price over built area (surface réelle bâtie), in whole euros, halves away from
zero; under ``least`` such sales it is withheld.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pic_analysis.fetching import addresses, answers
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.kept import Answer
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError, Denied

PER_MINUTE = 60
MEASURES = ("sales", "median_price")
_DWELLINGS = ("Maison", "Appartement")
_PREMISES = "Local industriel. commercial ou assimilé"
# What tells one dwelling from the same one repeated on another line.
_SAME = ("id_parcelle", "lot1_numero", "type_local", "surface_reelle_bati", "nombre_pieces_principales")
_NEEDED = (*_SAME, "id_mutation", "nature_mutation", "valeur_fonciere", "code_commune")


def plan(connection: Connection) -> list[str]:
    """Return the addresses that are asked."""
    return [address for *_, address in _files(connection)]


def read(connection: Connection, client: Client) -> list[Row]:
    """Return one value for each commune and year; where there is no file, the value is not available.

    Raises
    ------
    Unreachable, AnswerError
        See `Client.get`; also if the file is not of that commune.
    """
    if connection.value not in MEASURES:
        said = f"une mesure est attendue : {', '.join(MEASURES)}"
        raise AnswerError("connections.yml", said, column="value", value=connection.value)
    rows = []
    for year, place, address in _files(connection):
        code = place.removeprefix("COM-")
        client.doing(f"{connection.indicator} : {place}, année {year}")
        try:
            sales, modified = client.get(
                address,
                parse=lambda answer, code=code: (sales_of(answer, code), answer.modified),  # type: ignore[misc]
                per_minute=PER_MINUTE,
                file=True,
            )
        except Denied as refusal:
            if refusal.status != 404:
                raise
            rows.append(Row(place, year, "", "not_available", "", "aucun fichier pour cette commune et cette année"))
            continue
        rows.append(_row(connection, place, year, sales, modified))
    return rows


@dataclass(frozen=True)
class Sales:
    """Sales of a commune and year: how many, and the price of a square metre of those of one dwelling, in euros."""

    number: int
    prices: tuple[Decimal, ...]


def sales_of(answer: Answer, commune: str) -> Sales:
    """Return the sales that a file holds.

    Raises
    ------
    AnswerError
        If a column is missing, a number is none, or a line is of another commune.
    """
    source = addresses.host(answer.address)
    mutations: dict[str, list[dict[str, str]]] = {}
    for line in answers.csv_records(answer, _NEEDED):
        if line["code_commune"] != commune:
            raise AnswerError(source, f"la commune {commune} seule", column="code_commune", value=line["code_commune"])
        mutations.setdefault(line["id_mutation"], []).append(line)
    sales = [lines for lines in mutations.values() if _is_sale(lines)]
    prices = (_price(source, lines) for lines in sales)
    return Sales(len(sales), tuple(price for price in prices if price is not None))


def _is_sale(lines: list[dict[str, str]]) -> bool:
    natures = {line["nature_mutation"] for line in lines}
    return natures == {"Vente"} and any(line["type_local"] in _DWELLINGS for line in lines)


def _price(source: str, lines: list[dict[str, str]]) -> Decimal | None:
    """Return the price of a square metre of a sale; None unless it is of one dwelling alone."""
    dwellings = {tuple(line[name] for name in _SAME) for line in lines if line["type_local"] in _DWELLINGS}
    prices = {line["valeur_fonciere"] for line in lines}
    if len(dwellings) != 1 or len(prices) != 1 or any(line["type_local"] == _PREMISES for line in lines):
        return None
    area, _ = answers.number(source, dwellings.pop()[_SAME.index("surface_reelle_bati")], "surface_reelle_bati")
    price, _ = answers.number(source, prices.pop(), "valeur_fonciere")
    return Decimal(price) / Decimal(area) if price and area and Decimal(area) > 0 < Decimal(price) else None


def _row(connection: Connection, place: str, year: str, sales: Sales, vintage: str) -> Row:
    if connection.value == "sales":
        return Row(place, year, str(sales.number), connection.status, vintage)
    used = len(sales.prices)
    if used < connection.least:
        note = f"moins de {connection.least} ventes d’un seul logement : prix non donné"
        return Row(place, year, "", "secret", vintage, note)
    median = Decimal(statistics.median(sales.prices)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Row(place, year, str(median), connection.status, vintage, f"{used} ventes d’un seul logement")


def _files(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield each year and commune with the address of its file."""
    for year in sorted(set(connection.years)):
        for place in connection.territories:
            code = place.removeprefix("COM-")
            department = code[:3] if code.startswith("97") else code[:2]
            yield str(year), place, f"{connection.address}/csv/{year}/communes/{department}/{code}.csv"
