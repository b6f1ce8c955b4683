"""Count which codes come together in the same interview."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd


def in_interviews(present: pd.DataFrame) -> pd.DataFrame:
    """Return, for each pair of codes that meet, the interviews that speak of both.

    Parameters
    ----------
    present
        Booleans, interviews by codes.

    Returns
    -------
    DataFrame
        ``code_a``, ``code_b``, the interviews that hold ``both``, ``only_a``, ``only_b``, what chance would give if the
        two were independent (``expected``), and ``jaccard``; the pairs that meet the most come first.

    Notes
    -----
    Jaccard (1901), Bulletin de la Société vaudoise des sciences naturelles 37:547: both over either.

    Examples
    --------
    >>> in_interviews(pd.DataFrame({"a": [1, 1, 0], "b": [1, 0, 0]}, dtype=bool)).to_dict("records")
    [{'code_a': 'a', 'code_b': 'b', 'both': 1, 'only_a': 1, 'only_b': 0, 'expected': 0.667, 'jaccard': 0.5}]
    """
    marks = present.to_numpy(dtype=np.int64)
    met = marks.T @ marks
    alone = np.diag(met)
    rows = []
    for a, b in combinations(range(len(alone)), 2):
        if both := int(met[a, b]):
            either = int(alone[a] + alone[b]) - both
            chance = round(float(alone[a] * alone[b]) / len(present), 3)
            rest = (int(alone[a]) - both, int(alone[b]) - both)
            rows.append((present.columns[a], present.columns[b], both, *rest, chance, both / either))
    columns = ["code_a", "code_b", "both", "only_a", "only_b", "expected", "jaccard"]
    table = pd.DataFrame(rows, columns=columns).sort_values("both", ascending=False, kind="stable", ignore_index=True)
    table.attrs.update(present.attrs)
    return table
