"""Open a nursery: a process that has imported the scientific stack, from which notebooks or renderers are forked.

The nursery of the book is a branch of that of the notebooks, where there is one: it imports what that one lacks.

Linux only: elsewhere a fork is not safe, and notebooks have a kernel each.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "OMP_", "OPENBLAS_", "MKL_", "JE_", "MPL", "MATPLOTLIB")
"""First letters of the variables that an interpreter or a library reads once, at its start."""

_GRACE = 0.5  # seconds that a nursery has to end: it may be importing


class Doubt(Exception):
    """Say in French why a notebook had better have its kernel, or the renderer its process."""


LENT = "PIC_NURSERY"
"""Variable that tells a process which nursery of the one that started it may serve it too."""
NOTEBOOKS, BOOK = "notebooks", "book"
"""What a nursery serves."""


class Served:
    """A nursery that listens at an address, whoever has opened it.

    Parameters
    ----------
    address
        Path of its socket.
    environment
        Variables that it was started with.
    serves
        Notebooks, or the book.
    """

    def __init__(self, address: str, environment: Mapping[str, str], serves: str = NOTEBOOKS) -> None:
        self._address = address
        self._environment = dict(environment)
        self._serves = serves

    @property
    def lent(self) -> dict[str, str]:
        """The variable to give to a process that may ask it too."""
        return {LENT: json.dumps([self._address, _at_start(self._environment), self._serves])}

    def suits(self, environment: Mapping[str, str], serves: str = NOTEBOOKS) -> bool:
        """Say whether what is forked here starts as in a new interpreter with that environment."""
        return serves == self._serves and _at_start(environment) == _at_start(self._environment)

    def execute(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what the cells of a request show, as they show it; or the end of the program that it names.

        Raises
        ------
        Doubt
            If the nursery, or the child, did not do all of it.
        """
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(self._address)
                connection.sendall(json.dumps(request).encode() + b"\n")
                with connection.makefile("rb") as lines:
                    for line in lines:
                        told = json.loads(line.decode("utf-8", "surrogatepass"))
                        if "doubt" in told:
                            raise Doubt(told["doubt"])
                        yield told
                        if "finished" in told:
                            return
            except (OSError, ValueError) as error:
                raise Doubt(f"le processus préparé ne répond plus ({error})") from None
        raise Doubt("le processus divisé s’est arrêté avant la fin")


class Nursery(Served):
    """A process that forks; it ends with this object's ``close``, or with its owner, whatever ends it.

    Parameters
    ----------
    environment
        Variables that the notebooks will have.
    modules
        Names to import before the first notebook; those of no module are passed over.
    serves
        Notebooks, or the book.
    """

    def __init__(self, environment: Mapping[str, str], modules: Iterable[str] = (), serves: str = NOTEBOOKS) -> None:
        if sys.platform != "linux":
            raise Doubt("ce système ne permet pas de diviser un processus sans risque")
        self._owner = os.getpid()
        # A socket's path holds about a hundred characters: not a folder of the compendium, which may be deep.
        self._folder = tempfile.mkdtemp(prefix="pic-")
        super().__init__(str(Path(self._folder, serves)), environment, serves)
        heard, self._lifeline = os.pipe()
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(self._address)
            door.listen()
            module = "pic_analysis.publishing.nursery_process"
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(door.fileno()), str(heard), *dict.fromkeys(modules)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(door.fileno(), heard),
                start_new_session=True,  # the terminal's Ctrl-C is not for it
            )
        os.close(heard)

    def branch(self, environment: Mapping[str, str], modules: Iterable[str], serves: str) -> Branch:
        """Return another nursery, that this one will be divided into when it has imported its own modules."""
        return Branch(self._address, environment, modules, serves)

    def let_go(self) -> None:
        """Tell the nursery to end, and what was forked from it."""
        if os.getpid() == self._owner and self._lifeline >= 0:
            with suppress(OSError):
                os.close(self._lifeline)
            self._lifeline = -1

    def close(self) -> None:
        """End the nursery and what was forked from it."""
        if os.getpid() != self._owner:
            return  # a worker has a copy of this object, not the process
        self.let_go()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class Branch(Served):
    """A nursery forked from another; it ends with this object's ``close``, or with the other.

    Parameters
    ----------
    trunk
        Path of the socket of the other, which may still be importing.
    environment
        Variables of what will be forked; those read at the start of an interpreter are the other's.
    modules
        Names to import besides those of the other.
    serves
        What it serves; no other branch of this trunk does.
    """

    def __init__(self, trunk: str, environment: Mapping[str, str], modules: Iterable[str], serves: str) -> None:
        super().__init__(str(Path(trunk).with_name(serves)), environment, serves)
        request = {"modules": [*dict.fromkeys(modules)], "environment": self._environment, "folder": os.getcwd()}
        self._lifeline = socket.socket(socket.AF_UNIX)
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(self._address)
            door.listen()
            self._lifeline.connect(trunk)
            # The other reads it when it has imported its own modules; who asks this one before that waits.
            socket.send_fds(self._lifeline, [json.dumps(request).encode() + b"\n"], [door.fileno()])

    def let_go(self) -> None:
        """Tell the nursery to end; one that has just begun does not delay its own end."""
        self._lifeline.close()

    close = let_go


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_START)}


_opened: list[Nursery | Branch] = []


def open_nursery(environment: Mapping[str, str], modules: Iterable[str] = (), serves: str = NOTEBOOKS) -> Served:
    """Return a nursery of this process, or of one that it comes from; open one if there is none that suits.

    Raises
    ------
    Doubt
        If there can be none on this system.
    """
    for known in (*_opened, *_lent()):
        if known.suits(environment, serves):
            return known
    trunks = (known for known in _opened if isinstance(known, Nursery) and known.suits(environment))
    try:
        trunk = next(trunks, None) if serves == BOOK else None
        made = trunk.branch(environment, modules, serves) if trunk else Nursery(environment, modules, serves)
    except OSError as error:
        raise Doubt(f"le processus à diviser n’a pu être ouvert ({error.strerror})") from None
    _opened.append(made)
    return made


def _lent() -> Iterator[Served]:
    """Yield the nursery that the process which started this one lends, if it still listens."""
    with suppress(ValueError, TypeError):
        address, environment, serves = json.loads(os.environ.get(LENT, ""))
        if Path(address).exists():
            yield Served(address, environment, serves)


def close_nurseries() -> None:
    """End the nurseries that this process has opened."""
    for opened in _opened:
        opened.let_go()  # they end at the same time
    while _opened:
        _opened.pop().close()


atexit.register(close_nurseries)
