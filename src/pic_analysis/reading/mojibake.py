"""Find text whose encoding was ruined before it came: it is reported by row, never guessed back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from pic_analysis.problems import Problem

# The second half of a French accent of UTF-8, as Windows-1252 or Latin-1 shows it.
_HALF = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_RUINS = re.compile(rf"[ÂÅ]{_HALF}|Ã(?![A-Za-z])|â[€\x80]|√[©®†¢™ßªçè]|├[^\sA-Za-z]|\ufffd")
_QUESTION = re.compile(r"[a-zà-ÿ]\?[a-zà-ÿ]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Letters that Windows-1252 shows for the accents of Mac Roman and of the old DOS pages: no French word holds them.
_FOREIGN = re.compile(r"[a-z](?:[Ž‚ƒ„…†‡ˆ‰Š‹\ufffd][a-z]|[ŽŠ\ufffd]|‚(?!\w))")

_RUINED = "accents ruinés avant l’arrivée du fichier : le texte d’origine n’y est plus"
_EXPORT_AGAIN = "Refaites l’export en UTF-8 depuis l’outil d’origine ; rien n’est deviné"


def is_ruined(text: str) -> bool:
    """Say whether a text shows UTF-8 read as something else, or a character that was already replaced.

    >>> [is_ruined(text) for text in ("Ã©lus", "Å“uvre", "l\ufffdeau", "élus", "JOÃO", "20 °C")]
    [True, True, True, False, False, False]
    """
    return bool(_RUINS.search(text))


def looks_foreign(text: str) -> bool:
    """Say whether a text read as Windows-1252 holds letters that no French word holds.

    >>> looks_foreign("prŽsent"), looks_foreign("présent…")
    (True, False)
    """
    return bool(_FOREIGN.search(text))


def ruined_cells(file: str, frame: pd.DataFrame) -> tuple[Problem, ...]:
    """Return the problems of the cells that cannot be trusted, row by row; headers included.

    Parameters
    ----------
    file
        The name to tell.
    frame
        Text cells, indexed by spreadsheet row.
    """
    problems = [
        Problem(file, 1, name, name[:60], _RUINED, _EXPORT_AGAIN) for name in map(str, frame.columns) if is_ruined(name)
    ]
    for place, name in enumerate(frame.columns):
        cells = frame.iloc[:, place]
        whole = "\n".join(cells.tolist())  # one search tells whether the column needs a closer look
        if _RUINS.search(whole) or _CONTROL.search(whole) or _QUESTION.search(whole):
            problems += _of_column(file, str(name), cells)
    return tuple(problems)


def _of_column(file: str, name: str, cells: pd.Series) -> Iterator[Problem]:
    for row, text in cells.items():
        if found := _RUINS.search(text):
            yield Problem(file, int(row), name, _around(text, found), _RUINED, _EXPORT_AGAIN)
        elif found := _CONTROL.search(text):
            said = f"caractère de contrôle U+{ord(found.group()):04X} dans le texte"
            yield Problem(file, int(row), name, "", said, "La cellule est abîmée : restaurez la copie d’origine")
        elif (found := _QUESTION.search(text)) and "://" not in text:
            said = "un point d’interrogation au milieu d’un mot : un accent perdu ?"
            yield Problem(file, int(row), name, _around(text, found), said, "Comparez avec l’original", blocking=False)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 15) : found.end() + 15].strip()
