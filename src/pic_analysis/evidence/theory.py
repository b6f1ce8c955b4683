"""Follow the causal paths of a theory of change."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from pic_analysis.graph import graph


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
