"""Give the date of an edition: that of its sources, so that making it again another day changes no byte."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

UNKNOWN = datetime(1980, 1, 1, tzinfo=UTC)
"""The first date that a zip archive can hold; it stands where the sources are in no history."""


def edition_date(root: Path) -> datetime:
    """Return the date of the last commit, in UTC.

    ``SOURCE_DATE_EPOCH`` wins (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "") or _last_commit(root)
    return max(datetime.fromtimestamp(int(given), UTC), UNKNOWN) if given.isdecimal() else UNKNOWN


def _last_commit(root: Path) -> str:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
