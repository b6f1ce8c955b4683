"""Ask a site for a page or a file: patiently, within bounds, and never twice for what was received today."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import TypeVar

import requests
from urllib3.exceptions import InvalidHeader, MaxRetryError
from urllib3.util.retry import Retry

from pic_analysis import __version__
from pic_analysis.fetching import addresses
from pic_analysis.fetching.kept import Answer, Kept, Part
from pic_analysis.fetching.pace import Pace
from pic_analysis.fetching.refusal import AnswerError, Denied, Unreachable
from pic_analysis.numbers_fr import count, integer

_MIB = 1024**2
_CHUNK = 64 * 1024
_LATER = (429, 500, 502, 503, 504)  # statuses that may pass
_MOVED = (301, 302, 303, 307, 308)
Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Bounds:
    """How much a request may ask of the machine and of the person who waits."""

    bytes: int = 128 * _MIB
    connect: float = 10.0
    read: float = 30.0
    seconds: float = 300.0
    retries: int = 3
    wait: float = 60.0
    redirections: int = 5


class _Passing(Exception):
    """Say why a try failed, where another may succeed; ``wait`` is what the site asks for, in seconds."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        self.said, self.wait = said, wait
        super().__init__(said)


class _NoConnection(_Passing):
    """Say that no one answered at all."""


class _Session(requests.Session):
    """A session that leaves redirections alone: else it reads the whole body of each, whatever its size."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return nothing: `Client` follows redirections itself, inside the site."""


