"""Hold the gate before what is exported of interviews: names, and what words tell that the tables hide."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pic_analysis.disclosure.identifying import KINDS_FR
from pic_analysis.disclosure.own_names import own_names
from pic_analysis.disclosure.public_figures import read_figures
from pic_analysis.disclosure.written import COUNT_HINT, COUNTED, CROSS_HINT, CROSSED, crossing, small_counts
from pic_analysis.interviews import Interviews
from pic_analysis.problems import Problem
from pic_analysis.publishing import gate
from pic_analysis.publishing.outputs import outputs

_TWIN = "_excel.csv"
"""The same cells as the table beside it."""


def refusals(made: Mapping[str, bytes], study: Interviews, raw: Path) -> list[Problem]:
    """Return every reason of the gate not to let the public files of an export go.

    Parameters
    ----------
    made
        The files that anybody would have, by name.
    study
        The interviews.
    raw
        Raw folder of the study: its list of public figures applies.
    """
    figures, faults = read_figures(raw)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made.items():
            (Path(folder) / name).write_bytes(content)
        found = gate.scan(outputs(Path(folder)), figures, own_names(study.settings))
    cells = {name: [*_cells(text)] for name, text in made.items() if name.endswith(".csv") and not name.endswith(_TWIN)}
    problems = [*faults, *_named(found, cells), *_counted(cells), *_crossed(cells, study)]
    problems += [Problem(path, 0, "", "", gate.UNREAD) for path in found.unread]
    return [*problems, *found.joined]


Cells = Mapping[str, list[tuple[int, str, str]]]
"""Row as a spreadsheet numbers it, column and text of each cell, by file."""


def _cells(content: bytes) -> Iterator[tuple[int, str, str]]:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for row, values in enumerate(rows, start=2):
        for column, text in zip(head, values, strict=True):
            yield row, column, text


def _named(found: gate.Scan, cells: Cells) -> Iterator[Problem]:
    """Yield each name found: in every cell that holds it of the first table that does, or else the file."""
    files: dict[tuple[str, str], list[str]] = {}
    for path, hit in found.refused:
        files.setdefault((hit.kind, hit.text), []).append(path)
    for (kind, text), paths in files.items():
        expected = f"{KINDS_FR[kind]}, à ne pas publier"
        places: list[tuple[str, int, str]] = []
        for file, own in cells.items():
            places = places or [(file, row, column) for row, column, cell in own if text in " ".join(cell.split())]
        for file, row, column in places or [(paths[0], 0, "")]:
            yield Problem(file, row, column, text, expected, gate.HINT)


def _counted(cells: Cells) -> Iterator[Problem]:
    """Yield each small count that a cell tells in words; what several tables repeat is said once."""
    told: set[str] = set()
    for file, own in cells.items():
        for row, column, text in own:
            if text not in told:
                for count in small_counts(text):
                    yield Problem(file, row, column, count, COUNTED, COUNT_HINT)
            told.add(text)


def _crossed(cells: Cells, study: Interviews) -> Iterator[Problem]:
    """Yield each code whose label, definition and parents name a type of actor and a case."""
    book = study.codebook.set_index("code_id")
    for file, own in cells.items():
        columns = {column for _, column, _ in own}
        for row, column, code in own:
            if column != "code_id" or "definition_fr" not in columns:
                continue
            way = [code]
            while (above := book["parent"].get(way[-1], "")) and above not in way:
                way.append(above)
            texts = [code, book.at[code, "definition_fr"], *book.loc[way, "label_fr"]]
            if both := crossing(texts, study.settings.cases):
                yield Problem(file, row, "label_fr", " + ".join(both), CROSSED, CROSS_HINT)
