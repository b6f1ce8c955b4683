"""Find the files of a study's interviews by their names, and read each as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning import codebook, codings, withdrawals
from pic_analysis.cleaning.exported_grid import grid_of
from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading import detect
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.sheets import DELIMITED, MISSING_COLUMN, WORKBOOKS, Fields, Sheet, read_sheet
from pic_analysis.vocabulary import nearest

_TABULAR = (*DELIMITED, *WORKBOOKS)
_EXPORTS = (".qdpx", ".qdc", ".qda", ".sqlite", ".sqlite3", ".db")
_ONE_EACH = ("registre", "grille", "questions", "correspondance_types", "arbitrages")
_READ_AS = dict.fromkeys(_ONE_EACH, _TABULAR) | dict.fromkeys(("grille", "codages"), (*_TABULAR, *_EXPORTS))
_ALSO = {"grille": " ; la liste de codes d’un outil (grille.qdc) ou son projet (grille.qdpx) convient aussi"}
_BESIDE = (withdrawals.FILE, "readme.md", "lisez-moi.md")


def files_of(folder: Path) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Return the files of each kind, and the problems of those that are missing, unknown or there twice."""
    files: dict[str, list[Path]] = {}
    problems = []
    stems: set[str] = set()
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$"))):
        suffix = path.suffix.lower()
        kind = _kind(path.stem, suffix)
        if path.name.lower() in _BESIDE:
            continue
        if suffix in (_READ_AS.get(kind, ())):
            if stem(path.name) in stems:
                said = "un autre fichier porte ce nom, à sa terminaison près : lequel est le bon ?"
                problems.append(Problem(path.name, 0, "", "", said, "Gardez-en un"))
                continue
            if kind in _ONE_EACH and kind in files:
                said = f"il y a déjà une grille, {files[kind][0].name} : laquelle est la bonne ?"
                problems.append(Problem(path.name, 0, "", "", said, "Gardez-en une"))
                continue
            stems.add(stem(path.name))
            files.setdefault(kind, []).append(path)
        else:
            problems.append(_unknown(path, suffix))
    for kind in ("registre", "grille", "codages", "correspondance_types"):
        if kind not in files:
            name = "codages_A" if kind == "codages" else kind
            hint = f"Placez-le dans {paths.INTERVIEWS}/" + _ALSO.get(kind, "")
            problems.append(Problem(f"{name}.csv", 0, "", "", "fichier attendu, absent", hint))
    return files, problems


def _kind(name: str, suffix: str) -> str:
    """Return the kind of a file after its name; the grid of a tool may be named after the tool too."""
    if re.match(r"codages([_ -]|$)", name):
        return "codages"
    return "grille" if suffix in _EXPORTS and re.match(r"grille([_ -]|$)", name) else name


def _unknown(path: Path, suffix: str) -> Problem:
    """Return the problem of a file that nothing reads, with the name that it should have."""
    if suffix in _EXPORTS:
        said = "export d’un outil de codage, sous un nom qui ne dit pas ce qu’il est : rien n’y est lu"
        renamed = f"Nommez-le grille{suffix} si c’est la grille"
        if suffix != ".qdc":  # which never holds codings
            renamed += f", codages_A{suffix} s’il a les codages d’un codeur"
        return Problem(path.name, 0, "", "", said, renamed)
    known = [*_ONE_EACH, "codages_A"]
    said = f"{'dossier' if path.is_dir() else 'fichier'} inconnu : rien n’y est lu"
    return Problem(path.name, 0, "", "", said, f"Noms lus : {', '.join(known)}", nearest(path.stem, known))


def stem(file: str) -> str:
    """Return what names a file in the log: letters, digits and ``_``.

    >>> stem("codages-A v2.csv")
    'codages_A_v2'
    """
    return re.sub(r"\W", "_", file.rpartition(".")[0] or file)


def one_sheet(files: Mapping[str, Sequence[Path]], kind: str, fields: Fields, required: Iterable[str]) -> Sheet:
    """Return the sheet of a kind of file that is there once; without rows if it is not there."""
    if kind not in files:
        return Sheet(f"{kind}.csv", pd.DataFrame(columns=[*fields], dtype="str"))
    return read_sheet(files[kind][0], fields, required=required)


def read_grid(files: Mapping[str, Sequence[Path]]) -> Sheet:
    """Return the codebook: a table under our names, or the list of codes that a coding tool exported."""
    path = files["grille"][0] if "grille" in files else None
    if path is not None and path.suffix.lower() not in _TABULAR:
        return _exported_grid(path)
    sheet = one_sheet(files, "grille", codebook.FIELDS, codebook.REQUIRED)
    if path is not None and _lacks_columns(sheet):
        exported = _exported_grid(path)
        return exported if len(exported.frame) else sheet
    return sheet


def _exported_grid(path: Path) -> Sheet:
    exported = detect.read(path)
    if len(exported.codings):
        said = f"ce fichier a aussi {count(len(exported.codings), 'codage')} : seule sa liste de codes est prise ici"
        hint = f"Pour que ses codages comptent, copiez-le aussi sous le nom codages_A{path.suffix}"
        told = Problem(path.name, 0, "", "", said, hint, blocking=False)
        # What is odd about its passages is told of the file that they are read from.
        exported = replace(exported, problems=(*(found for found in exported.problems if found.blocking), told))
    if not (len(exported.codes) or exported.problems):
        none = Problem(path.name, 0, "", "", "aucun code dans ce fichier", "Refaites l’export de la grille")
        exported = replace(exported, problems=(none,))
    return grid_of(exported)


def read_codings(path: Path) -> Sheet:
    """Return the codings of a table under our names, or of an export of a coding tool, be it a table under its own."""
    if path.suffix.lower() in _TABULAR:
        sheet = read_sheet(path, codings.FIELDS, required=codings.REQUIRED, compact=True)
        if not _lacks_columns(sheet):
            return sheet
        exported = detect.read(path)
        return _exported_codings(exported) if len(exported.codings) else sheet
    return _exported_codings(detect.read(path))


def _exported_codings(exported: Imported) -> Sheet:
    if len(exported.codings):
        return replace(codings.from_imported(exported), tool=exported.tool)
    problems = [*exported.problems]
    if not exported.is_empty:
        said = "aucun codage dans ce fichier : rien n’y est codé"
        hint = "Exportez le projet après l’avoir codé"
        if len(exported.codes):
            said = "aucun codage dans ce fichier : ce n’est qu’une liste de codes"
            ending = PurePath(exported.file).suffix
            hint = f"Si c’est la grille, nommez-le grille{ending} ; sinon, exportez le projet entier"
        problems.append(Problem(exported.file, 0, "", "", said, hint))
    none = pd.DataFrame(columns=[*codings.FIELDS], dtype="str")
    return Sheet(exported.file, none, tuple(problems), tool=exported.tool)


def _lacks_columns(sheet: Sheet) -> bool:
    return any(problem.expected == MISSING_COLUMN for problem in sheet.problems)
