"""Find which territory a typed INSEE code means: bare, or without the zero that a spreadsheet ate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pic_analysis.cleaning.values import NOTATIONS, Verdict, tidy
from pic_analysis.vocabulary import nearest

REPAIRED = "code INSEE rendu à son territoire"
LOST_ZERO = "code INSEE dont le zéro de tête était perdu"


def reader(territories: Mapping[str, str], held: Mapping[str, str] | None = None) -> Callable[[str], Verdict]:
    """Return the reader of a column of territories.

    Parameters
    ----------
    territories
        Identifiers and names of the territories that the study declares, as ``COM-01004 -> Ambérieu-en-Bugey``.
    held
        Those whose own declaration is in quarantine.

    Notes
    -----
    A typed code is repaired where exactly one declared territory can be meant; the kind of territory, or a zero, is
    never guessed between two.

    Examples
    --------
    >>> read = reader({"COM-01004": "Ambérieu-en-Bugey", "DEP-62": "Pas-de-Calais", "COM-2A004": "Ajaccio"})
    >>> [read(text).clean for text in ("COM-01004", "1004", "62", "2a004")]
    ['COM-01004', 'COM-01004', 'DEP-62', 'COM-2A004']
    >>> read("01005").nearest
    'COM-01004 (Ambérieu-en-Bugey)'
    """
    by_code: dict[str, list[str]] = {}
    for name in territories:
        by_code.setdefault(_bare(_code(name)), []).append(name)

    def read(text: str) -> Verdict:
        clean = tidy(text).upper()
        if not clean:
            return Verdict("", expected="valeur obligatoire, absente")
        if clean in territories:
            return Verdict(clean, rule="" if clean == text else NOTATIONS[3])
        # The kind may be typed too: COM-1004.
        kind, _, code = clean.rpartition("-")
        found = [name for name in by_code.get(_bare(code), []) if name.startswith(f"{kind}-" if kind else "")]
        found = [name for name in found if len(code) <= len(_code(name))]
        if len(found) == 1:
            return Verdict(found[0], rule=REPAIRED if _code(found[0]) == code else LOST_ZERO)
        if found:
            which = ", ".join(_named(name, territories) for name in found)
            return Verdict(clean, expected=f"ce code convient à plusieurs territoires : {which}")
        if clean in (held or {}):
            return Verdict(clean, expected="la ligne visée de territories.csv est elle-même en quarantaine")
        near = nearest(clean, territories) or nearest(clean, map(_code, territories))
        near = next((name for name in territories if near in (name, _code(name))), "")
        said = "aucun territoire de territories.csv n’a ce code"
        return Verdict(clean, expected=said, nearest=_named(near, territories) if near else "")

    return read


def _code(name: str) -> str:
    return name.partition("-")[2]


def _bare(code: str) -> str:
    """Return a code without its leading zeros; only digits lose them in a spreadsheet."""
    return code.lstrip("0") if code.isdigit() else code


def _named(name: str, territories: Mapping[str, str]) -> str:
    return f"{name} ({territories[name]})"
