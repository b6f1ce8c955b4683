"""What this machine can do: how many heavy processes at a time, and processes that end with what started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_HEAVY = 500_000_000
"""Bytes that a process with the scientific stack and a study may take, beyond what it shares."""

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, of <sys/prctl.h>


MOST = "PIC_PLACES"
"""Variable that says how many heavy processes may work at the same time, where others share the machine."""


def places() -> int:
    """Return how many heavy processes may work at the same time: as cores and free memory allow, and at least one."""
    if (said := os.environ.get(MOST, "")).isdecimal():
        return max(1, int(said))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    free = free_memory()
    return max(1, cores if free is None else min(cores, free // _HEAVY))


def free_memory(folder: Path = Path("/")) -> int | None:
    """Return the bytes that may still be taken, by this machine and by its container; None where nothing says it."""
    found: list[int] = []
    with suppress(OSError, ValueError, IndexError):
        lines = (folder / "proc/meminfo").read_text().splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    with suppress(OSError, ValueError):
        container = folder / "sys/fs/cgroup"
        limit, used = ((container / name).read_text().strip() for name in ("memory.max", "memory.current"))
        found += [max(0, int(limit) - int(used))]  # "max" where there is no limit
    return min(found, default=None)


def threads() -> int:
    """Return how many threads this process has, those of libraries included (Linux only)."""
    return len(os.listdir("/proc/self/task"))


def die_with(parent: int, number: int = signal.SIGTERM) -> None:
    """Have this process receive a signal when the one that started it ends, even killed; elsewhere than on Linux, not.

    Parameters
    ----------
    parent
        Number of the process that has just started this one.
    number
        The signal.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)  # it had ended before
