"""Read the cells of an observation: each by what it may hold, and by what the catalogue says of its indicator."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from pic_analysis.causality import CLAIM, causal_words
from pic_analysis.cleaning.french_values import BLANK, Figure, status_of, unit_of
from pic_analysis.cleaning.typed_dates import read_date
from pic_analysis.cleaning.values import NOTATIONS, Verdict, one_of, tidy
from pic_analysis.vocabulary import MISSING_STATUSES, QUALITIES, SIGNED, STATUSES, UNITS, WHOLE, count_words, nearest

_NOTE_WORDS = 40
_quality = one_of(QUALITIES)
_status = one_of(STATUSES, required=False)


def linked(table: str, known: frozenset[str], held: set[str]) -> Callable[[str], Verdict]:
    """Return the reader of identifiers of a table: those of its clean rows; ``held`` are those in quarantine."""

    def read(text: str) -> Verdict:
        clean = tidy(text).upper()
        if clean in known:
            return Verdict(clean, rule="" if clean == text else NOTATIONS[3])
        if not clean:
            return Verdict("", expected="valeur obligatoire, absente")
        if clean in held:
            return Verdict(clean, expected=f"la ligne visée de {table}.csv est elle-même en quarantaine")
        said = f"aucune ligne de {table}.csv n’a cet identifiant"
        return Verdict(clean, expected=said, nearest=nearest(clean, known))

    return read


def read_unit(text: str, expected: str) -> Verdict:
    """Return the verdict of a unit: that of the catalogue, or none."""
    if not expected:
        return Verdict(tidy(text))  # the indicator itself is not known: that is told already
    if not tidy(text):
        said = f"unité obligatoire : celle du catalogue est {expected} ({UNITS[expected]})"
        return Verdict("", expected=said)
    if unit_of(text) == expected:
        return Verdict(expected, rule="" if text == expected else NOTATIONS[0])
    said = f"l’unité du catalogue est {expected} ({UNITS[expected]})"
    if text.strip().isdigit():
        said += " ; un nombre à virgule (14,1) s’écrit 14.1, ou entre guillemets : sa virgule décale la ligne"
    return Verdict(text, expected=said)


def impossible(number: str, unit: str) -> str:
    """Say why a number cannot be a value of a unit; empty if it can.

    >>> impossible("-3", "meeting"), impossible("142", "percent"), impossible("14.2", "percent")
    ('un compte ne descend pas sous zéro', 'une part va de 0 à 100 %', '')
    >>> impossible("12.5", "meeting"), impossible("220.0", "meeting")
    ('un nombre entier est attendu : l’unité est réunion', '')
    """
    value = float(number)
    if unit == "percent" and not 0 <= value <= 100:
        return "une part va de 0 à 100 %"
    if value < 0 and unit not in SIGNED:
        return "un compte ne descend pas sous zéro"
    if unit in WHOLE and not value.is_integer():
        return f"un nombre entier est attendu : l’unité est {UNITS[unit]}"
    return ""


def read_quality(text: str, best: str) -> Verdict:
    """Return the verdict of a quality: never better than what the catalogue says of the indicator."""
    verdict = _quality(text)
    if not verdict.expected and best and verdict.clean < best:
        said = f"meilleure que celle du catalogue, qui est {best} ({QUALITIES[best]})"
        return Verdict(verdict.clean, expected=said)
    return verdict


def kind_of(figure: Figure) -> tuple[bool, bool, str]:
    """Return what a status must agree with: whether the cell can be read, holds a number, and its own status."""
    return not figure.expected, bool(figure.number), figure.status


def read_status(text: str, kind: tuple[bool, bool, str]) -> Verdict:
    """Return the verdict of a status, read with the cell of the value."""
    sound, number, own = kind
    typed = Verdict(status_of(text)) if status_of(text) else _status(text)
    if typed.expected:
        return typed
    if not sound:
        return Verdict(typed.clean)
    status = own or typed.clean
    if not status:
        return Verdict("", expected=f"statut attendu : {', '.join(STATUSES.values())}" if number else BLANK)
    if own and typed.clean and own != typed.clean:
        said = f"la cellule de la valeur dit « {STATUSES[own]} », celle du statut « {STATUSES[typed.clean]} »"
        return Verdict(status, expected=said)
    if number and status in MISSING_STATUSES:
        return Verdict(status, expected="une valeur, et un statut qui dit qu’elle manque : lequel est juste ?")
    if not number and status not in MISSING_STATUSES:
        said = f"valeur absente sans statut qui le dise : {', '.join(MISSING_STATUSES)}"
        return Verdict(status, expected=said)
    return Verdict(status, rule="" if status == text else NOTATIONS[0] if tidy(text) else "statut lu dans la valeur")


def date_until(today: datetime.date) -> Callable[[str], Verdict]:
    """Return the reader of a date that must be there, and is not to come."""

    def read(text: str) -> Verdict:
        verdict = read_date(text, today)
        if not verdict.clean and not verdict.expected:
            return Verdict("", expected="valeur obligatoire, absente")
        return verdict

    return read


def read_note(text: str) -> Verdict:
    """Return the verdict of a note: any text of some words, which does not claim what a value alone cannot know."""
    clean = tidy(text)
    if found := causal_words(clean):
        return Verdict(clean, expected=f"« {found[0]} » : {CLAIM}")
    if (words := count_words(clean)) > _NOTE_WORDS:
        return Verdict(clean, expected=f"au plus {_NOTE_WORDS} mots, lus : {words}")
    return Verdict(clean, rule="" if clean == text else NOTATIONS[3])
