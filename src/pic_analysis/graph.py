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
    """Return one cycle of each knot of a theory of change, from its smallest node; a sound theory has none.

    All the cycles of a knot may be countless; one shows where to cut.

    >>> links = pd.DataFrame({"link_id": ["A>B", "B>A"], "source_id": ["A", "B"], "target_id": ["B", "A"]})
    >>> cycles(links)
    [['A', 'B', 'A']]
    """
    theory = graph(links)
    found = []
    for knot in nx.strongly_connected_components(theory):
        inside = nx.DiGraph(sorted(theory.subgraph(knot).edges))  # sorted: the order of rows must not matter
        if inside.number_of_edges():
            nodes = [source for source, _ in nx.find_cycle(inside, min(knot))]
            start = nodes.index(min(nodes))
            found.append([*nodes[start:], *nodes[: start + 1]])
    return sorted(found)


def cycle_problems(links: pd.DataFrame, hint: str) -> list[Problem]:
    """Return one problem for each cycle of a table of links; ``hint`` says what to do about it."""
    said = "la théorie du changement tourne en rond"
    return [Problem("theory_links.csv", 0, "link_id", " > ".join(cycle), said, hint) for cycle in cycles(links)]


def parent_problems(nodes: pd.DataFrame, hint: str) -> list[Problem]:
    """Return one problem for each box of the theory of change that stands, in the end, inside itself."""
    within = nodes.loc[nodes["parent"] != "", ["parent", "node_id"]].set_axis(["source_id", "target_id"], axis=1)
    said = "cette boîte finit par se contenir elle-même"
    loops = cycles(within.assign(link_id=within["target_id"]))
    return [Problem("theory_nodes.csv", 0, "parent", " > ".join(loop), said, hint) for loop in loops]
