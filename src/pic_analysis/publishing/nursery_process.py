"""The process from which notebooks are forked: it imports what they import, then does nothing but fork.

It has a single thread, runs no notebook itself and holds no state of any. Each request brings the cells of one
notebook; a child executes them and writes what they show, one JSON line a message. Another such process serves the
renderer of the book: its child runs a program's main function, and tells how it ended. A child may become that process
itself: it has what notebooks import, and imports the rest. A child dies with the nursery, with the client that asked
for it, or when it has ended; the nursery ends when its lifeline closes, that is with its owner.

Started by ``nursery``: ``python -m pic_analysis.publishing.nursery_process LISTENER LIFELINE MODULES…``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pic_analysis import machine

ALWAYS = (
    "pic_analysis.publishing.socketless",
    "matplotlib.backends.backend_svg",
    "numpy.random",
    # Imported by what the others do, and not by their own importation.
    "ipykernel.debugger",
    "pyarrow.dataset",
)
_PATIENCE = 10.0  # seconds that a client has to send its request
_LOOK = 0.05  # seconds between two looks at the children
_GRACE = 0.3  # seconds that a branch has to end what it serves


@dataclass(frozen=True)
class _Child:
    pid: int
    connection: socket.socket
    branch: bool
    """Whether it serves others: it then ends them, and itself, when its client leaves."""


def main(arguments: list[str]) -> None:
    """Import the modules, then serve until the lifeline closes."""
    listener, lifeline = (int(argument) for argument in arguments[:2])
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # nobody debugs here: the debugger need not warn
    address = _prepare((*ALWAYS, *arguments[2:]), _Said(), listener, lifeline)
    shutil.rmtree(os.path.dirname(address), ignore_errors=True)  # the owner does it, unless it was killed
    os._exit(0)  # there is nothing to put away, and its owner waits


def _prepare(modules: Iterable[str], said: _Said, listener: int, lifeline: int) -> str:
    """Import modules, then serve until the lifeline closes; return the address."""
    for name in modules:
        with suppress(Exception):  # names of functions, and what will fail in a cell, where it is told
            importlib.import_module(name)
    warned = bool(said.take())
    gc.freeze()  # what is common to all is not looked at again, hence not copied, in each child
    with socket.socket(fileno=listener) as door:
        serve(door, lifeline, "l’importation des modules a écrit un message" if warned else "")
        address: str = door.getsockname()
    return address


def serve(door: socket.socket, lifeline: int, refusal: str = "") -> None:
    """Answer requests until the lifeline closes, then leave no child.

    Parameters
    ----------
    door
        A listening socket.
    lifeline
        Descriptor of a pipe or of a connection whose other end the owner holds.
    refusal
        Why nothing can be executed here (French); empty if all is well.
    """
    children: dict[int, _Child] = {}
    with selectors.DefaultSelector() as watched:
        watched.register(door, selectors.EVENT_READ)
        watched.register(lifeline, selectors.EVENT_READ)
        while True:
            for key, _ in watched.select(_LOOK if children else None):
                if key.fd == lifeline:
                    _end(children.values())
                    return
                if key.fd == door.fileno():
                    connection, _ = door.accept()
                    if child := _answer(connection, refusal, door, lifeline, children.values()):
                        children[child.pid] = child
                        watched.register(connection, selectors.EVENT_READ, child.pid)
                    else:
                        connection.close()
                elif key.data in children:  # clients send nothing more: this one has left
                    if not children[key.data].branch:
                        _kill(key.data)
                    watched.unregister(key.fileobj)
            for child in [child for child in children.values() if _ended(child.pid)]:
                with suppress(KeyError):
                    watched.unregister(child.connection)
                child.connection.close()
                del children[child.pid]


def _answer(
    connection: socket.socket, refusal: str, door: socket.socket, lifeline: int, others: Iterable[_Child]
) -> _Child | None:
    """Fork a child for a request; return it, or None if there is none."""
    connection.settimeout(_PATIENCE)
    parent, lent = os.getpid(), list[int]()
    try:
        request = _read(connection, lent)
        connection.settimeout(None)
        if request is None:
            return None
        if (count := machine.threads()) > 1:
            refusal = refusal or f"le processus qui se divise a {count} fils d’exécution"
        if refusal:
            connection.sendall(json.dumps({"doubt": refusal}).encode() + b"\n")
            return None
        if pid := os.fork():
            return _Child(pid, connection, "modules" in request)
    except (OSError, ValueError):
        return None
    finally:
        if os.getpid() == parent:
            for descriptor in lent:
                os.close(descriptor)
    try:
        os.setsid()
        machine.die_with(parent, signal.SIGKILL)
        for descriptor in (door.fileno(), lifeline, *(other.connection.fileno() for other in others)):
            os.close(descriptor)
        if "modules" in request:
            _prepare(request["modules"], _begin(request, "nursery"), lent[0], connection.fileno())
        else:
            (_run_main if "main" in request else _execute)(request, connection)
    except BaseException as error:  # whatever a notebook or a library raises where no cell runs
        connection.sendall(json.dumps({"doubt": f"le processus préparé a échoué ({error!r})"}).encode() + b"\n")
    finally:
        os._exit(0)  # nothing of the parent's is to be closed twice


def _read(connection: socket.socket, lent: list[int]) -> dict[str, Any] | None:
    """Return a request; note the descriptors that came with it."""
    data = b""
    while not data.endswith(b"\n"):
        part, descriptors, _, _ = socket.recv_fds(connection, 65_536, 1)
        lent += descriptors
        if not part:
            return None
        data += part
    request: dict[str, Any] = json.loads(data)
    return request


def _end(children: Collection[_Child]) -> None:
    """End children: those that serve others end them first, unless they are importing, and so have none."""
    branches = [child for child in children if child.branch]
    for child in children:
        if not child.branch:
            _kill(child.pid)
    limit = time.monotonic() + _GRACE
    while (branches := [child for child in branches if not _ended(child.pid)]) and time.monotonic() < limit:
        time.sleep(_LOOK / 5)
    for child in branches:
        _kill(child.pid)


def _kill(pid: int) -> None:
    """End a child, and what it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _ended(pid: int) -> bool:
    try:
        # Left as it is until its group has been killed: its number cannot yet be another process's.
        found = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return True
    if found is None:
        return False
    _kill(pid)  # and what it has started
    os.waitpid(pid, 0)
    return True


