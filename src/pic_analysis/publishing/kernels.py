"""Start kernels that no other program can reach, and that never outlive the execution they serve."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def private_kernel() -> Iterator[dict[str, Any]]:
    """Give papermill's engine the options of a kernel on sockets of its own, in a folder that ends with it.

    There is no port to race for, and none open to others. Windows has no such sockets: there the kernel
    listens on TCP, and ``notebooks`` tries once more if another program took its port.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    started: list[AsyncKernelManager] = []
    # A socket's path holds about a hundred characters: not a folder of the compendium, which may be deep.
    with tempfile.TemporaryDirectory(prefix="pic-", ignore_cleanup_errors=True) as folder:

        class Manager(AsyncKernelManager):
            """A manager that can be found again if nbclient is stopped before it has taken charge of it."""

            def __init__(self, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                started.append(self)
                if os.name == "posix":
                    self.transport, self.ip = "ipc", os.path.join(folder, "k")

        try:
            # Kernels log what concerns nobody here (that they are interrupted at their end, for one).
            yield {"kernel_manager_class": Manager, "extra_arguments": ["--log-level=CRITICAL"]}
        finally:
            for manager in started:
                if manager.has_kernel:
                    run_sync(manager.shutdown_kernel)(now=True)
