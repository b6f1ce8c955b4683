"""Read one raw CSV file as it was delivered, and say everything that is wrong with the file itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.vocabulary import nearest

_HOW_TO_SAVE = "Enregistrez le fichier sous « CSV UTF-8 (délimité par des virgules) »"


@dataclass(frozen=True)
class RawTable:
    """A file as read: text cells only, indexed by spreadsheet row (the header is row 1)."""

    file: str
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()


def read_table(path: Path, columns: Sequence[str]) -> RawTable:
    """Return the cells of a CSV file, and the problems of its encoding, separator, header and rows.

    The reading goes on as far as it can, so that one run tells everything: a file in cp1252 with
    semicolons is reported as such *and* its cells are read, but its problems stop the build.

    Parameters
    ----------
    path
        The file; comma-separated UTF-8 with a header is expected.
    columns
        The columns that must be there; others are reported.
    """
    empty = pd.DataFrame(columns=[*columns], dtype=str)
    if not path.is_file():
        hint = f"Rétablissez-le ; vide, il n’a que son en-tête : {','.join(columns)}"
        problem = Problem(path.name, 0, "", "", "fichier attendu, absent", hint)
        return RawTable(path.name, empty, (problem,))
    text, problems = _decode(path.name, path.read_bytes())
    separator, more = _separator(path.name, text, columns)
    problems += more
    if text and not text.endswith("\n"):
        problems.append(
            Problem(
                path.name,
                text.count("\n") + 1,
                "",
                "",
                "la dernière ligne n’est pas terminée : fichier tronqué ?",
                "Comparez avec la copie d’origine ; un fichier entier finit par un retour à la ligne",
            )
        )
    (header, *rows), more = _cells(path.name, text, separator)
    problems += more
    header = [name.strip() for name in header]
    problems += _header_problems(path.name, header, columns)
    kept = {}
    for row, cells in enumerate(rows, start=2):
        if not cells:
            continue  # a blank line holds no row
        if len(cells) != len(header):
            expected = f"{count(len(header), 'cellule attendue', 'cellules attendues')}, {count(len(cells), 'lue')}"
            problems.append(
                Problem(
                    path.name,
                    row,
                    "",
                    separator.join(cells)[:60],
                    expected,
                    "Une virgule dans un texte demande des guillemets droits autour de la cellule",
                )
            )
        kept[row] = [*cells, *[""] * len(header)][: len(header)]
    frame = pd.DataFrame.from_dict(kept, orient="index", columns=header, dtype=str)
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=[*columns], fill_value="")
    return RawTable(path.name, frame, tuple(problems))


def _cells(file: str, text: str, separator: str) -> tuple[list[list[str]], list[Problem]]:
    """Return the header and the rows, at least an empty header, and the problem that stopped the reading."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        said = f"ligne illisible : une cellule y dépasse {csv.field_size_limit()} signes"
        return rows or [[]], [Problem(file, len(rows) + 1, "", "", said, "Un guillemet est-il resté ouvert ?")]
    return rows or [[]], []


def _decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """Return the text, read as cp1252 where it is not UTF-8, and the problems met."""
    try:
        text, problems = content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        expected = "le fichier n’est pas en UTF-8 (il ressemble à du Windows-1252)"
        text, problems = (
            content.decode("cp1252", errors="replace"),
            [Problem(file, row, "", "", expected, _HOW_TO_SAVE)],
        )
    strange = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    if strange:
        row = text[: strange.start()].count("\n") + 1
        said = "caractère de contrôle : fichier binaire, ou enregistré en UTF-16 ?"
        return "", [Problem(file, row, "", "", said, _HOW_TO_SAVE)]
    if not text.strip():
        problems.append(Problem(file, 0, "", "", "le fichier est vide", "Restaurez la copie d’origine"))
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _separator(file: str, text: str, columns: Sequence[str]) -> tuple[str, list[Problem]]:
    header = text.partition("\n")[0]
    found = max(",;\t", key=header.count)
    if found == "," or len(columns) == 1 or not header.count(found):
        return ",", []
    name = {";": "le point-virgule", "\t": "la tabulation"}[found]
    return found, [Problem(file, 1, "", "", f"séparateur attendu : la virgule ; lu : {name}", _HOW_TO_SAVE)]


def _header_problems(file: str, header: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    missing = [name for name in columns if name not in header]
    foreign = [name for name in header if name not in columns]
    problems = [
        Problem(file, 1, name, "", "colonne attendue, absente", "Rétablissez l’en-tête", nearest(name, foreign))
        for name in missing
    ]
    problems += [
        Problem(
            file,
            1,
            name,
            "",
            "colonne inconnue",
            f"Colonnes attendues : {', '.join(columns)}",
            nearest(name, missing),
        )
        for name in foreign
    ]
    twice = sorted({name for name in header if list(header).count(name) > 1})
    return problems + [Problem(file, 1, name, "", "colonne présente deux fois") for name in twice]
