"""Let one run at a time write the book of a study; the next one waits, and says for whom.

The system holds the lock for as long as a process of the run lives, and lets it go whatever ends them: a killed run
never has to be unlocked by hand. The file tells whom one waits for, and whether the last run came to its end.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pic_analysis.files import TEMPORARY

FILE = Path(".pic", "build.lock")
_MADE = ("book/**/", "data/processed/**/", "_build/**/", ".pic/**/", "")
"""Places where a killed run may have left a file half written, under a name of its own."""
_MADE_APART = ("studies/{study}/**/", "data/processed/{study}/**/", ".pic/studies/{study}/**/")
"""The same, of a study whose book is not the compendium's own: several such books may be made at once."""

_LOOK = 0.2  # seconds between two attempts
_FAR = 1 << 20  # Windows forbids to read the bytes that are locked: these are beyond what the file tells
_held: set[Path] = set()


@contextmanager
def held(root: Path, say: Callable[[str], None] = print, study: str = "") -> Iterator[None]:
    """Hold the lock of a compendium's own book, or of another study's; wait for it if another run has it.

    A run that already holds it goes on. When the last run was killed, what it left half written is removed.

    Parameters
    ----------
    root
        Folder of the compendium.
    say
        Receives one French line when another run is waited for, one when the last run was killed.
    study
        The study, if its book is not the compendium's own.

    Raises
    ------
    OSError
        If nothing can be written in the folder.
    """
    path = root / FILE.parent / "studies" / study / FILE.name if study else root / FILE
    if path in _held:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(descriptor, say)
        if owner := _owner(descriptor):
            _sweep(root, study)
            say(f"Le `pic` précédent (processus {owner}) a été tué : ce qu’il n’a pas fini est repris.")
        # What a run starts holds the lock with it: a renderer that outlives a killed run is waited for too.
        os.set_inheritable(descriptor, True)
        _tell(descriptor, str(os.getpid()))
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)
            _tell(descriptor, "")
    finally:
        os.close(descriptor)


def _wait(descriptor: int, say: Callable[[str], None]) -> None:
    told = False
    while not _taken(descriptor):
        if not told:
            owner = _owner(descriptor)
            who = f" (processus {owner})" if owner else ""
            say(f"Un autre `pic` écrit dans ce dossier{who} : celui-ci attend qu’il ait fini. Ctrl-C pour renoncer.")
            told = True
        time.sleep(_LOOK)


def _taken(descriptor: int) -> bool:
    """Take the lock if nobody has it; say whether it was taken."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network disks know no locks: there, nobody waits for anybody.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True


def _owner(descriptor: int) -> str:
    """Return the number of the process that wrote in the file; empty if it ended in order, or has not yet written."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    told = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return told if told.isdecimal() else ""


def _tell(descriptor: int, text: str) -> None:
    with suppress(OSError):  # a full disk holds a lock, if not the number of its owner
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode("ascii"))


def _sweep(root: Path, study: str) -> None:
    for place in _MADE_APART if study else _MADE:
        for path in root.glob(f"{place.format(study=study)}.*{TEMPORARY}"):
            with suppress(OSError):
                path.unlink()
