"""Hide small counts of people, and as many others as it takes for no subtraction to give them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.disclosure.attack import Attacker
from pic_analysis.disclosure.ledger import PEOPLE, POPULATION, Cell, Ledger, PeopleTable, ledger
from pic_analysis.evidence.voices import FEWEST

SECRET = "s"
"""What stands in the place of a hidden count: INSEE's sign for a statistical secret."""


@dataclass(frozen=True, eq=False)
class Protected:
    """The tables of a build as they may be published.

    ``primary`` and ``secondary`` say which cells of the ledger are hidden because they are small, and because they
    would give a small one back.
    """

    tables: tuple[PeopleTable, ...]
    ledger: Ledger
    primary: np.ndarray
    secondary: np.ndarray

    def hides(self, cell: Cell) -> bool:
        """Say whether a cell is hidden."""
        n = self.ledger.position[cell]
        return bool(self.primary[n] or self.secondary[n])

    def published(self, name: str) -> pd.DataFrame:
        """Return a table with its margins, as it may be published.

        Returns
        -------
        DataFrame
            One row a cell: one column a dimension, empty for a margin; ``people``, missing where hidden; ``shown``,
            the number or the sign of secrecy. Cells first, the whole last.
        """
        table = {table.name: table for table in self.tables}[name]
        if table.exempt_fr:
            return table.counts.assign(shown=table.counts[PEOPLE].astype(str))
        rows = []
        for cell, people in zip(self.ledger.cells, self.ledger.people, strict=True):
            about = dict(cell)
            if about.pop(POPULATION) == table.population and about.keys() <= {*table.dimensions}:
                hidden = self.hides(cell)
                rows.append(
                    {
                        **{d: about.get(d, "") for d in table.dimensions},
                        PEOPLE: pd.NA if hidden else int(people),
                        "shown": SECRET if hidden else str(people),
                    }
                )
        order = [*table.dimensions, PEOPLE, "shown"]
        frame = pd.DataFrame(rows, columns=order).astype({PEOPLE: "Int64"})
        depth = (frame[[*table.dimensions]] == "").sum(axis=1)
        return frame.assign(depth=depth).sort_values("depth", kind="stable")[order].reset_index(drop=True)

    def hidden_in(self, name: str) -> tuple[int, int, int]:
        """Return the number of cells of a table, of those hidden as small, of those hidden to protect them."""
        table = {table.name: table for table in self.tables}[name]
        own = [
            n
            for n, cell in enumerate(self.ledger.cells)
            if self.ledger.published[n] > 0
            and (POPULATION, table.population) in cell
            and {d for d, _ in cell} - {POPULATION} <= {*table.dimensions}
        ]
        if table.exempt_fr:
            return len(table.counts), 0, 0
        return len(own), int(self.primary[own].sum()), int(self.secondary[own].sum())


def protect(
    tables: Sequence[PeopleTable], unpublished: Sequence[PeopleTable] = (), *, fewest: int = FEWEST
) -> Protected:
    """Return the tables of a build with what must be hidden, all tables taken together.

    Parameters
    ----------
    tables
        Every table of people that the build would publish: one that is left out is not protected, and protects
        nothing.
    unpublished
        Counts that are not shown, but that no subtraction may give back (the ten types behind their groups). Which of
        their combinations are empty is taken as known: no agent is among the residents.
    fewest
        The smallest count of people that is published; a count of nobody always is.

    Notes
    -----
    Complementary cell suppression (Hundepool et al. 2012, Statistical Disclosure Control, ch. 4), by trial: the
    smallest neighbour of an exposed cell is hidden until the attacker of ``attack`` can tell no small count, then
    each of these is shown again if that exposes nothing. Not the least loss, but always safe: with every cell of a
    group hidden, nothing can be told. Only where counts that are known already tell that another is small, whatever is
    hidden, is that much conceded, and never its value: of five people whom a report prints, all but one may have left.
    """
    book = ledger(tables, unpublished)
    attacker, around = Attacker(book, fewest), _neighbours(book)
    shown = (book.published > 0) & ~book.fixed
    primary = shown & (book.people > 0) & (book.people < fewest)
    hidden = primary | (~shown & ~book.fixed & (book.people != 0))
    conceded = False
    while exposed := attacker.exposed(hidden):
        # The easiest to tell first; then by place, so that two runs hide the same.
        worst = min(exposed, key=lambda n: (int(book.people[n]), n))
        given = _sacrifice(book, hidden, around, worst)
        if given is None:
            attacker.concede(worst)
            conceded = True
        else:
            hidden[given] = True
    # What is shown again might give the value of a conceded cell, which is guarded no more.
    added = [] if conceded else np.flatnonzero(hidden & ~primary & shown).tolist()
    for n in sorted(added, key=lambda n: (-book.published[n], -book.people[n], n)):
        hidden[n] = False
        hidden[n] = bool(attacker.exposed(hidden))
    return Protected(tuple(tables), book, primary, hidden & ~primary & shown)


def _neighbours(book: Ledger) -> list[set[int]]:
    """Return, for each cell, those that stand in a sum with it."""
    around: list[set[int]] = [set() for _ in book.cells]
    for whole, parts in book.sums:
        for n in (whole, *parts):
            around[n].update((whole, *parts))
    return around


def _sacrifice(book: Ledger, hidden: np.ndarray, around: list[set[int]], exposed: int) -> int | None:
    """Return the shown cell that costs least around an exposed one, hidden cells leading from one to the next.

    None if nothing is left to hide there.

    A cell that many tables share costs most: hiding it ties them together. Then the nearest, then the smallest.
    """
    seen, edge, steps = {exposed: 0}, {exposed}, 0
    while edge:
        steps += 1
        near = set().union(*(around[n] for n in edge)) - seen.keys()
        seen |= dict.fromkeys(near, steps)
        edge = {n for n in near if hidden[n]}
    candidates = [n for n in seen if not hidden[n] and not book.fixed[n] and book.people[n] > 0]
    return min(candidates, key=lambda n: (book.published[n], seen[n], book.people[n], n), default=None)
