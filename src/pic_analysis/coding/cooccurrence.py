"""Count which codes come together, in the same interview or in the same passage."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from pic_analysis.coding.incidence import incidence, replaced

_PLACE = r":(\d+)-(\d+)$"


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
    return _pairs(marks.T @ marks, present)


def in_passages(codings: pd.DataFrame, interviews: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return, for each pair of codes that meet, the interviews in which one passage bears both.

    Two passages meet where they share at least one sign. Both must be of the same coder: what one marked ``a`` and the
    other ``b`` is a disagreement, not two ideas that go together.

    Parameters
    ----------
    codings, interviews, codebook
        Clean tables; segments are ``interview:start-end``, the end excluded.

    Returns
    -------
    DataFrame
        As :func:`in_interviews`; ``only_a`` counts interviews that speak of ``a``, but never in one breath with ``b``.

    Raises
    ------
    ValueError
        If a segment gives no place.
    """
    present = incidence(codings, interviews, codebook)
    places = codings["segment_id"].str.extract(_PLACE)
    if (lost := places[0].isna()).any():
        raise ValueError(f"segments without a place: {codings.loc[lost, 'segment_id'].head(3).tolist()}")
    column = present.columns.get_indexer(replaced(codings["code_id"], codebook))
    marked = places.astype("int64").set_axis(["start", "end"], axis=1)
    marked = marked.assign(interview=codings["interview_id"], coder=codings["coder"], code=column)
    marked = marked[(column >= 0) & marked["interview"].isin(present.index)]
    met = np.zeros((present.shape[1],) * 2, dtype=np.int64)
    for _, own in marked.groupby("interview", sort=False):
        together = np.zeros(met.shape, dtype=bool)
        for _, read in own.groupby("coder", sort=False):
            start, end, code = (read[name].to_numpy() for name in ("start", "end", "code"))
            one, other = np.nonzero((start[:, None] < end) & (start < end[:, None]))
            together[code[one], code[other]] = True
        met += together
    np.fill_diagonal(met, present.sum().to_numpy())
    return _pairs(met, present)


def _pairs(met: np.ndarray, present: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a symmetric table of meetings, whose diagonal counts each code."""
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
