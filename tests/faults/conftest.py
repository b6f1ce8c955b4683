"""Build the compendium once, before and after a datum changes; give each test a copy of its own."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults import compendium, killing

FULL = "PIC_FAULTS" in os.environ
"""Whether `make faults` asks for every case."""


@dataclass(frozen=True)
class Undisturbed:
    """What builds make when nothing goes wrong: files and their sha256, and how long the second one took."""

    folder: Path
    before: dict[str, str]
    after: dict[str, str]
    seconds: float


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> Undisturbed:
    folder = compendium.write(tmp_path_factory.mktemp("fait") / compendium.NAME)
    before = built(folder)
    other = shutil.copytree(folder, tmp_path_factory.mktemp("change") / compendium.NAME)
    compendium.edit(other, compendium.AFTER)
    start = time.monotonic()
    after = built(other)
    return Undisturbed(folder, before, after, time.monotonic() - start)


def built(folder: Path) -> dict[str, str]:
    done = compendium.pic(folder)
    assert done.returncode == 0, done.stdout
    return killing.digests(folder)


@pytest.fixture
def place(undisturbed, tmp_path) -> Path:
    """Return a built compendium whose datum has changed since: its next build makes everything again."""
    if sys.platform != "linux":
        pytest.skip("what is left of a run is looked for in /proc, and faults are made as Linux allows")
    folder = shutil.copytree(undisturbed.folder, tmp_path / compendium.NAME)
    compendium.edit(folder, compendium.AFTER)
    return folder
