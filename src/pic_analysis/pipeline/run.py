"""Run the steps that are out of date, in order, with pytask; say what is done and what is left."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pic_analysis import machine, paths
from pic_analysis.files import write_atomically
from pic_analysis.pipeline import nodes
from pic_analysis.pipeline.crew import Crew
from pic_analysis.pipeline.errors import BUILD_FAILURE, Interrupted, StepError
from pic_analysis.pipeline.plan import BOOK, Step, after, is_cleaning, missing
from pic_analysis.pipeline.watch import Watch

_UNPREPARED = (
    "pytask n’a pas pu préparer les étapes : ce que .pic/ retient du dernier `pic` est peut-être illisible.\n"
    "    → Supprimez le dossier .pic/, puis relancez : tout sera refait."
)


@dataclass(frozen=True)
class Outcome:
    """What a run did: the steps done, in order of their end, how many were left as they were, the seconds."""

    done: tuple[str, ...]
    kept: int
    seconds: float


def stale(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the names of the steps that would run; those after a step that would run are among them."""
    steps = tuple(steps)
    with _pytask() as pytask:
        session = pytask.build(tasks=_tasks(steps), dry_run=True, **_options(steps))
    _raise_own_errors(session)
    return tuple(
        report.task.name
        for report in session.execution_reports
        if report.outcome == pytask.TaskOutcome.WOULD_BE_EXECUTED
    )


def run(
    steps: Iterable[Step],
    *,
    workers: int | None = None,
    force: bool = False,
    say: Callable[[str], None] = print,
    doing: Callable[[str], None] = lambda text: None,
    pool: Executor | None = None,
    keep: bool = False,
) -> Outcome:
    """Run the steps that are out of date.

    Parameters
    ----------
    steps
        From ``plan``; a subset keeps its order.
    workers
        Steps that run at the same time, each in its process; 1 runs all in this process; by default, as many as the
        machine can.
    force
        Run all of them, out of date or not.
    say
        Receives one French line for each step done, with its duration and what is left.
    doing
        Receives what is under way, for a line that is written over.
    pool
        The executor that works, if not processes of this machine.
    keep
        Whether the process that notebooks are forked from is left to the next run of this process.

    Raises
    ------
    StepError
        If steps failed: their messages, and the gravest exit code. The others have run.
    Interrupted
        If the user pressed Ctrl-C.
    """
    steps, start = tuple(steps), time.perf_counter()
    if lacking := missing(steps):
        hint = "\n    → `pic build` fait tout ce qui se calcule ; rétablissez le reste avec git."
        raise StepError(f"Il manque : {', '.join(lacking)}.{hint}", BUILD_FAILURE)
    ours, names = steps if pool is None else (), {step.name for step in steps}
    with _prepared(ours, names if force or _data_written(steps) else set(), keep):  # while the rest is compared
        waiting = names if force else set(stale(steps))
        if not waiting:
            _note_look()
            return Outcome((), len(steps), time.perf_counter() - start)
        # One step alone is done here: other processes would import what it does not need.
        workers = workers or (machine.places() if len(waiting) > 1 else 1)
        watch = Watch({step.name: step.label for step in steps}, waiting, say, doing)
        with _pytask() as pytask, interruptible(say) as interruption, _prepared(ours, waiting, keep):
            woken = _look_when_woken()

            def ended(task: Any, seconds: float, failed: bool) -> None:
                watch.ended(task, seconds, failed)
                woken.set()

            _register_crew(partial(Crew, workers, watch.started, ended, interruption.is_set, say, pool))
            session = pytask.build(
                tasks=_tasks(steps),
                force=force,
                n_workers=len(steps) if workers > 1 or pool is not None else 1,
                parallel_backend="custom",
                **_options(steps),
            )
    doing("")
    if interruption.is_set():
        raise Interrupted("Arrêté. Les étapes finies le restent ; aucun fichier n’est à moitié écrit.")
    _note_timings(watch.seconds)
    _raise_own_errors(session)
    _note_look()
    done = tuple(name for name in watch.seconds)
    return Outcome(done, len(steps) - len(done), time.perf_counter() - start)


def _data_written(steps: Iterable[Step]) -> bool:
    """Say whether a raw table was written since the last look: everything may then be out of date.

    A date decides nothing but when the processes to fork are started; what is done depends on the bytes.
    """
    raw = [step.inputs.get("raw") for step in steps if is_cleaning(step.name)]
    files = [path for node in raw if isinstance(node, nodes.Folder) for path in node.files()]
    since = _looked().stat().st_mtime if _looked().exists() else 0.0
    return any(path.stat().st_mtime > since for path in files)


def _looked() -> Path:
    """Return the file whose date is that of the last time when nothing was left out of date."""
    return paths.root() / ".pic" / "looked"


def _note_look() -> None:
    with suppress(OSError):  # a folder that may only be read: the next run starts its processes too early
        _looked().touch()


@contextmanager
def _pytask() -> Iterator[Any]:
    """Give pytask, silent: this module says in French what readers need."""
    import pytask

    quiet, pytask.console.quiet = pytask.console.quiet, True
    try:
        yield pytask
    finally:
        pytask.console.quiet = quiet


