"""Time the bootstrap of a reliability coefficient, beside the loops over codings that one would write instead."""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measuring import Cost, Result, Turns, run

from pic_analysis.coding.bootstrap import draws
from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.reliability import reliability
from pic_analysis.coding.tallies import tally

Units = list[list[tuple[int, ...]]]
"""Judgements of each unit, interview by interview."""


@dataclass(frozen=True)
class Settings:
    """What is simulated; `krippendorff` names the Python of an environment that has that package."""

    interviews: int = 100
    codes: int = 40
    coders: int = 2
    replicates: int = 1000
    seed: int = 0
    krippendorff: str = ""


def simulated(settings: Settings) -> Ratings:
    """Return what coders, who err one time in ten, say of codes that one interview in five holds."""
    rng = np.random.default_rng(settings.seed)
    interviews, codes, coders = settings.interviews, settings.codes, settings.coders
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


def elsewhere(folder: Path) -> str:
    """Return the Python of a new environment that has `krippendorff`; empty, and said, where it cannot be installed."""
    python = folder / "environment" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    for command in (
        [sys.executable, "-m", "venv", str(python.parents[1])],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "krippendorff"],
        [str(python), "-m", "compileall", "-q", str(python.parents[1])],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode and "compileall" not in command:
            told = [line for line in done.stderr.strip().splitlines() if line] or ["?"]
            print(f"krippendorff left out: {told[-1][:200]}", file=sys.stderr)
            return ""
    return str(python)


def by_krippendorff(python: str, drawn: Path) -> Cost:
    """Loop over the package `krippendorff` in its own environment; return its cost, imports left out."""
    script = Path(__file__).with_name("krippendorff_loop.py")
    return Cost(float(run([python, str(script), str(drawn)], drawn.parent)[1].split()[-1]))


def results(repeat: int, settings: Settings = Settings()) -> Iterator[Result]:
    """Yield the comparison with plain loops, and with `krippendorff` where it can be had; all values are compared."""
    ratings = simulated(settings)
    held, times = units_of(ratings), draws(settings.interviews, settings.replicates, settings.seed)
    works: dict[str, Callable[[], Any]] = {
        "package": lambda: reliability(ratings, by="code_id", replicates=settings.replicates, seed=settings.seed),
        "plain loops": lambda: by_loops(held, times),
    }
    with tempfile.TemporaryDirectory(prefix="pic-bench-") as place:
        drawn = Path(place, "drawn.npz")
        units = ratings.units
        codes, interviews = (np.unique(units[name], return_inverse=True)[1] for name in ("code_id", "interview_id"))
        np.savez(drawn, values=ratings.values, codes=codes, interviews=interviews, times=times.astype(int))
        if python := settings.krippendorff or elsewhere(Path(place)):
            works["krippendorff"] = lambda: by_krippendorff(python, drawn)
        turns = Turns().take(works, repeat, seldom=("plain loops", "krippendorff"))
        sums, _ = tally(ratings, "interview_id", "code_id")
        found = Measure("alpha").of(ratings)(sums.drawn(times))
        others = {"plain loops": turns.answers["plain loops"]}
        if python:
            others["krippendorff"] = np.load(f"{drawn}.found.npy")
    what = (
        f"Alpha de {settings.codes} codes, {settings.interviews} entretiens, {settings.coders} codeurs : "
        f"{settings.replicates} rééchantillons"
    )
    against = {
        "plain loops": ("des boucles en Python", 0.0),
        "krippendorff": ("une boucle sur le paquet `krippendorff`, dans son environnement", 50.0),
    }
    for name, values in others.items():
        # Where all judgements of a replicate are alike there is nothing to agree on: some say 1, some say nothing.
        told = np.isfinite(found) & np.isfinite(values)
        if not np.allclose(found[told], values[told]) or told.mean() < 0.9:
            raise SystemExit(f"reliability: {name} gives other values")
        said, aim = against[name]
        yield Result(
            f"reliability, {name}", what, said, turns.of("package"), turns.of(name), aim, "mêmes valeurs des deux côtés"
        )


def main() -> None:
    """Print one line for each comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    for field in fields(Settings):
        kind = str if field.name == "krippendorff" else int
        parser.add_argument(f"--{field.name}", type=kind, default=field.default)
    parser.add_argument("--repeat", type=int, default=5, help="runs of the package; the loops run once")
    options = vars(parser.parse_args())
    repeat = options.pop("repeat")
    for result in results(repeat, Settings(**options)):
        print(result)


if __name__ == "__main__":
    main()
