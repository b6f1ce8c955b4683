"""Mask what may tell who somebody is wherever a file of interviews is quoted: messages, quarantine, log.

A rule sees forms, not people: it finds addresses, telephone numbers, civilities and words written as names are; in
lower case, a cell that is a given name and a word or two. A surname alone in lower case looks like any word. A row
whose cells do not stand under their headers is masked whole, since anything may stand anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from pic_analysis.given_names import ALSO_WORDS, GIVEN_NAMES
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import Fields, Sheet
from pic_analysis.vocabulary import INTERVIEW_MODES, STAKEHOLDER_TYPES

MASKED = "(masqué)"
"""What stands for a cell, or for words, that may tell who somebody is."""

_UP, _LOW = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ", "a-zàâäçéèêëîïôöùûüÿœ"
_CODE = re.compile(r"\W*[A-Za-z]{1,4}[\s_.-]*[0-9]{1,4}\W*")
_CELL = re.compile(r"[A-Z]{1,3}[0-9]+")
_SHIFTED = re.compile(r"\bcellules? attendues?\b")
_FORMS = (
    # An address, however its @ is disguised.
    re.compile(
        r"[\w.+-]+\s*(?:@|[(\[{]\s*(?:at|arobase|arobas)\s*[)\]}]|\barobase\b)\s*[\w-]+(?:\s*(?:\.|point)\s*\w+)*",
        re.IGNORECASE,
    ),
    re.compile(r"(?:\+|(?<!\d)00)\d[\d\s.\-/()]{7,}\d|(?<!\d)\d{9,}(?!\d)"),
    # Ten French digits in groups, or nine where a spreadsheet ate the zero.
    re.compile(r"(?<![\d.,])(?:0\s*)?[1-9](?:[\s.\-/]?\d\d){4}(?![\d.,]?\d)"),
    re.compile(
        rf"(?<!\w)(?:(?:MM?|Mr|M[ml]es?|Mlles?|Dr|Pr|mr|mmes?|mlles?|dr)\b\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|"
        rf"[Dd]octeur|(?:Me|[Mm]aître)(?=\s+[{_UP}]))\s+[{_UP}{_LOW}][\w’'-]*\.?(?:\s+[{_UP}][\w’'-]*\.?)*"
    ),
)
_WORD = rf"[{_UP}][{_UP}{_LOW}’'-]+"
_INITIAL = rf"[{_UP}]\.(?:-?[{_UP}]\.)?|[{_UP}](?![\w’'-])"
_PARTICLE = r"(?:(?:du|de|de la|des|le|la|van|von|ben|el|d[’'])\s+)?"
_NAME = re.compile(
    rf"(?<![\w’'-])(?:{_WORD}(?:\s+{_PARTICLE}{_WORD})+(?:\s+(?:{_INITIAL}))?|{_WORD}\s+(?:{_INITIAL})|"
    rf"(?:[{_UP}]\.-?\s?){{1,2}}{_WORD})(?![\w’'-])"
)
# Words that titles and labels write with a capital, and that are nobody's name.
_ORDINARY = frozenset(
    word
    for text in (
        *STAKEHOLDER_TYPES.values(),
        *INTERVIEW_MODES.values(),
        "elu elue municipal municipaux municipale departemental regional adjoint maire mairie agent territorial",
        "commune ville conseil communaute agglomeration region departement etat chambre agriculture agence office",
        "habitant habitante association entreprise agriculteur chercheur chercheuse autre acteur public local locale",
        "le la les",
    )
    for word in fold(text).split()
)


_BARE = re.compile(rf"[{_LOW}’'-]{{2,}}(?:\s+[{_LOW}’'-]{{2,}}){{0,2}}")
"""A cell of one to three words, none with a capital."""
_WORDS_TOO = """
    ali aline amine armand aude baptiste carole claire clement clementine colette denis diane dominique florence florent
    germain germaine guy jean justine laure leo lorraine marguerite marie marine martial max maxime olivier perrine
    pierre regis romain rosalie said salome simone solange valentin valentine victoire
