"""Check what became of the recommendations: « inconnu » is an answer, blank is not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pic_analysis.cleaning.table import Cleaned, held_identifiers
from pic_analysis.problems import Problem

_UNTRACED = "aucune trace dans les sources lues"


def problems(cleaned: Mapping[str, Cleaned], first: int) -> list[Problem]:
    """Return the years of a recommendation that say nothing, and the statuses that no source shows.

    Parameters
    ----------
    cleaned
        The cleaned tables: ``recommendations`` and ``follow_up``.
    first
        Year of the study: every recommendation has a line for each year from then to the last one told.
    """
    told = cleaned["follow_up"]
    file, today = f"{told.table.name}.csv", datetime.date.today().isoformat()
    there = {*zip(told.frame["recommendation_id"], told.frame["year"], strict=True)}
    held = held_identifiers(told)
    last = max([first, *map(int, told.frame["year"])])
    found = [
        Problem(
            file,
            0,
            "",
            f"{name} {year}",
            "aucune ligne ne dit où en était cette recommandation cette année-là",
            f"Ajoutez-la, fût-elle inconnue : {name},{year},unknown,{_UNTRACED},,{today}",
        )
        for name in cleaned["recommendations"].frame["recommendation_id"]
        for year in map(str, range(first, last + 1))
        if (name, year) not in there and f"{name} {year}" not in held
    ]
    for row, status, source, year in told.frame[["status", "source", "year"]].itertuples():
        if status != "unknown" and not source:
            said = "un statut connu demande la source qui le montre"
            found.append(Problem(file, row, "source", "", said, "Donnez le document ou l’adresse, ou « unknown »"))
        if int(year) < first:
            found.append(Problem(file, row, "year", year, f"année attendue : {first} ou après, celle de l’étude"))
    return found
