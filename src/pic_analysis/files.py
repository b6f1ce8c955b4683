"""Write files whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

TEMPORARY = ".pic-tmp"
"""End of the name of a file that is being written; one that stays was left by a killed run."""


def write_atomically(path: Path, content: str | bytes) -> bool:
    """Write a file in one move, text as UTF-8; return whether its bytes changed.

    A killed run leaves the old file or the new one. A file that already holds this is not touched,
    so that tools which look at dates see no change.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    try:
        _write(path, data)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # a disk that is full does not say where
        raise
    return True


def write_folder(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write the files of a folder, each in one move, and remove the tables and records that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        write_atomically(folder / name, content)
    for path in [*folder.glob("*.csv"), *folder.glob("*.json")]:
        if path.name not in made:
            path.unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp makes private files; a page is as public as its neighbours.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def replace_folder(new: Path, place: Path) -> None:
    """Put a folder in the place of another, if there is one; ``new`` then holds the old one, or is no more.

    Linux exchanges the two at once. Elsewhere there is none for an instant; a run killed there is mended by the next.
    """
    old = place.with_name(f".{place.name}-ancien")
    if old.exists() and not place.exists():
        old.rename(place)  # an earlier run was killed between its two renames
    shutil.rmtree(old, ignore_errors=True)
    if not place.exists():
        new.rename(place)
    elif not _exchanged(new, place):
        place.rename(old)
        new.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two paths in one move; say whether the system and the disk can."""
    if sys.platform != "linux":
        return False
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: see renameat2(2)
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:  # an old C library
        return False
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
