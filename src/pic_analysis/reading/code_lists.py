"""Part the codes written in one cell, where their names may themselves hold commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

_MOST = 60  # parts of a cell: beyond, it is no list of codes


def separated_by_lines(cells: Iterable[str]) -> bool:
    r"""Say whether a column parts its codes by line breaks: then commas belong to the names.

    >>> separated_by_lines(["accueil, écoute", "coût\ndélai"])
    True
    """
    return any("\n" in cell.strip() for cell in cells)


def certain_names(cells: Iterable[str]) -> set[str]:
    """Return the names that the column gives beyond doubt: a line without a comma or semicolon is one code.

    >>> sorted(certain_names(["coût", "coût, délai", "délai"]))
    ['coût', 'délai']
    """
    return {cell.strip() for cell in cells if cell.strip() and not re.search(r"[,;\n]", cell)}


def split_codes(cell: str, known: Set[str], *, by_lines: bool) -> list[str] | None:
    r"""Return the codes of a cell, None where nothing tells commas of names from commas between names.

    Parameters
    ----------
    cell
        Names of codes parted by line breaks, semicolons or commas.
    known
        Names of codes that the file gives elsewhere.
    by_lines
        Whether this column parts codes by line breaks.

    Notes
    -----
    The cell is cut only if there is exactly one way to read it as known names.

    >>> known = {"accueil, écoute", "coût", "délai"}
    >>> split_codes("coût, accueil, écoute", known, by_lines=False)
    ['coût', 'accueil, écoute']
    >>> split_codes("coût, qualité", known, by_lines=False) is None
    True
    >>> split_codes("accueil, écoute\ncoût", set(), by_lines=True)
    ['accueil, écoute', 'coût']
    """
    if by_lines:
        return [line.strip() for line in cell.split("\n") if line.strip()]
    cell = cell.strip()
    if not re.search(r"[,;]", cell):
        return [cell] if cell else []
    cuts = [found.span() for found in re.finditer(r"\s*[,;]\s*", cell)]
    if len(cuts) >= _MOST:
        return None
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(cell)]
    ways = [0] * len(starts) + [1]  # ways to read the rest of the cell from each start
    first: list[int] = [0] * len(starts)
    for start in reversed(range(len(starts))):
        for end in range(start, len(starts)):
            if ways[end + 1] and cell[starts[start] : ends[end]] in known:
                ways[start] += ways[end + 1]
                first[start] = end
    if ways[0] != 1:
        return None
    names, start = [], 0
    while start < len(starts):
        names.append(cell[starts[start] : ends[first[start]]])
        start = first[start] + 1
    return names
