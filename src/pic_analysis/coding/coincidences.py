"""Krippendorff's alpha: how much less the judgements of one unit differ than judgements drawn from all of them."""

from __future__ import annotations

import numpy as np

from pic_analysis.coding.chance import divided
from pic_analysis.coding.tallies import Tallies
from pic_analysis.coding.weights import distances


def alpha(sums: Tallies, level: str, scores: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha, for any number of coders and missing judgements.

    Parameters
    ----------
    sums
        Sums over units, with any leading axes.
    level
        Level of measurement: ``nominal``, ``ordinal``, ``interval`` or ``ratio``.
    scores
        Values of the categories, in order, shape ``(q,)``.

    Returns
    -------
    ndarray
        ``nan`` where every judgement falls in one category: chance cannot then be told from skill.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's alpha-reliability: one less the observed disagreement over the
    expected one, among the judgements of units that two coders or more judged. Judgements are drawn without
    replacement, hence *n* - 1.

    Examples
    --------
    Of the hundred judgements on fifty units, 55 are yes and 45 no; 15 units hold one of each:
    1 - 99 x 30 / (2 x 55 x 45) = .4.

    >>> import pandas as pd
    >>> from pic_analysis.coding.ratings import from_table
    >>> from pic_analysis.coding.tallies import tally
    >>> pairs = ["yy"] * 20 + ["yn"] * 5 + ["ny"] * 10 + ["nn"] * 15
    >>> sums, _ = tally(from_table(pd.DataFrame([[*pair] for pair in pairs], columns=["A", "B"]), grid="essai"))
    >>> round(float(alpha(sums, "nominal", np.arange(2.0))), 6)
    0.4
    """
    above, below, judgements = disagreement(sums, level, scores)
    return 1 - divided(above * (judgements - 1), below)


def disagreement(sums: Tallies, level: str, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the sum of distances within units, that between all judgements, and the number of judgements."""
    counts = sums.coincidences.sum(axis=-1)
    apart = distances(level, scores, counts)
    within = (apart * sums.coincidences).sum(axis=(-2, -1))
    between = (apart * counts[..., :, None] * counts[..., None, :]).sum(axis=(-2, -1))
    return within, between, counts.sum(axis=-1)
