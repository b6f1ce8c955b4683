"""Read a theory of change from its strategy to its impacts: columns of packages, causal paths."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from pic_analysis.graph import graph

Columns = tuple[tuple[str, ...], ...]
CLASSIC: Columns = (("A",), ("B",), ("C", "D"), ("E",))
"""The usual letters, in columns: the strategy, the posture of actors, public action and its amplification, impacts."""
OTHERS = "X"
"""The usual letter of the factors that no action of the strategy moves: no column holds it."""


def columns(nodes: pd.DataFrame, links: pd.DataFrame) -> Columns:
    """Return the packages of a theory of change in columns: an arrow goes to the right, or down in its column.

    The usual letters have their usual columns wherever the arrows allow it. Other packages stand one column after the
    last of those that act on them.

    Parameters
    ----------
    nodes
        ``theory_nodes``: a package has no parent.
    links
        ``theory_links``, without cycle.

    Examples
    --------
    >>> nodes = pd.DataFrame({"node_id": list("SPQZ"), "parent": ""})
    >>> links = pd.DataFrame({"link_id": "", "source_id": list("SSPQ"), "target_id": list("PQQZ")})
    >>> columns(nodes, links)
    (('S',), ('P',), ('Q',), ('Z',))
    """
    packages = [str(name) for name in nodes.loc[nodes["parent"] == "", "node_id"]]
    pairs = [*links[["source_id", "target_id"]].itertuples(index=False, name=None)]
    between = [pair for pair in pairs if set(pair) <= set(packages)]
    if _reads(packages, between):
        return CLASSIC
    acting: dict[str, list[str]] = {name: [] for name in packages if not (name == OTHERS and _stands_apart(between))}
    for source, target in between:
        if source in acting and target in acting:
            acting[target].append(source)
    levels: dict[str, int] = {}
    for name in nx.topological_sort(nx.DiGraph({source: [] for source in acting} | _leaving(acting))):
        levels[name] = max((levels[source] + 1 for source in acting[name]), default=0)
    depth = max(levels.values(), default=-1) + 1
    return tuple(tuple(name for name in acting if levels[name] == level) for level in range(depth))


def ends(columns: Columns) -> tuple[str, str]:
    """Return the package that a theory of change starts from, and the one that it leads to.

    >>> ends(CLASSIC)
    ('A', 'E')
    """
    return columns[0][0], columns[-1][0]


def _reads(packages: list[str], between: list[tuple[str, str]]) -> bool:
    """Say whether the usual columns can show these packages and arrows."""
    places = {name: place for place, name in enumerate(name for column in CLASSIC for name in column)}
    if not set(packages) <= {*places, OTHERS}:
        return False
    # The others lie under the columns between the first and the last.
    first = CLASSIC[0][0]
    return all(
        target in places and (target != first if source == OTHERS else places[source] < places[target])
        for source, target in between
    )


def _stands_apart(between: list[tuple[str, str]]) -> bool:
    """Say whether the other factors only act, and never on what starts the theory."""
    moved = {target for source, target in between if source != OTHERS}
    return all(target != OTHERS and (source != OTHERS or target in moved) for source, target in between)


def _leaving(acting: dict[str, list[str]]) -> dict[str, list[str]]:
    leaving: dict[str, list[str]] = {name: [] for name in acting}
    for target, sources in acting.items():
        for source in sources:
            leaving[source].append(target)
    return leaving


def paths_between(links: pd.DataFrame, source: str, target: str) -> list[list[str]]:
    """Return every causal path from one node to another, shortest first.

    >>> links = pd.DataFrame({"link_id": ["A>B", "B>C", "A>C"], "source_id": list("ABA"), "target_id": list("BCC")})
    >>> paths_between(links, "A", "C")
    [['A', 'C'], ['A', 'B', 'C']]
    """
    theory = graph(links)
    if source not in theory or target not in theory:
        return []
    return sorted(nx.all_simple_paths(theory, source, target), key=lambda path: (len(path), path))
