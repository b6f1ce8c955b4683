"""Read what a site answered, JSON or CSV, as a stranger's file: within bounds, nothing executed, every fault told."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pic_analysis.fetching import addresses
from pic_analysis.fetching.kept import Answer
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.numbers_fr import integer
from pic_analysis.schemas.columns import PARTIAL_DATE
from pic_analysis.vocabulary import is_date, nearest

MOST_ROWS = 500_000
_HTML = ("text/html", "application/xhtml+xml")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_SPACES = re.compile("[ \u00a0\u202f]")
# Signs of French statistics, and what stands for them in the interfaces that were read.
_SIGNS = {
    "": "not_available",
    "…": "not_available",
    "...": "not_available",
    "nd": "not_available",
    "n.d.": "not_available",
    "na": "not_available",
    "s": "secret",
    "c": "secret",
    "secret": "secret",
    "///": "not_applicable",
    "//": "not_applicable",
}
_CHANGED = "Le site a changé de forme : comparez son adresse avec connections.yml, rien n’a été écrit"


def json_object(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer; its numbers stay text, as they were written.

    Raises
    ------
    AnswerError
        If it is a page for a person, no JSON, JSON that stops, or no object.

    >>> json_object(Answer(b'{"total": 8.70}', "https://example.fr", "application/json"))
    {'total': '8.70'}
    """
    name = addresses.host(answer.address)
    refuse_html(answer)
    try:
        read = json.loads(answer.content, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        said = "une réponse JSON entière est attendue ; celle-ci est coupée ou illisible"
        raise AnswerError(name, said, value=_beginning(answer), hint=_CHANGED) from None
    if not isinstance(read, dict):
        raise AnswerError(name, "un objet JSON est attendu", value=_beginning(answer), hint=_CHANGED)
    return read


def csv_records(answer: Answer, needed: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV answer by column, whatever its separator.

    Parameters
    ----------
    answer
        CSV in UTF-8, or in Windows-1252 as French spreadsheets write it.
    needed
        Columns without which it cannot be used.

    Raises
    ------
    AnswerError
        If it is a page for a person or no text, if a column is missing or given twice, if a row has not as many
        cells as the header, or if the last line stops while nothing says that it is whole.
    """
    name = addresses.host(answer.address)
    refuse_html(answer)
    text = _text(answer.content)
    head = text[:200].lstrip().lower()
    if head.startswith(("<!doctype", "<html")) or "\x00" in text:
        raise AnswerError(name, "un tableau CSV est attendu", value=_beginning(answer), hint=_CHANGED)
    if not answer.whole and not text.endswith("\n"):
        raise AnswerError(
            name, "un fichier entier est attendu ; sa dernière ligne s’arrête", hint="Relancez la commande"
        )
    first = text.split("\n", 1)[0]
    separator = max(";,\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        require(name, header, needed)
        if twice := {cell for cell in header if cell and header.count(cell) > 1}:
            raise AnswerError(name, "chaque colonne une seule fois", row=1, value=", ".join(sorted(twice)))
        records = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                said = f"{len(header)} cellules, comme l’en-tête, et non {len(cells)}"
                raise AnswerError(
                    name, said, row=reader.line_num, hint="Fichier coupé ou recollé : relancez la commande"
                )
            records.append(dict(zip(header, cells, strict=True)))
            check_size(name, len(records))
    except csv.Error:
        said = "un tableau CSV lisible est attendu ; des guillemets ne se ferment pas"
        raise AnswerError(name, said, row=reader.line_num, hint="Fichier coupé : relancez la commande") from None
    return records


def require(source: str, present: Iterable[str], needed: Iterable[str]) -> None:
    """Refuse an answer that lacks a column, naming it, those that it has, and the nearest.

    >>> require("example.fr", ["ANNEE", "TOTAL"], ["annee"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pic_analysis.fetching.refusal.AnswerError: example.fr, colonne annee : colonne absente de la réponse, ...
    """
    known = list(dict.fromkeys(present))
    for column in needed:
        if column not in known:
            has = ", ".join(re.sub(r"\s+", " ", name)[:40] for name in known[:40]) or "aucune colonne"
            said = f"colonne absente de la réponse, qui a {has}"
            raise AnswerError(source, said, column=column, near=nearest(column, known), hint=_CHANGED)


def objects(source: str, read: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the list of objects that stands under a key.

    >>> objects("example.fr", {"data": [{"total": "8"}]}, "data")
    [{'total': '8'}]
    """
    require(source, read, [key])
    found = read[key]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise AnswerError(source, "une liste d’objets est attendue", column=key, value=str(found), hint=_CHANGED)
    check_size(source, len(found))
    return found


def mapping(source: str, read: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the object that stands under a key."""
    require(source, read, [key])
    if not isinstance(read[key], dict):
        raise AnswerError(source, "un objet est attendu", column=key, value=str(read[key]), hint=_CHANGED)
    return read[key]


def text(source: str, read: Mapping[str, Any], key: str) -> str:
    """Return the text or number that stands under a key, as written; nothing reads as an empty text.

    >>> text("example.fr", {"taux": " 8.70 "}, "taux"), text("example.fr", {"taux": None}, "taux")
    ('8.70', '')
    """
    require(source, read, [key])
    found = read[key]
    if found is None:
        return ""
    if not isinstance(found, str):
        raise AnswerError(source, "un texte ou un nombre est attendu", column=key, value=str(found), hint=_CHANGED)
    return found.strip()


def whole_number(source: str, read: Mapping[str, Any], key: str) -> int:
    """Return the whole number that stands under a key.

    >>> whole_number("example.fr", {"total": "1200"}, "total")
    1200
    """
    found = text(source, read, key)
    if not re.fullmatch(r"\d{1,12}", found):
        raise AnswerError(source, "un nombre entier est attendu", column=key, value=found, hint=_CHANGED)
    return int(found)


def day(source: str, read: Mapping[str, Any], key: str) -> str:
    """Return the day of a date and time that stands under a key; an empty text if there is none.

    >>> day("example.fr", {"modified": "2026-06-29T08:00:00Z"}, "modified"), day("example.fr", {}, "modified")
    ('2026-06-29', '')
    """
    found = text(source, read, key) if key in read else ""
    return found[:10] if is_vintage(found[:10]) else ""


def is_vintage(written: str) -> bool:
    """Say whether a text is the date of a release: a day, a month or a year that exists.

    >>> is_vintage("2026-09"), is_vintage("2026-19"), is_vintage("latest"), is_vintage("99999999999")
    (True, False, False, False)
    """
    return bool(re.fullmatch(PARTIAL_DATE, written)) and is_date(written)


def number(source: str, written: str, column: str) -> tuple[str, str]:
    """Return a value with a decimal point, or the reason why there is none.

    Raises
    ------
    AnswerError
        If it is neither a number nor a known sign.

    >>> number("example.fr", "6 799,0", "total"), number("example.fr", "8.70", "taux"), number("example.fr", "s", "x")
    (('6799', ''), ('8.70', ''), ('', 'secret'))
    """
    plain = _SPACES.sub("", written).replace(",", ".")
    if (sign := _SIGNS.get(written.strip().lower())) is not None:
        return "", sign
    try:
        read = Decimal(plain) if _NUMBER.fullmatch(plain) and len(plain) < 40 else None
    except InvalidOperation:
        read = None
    if read is None or read.adjusted() > 15 or int(read.as_tuple().exponent) < -20:
        raise AnswerError(source, "un nombre est attendu", column=column, value=written, hint=_CHANGED)
    return f"{read.to_integral_value() + 0:f}" if read == read.to_integral_value() else f"{read:f}", ""


def check_size(source: str, rows: int) -> None:
    """Refuse more rows than an extract can be meant to have."""
    if rows > MOST_ROWS:
        said = f"au plus {integer(MOST_ROWS)} lignes"
        raise AnswerError(source, said, value=f"{rows}", hint="Filtrez la demande dans connections.yml")


def check_count(source: str, received: int, announced: int) -> None:
    """Refuse fewer or more rows than the site announced: pages were lost, or the data changed between two of them.

    >>> check_count("example.fr", 90, 100)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pic_analysis.fetching.refusal.AnswerError: example.fr : 100 lignes annoncées, 90 reçues...
    """
    if received != announced:
        said = f"{integer(announced)} lignes annoncées, {integer(received)} reçues"
        raise AnswerError(source, said, hint="Les données ont pu changer pendant la lecture : relancez la commande")


def keeping(
    records: Iterable[dict[str, Any]], keep: Mapping[str, tuple[str, ...]], source: str
) -> list[dict[str, Any]]:
    """Return the records whose columns hold one of the values to keep.

    >>> rows = [{"REG": "32", "taux": "8.7"}, {"REG": "11", "taux": "7.0"}]
    >>> keeping(rows, {"REG": ("32",)}, "example.fr")
    [{'REG': '32', 'taux': '8.7'}]
    """
    kept = []
    for record in records:
        require(source, record, keep)
        if all(text(source, record, column) in values for column, values in keep.items()):
            kept.append(record)
    return kept


def refuse_html(answer: Answer) -> None:
    """Refuse a page for a person, where data are expected."""
    if answer.kind in _HTML:
        said = "des données sont attendues, et non une page à lire"
        hint = "Le site est peut-être en maintenance"
        raise AnswerError(addresses.host(answer.address), said, value=_beginning(answer), hint=hint)


def _beginning(answer: Answer) -> str:
    return answer.content[:120].decode("utf-8", errors="replace")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _no_constant(name: str) -> Callable[..., Any]:
    raise ValueError(f"{name} is no JSON number")
