"""What every benchmark shares: running a command, taking turns, a ratio with its spread, the line of the machine."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: seconds of wall clock, seconds of processor, the largest memory in megabytes."""

    wall: float
    cpu: float = 0.0
    peak: float = 0.0


@dataclass(frozen=True)
class Result:
    """What one comparison measured, each side in turns in one run.

    Attributes
    ----------
    name
        The benchmark, then what distinguishes its lines: ``rebuild``, ``cleaning 10,000``.
    what_fr, against_fr
        What is timed, and what a user would do instead.
    ours, theirs
        Costs of each run.
    aim
        How many times faster it is meant to be; 0 where nothing was promised.
    note_fr
        What else was measured or must be known.
    """

    name: str
    what_fr: str
    against_fr: str
    ours: tuple[Cost, ...]
    theirs: tuple[Cost, ...]
    aim: float = 0.0
    note_fr: str = ""

    @property
    def ratio(self) -> float:
        """How many times shorter the median is."""
        return seconds(self.theirs) / seconds(self.ours)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most favourable ratio that two of the runs give."""
        ours, theirs = ([cost.wall for cost in side] for side in (self.ours, self.theirs))
        return min(theirs) / max(ours), max(theirs) / min(ours)

    @property
    def peak(self) -> float:
        """The largest memory of our runs, in megabytes; 0 where it was not measured."""
        return max(cost.peak for cost in self.ours)

    @property
    def noted_fr(self) -> str:
        """What else was measured, with the seconds of processor of whole commands: others load a machine's clock."""
        ours, theirs = (statistics.median(cost.cpu for cost in side) for side in (self.ours, self.theirs))
        whole = f"processeur : {ours:.1f} s au lieu de {theirs:.1f} s".replace(".", ",")
        return " ; ".join(part for part in (self.note_fr, whole if ours > 1 and theirs > 1 else "") if part)

    def __str__(self) -> str:
        """Say in one line what is compared, the ratio, the medians and the spread."""
        low, high = self.spread
        memory = f", {self.peak:.0f} MB" if self.peak else ""
        return (
            f"{self.name:30} {figure(self.ratio):>6} x  ({figure(low)} – {figure(high)})   "
            f"{seconds(self.ours):8.3f} s against {seconds(self.theirs):8.3f} s{memory}"
        )


def seconds(side: tuple[Cost, ...]) -> float:
    """Return the median of the seconds of some runs."""
    return statistics.median(cost.wall for cost in side)


def figure(ratio: float) -> str:
    """Return a ratio with three figures at most.

    >>> [figure(number) for number in (215.4, 14.26, 4.26, 0.0268)]
    ['215', '14.3', '4.26', '0.027']
    """
    return f"{ratio:.0f}" if ratio >= 99.5 else f"{ratio:.3g}" if ratio >= 1 else f"{ratio:.2g}"


@dataclass
class Turns:
    """Run several works in turns, so that a machine that slows down slows them all; keep what each gave last."""

    answers: dict[str, Any] = field(default_factory=dict)
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def take(self, works: Mapping[str, Callable[[], Any]], repeat: int, seldom: tuple[str, ...] = ()) -> Turns:
        """Run each work as many times as asked, those that are ``seldom`` once; a work may return its own cost."""
        for turn in range(repeat):
            for name, work in works.items():
                if turn and name in seldom:
                    continue
                start, cpu = time.perf_counter(), time.process_time()
                answer = work()
                own = Cost(time.perf_counter() - start, time.process_time() - cpu)
                self.answers[name] = answer
                self.costs.setdefault(name, []).append(answer if isinstance(answer, Cost) else own)
                print(f"  {name}: {self.costs[name][-1].wall:.3f} s", file=sys.stderr, flush=True)
        return self

    def of(self, name: str) -> tuple[Cost, ...]:
        """Return the costs of a work."""
        return tuple(self.costs[name])


def run(command: list[str], folder: Path, **environment: str) -> tuple[Cost, str]:
    """Run a command in a folder, and return its cost, that of what it starts included, and what it printed.

    Modules are compiled on both sides of every comparison: it halves each import.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept |= {"OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "TZ": "UTC"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=kept | environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        printed = said.read()
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{printed[-4000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, megabytes(used.ru_maxrss)), printed


def megabytes(counted: float) -> float:
    """Return in megabytes what the system counts as the largest memory of a process: bytes on macOS, else kibibytes."""
    return counted / 1e6 if sys.platform == "darwin" else counted * 1.024 / 1e3


def machine() -> str:
    """Return what the figures depend on, in words of no language: processor and cores, system, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()} × {cores}, {platform.system()}, Python {platform.python_version()}"


def versions(*names: str) -> str:
    """Return the versions of installed packages, in one line; those that are not there are left out."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def today() -> str:
    """Return the day, as ISO writes it."""
    return datetime.date.today().isoformat()
