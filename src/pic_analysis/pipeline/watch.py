"""Say, from the main process, what is done, what is under way and what is left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class Watch:
    """Follow the steps of a run; ``seconds`` holds those that succeeded, in order of their end.

    Parameters
    ----------
    labels
        What readers call each step.
    waiting
        Names of the steps that may run.
    say, doing
        Receive a line for each step that ends, and what is under way.
    """

    def __init__(
        self,
        labels: dict[str, str],
        waiting: set[str],
        say: Callable[[str], None],
        doing: Callable[[str], None],
    ) -> None:
        self.labels, self.waiting, self.say, self.doing = labels, set(waiting), say, doing
        self.under_way: list[str] = []
        self.seconds: dict[str, float] = {}
        self._lock = threading.Lock()  # steps end in the executor's thread

    def started(self, task: Any) -> None:
        """Note that a step starts."""
        with self._lock:
            self.waiting.discard(task.name)
            self.under_way.append(task.name)
            self._show()

    def ended(self, task: Any, seconds: float, failed: bool) -> None:
        """Say that a step ended, and how many are left."""
        with self._lock:
            self.under_way.remove(task.name)
            left = len(self.waiting) + len(self.under_way)
            self.doing("")
            duration = f"{seconds:.1f}".replace(".", ",")
            if failed:
                self.say(f"  {self.labels[task.name]} : échec après {duration} s")
            else:
                self.seconds[task.name] = seconds
                self.say(f"  {self.labels[task.name]} : {duration} s" + (f" (reste {left} au plus)" if left else ""))
            self._show()

    def _show(self) -> None:
        if self.under_way:
            names = ", ".join(self.labels[name] for name in self.under_way)
            self.doing(f"  en cours : {names}…")
