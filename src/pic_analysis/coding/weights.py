"""Say how far two judgements agree: weights of partial agreement, and Krippendorff's distances between values."""

from __future__ import annotations

import numpy as np

WEIGHTS = {
    "identity": "sans pondération",
    "linear": "pondération linéaire",
    "quadratic": "pondération quadratique",
    "ordinal": "pondération ordinale",
}
"""Kinds of partial agreement, with their names in French."""

LEVELS = {
    "nominal": "niveau nominal",
    "ordinal": "niveau ordinal",
    "interval": "niveau d’intervalle",
    "ratio": "niveau de rapport",
}
"""Levels of measurement, with their names in French."""


def agreement_weights(kind: str, scores: np.ndarray) -> np.ndarray:
    """Return how far each two categories agree, from 0 to 1.

    Parameters
    ----------
    kind
        One of ``WEIGHTS``.
    scores
        Values of the categories, in order, shape ``(q,)``.

    Returns
    -------
    ndarray
        Shape ``(q, q)``, symmetric, 1 on the diagonal.

    Notes
    -----
    Linear and quadratic: Cohen (1968), Psychological Bulletin 70:213, with the weights of Cicchetti and Allison
    (1971) and of Fleiss and Cohen (1973). Ordinal: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition,
    chapter 3: one minus the share of the pairs of categories that two ranks span.

    Examples
    --------
    >>> agreement_weights("linear", np.arange(3.0))[0].tolist()
    [1.0, 0.5, 0.0]
    >>> agreement_weights("quadratic", np.arange(3.0))[0].tolist()
    [1.0, 0.75, 0.0]
    >>> agreement_weights("ordinal", np.arange(3.0))[0].round(3).tolist()
    [1.0, 0.667, 0.0]
    """
    _known(kind, WEIGHTS)
    if kind == "identity" or len(scores) < 2:
        return np.eye(len(scores))
    apart = np.abs(scores[:, None] - scores[None, :])
    if kind == "ordinal":
        rank = np.arange(len(scores))
        spanned = np.abs(rank[:, None] - rank[None, :]) + 1
        apart = spanned * (spanned - 1) / 2
    share = apart / apart.max()
    return 1 - (share**2 if kind == "quadratic" else share)


def distances(level: str, scores: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return Krippendorff's squared distances between values.

    Parameters
    ----------
    level
        One of ``LEVELS``.
    scores
        Values of the categories, shape ``(q,)``.
    counts
        How often each value was given to a unit that two or more judged, shape ``(..., q)``: the ordinal distance
        depends on it.

    Returns
    -------
    ndarray
        Shape ``(q, q)``, or ``(..., q, q)`` for the ordinal level.

    Raises
    ------
    ValueError
        If the level is unknown, or a ratio is asked of negative values.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's alpha-reliability, section D. The ordinal distance, the squared sum
    of the counts between two ranks less half of both ends, is the squared difference of two midranks.

    Examples
    --------
    >>> distances("ratio", np.array([0.0, 1.0, 3.0]), np.ones(3)).tolist()
    [[0.0, 1.0, 1.0], [1.0, 0.0, 0.25], [1.0, 0.25, 0.0]]
    >>> distances("ordinal", np.arange(3.0), np.array([2, 4, 2])).tolist()
    [[0.0, 9.0, 36.0], [9.0, 0.0, 9.0], [36.0, 9.0, 0.0]]
    """
    _known(level, LEVELS)
    if level == "nominal":
        return 1 - np.eye(len(scores))
    if level == "ordinal":
        midranks = np.cumsum(counts, axis=-1) - counts / 2
        return (midranks[..., :, None] - midranks[..., None, :]) ** 2
    apart = scores[:, None] - scores[None, :]
    if level == "interval":
        return apart**2
    if (scores < 0).any():
        raise ValueError(f"a ratio needs values of at least zero, got {scores.min():g}")
    total = scores[:, None] + scores[None, :]
    return np.divide(apart, total, out=np.zeros_like(apart), where=total > 0) ** 2


def _known(kind: str, kinds: dict[str, str]) -> None:
    if kind not in kinds:
        raise ValueError(f"unknown kind {kind!r}; expected one of {', '.join(kinds)}")
