"""Give every process that makes results the same surroundings, whatever the machine and whoever started it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pic_analysis


def settled(root: Path) -> dict[str, str]:
    """Return the variables that keep a user's machine out of the results.

    Kernels and the renderer have the same: those that an interpreter or a library reads at its start are then right for
    both, and one process may be forked from the other's.
    """
    return {
        "IPYTHONDIR": str(root / ".pic" / "ipython"),  # not the user's start-up files
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a process with threads is not forked
        "JUPYTER_PREFER_ENV_PATH": "1",  # not a kernel that the user installed elsewhere
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",
        "PIC_ROOT": str(root),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger warns in the user's terminal
        "PYTHONHASHSEED": "0",
        # The very package that runs, and whose modules are watched: pytask puts a folder of its own before it.
        "PYTHONPATH": str(Path(pic_analysis.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


@contextmanager
def settled_here(root: Path) -> Iterator[None]:
    """Give this process, and those that it starts, these surroundings; they are all of its own, so not for threads."""
    before = dict(os.environ)
    os.environ.update(settled(root))
    Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
