"""Give steps to workers, two at a time, and say when each starts and ends."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import connection
from typing import Any

_GRACE = 6.0  # seconds that a worker has to stop its kernel


class Crew(Executor):
    """An executor of processes that reports; with one worker, or where there can be none, it works itself.

    Parameters
    ----------
    workers
        How many steps run at the same time.
    started, ended
        Called with a task (when it starts), and with it, its seconds and its failure (when it ends).
    stopped
        Says whether the user asked to stop: a library may swallow the interruption of a call.
    say
        Receives the message that says why there are no worker processes.
    pool
        The executor that works, if not processes of this machine; it is left open.
    """

    def __init__(
        self,
        workers: int,
        started: Callable[[Any], None] = lambda task: None,
        ended: Callable[[Any, float, bool], None] = lambda task, seconds, failed: None,
        stopped: Callable[[], bool] = lambda: False,
        say: Callable[[str], None] = print,
        pool: Executor | None = None,
    ) -> None:
        self.workers, self.started, self.ended, self.stopped = workers, started, ended, stopped
        self._waiting: deque[tuple[Any, Future[Any]]] = deque()
        self._begun: dict[Future[Any], tuple[Any, float]] = {}
        self._lock = threading.RLock()  # calls end in the pool's own thread
        self._others = set(multiprocessing.active_children())
        self.lent = pool is not None
        self.pool = pool or (_pool(workers, say) if workers > 1 else None)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Put a call in the queue; its keyword ``task`` names it to ``started`` and ``ended``."""
        task = kwargs.get("task")
        if self.pool is None:
            return self._work(task, partial(fn, *args, **kwargs))
        with self._lock:
            # What works elsewhere is not ours to end.
            call = fn if self.lent else partial(_stoppable, fn)
            future = self.pool.submit(call, *args, **kwargs)
            self._waiting.append((task, future))
            self._begin()
        future.add_done_callback(self._end)
        return future

    def _work(self, task: Any, call: Callable[[], Any]) -> Future[Any]:
        if self.stopped():
            raise KeyboardInterrupt
        start, future = time.perf_counter(), Future[Any]()
        self.started(task)
        try:
            future.set_result(call())
        except Exception as error:
            future.set_exception(error)
        self.ended(task, time.perf_counter() - start, _failed(future))
        return future

    def _begin(self) -> None:
        """Say which calls have started: the pool takes them in order, as many as it has processes."""
        while self._waiting and len(self._begun) < self.workers:
            task, future = self._waiting.popleft()
            self._begun[future] = (task, time.perf_counter())
            self.started(task)

    def _end(self, future: Future[Any]) -> None:
        with self._lock:
            if future in self._begun:
                task, start = self._begun.pop(future)
                self.ended(task, time.perf_counter() - start, _failed(future))
            self._begin()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the workers; those that still work are interrupted, with what they started."""
        if self.pool is None:
            return
        with self._lock:
            interrupted = bool(self._begun)
            left = [*self._begun, *(future for _, future in self._waiting)]
            self._waiting.clear()
            self._begun.clear()
        if self.lent:
            for future in left:
                future.cancel()
            return
        workers = set(multiprocessing.active_children()) - self._others
        self.pool.shutdown(wait=not interrupted and wait, cancel_futures=True)
        if interrupted:
            _stop(workers)


def _pool(workers: int, say: Callable[[str], None]) -> ProcessPoolExecutor | None:
    # A fork costs nothing here (this process has a single thread) and keeps what it has imported.
    method = "fork" if sys.platform == "linux" else "spawn"
    if method == "fork":
        _import_for_all()
    try:
        return ProcessPoolExecutor(
            workers, multiprocessing.get_context(method), initializer=_own_group, initargs=(os.getpid(),)
        )
    except (ImportError, NotImplementedError, OSError) as error:
        say(f"Exécution d’une étape à la fois : ce système ne permet pas plusieurs processus ({error}).")
        return None


def _import_for_all() -> None:
    """Import once, before workers are forked, what nearly every step imports."""
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")  # still a single thread
    for name in ("pic_analysis.cleaning.study", "pic_analysis.study", "papermill"):
        importlib.import_module(name)


def _own_group(main: int) -> None:
    """Keep the terminal's Ctrl-C for the main process, which then stops workers in order."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    # The fork brought the main process's handlers, which are not the worker's business.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    threading.Thread(target=_end_with_the_main_process, daemon=True).start()


def _end_with_the_main_process() -> None:
    """End this worker, and what it started, when the main process is killed: it would wait for work for ever."""
    main = multiprocessing.parent_process()
    if main is not None:
        connection.wait([main.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(1)


def _stoppable(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call, and end the worker if it was told to stop: what the call opened (a kernel) has then closed."""
    try:
        return fn(*args, **kwargs)
    except SystemExit:
        os._exit(1)  # an exit that is raised would let the worker take the next call


def _stop(workers: set[Any]) -> None:
    for worker in workers:
        _signal_group(worker, signal.SIGTERM)
    limit = time.monotonic() + _GRACE
    for worker in workers:
        worker.join(max(0.0, limit - time.monotonic()))
    for worker in workers:
        if worker.is_alive():
            _signal_group(worker, getattr(signal, "SIGKILL", signal.SIGTERM))


def _signal_group(worker: Any, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(worker.pid, number)
        else:
            worker.terminate()


def _failed(future: Future[Any]) -> bool:
    """Say whether a call failed; pytask-parallel returns a step's exception instead of raising it."""
    if future.cancelled() or future.exception() is not None:
        return True
    return getattr(future.result(), "exc_info", None) is not None
