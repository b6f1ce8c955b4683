"""Give a share its interval."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np


def wilson(successes: Any, trials: Any, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the two ends of the score interval of a proportion; ``nan`` where nobody was counted.

    Parameters
    ----------
    successes, trials
        Counts, or arrays of counts.
    level
        Confidence level.

    Notes
    -----
    Wilson (1927), Journal of the American Statistical Association 22:209. Unlike the interval of most textbooks it
    stays within 0 and 1, and does not vanish where nobody, or everybody, spoke.

    Examples
    --------
    >>> [round(float(end), 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    said, held = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    if np.any((said < 0) | (said > held)):
        raise ValueError("successes must lie between 0 and trials")
    z = NormalDist().inv_cdf((1 + level) / 2)
    held = np.where(held > 0, held, np.nan)
    share = said / held
    middle = (share + z**2 / (2 * held)) / (1 + z**2 / held)
    reach = z / (1 + z**2 / held) * np.sqrt(share * (1 - share) / held + z**2 / (4 * held**2))
    # Rounding alone would let the ends of 0 and 1 pass them by 1e-17.
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)
