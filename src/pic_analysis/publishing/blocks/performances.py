"""Block on what was measured: how long the book takes to make, beside what one would do instead."""

from __future__ import annotations

import csv

from pic_analysis import paths
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.numbers_fr import enumerate_fr
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import table
from pic_analysis.study import Study
from pic_analysis.vocabulary import nearest

FILE = "performances.csv"
BENCHMARKS = {
    "build": "Construire le livre",
    "rendering": "Rendre des pages",
    "cleaning": "Nettoyer",
    "reliability": "Mesurer la fidélité d’un codage",
    "solidity": "Éprouver la solidité d’une étude",
}


def measures(study: Study, options: dict[str, str]) -> str:
    """Return what one benchmark (``mesure``) measured, and on which machine."""
    name = options["mesure"]
    if name not in BENCHMARKS:
        near = nearest(name, BENCHMARKS)
        raise ValueError(f"mesure inconnue : {name}" + (f" ; la plus proche : {near}" if near else ""))
    path = paths.site_files(study.settings.name) / FILE
    if not path.is_file():
        return "Rien n’a encore été mesuré : `make bench ARGS=--save` le fait."
    with path.open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["benchmark"] == name]
    if not found:
        return f'Cela n’a pas encore été mesuré : `make bench ARGS="{name} --save"` le fait.'
    header = ["Ce qui est fait", "Au lieu de", "Fois plus rapide", "Étendue", "Visé", "Durées", "À savoir"]
    rows = [
        (
            row["what_fr"],
            row["against_fr"],
            _fr(row["ratio"]),
            f"{_fr(row['ratio_low'])} à {_fr(row['ratio_high'])}",
            _fr(row["aim"]) or "rien",
            f"{_seconds(row['seconds'])} au lieu de {_seconds(row['against_seconds'])}",
            " ; ".join(part for part in (_memory(row), row["note_fr"]) if part) or "rien de plus",
        )
        for row in found
    ]
    days = enumerate_fr([*dict.fromkeys(date_fr(row["date"]) for row in found)])
    machines = enumerate_fr([*dict.fromkeys(row["machine"] for row in found)])
    versions = enumerate_fr([*dict.fromkeys(row["versions"] for row in found)])
    about = f"Mesuré le {days} ({plain(machines)} ; {plain(versions)} ; modules compilés des deux côtés)."
    return f"{table(BENCHMARKS[name], header, rows)}\n{about}\n"


def _fr(figure: str) -> str:
    return figure.replace(".", ",")


def _seconds(written: str) -> str:
    """Return seconds as people read them.

    >>> [_seconds(text) for text in ("104.218", "1.372", "0.043")]
    ['104 s', '1,4 s', '0,043 s']
    """
    number = float(written)
    return _fr(f"{number:.0f} s" if number >= 20 else f"{number:.1f} s" if number >= 1 else f"{number:.2g} s")


def _memory(row: dict[str, str]) -> str:
    return f"mémoire : {row['peak_mb']} Mo" if row["peak_mb"] else ""