"""
_OTHERWISE = ALSO_WORDS | frozenset(_WORDS_TOO.split())
"""Given names that lower case makes words, trees, fruit, towns, regions."""
_PLACED = "saint sainte st ste rue place avenue quartier cite fosse ecole college lycee salle parc"
_PLACES = frozenset(_PLACED.split())
"""What a given name follows where it names a place."""


def masked(text: str) -> str:
    """Return a text without what may tell who somebody is.

    >>> masked("06 12 34 56 78"), masked("DURAND Paul, riverain"), masked("voir p.durand@ville.fr")
    ('(masqué)', '(masqué), riverain', 'voir (masqué)')
    >>> masked("Élus Municipaux"), masked("04/11/2015"), masked("riveraine")
    ('Élus Municipaux', '04/11/2015', 'riveraine')
    >>> masked("durand paul"), masked("eau claire"), masked("école paul langevin")
    ('(masqué)', 'eau claire', 'école paul langevin')
    """
    if _BARE.fullmatch(text.strip()) and _bare_name(text):
        return MASKED
    for form in _FORMS:
        text = form.sub(MASKED, text)
    return _NAME.sub(lambda found: found.group() if _ordinary(found.group()) else MASKED, text)


def _bare_name(text: str) -> bool:
    """Say whether words without a capital hold a given name that is nothing else: ``durand paul``, ``marie-paule``."""
    words = text.split()
    if any(fold(word) in _PLACES for word in words):
        return False
    parts = [fold(word).split() for word in words]  # « jean-pierre » is two names, « saint-nicolas » is a place
    return any(GIVEN_NAMES.issuperset(names) and not _OTHERWISE.issuperset(names) for names in parts if names)


def _ordinary(text: str) -> bool:
    return all(word in _ORDINARY for word in fold(text).split())


def masked_cells(cells: pd.Series) -> pd.Series:
    """Return a column with each of its distinct cells masked."""
    which, found = pd.factorize(cells)
    return pd.Series(
        pd.array([masked(str(text)) for text in np.asarray(found, dtype=object)], dtype="str").take(which),
        index=cells.index,
    )


def discreet(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems that quote nothing that may tell who somebody is."""
    return [
        replace(
            problem,
            value=masked(problem.value),
            expected=masked(problem.expected),
            hint=masked(problem.hint),
            nearest=masked(problem.nearest),
        )
        for problem in problems
    ]


def guarded(sheet: Sheet, fields: Fields) -> Sheet:
    """Return a sheet whose problems quote known columns only, and whose rows out of line hold nothing to quote.

    Parameters
    ----------
    sheet
        A file as read: its problems may quote whole rows, and cells of columns that are not taken.
    fields
        The columns that are taken, with the names that they are known by.

    Notes
    -----
    The code of an interview stays where it can be read as one: who withdraws must be found even in a spoilt row.
    """
    names = {fold(name) for field, known in fields.items() for name in (field, *known)}
    problems = tuple(
        replace(problem, value=MASKED) if _of_nowhere(problem, names) else problem for problem in sheet.problems
    )
    rows = {
        problem.row for problem in problems if problem.row and problem.blocking and _SHIFTED.search(problem.expected)
    }
    shifted = sheet.frame.index.isin([*rows])
    if not shifted.any():
        return replace(sheet, problems=problems)
    frame = sheet.frame.copy()
    typed = frame.loc[shifted, "interview_id"] if "interview_id" in frame else None
    frame.loc[shifted] = MASKED
    if typed is not None:
        frame.loc[shifted, "interview_id"] = typed.where(typed.str.fullmatch(_CODE), MASKED)
    if "coder" in frame:  # turned into a letter before anything is judged: it must not be this word
        frame.loc[shifted, "coder"] = ""
    return replace(sheet, frame=frame, problems=problems)


def _of_nowhere(problem: Problem, names: Collection[str]) -> bool:
    """Say whether a problem quotes a whole row that is out of line, or a cell of a column that is not taken."""
    if not problem.row or not problem.value or _CELL.fullmatch(problem.value):
        return False
    column = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", problem.column.rpartition(" / ")[2])
    return fold(column) not in names if column else problem.blocking
