"""Serve the built book to this machine alone, for whoever writes it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_NAMES = ("127.0.0.1", "localhost")
_BETWEEN_BOOKS = 0.5  # seconds: a new book takes the place of the old one by two renames
_SAID = {
    HTTPStatus.FORBIDDEN: "Cette adresse n’est servie qu’à cette machine, sous son propre nom.",
    HTTPStatus.NOT_FOUND: "Cette page n’est pas dans le livre.",
}


class Handler(SimpleHTTPRequestHandler):
    """Answer GET and HEAD for the files of one folder; nothing is listed, nothing outside is read."""

    server_version, sys_version = "pic", ""

    def send_head(self) -> Any:
        """Refuse requests under another name than this machine's (a site that would read it through a browser)."""
        host = (self.headers.get("Host") or "").rpartition(":")
        if (host[0] or host[2]) not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        end = time.monotonic() + _BETWEEN_BOOKS
        while not os.path.isdir(self.directory) and time.monotonic() < end:
            time.sleep(0.01)
        if self._outside():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _outside(self) -> bool:
        """Say whether the path leads out of the folder, be it by a link."""
        folder = Path(self.directory).resolve()
        return not Path(self.translate_path(self.path)).resolve().is_relative_to(folder)

    def list_directory(self, path: Any) -> None:
        """Refuse: only pages are shown."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Have browsers ask again: the page may have been published again."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say what is refused in French."""
        status = HTTPStatus(code)
        content = _SAID.get(status, "Cette demande n’est pas comprise.").encode()
        self.send_response(code, status.phrase)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal tells the builds."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder on the loopback interface as long as the block runs; give its address.

    Parameters
    ----------
    folder
        What is served; it may be replaced meanwhile.
    port
        TCP port; 0 for any that is free.

    Raises
    ------
    OSError
        If the port is taken.
    """
    with ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}/"
        finally:
            server.shutdown()