def _options(steps: Iterable[Step]) -> dict[str, Any]:
    """Return the options that keep pytask's own files in ``.pic/``: it settles beside its configuration.

    It knows a step by its name alone. Another study's steps have the same names, so its files stand apart.
    """
    apart = next((step.study for step in steps if step.study), "")
    config = paths.root() / ".pic" / (f"studies/{apart}" if apart else "") / "pytask.toml"
    write_atomically(config, "[tool.pytask.ini_options]\n")
    return {
        "config": config,
        "database_url": "sqlite://",  # in memory: what pytask remembers is in its lock file
        "capture": "no",
        "verbose": 0,
        "show_traceback": False,
        "check_casing_of_paths": False,
    }


def _tasks(steps: Iterable[Step]) -> list[Any]:
    import pytask

    steps = tuple(steps)
    made = {step.output.name for step in steps}

    by_steps = (nodes.Opened, nodes.Done)  # what they look at is made by a step

    def inputs(step: Step) -> dict[str, nodes.Node]:
        return {
            key: node if node.name in made or isinstance(node, by_steps) else nodes.Seen(name=node.name, node=node)
            for key, node in step.inputs.items()
        }

    return [
        pytask.TaskWithoutPath(
            name=step.name,
            function=step.function,
            depends_on={"inputs": inputs(step)},
            produces={"output": step.output, "done": after(step.name)},
        )
        for step in steps
    ]


@contextmanager
def _prepared(steps: Iterable[Step], waiting: set[str], keep: bool) -> Iterator[None]:
    """Have processes import what the notebooks, and the book, that may run import, while the steps before them run."""
    from pic_analysis.publishing import notebooks, rendering

    steps = [step for step in steps if step.name in waiting]
    watched = [step.inputs.get("modules") for step in steps]
    read = [node for node in watched if isinstance(node, nodes.Modules) and node.notebook]
    with ExitStack() as stack:
        if read:
            start = {name for node in read for name in node.of_notebook()}
            stack.enter_context(notebooks.prepared(paths.root(), read[0].package.all_names(start), keep=keep))
        if any(step.name == BOOK for step in steps):
            stack.enter_context(rendering.prepared(paths.root(), keep=keep))
        yield


def _register_crew(make: Callable[[], Executor]) -> None:
    from pytask_parallel import ParallelBackend, registry

    # pytask-parallel is told to give every ready step at once: the crew, which does `workers` of them at a time, does
    # not wait until it has looked at what has ended.
    def crew(n_workers: int) -> Executor:
        return make()

    registry.register_parallel_backend(ParallelBackend.CUSTOM, crew, worker_type="processes", remote=False)


def _look_when_woken() -> threading.Event:
    """Have pytask-parallel look at what has ended when the event is set, where it would look once a second at worst."""
    from pytask_parallel import execute

    woken = threading.Event()

    class Sleeper(execute._Sleeper):  # its name is private: the lock says of which version
        ended = False

        def sleep(self) -> None:
            if self.ended:  # it has just looked at what ended; what waited for that may start
                self.ended = False
            else:
                self.ended = woken.wait(self.timings[self.timing_idx])
                woken.clear()

    execute._Sleeper = Sleeper  # type: ignore[misc]
    return woken


@contextmanager
def interruptible(say: Callable[[str], None]) -> Iterator[threading.Event]:
    """Turn the first Ctrl-C into an orderly stop; a second one has Python's usual effect."""
    interruption = threading.Event()

    def stop(number: int, frame: Any) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        interruption.set()
        say("Arrêt demandé : les étapes en cours s’interrompent…")
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield interruption
    except KeyboardInterrupt:
        if not interruption.is_set():
            raise
    finally:
        signal.signal(signal.SIGINT, before)


def _note_timings(seconds: dict[str, float]) -> None:
    path = paths.root() / ".pic" / "timings.json"
    known: dict[str, float] = {}
    with suppress(FileNotFoundError, ValueError):  # durations are of little worth: unreadable, they are forgotten
        known = json.loads(path.read_text(encoding="utf-8"))
    known.update({name: round(value, 2) for name, value in seconds.items()})
    write_atomically(path, json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def _raise_own_errors(session: Any) -> None:
    """Raise what the steps said when they failed; a step that failed otherwise is a bug, shown whole."""
    import pytask

    failed = [report for report in session.execution_reports if report.outcome == pytask.TaskOutcome.FAIL]
    errors = [report.exc_info[1] for report in failed]
    if not errors and session.exit_code in (pytask.ExitCode.OK, pytask.ExitCode.FAILED):
        return
    said: list[str] = []
    code = 0
    for report, error in zip(failed, errors, strict=True):
        if isinstance(error, StepError):
            said.append(str(error))
            code = max(code, error.code)
        elif isinstance(error, BrokenExecutor):
            said.append("Un processus de travail a été tué (mémoire insuffisante ?).\n    → `pic build --workers 1`")
            code = BUILD_FAILURE
        else:
            said.append(f"L’étape {report.task.name} a échoué de façon imprévue.\n{_traceback(report)}")
            code = BUILD_FAILURE
    raise StepError("\n\n".join(dict.fromkeys(said)) or _UNPREPARED, code or BUILD_FAILURE)


def _traceback(report: Any) -> str:
    import traceback

    kind, error, trace = report.exc_info
    return trace if isinstance(trace, str) else "".join(traceback.format_exception(kind, error, trace))
