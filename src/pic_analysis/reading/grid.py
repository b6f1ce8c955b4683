"""Find the header among rows of cells, and make a frame of what stands below it; no cell is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import pandas as pd

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.hostile import active_cells
from pic_analysis.reading.mojibake import ruined_cells
from pic_analysis.reading.tables import RawTable

Row = tuple[int, list[str]]
"""The number that a spreadsheet gives to a row, and its cells."""

_LOOKED_AT = 10  # rows where a header may stand, under titles
_NUMBER = re.compile(r"[\d\s.,/:%€+-]+")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """Return what two ways of writing a column name have in common: no accent, no capital, no punctuation.

    >>> key(" Type d’Acteur : "), key("type_d_acteur")
    ('type d acteur', 'type d acteur')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


def framed(file: str, rows: Sequence[Row], names: Iterable[str] = ()) -> RawTable:
    """Return the rows below the header as a frame of text cells, indexed by spreadsheet row, and what was met.

    Parameters
    ----------
    file
        The name to tell.
    rows
        Every row of the sheet, blank ones included.
    names
        Column names that a header may hold, in any writing; they decide where it stands. Without them, a
        line filled by half at most, above a fuller line of distinct words, is a title.

    Notes
    -----
    Rows in = rows of the frame + blank rows + rows told (titles, second and repeated headers).
    """
    known = {key(name) for name in names}
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        problem = Problem(file, 0, "", "", "aucune cellule remplie", "Restaurez la copie d’origine")
        return RawTable(file, pd.DataFrame(dtype=str), (problem,))
    place = _header(filled, known)
    above, (top, header), below = filled[:place], filled[place], filled[place + 1 :]
    problems = [_told(file, row, "ligne de titre au-dessus de l’en-tête : mise de côté") for row in above]
    columns = _columns(above[-1][1] if above else [], header, max((len(cells) for _, cells in below), default=0))
    named = max(place for place, name in enumerate(header, start=1) if name.strip())
    kept = {}
    for number, cells in below:
        if [cell.strip() for cell in cells] == [cell.strip() for cell in header]:
            problems.append(_told(file, (number, cells), "en-tête répété parmi les lignes : mis de côté"))
        elif number == below[0][0] and _is_header(cells, known):
            problems.append(_told(file, (number, cells), "seconde ligne d’en-tête : mise de côté"))
        else:
            problems += _width(file, number, cells, named)
            kept[number] = [*cells, *[""] * len(columns)][: len(columns)]
    if not kept:
        problems.append(Problem(file, top, "", "", "aucune ligne sous l’en-tête", "Refaites l’export : il est vide"))
    frame = pd.DataFrame.from_dict(kept, orient="index", columns=columns, dtype=str)
    frame = frame.loc[:, [bool(name.strip()) or frame[column].ne("").any() for column, name in _named(columns, header)]]
    problems += _blank(file, rows, filled)
    if top > 1 and not above:
        said = "l’en-tête n’est pas en première ligne"
        problems.append(Problem(file, top, "", "", said, "Les lignes vides au-dessus sont ignorées", blocking=False))
    return RawTable(file, frame, (*problems, *ruined_cells(file, frame), *active_cells(file, frame)))


def _header(filled: Sequence[Row], known: set[str]) -> int:
    """Return the place of the header among the filled rows."""
    scores = [sum(key(cell) in known for cell in cells if cell) for _, cells in filled[:_LOOKED_AT]]
    if known and max(scores) >= 2:
        return scores.index(max(scores))
    width = max(len(_words(cells)) for _, cells in filled[:_LOOKED_AT])
    place = 0
    while place + 1 < min(len(filled), _LOOKED_AT) and width >= 3:
        here, next_ = _words(filled[place][1]), _words(filled[place + 1][1])
        if len(here) > width / 2 or len(next_) <= len(here) or not _are_names(next_):
            break
        place += 1
    return place if len(_words(filled[place][1])) > 1 else 0


def _words(cells: Iterable[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _are_names(words: list[str]) -> bool:
    return len({*words}) == len(words) and not any(_NUMBER.fullmatch(word) or len(word) > 80 for word in words)


def _is_header(cells: Sequence[str], known: set[str]) -> bool:
    words = _words(cells)
    return len(words) > 1 and sum(key(word) in known for word in words) > len(words) / 2


def _columns(group: Sequence[str], header: Sequence[str], width: int) -> list[str]:
    """Return distinct names: those of a group above tell apart names written twice, then a number does."""
    titles, title = [], ""
    for place in range(len(header)):
        title = (group[place].strip() if place < len(group) else "") or title
        titles.append(title)
    names = [re.sub(r"\s+", " ", name).strip() for name in header]
    if len(_words(group)) > 1:
        twice = {name for name in names if names.count(name) > 1}
        names = [f"{title} / {name}" if name in twice else name for title, name in zip(titles, names, strict=True)]
    names += [""] * (width - len(names))
    found: dict[str, int] = {}
    distinct = []
    for place, name in enumerate(names, start=1):
        name = name or f"colonne {place}"
        found[name] = found.get(name, 0) + 1
        distinct.append(name if found[name] == 1 else f"{name} ({found[name]})")
    return distinct


def _named(columns: Sequence[str], header: Sequence[str]) -> list[tuple[str, str]]:
    """Return each column with the name that the file itself gives it; empty columns without one are dropped."""
    return [(column, header[place] if place < len(header) else "") for place, column in enumerate(columns)]


def _width(file: str, number: int, cells: list[str], width: int) -> list[Problem]:
    """Return the problem of a row whose cells are not as many as its header's; empty cells at its end are none."""
    if len(cells) >= width and not any(cell.strip() for cell in cells[width:]):
        return []
    said = f"{count(width, 'cellule attendue', 'cellules attendues')}, {count(len(cells), 'lue')}"
    hint = "Un séparateur dans un texte demande des guillemets droits autour de la cellule"
    return [Problem(file, number, "", " | ".join(cells)[:60], said, hint)]


def _blank(file: str, rows: Sequence[Row], filled: Sequence[Row]) -> list[Problem]:
    """Return the notice of blank rows between filled ones; those at the end mean nothing."""
    inside = sum(number < filled[-1][0] for number, _ in rows) - (len(filled) - 1)
    if not inside:
        return []
    said = f"{count(inside, 'ligne')} sans rien d’écrit : {agreed(inside, 'ignorée')}"
    return [Problem(file, 0, "", "", said, blocking=False)]


def _told(file: str, row: Row, said: str) -> Problem:
    return Problem(file, row[0], "", " | ".join(_words(row[1]))[:120], said, blocking=False)
