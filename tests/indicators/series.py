"""Small tables of series, and simulated ones with a planted truth."""

from __future__ import annotations

import numpy as np
import pandas as pd


def long(**series: list[float | None]) -> pd.DataFrame:
    """Return yearly series that begin in 2000, one a keyword."""
    rows = [(name, str(2000 + n), value) for name, values in series.items() for n, value in enumerate(values)]
    return pd.DataFrame(rows, columns=["territory_id", "period", "value"]).astype({"value": float})


def walk(rng: np.random.Generator, periods: int, territories: int, *, echo: float = 0.5) -> np.ndarray:
    """Return territories (columns) with common ups and downs, each with its own level and its own noise."""
    noise = rng.normal(size=(periods, territories))
    for t in range(1, periods):
        noise[t] += echo * noise[t - 1]
    return noise + rng.normal(size=(periods, 1)).cumsum(axis=0) + rng.normal(0, 3, size=(1, territories))


def table(values: np.ndarray) -> pd.DataFrame:
    """Return a long table of values, periods by territories t0, t1..."""
    return long(**{f"t{n}": list(values[:, n]) for n in range(values.shape[1])})
