"""Look at the sources of a book, and have it published again when one is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_EVERY = 0.3  # seconds between two looks; a file being written settles meanwhile
_LISTED = 4

Snapshot = dict[str, tuple[int, int]]
"""Date and size of each source, by its path from the root: enough to look twice a second, a build reads the bytes."""


def look(root: Path) -> Snapshot:
    """Return the sources of a book as they are: raw data, notebooks, pages, settings, code."""
    found: Snapshot = {}
    for path in _sources(root):
        try:
            about = path.stat()
        except FileNotFoundError:
            continue  # an editor replaces a file by renaming another
        found[path.relative_to(root).as_posix()] = (about.st_mtime_ns, about.st_size)
    return found


def changed(before: Snapshot, after: Snapshot) -> list[str]:
    """Return the paths that appeared, disappeared or changed between two looks, sorted.

    >>> changed({"a": (1, 1), "b": (1, 1)}, {"a": (2, 1), "c": (1, 1)})
    ['a', 'b', 'c']
    """
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def republish(
    root: Path,
    build: Callable[[list[str]], None],
    say: Callable[[str], None] = print,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Build once, then each time that sources change, until told to stop.

    What is saved while a build runs is built after it.

    Parameters
    ----------
    root
        Root of the compendium.
    build
        Builds; given the paths that changed, none the first time.
    say
        Receives one French line for each change seen.
    stopped
        Says whether to stop, between two looks.
    """
    seen = look(root)
    build([])
    while not stopped():
        time.sleep(_EVERY)
        now = look(root)
        if not (names := changed(seen, now)):
            continue
        while (later := _later(root)) != now:
            now = later
        names, seen = changed(seen, now), now
        say(f"Modifié : {_told(names)}")
        build(names)


def _later(root: Path) -> Snapshot:
    time.sleep(_EVERY)
    return look(root)


def _sources(root: Path) -> Iterator[Path]:
    yield from (path for path in root.iterdir() if path.is_file() and not path.name.startswith("."))
    for folder in ("data/raw", "notebooks", "src"):
        yield from _files(root / folder)
    # The executed notebooks among the pages are made by the build itself.
    yield from (path for path in _files(root / "book") if path.suffix != ".ipynb")


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        # Editors leave files of their own for the time of a save.
        yield from (Path(place, name) for name in names if not name.startswith((".", "#")) and not name.endswith("~"))


def _told(names: Iterable[str]) -> str:
    listed = [*names]
    more = f" et {len(listed) - _LISTED} autres" if len(listed) > _LISTED else ""
    return ", ".join(listed[:_LISTED]) + more
