"""Lend the workers of a Dask cluster to a run, in place of processes of this machine.

The same calls go to them. The folder of the compendium must be on a disk that every machine sees at the same path, and
every worker must run the same package, one call at a time: each call checks it before it works.
"""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from pic_analysis.files import write_atomically
from pic_analysis.pipeline.errors import BUILD_FAILURE, USAGE, StepError

LOCAL = "local"
"""The address that means a cluster of processes of this machine, started for the run."""

_PATIENCE = 30  # seconds to find the scheduler, then a first worker
_HINT = "docs/cluster.md dit comment démarrer une grappe."


@contextmanager
def lent(address: str, root: Path, workers: int) -> Iterator[Grid | None]:
    """Give the workers of a cluster; none where no address is given.

    Parameters
    ----------
    address
        Of Dask's scheduler (``tcp://machine:8786``), or `LOCAL`.
    root
        Folder of the compendium.
    workers
        How many processes a local cluster has.

    Raises
    ------
    StepError
        If Dask is not installed, if nobody answers, or if no worker comes.
    """
    if not address:
        yield None
        return
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        said = "--cluster demande Dask, qui n’est pas installé ici.\n    → pip install 'pic-analysis[cluster]'"
        raise StepError(said, USAGE) from None
    token = root / ".pic" / f"cluster-{uuid.uuid4().hex}"
    with ExitStack() as opened:
        try:
            place: Any = address
            if address == LOCAL:
                options = {"dashboard_address": "127.0.0.1:0", "local_directory": root / ".pic" / "dask"}
                place = LocalCluster(workers, threads_per_worker=1, silence_logs=logging.ERROR, **options)
                opened.callback(place.close)
            client = Client(place, timeout=_PATIENCE)
            opened.callback(client.close)
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError) as error:  # a time-out is an OSError
            said = f"Aucune grappe Dask ne répond à l’adresse {address} ({error}).\n    → {_HINT}"
            raise StepError(said, BUILD_FAILURE) from None
        write_atomically(token, "")
        opened.callback(token.unlink, missing_ok=True)
        yield Grid(client, root, token.name)


class Grid(Executor):
    """The workers of a Dask client; a call that one of them cannot do as it would be done here says why."""

    def __init__(self, client: Any, root: Path, token: str) -> None:
        self.root, self.token = root, token
        self._pool = client.get_executor()
        self.places = sum(client.nthreads().values())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call to a worker."""
        import cloudpickle

        # As bytes: Dask would look into the arguments for futures of its own.
        call = cloudpickle.dumps(partial(fn, *args, **kwargs))
        found: Future[Any] = self._pool.submit(_there, self.root, self.token, _code(), call)
        return found


def _there(root: Path, token: str, code: str, call: bytes) -> Any:
    """Do a call on a worker, if it would do what this machine would."""
    import cloudpickle
    from distributed import get_worker

    worker = get_worker()
    if reason := _unfit(root, token, code, worker.state.nthreads):
        raise StepError(f"{worker.address} ne peut pas travailler à ce livre : {reason}", BUILD_FAILURE)
    os.environ["PIC_ROOT"] = str(root)
    return cloudpickle.loads(call)()


def _unfit(root: Path, token: str, code: str, threads: int) -> str:
    """Return why a worker would not do the same as here; empty if it would."""
    if not (root / ".pic" / token).is_file():
        return f"le dossier {root} n’y est pas, ou n’est pas le même.\n    → Il faut un disque partagé, au même chemin."
    if _code() != code:
        return "le paquet pic_analysis n’y est pas le même.\n    → Mettez-le à jour, puis redémarrez la grappe."
    if threads > 1:
        return "il mène plusieurs étapes dans un seul processus.\n    → Démarrez-le avec --nthreads 1."
    return ""


@cache
def _code() -> str:
    """Return a hash of the package's code, as this process first saw it."""
    from pic_analysis.publishing.study_of_book import code_fingerprint

    return code_fingerprint()
