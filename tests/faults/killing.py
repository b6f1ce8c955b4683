"""Kill ``pic`` and look at what it leaves: processes, and files."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path

from faults.compendium import BOOK, MADE, STUDY, command, environment

LONG = 15.0  # seconds that what a killed run started may take to end


def start(root: Path, *words: str) -> subprocess.Popen:
    """Start ``pic build``, out of the reach of what is sent to this process's group."""
    words = words or ("build", "--study", STUDY)
    # Nobody reads what a run that dies would say, and a full pipe would stop it.
    out = (root / "said.txt").open("w")
    with out:
        return subprocess.Popen(
            command(*words), cwd=root, env=environment(root), stdout=out, stderr=out, start_new_session=True
        )


def kill(process: subprocess.Popen, seconds: float = 0.0) -> None:
    """Kill a run after some seconds, as the system does when memory runs out."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def alive(root: Path) -> dict[int, str]:
    """Return the processes at work on a compendium, by number: their commands."""
    found = {}
    mark = f"PIC_ROOT={root}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0") and int(folder.name) != os.getpid():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has just ended, or is somebody else's
            continue
    return found


def left_alive(root: Path) -> dict[int, str]:
    """Return the processes that a run left behind, once they have had the time to end."""
    end = time.monotonic() + LONG
    while (found := alive(root)) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def digests(root: Path) -> dict[str, str]:
    """Return the sha256 of every file that a build makes, by path; a book counts as one."""
    found = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in MADE
        for path in ([root / place] if (root / place).is_file() else (root / place).rglob("*"))
        if path.is_file()
    }
    book = sorted(item for item in found.items() if item[0].startswith(f"{BOOK}/"))
    others = {path: digest for path, digest in found.items() if not path.startswith(f"{BOOK}/")}
    return {**others, BOOK: hashlib.sha256(repr(book).encode()).hexdigest()}


def workers(pid: int) -> list[int]:
    """Return the numbers of a run's workers: a fork keeps its command, the notebooks' process has its own."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(number) for number in children if _command(int(number)) == _command(pid)]
    except OSError:
        return []


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
