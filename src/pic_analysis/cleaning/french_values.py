"""Read a published figure as French tables print it: spaces, decimal commas, signs of absence, letters of status."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pic_analysis.cleaning.values import tidy
from pic_analysis.reading.grid import key as fold
from pic_analysis.vocabulary import MISSING_STATUSES, UNITS

_SIGNS = {
    "…": "not_available",
    "...": "not_available",
    "nd": "not_available",
    "n d": "not_available",
    "na": "not_available",
    "n a": "not_available",
    "non disponible": "not_available",
    "///": "not_applicable",
    "sans objet": "not_applicable",
    "s": "secret",
    "secret": "secret",
    "secret statistique": "secret",
}
LETTERS = {"p": "provisional", "r": "revised", "d": "definitive", "e": "estimated"}
"""Letters that tables put after a number."""

_UNITS = {fold(form): code for code, label in UNITS.items() for form in (code, label, f"{label}s")} | {
    "%": "percent",
    "€": "euro",
    "euros": "euro",
    "hab": "inhabitant",
    "m³": "cubic_metre",
    "m3": "cubic_metre",
    "€/m²": "euro_per_square_metre",
    "€/hab": "euro_per_inhabitant",
}
del _UNITS[""]  # what has no letter: %, €

_CANONICAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")  # 1.234, 1,234: thousands, or decimals?
_POINT = re.compile(r"[-−+]?\d+\.(?:\d{1,2}|\d{4,})(?!\d)|[-−+]?(?:0|\d{4,})\.\d{3}(?!\d)")
_COMMA = re.compile(r"[-−+]?\d[\d \u00a0\u202f.]*,(?:\d{1,2}|\d{4,})(?!\d)|[-−+]?(?:0|\d{4,}),\d{3}(?!\d)")
_NUMBER = re.compile(r"(?P<number>[-−+]?\d[\d .,']*?)\s*(?P<rest>[^\d\s.,'].*)?")
_LETTER = re.compile(r"\(?(?P<letter>[prdePRDE])\)?")
_WITH_LETTER = re.compile(r"(?P<unit>.*?)\s*\(?(?<!\w)(?P<letter>[prdePRDE])\)?")
_SPACED = re.compile(r"-?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
_DOTTED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:[.,]\d+)?")

_EXPECTED = "attendu : un nombre (14,1 ; 1 234), ou le signe qui dit pourquoi il manque (…, ///, s)"
BLANK = "ni valeur, ni statut : écrivez … si la valeur n’est pas connue, /// si elle n’a pas lieu d’être, s si secrète"
"""What is said of a value that is blank without a status that says why."""
NOTATION = "nombre écrit à la française"
"""The repair of a number that was only written otherwise."""


@dataclass(frozen=True)
class Figure:
    """What a cell says: a number in plain form, or nothing; a status and a unit, where the cell has them too.

    ``rule`` tells what was repaired; ``expected`` what should have been there, where the cell cannot be read.
    """

    number: str = ""
    status: str = ""
    unit: str = ""
    rule: str = ""
    expected: str = ""


def decimal_sign(cells: Iterable[str]) -> str:
    """Return the decimal sign that the cells of a file show beyond doubt; empty where they show none, or both.

    >>> decimal_sign(["14.1", "1.234"]), decimal_sign(["1 234,5", "1.234"]), decimal_sign(["1.234"])
    ('.', ',', '')
    """
    found = set()
    for text in cells:
        if _POINT.match(text.strip()) and "," not in text:
            found.add(".")
        elif _COMMA.match(text.strip()):
            found.add(",")
        if len(found) > 1:
            return ""
    return "".join(found)


def read_figure(text: str, decimal: str = "") -> Figure:
    r"""Return what the cell of a value says.

    Parameters
    ----------
    text
        The cell, as typed.
    decimal
        Decimal sign that the other cells of the file show (``decimal_sign``): without it, ``1.234`` can be read two
        ways and is not.

    Notes
    -----
    The signs are those of INSEE's publications: « … » for what is not available, « /// » for what has no reason to
    be, « s » for what secrecy covers, « p », « r », « e » after a provisional, revised or estimated number.

    Examples
    --------
    >>> read_figure("1\u202f234,5 (p)").number, read_figure("1\u202f234,5 (p)").status, read_figure("12,3 %").unit
    ('1234.5', 'provisional', 'percent')
    >>> read_figure("///").status, read_figure("1.234").expected
    ('not_applicable', 'se lit de deux façons : 1234 ou 1,234')
    """
    if _CANONICAL.fullmatch(text) and not (_TWO_WAYS.fullmatch(text) and decimal != "."):
        return Figure(text)
    clean = tidy(text)
    if not clean:
        return Figure()
    if status := _sign(clean):
        return Figure(status=status, rule="" if text == MISSING_STATUSES[status] else "signe d’absence lu")
    found = _NUMBER.fullmatch(clean)
    if not found:
        return Figure(expected=_EXPECTED)
    number, fault = _plain(found["number"].strip(), decimal)
    if fault:
        return Figure(expected=fault)
    rest = found["rest"] or ""
    unit, status = _rest(rest)
    if rest and not (unit or status):
        said = (
            "après le nombre, attendu : une unité, ou une lettre de statut (p, r, d, e) ; un appel de note va en note"
        )
        return Figure(expected=said)
    return Figure(number, status, unit, NOTATION if number != text else "")


def _plain(typed: str, decimal: str) -> tuple[str, str]:
    """Return a number in plain form, or why it cannot be read."""
    text = typed.replace("−", "-").removeprefix("+").replace("'", " ")
    if found := _TWO_WAYS.fullmatch(text):
        if decimal != found[1]:
            whole, thousandth = text.replace(found[1], ""), text.replace(found[1], ",")
            return "", f"se lit de deux façons : {whole} ou {thousandth}"
        return text.replace(",", "."), ""
    if _PLAIN.fullmatch(text):
        return text.replace(",", "."), ""
    if _SPACED.fullmatch(text):
        return text.replace(" ", "").replace(",", "."), ""
    if _DOTTED.fullmatch(text):
        return text.replace(".", "").replace(",", "."), ""
    return "", _EXPECTED


def _rest(text: str) -> tuple[str, str]:
    """Return the unit and the status that follow a number; both empty where what follows is neither."""
    if found := _LETTER.fullmatch(text):
        return "", LETTERS[found["letter"].lower()]
    if unit := unit_of(text):
        return unit, ""
    if (found := _WITH_LETTER.fullmatch(text)) and (unit := unit_of(found["unit"])):
        return unit, LETTERS[found["letter"].lower()]
    return "", ""


def unit_of(text: str) -> str:
    """Return the code of a unit from any of its writings; empty if it is none.

    >>> unit_of("%"), unit_of("Habitants"), unit_of("visites")
    ('percent', 'inhabitant', '')
    """
    return _UNITS.get(text.casefold()) or _UNITS.get(fold(text), "")


def status_of(text: str) -> str:
    """Return the status that a sign or a letter stands for; empty if it is none.

    >>> [status_of(text) for text in ("…", "p", "(r)", "x")]
    ['not_available', 'provisional', 'revised', '']
    """
    clean = tidy(text)
    return _sign(clean) or LETTERS.get(clean.casefold().strip("()"), "")


def _sign(clean: str) -> str:
    """Return the status that a sign of absence stands for; ``#N/A`` is a spreadsheet's fault, and none."""
    return _SIGNS.get(clean) or ("" if clean.startswith("#") else _SIGNS.get(fold(clean), ""))
