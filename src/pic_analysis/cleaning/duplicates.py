"""Find interviews imported twice: the same segments under another name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

LEAST_SEGMENTS = 3
"""Segments under which a resemblance may be chance."""
SHARED = 0.8
"""Share of common marks (Jaccard) from which two interviews are held to be one."""
_COMMON = 4  # interviews that share a mark, beyond which it tells nothing (a whole page, a first paragraph)


def duplicates(codings: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return the pairs of interviews whose segments are the same.

    Parameters
    ----------
    codings
        ``interview_id``, ``start``, ``end``, ``code_id`` of each coding, whoever the coder.
    order
        Interviews as the register orders them: the one that comes first is the original.

    Returns
    -------
    DataFrame
        ``first``, ``second``, ``shared`` (marks in common) and ``share`` of the marks of both, each second once.

    Notes
    -----
    A mark is a place and its code. Share: Jaccard (1912), New Phytologist 11:37, common marks over the marks
    of either. Marks that many interviews share are left out of the search, but whole interviews that are exactly the
    same are found whatever their marks.

    Examples
    --------
    >>> marks = [(10, 20, "a"), (30, 45, "b"), (50, 61, "a")]
    >>> rows = [(name, *mark) for name in ("INT001", "INT009") for mark in marks]
    >>> coded = pd.DataFrame(rows, columns=["interview_id", "start", "end", "code_id"])
    >>> duplicates(coded, ["INT001", "INT009"]).to_dict("records")
    [{'first': 'INT001', 'second': 'INT009', 'shared': 3, 'share': 1.0}]
    """
    which, names = pd.factorize(codings["interview_id"])
    code, _ = pd.factorize(codings["code_id"])
    marks = pd.DataFrame(
        {"who": which, "start": codings["start"].to_numpy(), "end": codings["end"].to_numpy(), "code": code}
    ).drop_duplicates()
    marks["mark"] = pd.util.hash_pandas_object(marks[["start", "end", "code"]], index=False).to_numpy()
    sizes = marks.groupby("who").size()
    pairs = pd.concat([_alike(marks, sizes), _identical(marks, sizes)], ignore_index=True).drop_duplicates(["a", "b"])
    ranks = {name: rank for rank, name in enumerate(order)}
    place = np.array([ranks.get(str(name), len(ranks) + n) for n, name in enumerate(names)], dtype="int64")
    swapped = place[pairs["a"].to_numpy(dtype="int64")] > place[pairs["b"].to_numpy(dtype="int64")]
    first = np.where(swapped, pairs["b"], pairs["a"]).astype("int64")
    second = np.where(swapped, pairs["a"], pairs["b"]).astype("int64")
    found = pd.DataFrame(
        {
            "first": np.asarray(names)[first],
            "second": np.asarray(names)[second],
            "shared": pairs["shared"].astype("int64"),
            "share": pairs["share"].astype("float64"),
        }
    )
    found = found.iloc[np.lexsort((place[first], place[second]))].drop_duplicates("second")
    return found.reset_index(drop=True)


def _alike(marks: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """Return the pairs that share enough of their rarer marks."""
    which, _ = pd.factorize(marks["mark"])
    spread = np.bincount(which)[which]
    rare = marks.loc[(spread > 1) & (spread <= _COMMON), ["who", "mark"]]
    joined = rare.merge(rare, on="mark", suffixes=("_a", "_b"))
    joined = joined[joined["who_a"] < joined["who_b"]]
    pairs = joined.groupby(["who_a", "who_b"]).size().rename("shared").reset_index()
    pairs.columns = pd.Index(["a", "b", "shared"])
    union = sizes.reindex(pairs["a"]).to_numpy() + sizes.reindex(pairs["b"]).to_numpy() - pairs["shared"].to_numpy()
    pairs["share"] = pairs["shared"] / union
    return pairs[(pairs["share"] >= SHARED) & (pairs["shared"] >= LEAST_SEGMENTS)]


def _identical(marks: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """Return each interview beside the first that has exactly the same marks (sums of 64-bit hashes)."""
    sums = marks.groupby("who")["mark"].agg(["sum", "max", "min"])
    sums = sums[sizes.loc[sums.index] >= LEAST_SEGMENTS]
    whole = sums.assign(size=sizes.loc[sums.index], who=sums.index)
    first = whole.groupby(["sum", "max", "min", "size"])["who"].transform("first")
    again = whole[first != whole["who"]]
    return pd.DataFrame({"a": first[again.index], "b": again["who"], "shared": again["size"], "share": 1.0})
