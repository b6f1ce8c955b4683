"""Read the register of the errors that were found in the published book: what was wrong, where, what became of it."""

from __future__ import annotations

import csv
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.vocabulary import nearest

FILE = "erreurs_connues.csv"
STATUSES = {"ouverte": "à corriger", "corrigee": "corrigée", "contestee": "signalée, non confirmée"}
COLUMNS = ("date", "page", "what_fr", "status", "outcome_fr")


@dataclass(frozen=True)
class KnownError:
    """One error: the day when it was told, its page without suffix, what was wrong, its status, what was done."""

    date: str
    page: str
    what_fr: str
    status: str
    outcome_fr: str


def read(path: Path, pages: Container[str]) -> tuple[KnownError, ...]:
    """Return the errors, the newest first; none if the register is absent.

    Parameters
    ----------
    path
        The register.
    pages
        Pages of the book, without suffix.

    Raises
    ------
    ValueError
        With every fault, line by line: an unknown status or page, a date that is none, an error closed without a word.
    """
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and tuple(rows[0]) != COLUMNS:
        raise ValueError(f"{path.name} : colonnes {', '.join(rows[0])} ; attendu {', '.join(COLUMNS)}")
    found = [KnownError(**{name: (row[name] or "").strip() for name in COLUMNS}) for row in rows]
    faults = [f"ligne {line} : {fault}" for line, one in enumerate(found, start=2) for fault in _faults(one, pages)]
    if faults:
        raise ValueError(f"{path.name} : " + " ; ".join(faults))
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def _faults(one: KnownError, pages: Container[str]) -> list[str]:
    faults = []
    try:
        date_fr(one.date)
    except ValueError:
        faults.append(f"date « {one.date} » ; attendu AAAA-MM-JJ")
    if one.status not in STATUSES:
        guess = nearest(one.status, STATUSES)
        faults.append(f"statut « {one.status} »" + (f" ; le plus proche : {guess}" if guess else ""))
    if one.page not in pages:
        faults.append(f"page inconnue « {one.page} »")
    if not one.what_fr:
        faults.append("rien ne dit ce qui est faux")
    if one.status != "ouverte" and not one.outcome_fr:
        faults.append("rien ne dit ce qui a été fait")
    return faults
