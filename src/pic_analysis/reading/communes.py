"""Say whether an INSEE code is that of a commune of today, and what became of those that were.

The two tables beside this module are those of INSEE's official geographic code on 1 January 2025
(https://www.insee.fr/fr/information/2560452), taken from ``@etalab/decoupage-administratif`` 5.3.0 (MIT, its data under
Licence Ouverte 2.0): codes in force, and codes that are now part of another commune.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

YEAR = 2025
_SEARCH = "cherchez le code de la commune sur insee.fr (« code officiel géographique »)"
_FORM = re.compile(r"(?:\d{2}|2[AB])\d{3}")


class CommuneError(Exception):
    """Say in French why a code is not that of a commune, and what to write where it is known."""


def commune(typed: str) -> str:
    """Return the code of a commune in force.

    Parameters
    ----------
    typed
        The code as typed: five signs, `2A` and `2B` in Corsica.

    Raises
    ------
    CommuneError
        If its form is wrong, if it is now part of another commune, or if no commune has it.

    Examples
    --------
    >>> commune("59606"), commune(" 2a004 ")
    ('59606', '2A004')
    """
    code = re.sub(r"\s", "", typed).upper()
    if not _FORM.fullmatch(code):
        raise CommuneError(_malformed(code))
    if code in in_force():
        return code
    if code in merged():
        raise CommuneError(_part_of_another(code))
    raise CommuneError(
        f"{code} : aucune commune n’avait ce code au 1er janvier {YEAR}, et aucune commune fusionnée ne l’a porté.\n"
        f"    → {_SEARCH[:1].upper()}{_SEARCH[1:]}"
    )


@cache
def in_force() -> frozenset[str]:
    """Return the codes of the communes of today."""
    found = set()
    for line in _lines("communes.txt"):
        department, *runs = line.split()
        width = 5 - len(department)
        for run in runs:
            first, _, last = run.partition("-")
            found |= {f"{department}{number:0{width}}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


@cache
def merged() -> dict[str, tuple[str, str, str]]:
    """Return the codes that are part of another commune: own name if known, code and name of that commune."""
    rows = csv.reader(_lines("merged_communes.csv")[1:])
    return {code: (name, into, into_name) for code, name, into, into_name in rows}


def _part_of_another(code: str) -> str:
    name, into, into_name = merged()[code]
    known = f"{code} ({name})" if name else code
    what = f"est un arrondissement de {into_name}" if "Arrondissement" in name else "n’est plus une commune"
    # A code of no known name is an old one, which nobody types on purpose: it may well be a postal code.
    unsure = "" if name else f" ; si {code} est un code postal, {_SEARCH}"
    return (
        f"{known} {what} : il fait partie de {into} ({into_name}).\n"
        f"    → Prenez le code de la commune actuelle : --insee {into}{unsure}"
    )


def _malformed(code: str) -> str:
    said = f"« {code} » n’est pas un code INSEE de commune : il a cinq signes, par exemple 59606 ou 2A004."
    if re.fullmatch(r"\d{4}", code):
        return f"{said}\n    → Un tableur a pu perdre le zéro de tête : --insee 0{code}"
    if re.fullmatch(r"\d{9}", code):
        return (
            f"{said}\n    → Un numéro à neuf chiffres est celui d’une intercommunalité ; prenez l’une de ses communes"
        )
    return f"{said}\n    → Ce n’est pas le code postal : {_SEARCH}"


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
