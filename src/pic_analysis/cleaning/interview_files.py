"""Find the files of a study's interviews by their names, and read each as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pic_analysis import paths
from pic_analysis.cleaning import codings, withdrawals
from pic_analysis.problems import Problem
from pic_analysis.reading import detect
from pic_analysis.reading.sheets import DELIMITED, MISSING_COLUMN, WORKBOOKS, Fields, Sheet, read_sheet
from pic_analysis.vocabulary import nearest

_TABULAR = (*DELIMITED, *WORKBOOKS)
_EXPORTS = (".qdpx", ".qdc", ".qda", ".sqlite", ".sqlite3", ".db")
_ONE_EACH = ("registre", "grille", "questions", "correspondance_types", "arbitrages")
_BESIDE = (withdrawals.FILE, "readme.md", "lisez-moi.md")


def files_of(folder: Path) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Return the files of each kind, and the problems of those that are missing, unknown or there twice."""
    files: dict[str, list[Path]] = {}
    problems = []
    stems: set[str] = set()
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$"))):
        kind = "codages" if re.match(r"codages([_ -]|$)", path.stem) else path.stem
        suffix = path.suffix.lower()
        if path.name.lower() in _BESIDE:
            continue
        if kind in (*_ONE_EACH, "codages") and suffix in (_TABULAR if kind != "codages" else (*_TABULAR, *_EXPORTS)):
            if stem(path.name) in stems:
                said = "un autre fichier porte ce nom, à sa terminaison près : lequel est le bon ?"
                problems.append(Problem(path.name, 0, "", "", said, "Gardez-en un"))
                continue
            stems.add(stem(path.name))
            files.setdefault(kind, []).append(path)
        else:
            known = [*_ONE_EACH, "codages_A"]
            said = "fichier inconnu : rien n’y est lu"
            hint = f"Noms lus : {', '.join(known)}"
            problems.append(Problem(path.name, 0, "", "", said, hint, nearest(path.stem, known)))
    for kind in ("registre", "grille", "codages", "correspondance_types"):
        if kind not in files:
            name = "codages_A" if kind == "codages" else kind
            hint = f"Placez-le dans {paths.INTERVIEWS}/"
            problems.append(Problem(f"{name}.csv", 0, "", "", "fichier attendu, absent", hint))
    return files, problems


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


def read_codings(path: Path) -> Sheet:
    """Return the codings of a table under our names, or of an export of a coding tool, be it a table under its own."""
    if path.suffix.lower() in _TABULAR:
        sheet = read_sheet(path, codings.FIELDS, required=codings.REQUIRED)
        if not any(problem.expected == MISSING_COLUMN for problem in sheet.problems):
            return sheet
        exported = detect.read(path)
        return codings.from_imported(exported) if len(exported.codings) else sheet
    return codings.from_imported(detect.read(path))