class _Said:
    """What is written on the two streams of the process itself, which nobody reads."""

    def __init__(self) -> None:
        self._file = os.memfd_create("said")
        for stream in (1, 2):
            os.dup2(self._file, stream)

    def take(self) -> str:
        """Return what was written since the last time."""
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                stream.flush()
        size = os.fstat(self._file).st_size
        text = os.pread(self._file, size, 0).decode("utf-8", "replace")
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        return text


def _begin(request: dict[str, Any], name: str) -> _Said:
    """Give this process what one that had just been started would have."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    said = _Said()
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.argv = [name]
    random.seed()
    sys.modules["numpy.random"].seed()
    return said


def _run_main(request: dict[str, Any], connection: socket.socket) -> None:
    """Run a program's main function in this process, as its command would."""
    from pic_analysis.publishing import rendering

    connection.sendall(b'{"begun": true}\n')
    said = _begin(request, "jupyter-book")
    module, _, function = request["main"].partition(":")
    code = 0
    with open(request["lock"], "ab") as lock:
        rendering.hold(lock)
        gc.set_threshold(1_000_000, 20, 50)  # trees of pages are many objects, that live until the page is written
        try:
            sys.argv += request["arguments"]
            getattr(importlib.import_module(module), function)()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
            code = 1
        connection.sendall(json.dumps({"finished": code, "said": said.take()}).encode() + b"\n")


def _execute(request: dict[str, Any], connection: socket.socket) -> None:
    """Execute the cells of a request in this process, which is all theirs."""
    said = _begin(request, "ipykernel_launcher")
    opened = _opened_in(request["followed"])

    from pic_analysis.publishing.socketless import Message, SocketlessKernel, figures_not_shown

    pipe = connection.makefile("wb")

    def tell(message: Message) -> None:
        pipe.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        pipe.flush()

    failed = False

    def receive(message: Message) -> None:
        nonlocal failed
        if message["buffers"]:
            tell({"doubt": "une sortie porte des octets"})
        if message["msg_type"] == "execute_reply":
            failed = message["content"]["status"] == "error"
        else:
            tell({"message": message})

    def sources() -> Iterator[str]:
        for cell in request["cells"]:
            yield cell["source"]
            if text := said.take():
                tell({"doubt": f"la cellule a écrit hors de ses sorties : {text.strip()[:80]}"})
            if figures_not_shown():
                tell({"doubt": "une figure dessinée n’a pas été montrée"})
            tell({"ended": cell["index"], "failed": failed})
            if failed and not cell["may_fail"]:
                return

    kernel = SocketlessKernel.begin(receive)
    kernel.execute(sources())
    tell({"finished": kernel.language_info, "opened": sorted(opened)})


def _opened_in(folder: str) -> set[str]:
    """Return a set that will hold the paths of the files of a folder that this process opens."""
    found: set[str] = set()

    def note(event: str, about: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(about[0], str) and os.path.abspath(about[0]).startswith(folder + os.sep):
            found.add(os.path.abspath(about[0]))

    sys.addaudithook(note)
    return found


if __name__ == "__main__":
    del sys.path[0]  # the folder it was started from, which kernels do not look into
    main(sys.argv[1:])
