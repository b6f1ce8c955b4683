"""An IPython kernel without sockets nor threads: what it would send to a client is handed to a function.

It is ipykernel's own kernel: magics, displays, tracebacks and refused inputs are those of any other. Only what carries
its messages is replaced, so that it can run in a process that has just been forked.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets.config import Config

Message = dict[str, Any]
Receive = Callable[[Message], None]

_INLINE = "matplotlib_inline.backend_inline"


class Recorder(Session):
    """A session that hands over the messages that it is told to send."""

    receive = AnyTrait()

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *_: Any, **about: Any
    ) -> Message:
        """Hand a message over: its type, its content, and whether bytes come with it."""
        message: Message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        told = {name: message[name] for name in ("msg_type", "content")}
        self.receive({**told, "buffers": bool(about.get("buffers"))})
        return message


class Stream(io.TextIOBase):
    """What a cell prints on one of its two streams, handed over whole when something else is shown."""

    encoding, errors = "UTF-8", "strict"

    def __init__(self, name: str, session: Session, kernel: IPythonKernel) -> None:
        super().__init__()
        self.name, self._session, self._kernel = name, session, kernel
        self._written: list[str] = []

    def write(self, text: str) -> int:
        """Keep a text until the next flush; what the other stream kept was written before, and goes before."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        other = sys.stderr if self.name == "stdout" else sys.stdout
        if isinstance(other, Stream) and other is not self:
            other.flush()
        self._written.append(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written."""
        if text := "".join(self._written):
            self._written.clear()
            content = {"name": self.name, "text": text}
            self._session.send(None, "stream", content, self._kernel.get_parent("shell"))

    def writable(self) -> bool:
        """Say that one can write here."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the process's own stream, as in any kernel."""
        return 1 if self.name == "stdout" else 2


class _NoDebugger:
    """Stand in for the debugger, whose client lives in a thread of its own."""

    def __init__(self, *parts: Any) -> None:
        pass


class SocketlessKernel(IPythonKernel):
    """The kernel of one notebook: there is one in a process, and it executes one notebook."""

    debugger_class = _NoDebugger

    @classmethod
    def begin(cls, receive: Receive) -> SocketlessKernel:
        """Return the kernel of this process; its streams and its drawings are in place."""
        quiet = Config()
        quiet.HistoryManager.enabled = False  # its file and its thread serve people who type
        session = Recorder(receive=receive)
        kernel = cls.instance(
            config=quiet,
            session=session,
            log=_silent(),
            shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
        )
        sys.stdout, sys.stderr = Stream("stdout", session, kernel), Stream("stderr", session, kernel)
        shell: Any = kernel.shell
        shell.extension_manager.load_extension("storemagic")  # as in any kernel
        # Where the drawing backend was imported before there was a shell, no figure would ever be shown.
        if backend := sys.modules.get(_INLINE):
            backend._enable_matplotlib_integration()
        return kernel

    def execute(self, sources: Iterator[str]) -> None:
        """Execute cells, asking for each when the one before has ended."""
        # The cells of a kernel run while its loop turns: what they may await, or not, is the same here.
        asyncio.run(self._execute(sources))

    async def _execute(self, sources: Iterator[str]) -> None:
        session: Any = self.session
        for source in sources:
            content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
            request = session.msg("execute_request", content)
            self.set_parent(b"", request)
            await self.execute_request(None, b"", request)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: the cells after a failure are not asked for."""


def _silent() -> logging.Logger:
    log = logging.getLogger(__name__)
    log.disabled = True
    return log


def figures_not_shown() -> int:
    """Return the number of figures that a cell has drawn, and that the inline backend has not shown."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return len(pyplot.get_fignums()) if pyplot is not None and _INLINE in sys.modules else 0
