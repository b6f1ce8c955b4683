"""A disk that is full, or where one may not write: told in French, nothing half written, and the next run mends all."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest
from faults import compendium, killing
from faults.conftest import FULL
from faults.test_killed_runs import leftovers, neither_old_nor_new

pytestmark = pytest.mark.slow


def refused(done: subprocess.CompletedProcess, why: str, root: Path, undisturbed) -> None:
    """Assert that a run told a fault of the disk, and left the old book and whole files."""
    assert done.returncode == 3, done.stdout
    assert why in done.stdout
    assert "Traceback" not in done.stdout
    assert "Errno" not in done.stdout
    assert killing.left_alive(root) == {}
    assert neither_old_nor_new(root, undisturbed) == []
    assert killing.digests(root)[compendium.BOOK] == undisturbed.before[compendium.BOOK]
    assert leftovers(root) == []


def mended(root: Path, undisturbed) -> None:
    """Assert that the next run ends as if nothing had happened."""
    done = compendium.pic(root)
    assert done.returncode == 0, done.stdout
    assert killing.digests(root) == undisturbed.after


@pytest.mark.parametrize("largest", [0, 100, 2_000, 20_000, 60_000] if FULL else [20_000])
def test_files_that_may_not_grow(place, undisturbed, largest):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    refused(compendium.pic(place, preexec_fn=limit), "trop grand", place, undisturbed)
    mended(place, undisturbed)


def test_renderer_without_room(place, undisturbed):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    shutil.rmtree(place / ".pic" / "book")
    compendium.edit(place, compendium.BEFORE)
    done = compendium.pic(place, "book", "--study", compendium.STUDY, "--force", preexec_fn=limit)
    refused(done, "trop grand", place, undisturbed)


@pytest.fixture
def small_disk(tmp_path) -> Path:
    """Return a disk of 20 MB that can be filled."""
    folder = tmp_path / "petit disque"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", folder]).returncode:
        pytest.skip("only a superuser may mount a small disk; files that may not grow are tried everywhere")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("room", [20_000, 200_000, 300_000, 450_000, 600_000] if FULL else [300_000])
def test_full_disk(place, undisturbed, small_disk, room):
    root = shutil.copytree(place, small_disk / compendium.NAME)
    disk = os.statvfs(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(disk.f_bavail * disk.f_frsize - room))
    refused(compendium.pic(root), "le disque est plein", root, undisturbed)
    filler.unlink()
    mended(root, undisturbed)


def without_privilege() -> None:
    """Make a superuser a plain owner: read-only is then read-only (capabilities 1 to 3 bypass it, see prctl(2))."""
    drop = 24  # PR_CAPBSET_DROP
    for bypass in (1, 2, 3):
        ctypes.CDLL(None).prctl(drop, bypass, 0, 0, 0)


FOLDERS = (compendium.TABLES, "_build", ".pic", *((compendium.PAGES, ".pic/book") if FULL else ()))


@pytest.mark.parametrize("folder", FOLDERS)
def test_read_only_folder(place, undisturbed, folder):
    subprocess.run(["chmod", "-R", "a-w", place / folder], check=True)
    done = compendium.pic(place, preexec_fn=without_privilege)
    subprocess.run(["chmod", "-R", "u+w", place / folder], check=True)
    refused(done, "vous n’en avez pas le droit", place, undisturbed)
    assert f"{place / folder}" in done.stdout
    if FULL:
        mended(place, undisturbed)
