"""Say what is wrong with interview files in the words of those who made them.

A column is named as its file names it; what a whole column lacks is said once; what is wrong with many codings of an
export is said once, with what to do in the tool, since nobody sees the rows of an export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from pic_analysis.cleaning import arbitration, codebook, codings, register, stakeholder_labels
from pic_analysis.cleaning.masking import MASKED
from pic_analysis.cleaning.sieve import Sieve
from pic_analysis.numbers_fr import agreed, count, integer
from pic_analysis.problems import Problem, spans
from pic_analysis.reading.imported import UNITS
from pic_analysis.reading.sheets import MISSING_COLUMN, Sheet

_FIELDS = (
    register.FIELDS,
    codebook.FIELDS,
    codings.FIELDS,
    codings.ASKED_FIELDS,
    stakeholder_labels.FIELDS,
    arbitration.FIELDS,
)
_KNOWN = {field: known for fields in _FIELDS for field, known in fields.items()}
_INSTEAD = {"start": "segment", "end": "segment"}  # one column may give both
_ABSENT = "valeur obligatoire, absente"

_TO_DO = {
    "interview_id": "Dans l’outil, nommez chaque document d’après son entretien (INT001), puis refaites l’export",
    "code_id": "Complétez la grille, ou reprenez dans l’outil les noms qu’elle donne",
    "direction": "Posez sur le même passage un code « appuie », « nuance » ou « contredit », ou écrivez ce mot en "
    "commentaire du codage ; si le sens est le même partout, une ligne d’arbitrages.csv le dit : "
    "« sens par défaut », appuie, et le motif",
    "start": "Exportez le projet entier, en REFI-QDA (.qdpx) ou en base de Taguette (.sqlite3) : la place y est",
    "coder": "Un fichier par codeur, à son nom : codages_A, codages_B…",
    "definition_fr": "Raccourcissez la définition dans l’outil : l’essentiel, en soixante mots",
}
_NOT_SAID = {
    "interview_id": "le document n’est pas nommé",
    "code_id": "le code n’est pas nommé",
    "direction": "le sens n’est pas dit",
}
_NO_PLACE = "la place du passage dans le texte n’est pas dite"
_ELSEWHERE = "Seuls des passages de texte se comparent entre codeurs"
_SHOWN = 5  # values, and spans of rows, that one message tells


def printed(problems: Iterable[Problem], sheets: Sequence[Sheet]) -> list[Problem]:
    """Return problems whose columns are named as their file names them; those of a column that is not there, once.

    Parameters
    ----------
    problems
        Problems whose columns are named after our fields, or already after the file.
    sheets
        The files as read; their rows do not matter.
    """
    read = {sheet.file: sheet for sheet in sheets}
    found: list[Problem] = []
    lacking: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        sheet = read.get(problem.file)
        if sheet is None or sheet.tool or problem.column not in _KNOWN:
            found.append(replace(problem, column=_title(problem.column)))
        elif header := sheet.headers.get(problem.column) or sheet.headers.get(_INSTEAD.get(problem.column, "")):
            found.append(replace(problem, column=header))
        elif problem.blocking and problem.expected != MISSING_COLUMN:
            lacking.setdefault((problem.file, problem.column), []).append(problem)
        else:
            found.append(replace(problem, column=_title(problem.column)))
    told = {(problem.file, problem.column) for problem in found if problem.expected == MISSING_COLUMN}
    for (file, field), alike in lacking.items():
        if (file, _title(field)) not in told:
            said = MISSING_COLUMN if alike[0].expected == _ABSENT else alike[0].expected
            found.append(Problem(file, 1, _title(field), "", said, _names(field)))
    return [*dict.fromkeys(found)]  # one column read as two says twice the same


def _title(field: str) -> str:
    return str(_KNOWN[field][0]) if field in _KNOWN else field


def _names(field: str) -> str:
    either = f", ou une colonne pour les deux : {', '.join(_KNOWN[_INSTEAD[field]])}" if field in _INSTEAD else ""
    return f"Noms reconnus : {', '.join(_KNOWN[field])}{either}"


def row_problems(sieve: Sieve, accepted: Mapping[tuple[str, int], str], sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Yield what is wrong with the rows held: row by row, but for the rows of an export, told together.

    Parameters
    ----------
    sieve
        The rows of one table.
    accepted
        Reasons of the decisions, by file and row.
    sheets
        The files as read; their rows do not matter.
    """
    exports = [sheet.file for sheet in sheets if sheet.tool]
    files = sieve.raw.loc[sieve.faults["position"], "file"].astype("str").to_numpy()
    of_export = pd.Series(files, dtype="str").isin(exports).to_numpy() & sieve.faults["follows"].eq("").to_numpy()
    yield from replace(sieve, faults=sieve.faults[~of_export]).problems(accepted)
    rows = sieve.raw.loc[sieve.faults.loc[of_export, "position"], "row"].to_numpy()
    faults = sieve.faults[of_export].assign(file=files[of_export], row=rows)
    faults["accepted"] = [accepted.get(place, "") for place in zip(faults["file"], faults["row"], strict=True)]
    faults["expected"] = faults["expected"].astype("str").str.replace(r" ?, lus : \d+$", "", regex=True)
    misplaced = faults["column"].isin([*_INSTEAD]) & faults["expected"].str.startswith(("attendu", _ABSENT))
    faults["column"] = faults["column"].where(~misplaced, "start")
    faults = faults.drop_duplicates(["position", "column", "expected"])  # the start and the end of one passage
    noun = "code" if "label_fr" in sieve.raw else "codage"
    for (file, column, expected, reason), found in faults.groupby(["file", "column", "expected", "accepted"]):
        yield _together(noun, file, column, expected, reason, found)


