"""See a theory of change as a graph, and find what would make it unsound."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from pic_analysis.problems import Problem


def graph(links: pd.DataFrame) -> nx.DiGraph:
    """Return the directed graph of a table of links (``source_id``, ``target_id``, ``link_id``)."""
    theory = nx.DiGraph()
    for link, source, target in links[["link_id", "source_id", "target_id"]].itertuples(index=False):
        theory.add_edge(source, target, link_id=link)
    return theory


def cycles(links: pd.DataFrame) -> list[list[str]]:
    """Return the cycles of a theory of change, each from its smallest node; a sound theory has none.

    >>> links = pd.DataFrame({"link_id": ["A>B", "B>A"], "source_id": ["A", "B"], "target_id": ["B", "A"]})
    >>> cycles(links)
    [['A', 'B', 'A']]
    """
    found = []
    for nodes in nx.simple_cycles(graph(links)):
        start = nodes.index(min(nodes))
        found.append([*nodes[start:], *nodes[: start + 1]])
    return sorted(found)


def cycle_problems(links: pd.DataFrame, hint: str) -> list[Problem]:
    """Return one problem for each cycle of a table of links; ``hint`` says what to do about it."""
    said = "la théorie du changement tourne en rond"
    return [Problem("theory_links.csv", 0, "link_id", " > ".join(cycle), said, hint) for cycle in cycles(links)]
