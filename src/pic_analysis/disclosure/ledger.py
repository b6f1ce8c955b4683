"""Write down every count of people that a build would publish, margins included, and how these counts add up.

A table is declared by what it crosses. Two tables that cross the same things hold the same cells: a reader can subtract
one from the other, so the cells of all tables stand in one ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd

Cell = frozenset[tuple[str, str]]
"""What the people of a cell have in common: pairs of a dimension and a category, the population among them."""

PEOPLE = "people"
POPULATION = "population"
LARGEST_GRID = 5_000
"""Cells of the whole cross of tables that overlap in a ring, beyond which they are refused rather than believed."""


@dataclass(frozen=True, eq=False)
class PeopleTable:
    """A table that counts people.

    Parameters
    ----------
    name, title_fr
        Its name in the code, and its title for readers.
    counts
        One row a cell: one column a dimension, and ``people``. A combination that is absent counts nobody. The
        categories of a dimension exclude each other and leave nobody out: a code that a person may share with
        another code is a dimension of its own, said or not said.
    population
        Who is counted: tables of different populations are never subtracted.
    exempt_fr
        Why the counts may be small, in French; empty if they may not.
    fixed
        Whether they are known already, printed elsewhere: nothing is gained by hiding them, everything must be safe
        beside them.
    """

    name: str
    title_fr: str
    counts: pd.DataFrame
    population: str = "entretiens"
    exempt_fr: str = ""
    fixed: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the table crosses."""
        return tuple(str(column) for column in self.counts.columns if column != PEOPLE)


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every cell of a set of tables once, and their sums.

    ``people`` holds the true counts (-1 for the cells of the whole cross, which nobody counted); each of ``sums`` is a
    cell and the cells that add up to it, as positions; ``published`` says how many tables would show each cell;
    ``fixed`` which are known already.
    """

    cells: tuple[Cell, ...]
    people: np.ndarray
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    published: np.ndarray
    fixed: np.ndarray

    @property
    def position(self) -> dict[Cell, int]:
        """Where each cell stands."""
        return {cell: n for n, cell in enumerate(self.cells)}


def people_table(name: str, title_fr: str, people: pd.DataFrame, dimensions: Sequence[str], **more: Any) -> PeopleTable:
    """Return the table that counts the rows of a frame, one row a person, by some of its columns.

    >>> people_table("t", "T", pd.DataFrame({"a": ["x", "x", "y"]}), ["a"]).counts.to_dict("list")
    {'a': ['x', 'y'], 'people': [2, 1]}
    """
    counts = people.astype(str).groupby([*dimensions], sort=True).size().rename(PEOPLE).reset_index()
    return PeopleTable(name, title_fr, counts, **more)


def ledger(tables: Sequence[PeopleTable], unpublished: Sequence[PeopleTable] = ()) -> Ledger:
    """Return the ledger of the tables of a build.

    Parameters
    ----------
    tables
        What would be published; exempt tables are left out.
    unpublished
        Counts that no table shows, but that no subtraction may give back either.

    Raises
    ------
    ValueError
        If two tables count the same people differently, or overlap in a ring too large to be checked (French).

    Notes
    -----
    Numbers that satisfy the sums of every table are those of real people whenever the tables overlap without a ring
    (Vorob'ev 1962; Dobra & Fienberg 2000, PNAS 97:11885): they can be glued along what they share. Where they overlap
    in a ring (a x b, b x c, a x c), the whole cross of the ring is added: its cells bind the tables to each other.
    """
    tables = [table for table in tables if not table.exempt_fr]
    found: dict[Cell, int] = {}
    published: Counter[Cell] = Counter()
    fixed: set[Cell] = set()
    sums: dict[tuple[Cell, tuple[Cell, ...]], None] = {}
    everything = [*tables, *unpublished]
    categories = _categories(everything)
    for table in everything:
        own = _cells(table, categories)
        for cell, people in own.items():
            if found.setdefault(cell, people) != people:
                other = f"{people} personnes là où une autre table en compte {found[cell]}"
                raise ValueError(f"{table.title_fr} : {other} ({said(cell)})")
        if table in tables:
            published.update(own.keys())
        if table.fixed:
            fixed |= own.keys()
        sums |= dict.fromkeys(_sums(table, own, categories))
    for population in {table.population for table in everything}:
        edges = [frozenset(table.dimensions) for table in everything if table.population == population]
        for whole, parts in _whole_cross(population, ring(edges), categories):
            sums[whole, parts] = None
            for part in parts:
                found.setdefault(part, -1)
    cells = tuple(found)
    position = {cell: n for n, cell in enumerate(cells)}
    return Ledger(
        cells,
        np.array([found[cell] for cell in cells], dtype=int),
        tuple((position[whole], tuple(position[part] for part in parts)) for whole, parts in sums),
        np.array([published[cell] for cell in cells], dtype=int),
        np.array([cell in fixed for cell in cells], dtype=bool),
    )


def said(cell: Cell) -> str:
    """Return a cell as a French reader reads it.

    >>> said(frozenset({("groupe", "Habitants"), ("population", "entretiens")}))
    'groupe : Habitants'
    """
    return " ; ".join(f"{name} : {value}" for name, value in sorted(cell) if name != POPULATION) or "ensemble"


def ring(edges: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return what is left of sets of dimensions when those that hang by one piece are taken away: their ring.

    Notes
    -----
    Reduction of Graham (1979) and of Yu & Özsoyoğlu (1979): drop a dimension that one set alone has, drop a set that
    another contains, until nothing changes.

    Examples
    --------
    >>> ring([frozenset("ab"), frozenset("bc")])
    []
    >>> [sorted(edge) for edge in ring([frozenset("abx"), frozenset("bc"), frozenset("ac")])]
    [['a', 'b'], ['b', 'c'], ['a', 'c']]
    """
    left = list(dict.fromkeys(edges))
    while True:
        lone = {d for edge in left for d in edge if sum(d in other for other in left) == 1}
        cut = list(dict.fromkeys(edge - lone for edge in left))
        cut = [edge for edge in cut if edge and not any(edge < other for other in cut)]
        if cut == left:
            return left if len(left) > 1 else []
        left = cut


def _categories(tables: Sequence[PeopleTable]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return every category of each dimension of a population, whichever table names it."""
    known: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for name in table.dimensions:
            known.setdefault((table.population, name), set()).update(table.counts[name].astype(str))
    return {key: tuple(sorted(values)) for key, values in known.items()}


def _cells(table: PeopleTable, categories: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[Cell, int]:
    """Return the cells of a table, its margins included."""
    counts = table.counts.astype({name: str for name in table.dimensions})
    who = (POPULATION, table.population)
    found: dict[Cell, int] = {frozenset({who}): int(counts[PEOPLE].sum())}
    for size in range(1, len(table.dimensions) + 1):
        for names in combinations(table.dimensions, size):
            known = counts.groupby([*names])[PEOPLE].sum()
            for values in product(*(categories[table.population, name] for name in names)):
                key = values if size > 1 else values[0]
                found[frozenset({who, *zip(names, values, strict=True)})] = int(known.get(key, 0))
    return found


def _sums(
    table: PeopleTable, cells: Mapping[Cell, int], categories: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[tuple[Cell, tuple[Cell, ...]]]:
    """Return each cell with the cells that it divides into, one dimension at a time."""
    return [
        (cell, tuple(cell | {(name, value)} for value in categories[table.population, name]))
        for cell in cells
        for name in table.dimensions
        if name not in dict(cell)
    ]


def _whole_cross(
    population: str, edges: Sequence[frozenset[str]], categories: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[tuple[Cell, tuple[Cell, ...]]]:
    """Return the sums that bind tables overlapping in a ring to the whole cross of their dimensions."""
    names = sorted(frozenset().union(*edges)) if edges else []
    values = [categories[population, name] for name in names]
    size = int(np.prod([len(options) for options in values])) if names else 0
    if size > LARGEST_GRID:
        raise ValueError(
            f"des tables se recoupent en boucle ({', '.join(names)}) : {size} cases à contrôler ensemble, c’est trop ; "
            "publiez-en moins, ou par groupes plus larges"
        )
    grid = [frozenset(zip(names, combination, strict=True)) for combination in product(*values)] if names else []
    who = (POPULATION, population)
    by_edge: dict[Cell, list[Cell]] = {}
    for point in grid:
        for edge in edges:
            whole = frozenset({who, *((name, value) for name, value in point if name in edge)})
            by_edge.setdefault(whole, []).append(point | {who})
    return [(whole, tuple(parts)) for whole, parts in by_edge.items()]
