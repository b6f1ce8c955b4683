"""Build every study of a compendium, several at a time; then its own book, which compares them."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pic_analysis import machine, paths
from pic_analysis.disk import disk_fault
from pic_analysis.numbers_fr import agreed, count, decimal, enumerate_fr
from pic_analysis.pipeline import nodes
from pic_analysis.pipeline.cluster import Grid, lent
from pic_analysis.pipeline.crew import Crew
from pic_analysis.pipeline.errors import BUILD_FAILURE, DATA_PROBLEM, USAGE, Interrupted, StepError
from pic_analysis.pipeline.lock import held
from pic_analysis.pipeline.plan import plan
from pic_analysis.pipeline.run import interruptible, run
from pic_analysis.problems import StudyError
from pic_analysis.reading import settings

_NONE = "data/raw ne contient aucune étude.\n    → `pic new TERRITOIRE --insee CODE` en commence une."
_STOPPED = "Arrêté. Les livres finis le restent ; aucun fichier n’est à moitié écrit."
_KILLED = "Un processus de travail a été tué (mémoire insuffisante ?).\n    → `pic build --all --workers 1`"


@dataclass(frozen=True)
class Built:
    """What became of a study: steps done and left as they were, seconds; message and exit code of a failure."""

    study: str
    done: int = 0
    kept: int = 0
    seconds: float = 0.0
    message: str = ""
    code: int = 0


@dataclass(frozen=True)
class Every:
    """What a run did of all the studies, and its seconds."""

    built: tuple[Built, ...]
    seconds: float

    @property
    def failed(self) -> tuple[Built, ...]:
        """The studies whose book could not be made."""
        return tuple(one for one in self.built if one.code)

    def __str__(self) -> str:
        """Say in French what was done; what failed comes last, in full."""
        seconds, studies = f"{decimal(self.seconds)} s", count(len(self.built), "étude")
        done = sum(one.done for one in self.built)
        if not done and not self.failed:
            what = f"les {studies} sont" if len(self.built) > 1 else "l’étude est"
            return f"Rien n’a changé : {what} à jour ({seconds})."
        lines = [f"Fait : {count(done, 'étape')} de {studies} en {seconds}."] if done else []
        if self.failed:
            names = enumerate_fr([one.study for one in self.failed])
            others = " Les autres livres sont à jour." if len(self.failed) < len(self.built) else ""
            number = f"{count(len(self.failed), 'étude')} {agreed(len(self.failed), 'a échoué', 'ont échoué')}"
            lines += [f"{number} : {names}.{others}"]
            lines += [f"\n{one.study}\n{one.message}" for one in self.failed]
        return "\n".join(lines)


def build_all(
    *,
    workers: int | None = None,
    force: bool = False,
    cluster: str = "",
    say: Callable[[str], None] = print,
    doing: Callable[[str], None] = lambda text: None,
) -> Every:
    """Build every study: one that fails does not prevent the others.

    Parameters
    ----------
    workers
        Studies that are built at the same time; by default, as many as the machine can.
    force
        Whether to build again what is up to date.
    cluster
        Address of a Dask cluster, if studies are to be built there.
    say, doing
        Receive a line for each study done, and what is under way.

    Raises
    ------
    StepError
        If there is no study, or no cluster where one is expected.
    Interrupted
        If the user pressed Ctrl-C.
    """
    start, names, own = time.perf_counter(), paths.studies(), paths.published()
    if not names:
        raise StepError(_NONE, USAGE)
    workers = workers or machine.places()
    others = [name for name in names if name != own]
    with lent(cluster, paths.root(), workers) as pool:
        places = pool.places if pool else min(workers, len(others))
        found = _side_by_side(others, places, force, _Told(names, say, doing), pool)
        if own in names:  # last: it compares the others
            places = pool.places if pool else workers
            options: dict[str, Any] = {"workers": places, "force": force, "doing": doing, "pool": pool}
            found.append(_built(own, say=lambda text: say(f"  {own} · {text.strip()}"), **options))
    return Every(tuple(found), time.perf_counter() - start)


def _side_by_side(names: list[str], workers: int, force: bool, told: _Told, pool: Grid | None) -> list[Built]:
    """Build studies, each in one worker."""
    if not names:
        return []
    import pytask  # noqa: F401 - once, before the workers are forked

    with (
        interruptible(told.say) as interruption,
        Crew(workers, told.started, stopped=interruption.is_set, say=told.say, pool=pool) as crew,
    ):
        run_id = uuid.uuid4().hex
        share = 1 if pool else max(1, machine.places() // workers)  # of this machine, for the pages of one book
        futures = [crew.submit(_elsewhere, paths.root(), force, share, run_id, task=name) for name in names]
        for future in futures:
            future.add_done_callback(told.ended)
        wait(futures)
    nodes.look_once("")
    told.doing("")
    if interruption.is_set():
        raise Interrupted(_STOPPED)
    return [_result(future, name) for future, name in zip(futures, names, strict=True)]


class _Told:
    """Say which studies are under way and what became of each; those that were up to date are not told."""

    def __init__(self, names: list[str], say: Callable[[str], None], doing: Callable[[str], None]) -> None:
        self.say, self.doing = say, doing
        self._left = len(names)
        self._under_way: list[str] = []
        self._lock = threading.Lock()  # studies end in the executor's thread

    def started(self, name: str) -> None:
        with self._lock:
            self._under_way.append(name)
            self._show()

    def ended(self, future: Future[Built]) -> None:
        if future.cancelled() or future.exception() is not None:
            return  # told at the end
        built = future.result()
        with self._lock:
            self._under_way.remove(built.study)
            self._left -= 1
            self.doing("")
            seconds = f"{decimal(built.seconds)} s"
            rest = f" (reste {count(self._left, 'étude')} au plus)" if self._left else ""
            if built.code:
                self.say(f"  {built.study} : échec après {seconds}{rest}")
            elif built.done:
                self.say(f"  {built.study} : {count(built.done, 'étape')} en {seconds}{rest}")
            self._show()

    def _show(self) -> None:
        if self._under_way:
            self.doing(f"  en cours : {', '.join(self._under_way)}…")


def _elsewhere(root: Path, force: bool, places: int, run_id: str, *, task: str) -> Built:
    """Build a study in this worker, beside others that are built meanwhile."""
    before = dict(os.environ)
    os.environ |= {"PIC_ROOT": str(root), machine.MOST: str(places)}
    nodes.look_once(run_id)
    try:
        # What waits for another run says so to nobody: the main process tells which studies are under way.
        return _built(task, workers=1, force=force, say=lambda text: None, keep=True)
    finally:
        os.environ.clear()
        os.environ.update(before)


def _built(name: str, **options: Any) -> Built:
    """Build a study; what a reader can act on is returned, bugs pass."""
    start = time.perf_counter()
    try:
        steps = plan(settings.load(name))
        with held(paths.root(), options["say"], paths.apart(name)):
            outcome = run(steps, **options)
    except StepError as error:
        code, message = error.code, str(error)
    except StudyError as error:
        code, message = DATA_PROBLEM, str(error)
    except OSError as error:
        code, message = BUILD_FAILURE, disk_fault(error)
    else:
        return Built(name, len(outcome.done), outcome.kept, time.perf_counter() - start)
    return Built(name, seconds=time.perf_counter() - start, message=message, code=code)


def _result(future: Future[Built], name: str) -> Built:
    try:
        return future.result()
    except StepError as error:
        return Built(name, message=str(error), code=error.code)
    except BrokenExecutor:
        return Built(name, message=_KILLED, code=BUILD_FAILURE)
