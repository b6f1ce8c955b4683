"""Say why a run stopped, and with which exit code."""

from __future__ import annotations

DATA_PROBLEM, USAGE, BUILD_FAILURE, UNREACHABLE, INTERRUPTED = 1, 2, 3, 4, 130


class StepError(Exception):
    """Carry the French message of a failed step, and its exit code, from a worker to the front door."""

    def __init__(self, message: str, code: int) -> None:
        self.message, self.code = message, code
        super().__init__(message, code)

    def __str__(self) -> str:
        """Return the message alone."""
        return self.message


class Interrupted(Exception):
    """Say that the user stopped the run; every file is whole."""
