"""Play the reader who subtracts, and say which small counts what is published lets tell.

The attacker knows every published count, every sum, and the rule of the gate: what is hidden counts somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from pic_analysis.disclosure.ledger import Ledger


class Attacker:
    """Ask of hidden counts whether they may be as large as one that is published.

    A small count is safe when some set of whole numbers, adding up as published, gives it at least ``fewest`` people:
    nobody can then tell that it is small. This is stricter than hiding its exact value.

    Parameters
    ----------
    ledger
        The cells and their sums.
    fewest
        The smallest count of people that is published.
    """

    def __init__(self, ledger: Ledger, fewest: int) -> None:
        self.ledger, self.fewest = ledger, fewest
        small = (ledger.people > 0) & (ledger.people < fewest) & ~ledger.fixed
        self.guarded = frozenset(np.flatnonzero(small).tolist())
        rows = [(n, cell, sign) for n, sum_ in enumerate(ledger.sums) for cell, sign in _terms(sum_)]
        row, column, sign = (np.array(part) for part in zip(*rows, strict=True)) if rows else (np.array([], int),) * 3
        self._sums = csr_matrix((sign, (row, column)), shape=(len(ledger.sums), len(ledger.cells)))
        self._known: dict[frozenset[int], frozenset[int]] = {}

    def exposed(self, hidden: np.ndarray) -> frozenset[int]:
        """Return the positions of the small counts that what is not hidden lets tell.

        Parameters
        ----------
        hidden
            One boolean a cell of the ledger.
        """
        shown = frozenset(cell for cell in self.guarded if not hidden[cell])
        return shown.union(*(self._exposed_among(group) for group in self._groups(hidden)))

    def concede(self, cell: int) -> None:
        """Guard a cell no more: what is known already tells that it is small, and nothing is left to hide."""
        self.guarded -= {cell}
        self._known.clear()

    def _groups(self, hidden: np.ndarray) -> Iterator[frozenset[int]]:
        """Yield the hidden cells in groups that no unpublished sum ties together."""
        places = np.flatnonzero(hidden)
        tied = abs(self._sums[:, places])
        _, label = connected_components(tied.T @ tied, directed=False)
        order = np.argsort(label, kind="stable")
        for group in np.split(places[order], np.flatnonzero(np.diff(label[order])) + 1):
            yield frozenset(group.tolist())

    def _exposed_among(self, group: frozenset[int]) -> frozenset[int]:
        if group not in self._known:
            self._known[group] = frozenset(self._unreachable(sorted(group)))
        return self._known[group]

    def _unreachable(self, cells: list[int]) -> Iterable[int]:
        """Return the guarded cells of a group that no set of whole numbers makes large enough."""
        waiting = [cell for cell in cells if cell in self.guarded]
        sums = self._sums[:, cells]
        rows = np.flatnonzero(np.diff(sums.indptr))
        inside = np.zeros(len(self.ledger.cells), dtype=bool)
        inside[cells] = True
        known = np.where(inside, 0, self.ledger.people)
        constraint = LinearConstraint(sums[rows], *(2 * (-(self._sums[rows] @ known),)))
        place = {cell: n for n, cell in enumerate(cells)}
        # A count of nobody is published, or taken as known: what is hidden counts somebody.
        least = (self.ledger.people[cells] > 0).astype(float)
        lost = []
        while waiting:
            lower = least.copy()
            lower[place[waiting[0]]] = self.fewest
            found = milp(
                np.zeros(len(cells)),
                integrality=np.ones(len(cells)),
                bounds=Bounds(lower, np.inf),
                constraints=constraint if len(rows) else (),
            )
            if found.x is None:
                lost.append(waiting.pop(0))
            else:  # one set of numbers may clear several cells
                waiting = [cell for cell in waiting[1:] if found.x[place[cell]] < self.fewest - 0.5]
        return lost


def _terms(sum_: tuple[int, tuple[int, ...]]) -> list[tuple[int, int]]:
    whole, parts = sum_
    return [(whole, 1), *((part, -1) for part in parts)]
