"""Time the bootstrap of a reliability coefficient, beside the loop over codings that one would write instead."""

from __future__ import annotations

import argparse
import math
import platform
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis.coding.bootstrap import draws
from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.reliability import reliability
from pic_analysis.coding.tallies import tally

Units = list[list[tuple[int, ...]]]
"""Judgements of each unit, interview by interview."""


def simulated(interviews: int, codes: int, coders: int, seed: int) -> Ratings:
    """Return what coders, who err one time in ten, say of codes that one interview in five holds."""
    rng = np.random.default_rng(seed)
    there = rng.random((interviews * codes, 1)) < 0.2
    values = np.where(rng.random((interviews * codes, coders)) < 0.1, ~there, there).astype(np.int64)
    names = np.repeat([f"INT{number:04d}" for number in range(interviews)], codes)
    units = pd.DataFrame({"interview_id": names, "code_id": np.tile([f"c{n:02d}" for n in range(codes)], interviews)})
    units.insert(0, "unit_id", units["interview_id"] + "/" + units["code_id"])
    coder_names = tuple(f"C{number}" for number in range(coders))
    return Ratings(units, values, coder_names, ("absent", "present"), "interview x code", "interview_id")


def nominal_alpha(units: list[tuple[int, ...]]) -> float:
    """Return Krippendorff's nominal alpha (Krippendorff 2011), unit by unit, without arrays."""
    agreed, counts = 0.0, Counter[int]()
    for unit in units:
        if len(unit) > 1:
            own = Counter(unit)
            counts.update(own)
            agreed += sum(n * (n - 1) for n in own.values()) / (len(unit) - 1)
    total = sum(counts.values())
    expected = sum(n * (n - 1) for n in counts.values()) / (total - 1) if total > 1 else total
    return (agreed - expected) / (total - expected) if total > expected else math.nan


def by_loops(held: dict[str, Units], times: np.ndarray) -> np.ndarray:
    """Return the coefficient of each replicate and code: every judgement of every interview drawn is read again."""
    found = np.empty((len(times), len(held)))
    for row, own in enumerate(times.astype(int).tolist()):
        for column, interviews in enumerate(held.values()):
            drawn = [unit for units, n in zip(interviews, own, strict=True) for _ in range(n) for unit in units]
            found[row, column] = nominal_alpha(drawn)
    return found


def units_of(ratings: Ratings) -> dict[str, Units]:
    """Return plain lists of judgements: code by code, interview by interview."""
    rows = [tuple(value for value in row if value >= 0) for row in ratings.values.tolist()]
    frame = ratings.units.assign(row=rows)
    return {
        str(code): [own["row"].tolist() for _, own in group.groupby("interview_id")]
        for code, group in frame.groupby("code_id")
    }


def timed(work: Callable[[], Any], repeats: int = 1) -> tuple[Any, float]:
    """Return an answer, and the shortest of the times that it took, in seconds."""
    shortest = math.inf
    for _ in range(repeats):
        start = time.perf_counter()
        answer = work()
        shortest = min(shortest, time.perf_counter() - start)
    return answer, shortest


def main() -> int:
    """Print both times, their ratio, and where the two disagree; return 1 if they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=100)
    parser.add_argument("--codes", type=int, default=40)
    parser.add_argument("--coders", type=int, default=2)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3, help="runs of the package, of which the shortest is kept")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save", metavar="FILE", help="only write the judgements there, and print their alpha")
    options = parser.parse_args()
    ratings = simulated(options.interviews, options.codes, options.coders, options.seed)
    if options.save:
        np.savetxt(options.save, ratings.values, fmt="%d", delimiter=",")
        print(f"{reliability(ratings, replicates=0).loc[0, 'value']:.12f}")
        return 0
    print(f"Python {platform.python_version()}, pandas {pd.__version__}, numpy {np.__version__}, {platform.machine()}")
    print(
        f"{options.replicates:,} replicates of {options.interviews} interviews x {options.codes} codes "
        f"x {options.coders} coders, Krippendorff's nominal alpha of each code"
    )

    def package() -> pd.DataFrame:
        return reliability(ratings, by="code_id", replicates=options.replicates, seed=options.seed)

    _, fast = timed(package, options.repeat)
    print(f"package        {fast:8.3f} s")
    held, times = units_of(ratings), draws(options.interviews, options.replicates, options.seed)
    expected, slow = timed(lambda: by_loops(held, times))
    print(f"plain loops    {slow:8.3f} s")
    print(f"ratio          {slow / fast:8.0f}")
    sums, _ = tally(ratings, "interview_id", "code_id")
    found = Measure("alpha").of(ratings)(sums.drawn(times))
    same = np.allclose(found, expected, equal_nan=True)
    print("same value in every replicate of every code" if same else "different values")
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main())
