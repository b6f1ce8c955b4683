"""Ask a site no more often than it allows."""

from __future__ import annotations

from collections.abc import Callable


class Pace:
    """A token bucket: a few requests at once, then one at a time, and never more than so many in any minute.

    Parameters
    ----------
    per_minute
        Most requests in any sixty seconds.
    clock, sleep
        Seconds that only grow, and how to wait.

    Notes
    -----
    A bucket of ``b`` tokens filled at ``r`` a second lets at most ``b + 60 r`` requests through in a minute; here
    ``b`` is a sixth of what is allowed and ``r`` fills the rest. Turner (1986), New directions in communications,
    IEEE Communications Magazine 24(10), doi 10.1109/MCOM.1986.1092946 (the leaky bucket as a meter).
    """

    def __init__(self, per_minute: int, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._most = max(1, per_minute // 6)
        self._rate = max(per_minute - self._most, 1) / 60
        self._clock, self._sleep = clock, sleep
        self._tokens, self._seen = float(self._most), clock()

    def wait(self) -> None:
        """Return when the next request may leave."""
        now = self._clock()
        self._tokens = min(self._most, self._tokens + (now - self._seen) * self._rate)
        self._seen = now
        self._tokens -= 1
        if self._tokens < 0:
            self._sleep(-self._tokens / self._rate)
