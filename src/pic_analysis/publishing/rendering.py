"""Run Jupyter Book: in a process forked from one that has already imported it, else in one of its own.

Importing takes longer than writing a page: where one datum changed, it was half of the wait.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pic_analysis import paths
from pic_analysis.publishing import nursery
from pic_analysis.publishing.surroundings import settled

_MAIN = "jupyter_book.cli.main:main"
_MODULES = (
    "jupyter_book.sphinx",
    "myst_nb.sphinx_",
    "sphinx.builders.html",
    "sphinx_external_toc",
    "scipy.stats",  # what a few figures ask for, when they are drawn
    "matplotlib.backends.backend_svg",
    "pic_analysis.publishing.display",
    "pic_analysis.publishing.blocks.index",
    "pic_analysis.publishing.drawings",
    *(f"pic_analysis.publishing.{name}" for name in ("extension", "directives", "theme", "sobriety", "search.index")),
)

# Jupyter Book 1 has no __main__: call what its own command calls, in this very Python. Trees of pages are many objects,
# that live until the page is written: looking for garbage at each thousandth took a third of the time.
_ALONE = "import gc; gc.set_threshold(1_000_000, 20, 50); from jupyter_book.cli.main import main; main()"


def ahead(root: Path) -> dict[str, str]:
    """Have a process import what pages are made with, for commands to come; return the variable that lends it to them.

    It ends with this process, or with ``nursery.close_nurseries``: whoever changes the code closes it.
    """
    try:
        return nursery.open_nursery(_environment(root), _MODULES, nursery.BOOK).lent
    except nursery.Doubt:
        return {}


@contextmanager
def prepared(root: Path, *, keep: bool = False) -> Iterator[None]:
    """Have a process import Jupyter Book and what pages are made with, meanwhile, for the book that will be rendered.

    It ends with the block, unless one is to ``keep`` it for others: then it ends with this process.
    """
    ahead(root)
    try:
        yield
    finally:
        if not keep:
            nursery.close_nurseries()


def render(root: Path, staging: Path) -> tuple[int, str]:
    """Render a book into a folder; return the exit code of Jupyter Book, and what it wrote.

    Parameters
    ----------
    root
        Folder of the book: it holds ``_config.yml`` and ``book/_toc.yml``.
    staging
        Folder that takes the pages and what Sphinx keeps.
    """
    command = ["build", "book", "--config", "_config.yml", "--path-output", str(staging)]
    command += ["--warningiserror", "--keep-going", "--quiet"]
    begun = False
    try:
        opened = nursery.open_nursery(_environment(root), _MODULES, nursery.BOOK)
        request = {"main": _MAIN, "arguments": command, "environment": _environment(root), "folder": str(root)}
        for told in opened.execute({**request, "lock": str(_lock(staging))}):
            begun = True
            if "finished" in told:
                return told["finished"], told["said"]
    except nursery.Doubt:
        if begun:  # it may have left anything
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(parents=True)
    return _alone(root, command)


def wait_for_another(staging: Path) -> None:
    """Wait until the renderer of a run that was killed has ended too: it would write among the pages of this one."""
    if sys.platform == "linux":
        with _lock(staging).open("ab") as lock:
            hold(lock)


def hold(lock: IO[bytes]) -> None:
    """Hold a lock until its file is closed, or its process ended."""
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_EX)


def _lock(staging: Path) -> Path:
    staging.parent.mkdir(parents=True, exist_ok=True)
    return staging.with_name(f"{staging.name}.lock")


def _environment(root: Path) -> Mapping[str, str]:
    return {**os.environ, **settled(paths.compendium(root))}


def _alone(root: Path, command: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, *command],
        cwd=root,
        env=_environment(root),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # one is the lock of the build: where this run is killed, the next waits for Jupyter Book
    )
    return done.returncode, done.stdout + done.stderr
