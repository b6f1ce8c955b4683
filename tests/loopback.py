"""A site on this machine that answers as it is told, fault after fault, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from pic_analysis.fetching.http import Bounds, Client
from pic_analysis.fetching.kept import Kept


@dataclass
class Reply:
    """One answer; ``cut`` is the number of bytes after which the line goes dead."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    cut: int | None = None
    delay: float = 0.0
    chunked: bool = False


def as_json(value: object, **more) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), **more)


def as_csv(text: str, **more) -> Reply:
    return Reply(text.encode(), kind="text/csv", **more)


class Site:
    """What is served under each path: the replies in their order, the last for good; or a function of the query."""

    def __init__(self) -> None:
        self.routes: dict = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.address = ""

    def reply(self, target: str) -> Reply:
        parts = urlsplit(target)
        if parts.path not in self.routes:
            return Reply(b"{}", status=404)
        found = self.routes[parts.path]
        if callable(found):
            return found({key: values[0] for key, values in parse_qs(parts.query).items()})
        if isinstance(found, Reply):
            return found
        return found.pop(0) if len(found) > 1 else found[0]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            reply = site.reply(self.path)
            time.sleep(reply.delay)
            self.send_response(reply.status)
            headers = {"Content-Type": reply.kind, **reply.headers}
            headers |= {"Transfer-Encoding": "chunked"} if reply.chunked else {"Content-Length": str(len(reply.body))}
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            sent = reply.body if reply.cut is None else reply.body[: reply.cut]
            if reply.chunked:
                sent = b"%x\r\n%s\r\n" % (len(sent), sent) + (b"0\r\n\r\n" if reply.cut is None else b"")
            self.wfile.write(sent)
            self.close_connection = reply.cut is not None

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(folder, clock: Clock | None = None, day: str = "2026-11-22", **bounds) -> Client:
    clock = clock or Clock()
    return Client(Kept(folder / "kept", day, "P01"), Bounds(**bounds), clock, clock.sleep)