def _together(noun: str, file: str, column: str, expected: str, reason: str, found: pd.DataFrame) -> Problem:
    """Return one problem for the rows of an export that have the same fault."""
    said, hint = expected, _TO_DO.get(column, "Corrigez dans l’outil, puis refaites l’export")
    if expected == _ABSENT:
        said = _NOT_SAID.get(column, expected)
    near = ""
    value = _listed(found)
    if column == "start" and expected.startswith(("attendu", _ABSENT)):
        units = Counter(str(text).partition(" ")[2] for text in found["value"])
        elsewhere = [f"{integer(number)} {UNITS[unit]}" for unit, number in units.items() if unit in UNITS and unit]
        said = f"ce n’est pas du texte ({', '.join(elsewhere)})" if elsewhere else _NO_PLACE
        value, hint = "", _ELSEWHERE if elsewhere else hint
    elif column == "interview_id" and found["value"].eq(MASKED).all():
        said = "le nom du document n’est pas le code d’un entretien"
    elif found["value"].nunique() == 1:
        near = str(found["nearest"].iloc[0])
    if reason:
        hint = f"Accepté : {reason}"
    elif len(numbers := spans(found["row"]).split(", ")) <= _SHOWN:
        which = agreed(len(found), "pour l’écarter", "pour les écarter")
        hint += f" ; {which}, une ligne d’arbitrages.csv par {noun} (« {file} {found['row'].iloc[0]} », écarter)"
        hint += f", n° {', '.join(numbers)}" if len(found) > 1 else ""
    return Problem(file, 0, "", value, f"{count(len(found), noun)} : {said}", hint, near, blocking=not reason)


def _listed(found: pd.DataFrame) -> str:
    """Return the values that rows have, the most frequent first, each with its number."""
    values = Counter(str(text) for text in found["value"] if str(text) not in ("", MASKED))
    if len(values) < 2:
        return next(iter(values), "")
    shown = " · ".join(f"{value} ({integer(number)})" for value, number in values.most_common(_SHOWN))
    rest = len(values) - _SHOWN
    return shown + (f" · {count(rest, 'autre')}" if rest > 0 else "")