class Client:
    """Ask sites, one request at a time.

    Parameters
    ----------
    kept
        What was received today.
    bounds
        Most bytes, seconds, tries.
    clock, sleep
        Seconds that only grow, and how to wait.
    doing
        Where to tell what is under way.
    """

    def __init__(
        self,
        kept: Kept,
        bounds: Bounds = Bounds(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        doing: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.kept, self.doing = kept, doing
        self.asked: list[str] = []
        self._bounds, self._clock, self._sleep = bounds, clock, sleep
        self._paces: dict[str, Pace] = {}
        self._session = _Session()
        self._session.headers["User-Agent"] = f"pic-analysis/{__version__}"
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def get(
        self,
        address: str,
        parameters: Iterable[tuple[str, str]] = (),
        *,
        parse: Callable[[Answer], Parsed],
        per_minute: int = 60,
        within: str = "",
        file: bool = False,
    ) -> Parsed:
        """Return what a site answers, as understood by ``parse``; only an answer that it accepts is kept.

        Parameters
        ----------
        address, parameters
            What to ask.
        parse
            Turns the answer into what is wanted, or raises AnswerError.
        per_minute
            Most requests to this site in a minute.
        within
            Address whose site this one must belong to, when a site gave it.
        file
            Whether it is one large file, whose beginning is worth keeping.

        Raises
        ------
        Unreachable
            If no whole answer came, after some tries.
        AnswerError
            If the address, the answer or its size is not as expected.
        """
        asked = addresses.full(address, parameters)
        addresses.check(asked, within)
        self.asked.append(asked)
        answer = self.kept.answer(asked)
        if answer is None:
            answer = self._patiently(asked, per_minute, file=file)
        parsed = parse(answer)
        self.kept.keep(asked, answer)
        return parsed

    def _patiently(self, asked: str, per_minute: int, *, file: bool) -> Answer:
        """Return the answer to a request, tried again as long as the fault may pass."""
        name = addresses.host(asked)
        pace = self._paces.setdefault(name, Pace(per_minute, self._clock, self._sleep))
        policy = Retry(total=self._bounds.retries, backoff_factor=1, backoff_max=self._bounds.wait)
        tries = 0
        while True:
            tries += 1
            try:
                pace.wait()
                return self._once(asked, file=file)
            except _Passing as fault:
                if isinstance(fault, _NoConnection):  # this machine is probably offline: one more try is enough
                    policy = policy.new(total=min(int(policy.total or 0), 1))
                try:
                    policy = policy.increment("GET", asked, error=fault)
                except MaxRetryError:
                    raise Unreachable(f"{name} : {fault.said}, après {count(tries, 'essai')}") from None
                wait = max(policy.get_backoff_time(), 1.0) if fault.wait is None else fault.wait
                if wait > self._bounds.wait:
                    asks = f"le site demande d’attendre {integer(round(wait))} s avant de redemander"
                    raise Unreachable(f"{name} : {asks}") from None
                self.doing(f"{name} : {fault.said} ; nouvel essai dans {integer(round(wait))} s")
                self._sleep(wait)

    def _once(self, asked: str, *, file: bool) -> Answer:
        part = self.kept.part(asked) if file else None
        try:
            return self._follow(asked, part, file=file)
        except requests.exceptions.SSLError:
            raise Unreachable(f"{addresses.host(asked)} : le certificat du site est refusé") from None
        except requests.exceptions.Timeout:
            raise _Passing("pas de réponse dans le délai") from None
        except requests.exceptions.ConnectionError:
            raise _NoConnection("pas de connexion") from None
        except requests.exceptions.ChunkedEncodingError:
            raise _Passing("réponse coupée avant la fin") from None
        except requests.exceptions.RequestException as error:
            said = f"une réponse HTTP lisible ({type(error).__name__})"
            raise AnswerError(addresses.host(asked), said) from None

    def _follow(self, asked: str, part: Part | None, *, file: bool) -> Answer:
        """Follow redirections inside the site, and read the answer at their end."""
        deadline = self._clock() + self._bounds.seconds
        address = asked
        # A file travels as it is, so that a range of it means the same bytes on another day.
        headers = {"Accept-Encoding": "identity" if file else "gzip"}
        if part:
            headers |= {"Range": f"bytes={len(part.content)}-", "If-Range": part.validator}
        for _ in range(self._bounds.redirections + 1):
            self._session.trust_env = not addresses.is_loopback(address)
            with self._session.get(
                address,
                headers=headers,
                stream=True,
                timeout=(self._bounds.connect, self._bounds.read),
                allow_redirects=False,
            ) as response:
                if response.status_code not in _MOVED:
                    return self._read(response, asked, part, deadline, file=file)
                address = addresses.joined(address, response.headers.get("Location", ""))
                addresses.check(address, within=asked)
        raise AnswerError(addresses.host(asked), f"au plus {self._bounds.redirections} redirections", value=address)

    def _read(
        self, response: requests.Response, asked: str, part: Part | None, deadline: float, *, file: bool
    ) -> Answer:
        if part and response.status_code == 416:
            self.kept.drop_part(asked)
            raise _Passing("le fichier a changé depuis le dernier essai")
        self._check_status(response, asked)
        begun = part.content if part and response.status_code == 206 else b""
        if response.status_code == 206 and not _continues(response, len(begun)):
            self.kept.drop_part(asked)
            raise _Passing("la suite reçue n’est pas celle demandée")
        name, most = addresses.host(asked), self._bounds.bytes
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and len(begun) + int(announced) > most:
            raise AnswerError(name, _too_large(most), value=f"{announced} octets")
        received = bytearray(begun)
        try:
            for piece in self._pieces(response, deadline):
                received += piece
                if len(received) > most:
                    raise AnswerError(name, _too_large(most))
                if file:
                    self.doing(f"{name} : {_progress(len(received), len(begun), announced)}")
        except AnswerError:
            raise
        except BaseException:  # a fault or the keyboard: the beginning may serve the next try
            if file and received and (validator := _validator(response)):
                self.kept.keep_part(asked, Part(bytes(received), validator))
            raise
        whole = bool(announced) or response.headers.get("Transfer-Encoding", "").lower() == "chunked"
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        answer = Answer(bytes(received), response.url, kind, whole=whole)
        return replace(answer, modified=_day(response.headers.get("Last-Modified", "")))

    def _pieces(self, response: requests.Response, deadline: float) -> Iterator[bytes]:
        for piece in response.iter_content(_CHUNK):
            if self._clock() > deadline:
                raise _Passing("réponse trop lente")
            yield piece

    def _check_status(self, response: requests.Response, asked: str) -> None:
        status = response.status_code
        if status in _LATER:
            said = "trop de demandes (code 429)" if status == 429 else f"le site est en panne (code {status})"
            raise _Passing(said, _asked_wait(response))
        if status not in (200, 206):
            body = next(response.iter_content(2000), b"")
            raise Denied(addresses.host(asked), status, body.decode("utf-8", errors="replace"))


def _asked_wait(response: requests.Response) -> float | None:
    """Return the seconds that a site asks to wait, if it asks (RFC 9110, section 10.2.3)."""
    try:
        return Retry().parse_retry_after(response.headers["Retry-After"])
    except (KeyError, InvalidHeader, ValueError, OverflowError):
        return None


def _continues(response: requests.Response, begun: int) -> bool:
    return bool(begun) and response.headers.get("Content-Range", "").startswith(f"bytes {begun}-")


def _validator(response: requests.Response) -> str:
    """Return what tells one version of a file from another (RFC 9110, section 13.1.5: a weak tag does not)."""
    tag = response.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")


def _day(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _progress(received: int, begun: int, announced: str) -> str:
    r"""Return how much of a file came, and of how much.

    >>> _progress(131072, 0, "1048576")
    '128 ko reçus sur 1\u202f024'
    """
    whole = f" sur {integer((begun + int(announced)) // 1024)}" if announced.isdecimal() else ""
    return f"{integer(received // 1024)} ko reçus{whole}"


def _too_large(most: int) -> str:
    return (
        f"une réponse d’au plus {integer(most // _MIB)} Mio" if most >= _MIB else f"une réponse d’au plus {most} octets"
    )
