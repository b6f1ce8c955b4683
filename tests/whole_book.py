"""The whole book, built from nothing in a copy of the repository, once for all the tests that read it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COPIED = ("book", "data", "notebooks", "_config.yml", "requirements.lock", "pyproject.toml", "CITATION.cff")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BUILT = "PIC_BUILT"
"""Variable that names a compendium whose book is already built, for who works on the tests themselves."""

_LONGEST = 1800  # seconds that another process may take to build


def pic_build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``pic build`` in a compendium."""
    command = [sys.executable, "-m", "pic_analysis", "build"]
    place = {**os.environ, "PIC_ROOT": str(folder)}
    return subprocess.run(command, cwd=folder, env=place, capture_output=True, text=True, encoding="utf-8")


def shared_copy(repository: Path, folder: Path) -> Path:
    """Return a copy whose book is built; of several processes that ask, the first builds and the others wait."""
    said = folder.with_name(f"{folder.name}.txt")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        end = time.monotonic() + _LONGEST
        while not said.exists() and time.monotonic() < end:
            time.sleep(0.2)
    else:
        _build(repository, folder, said)
    assert said.exists(), "the process that builds the book did not end"
    assert (problem := said.read_text(encoding="utf-8")) == "", problem
    return folder


def _build(repository: Path, folder: Path, said: Path) -> None:
    problem = "the copy of the repository failed"
    try:
        for name in COPIED:
            source, target = repository / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
        for made in [*folder.glob("data/processed/**/*"), *folder.glob("book/**/*.ipynb")]:
            if made.is_file():
                made.unlink()
        done = pic_build(folder)
        # Notebooks are compared elsewhere with those of a kernel: here none may fall back to one.
        fell_back = sys.platform == "linux" and "noyau ordinaire" in done.stderr
        problem = done.stdout + done.stderr if done.returncode or fell_back else ""
    finally:
        waiting = said.with_suffix(".part")
        waiting.write_text(problem, encoding="utf-8")
        waiting.rename(said)  # whole from the moment it is there


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; a browser reads more of a page served than of a file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
