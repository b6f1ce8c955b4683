"""Measure what many studies cost: time, memory and growth at 1, 10 and 100 territories, and what two workers bring.

The territories are simulated, each with the same seed in every run; each count has a compendium of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pic_analysis.simulation import territories

REPOSITORY = Path(__file__).resolve().parent.parent
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER, of <sys/prctl.h>
NEEDED = ("notebooks", "_config.yml", "CITATION.cff", "requirements.lock")


@dataclass(frozen=True)
class Cost:
    """What a command costs: seconds by the clock, seconds of processors, peak of memory of all its processes."""

    seconds: float
    processors: float
    peak: float


def compendium(folder: Path, count: int) -> Path:
    """Write a compendium of so many territories, whose own book is none of them."""
    for name in NEEDED:
        copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
        copy(REPOSITORY / name, folder / name)
    config = folder / "_config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("pic_study: loos_2016", "pic_study: aucune"))
    territories.write(folder / "data" / "raw", count)
    return folder


def build(root: Path, *options: str) -> Cost:
    """Run ``pic build --all`` and return what it costs; end with what it says if it fails."""
    environment = {**os.environ, "PIC_ROOT": str(root), "OMP_NUM_THREADS": "1"}
    environment.pop("PIC_CLUSTER", None)
    command = [sys.executable, "-m", "pic_analysis", "build", "--all", *options]
    before, start = _processors(), time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = Peak(process.pid)
    peak.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - start
    peak.join()
    if process.returncode:
        sys.exit(said)
    _wait_for_orphans()
    return Cost(seconds, _processors() - before, peak.bytes / 1e6)


def adopt() -> None:
    """Become the parent of processes whose own has ended: else nobody counts what they used (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Peak(threading.Thread):
    """Follow the memory of a process and of all that it starts; what processes share is counted once."""

    def __init__(self, top: int) -> None:
        super().__init__(daemon=True)
        self.top, self.bytes = top, 0

    def run(self) -> None:
        """Look twice a second."""
        while Path(f"/proc/{self.top}/smaps_rollup").exists() and (now := sum(map(_share, _below(self.top)))):
            self.bytes = max(self.bytes, now)
            time.sleep(0.5)


def _below(top: int) -> set[int]:
    """Return a process and its descendants."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    found, waiting = {top}, [top]
    while waiting:
        parent = waiting.pop()
        new = [pid for pid, other in parents.items() if other == parent]
        found.update(new)
        waiting += new
    return found


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def growth(counts: list[int]) -> None:
    """Print what each count of territories costs, and a second run with nothing changed."""
    print("territories      clock  processors  per study   growth      peak  nothing changed")
    first = 0.0
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = compendium(Path(folder), count)
            made, again = build(root), build(root)
        each = made.processors / count
        first = first or each
        print(
            f"{count:11,} {made.seconds:8.1f} s {made.processors:9.1f} s {each:8.1f} s {each / first:8.2f} "
            f"{made.peak:6.0f} MB {again.seconds:14.1f} s",
            flush=True,
        )


def second_worker(count: int, repeat: int) -> None:
    """Print how many times faster two workers are than one, pair by pair; the order of a pair alternates."""
    ratios = []
    for turn in range(repeat):
        costs = {}
        for workers in (1, 2) if turn % 2 == 0 else (2, 1):
            with tempfile.TemporaryDirectory() as folder:
                costs[workers] = build(compendium(Path(folder), count), "--workers", str(workers))
        ratios.append(costs[1].seconds / costs[2].seconds)
        print(
            f"{count} territories: {costs[1].seconds:.1f} s by one worker, {costs[2].seconds:.1f} s by two", flush=True
        )
    print(f"the second worker: {median(ratios):.2f} times faster (from {min(ratios):.2f} to {max(ratios):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--pair", type=int, default=10, help="territories built by one worker, then by two")
    parser.add_argument("--repeat", type=int, default=3, help="how many such pairs")
    chosen = parser.parse_args()
    adopt()
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load before: {load:.1f}")
    if chosen.counts:
        growth(chosen.counts)
    if chosen.repeat:
        second_worker(chosen.pair, chosen.repeat)


if __name__ == "__main__":
    main()
