"""A run that is killed leaves files whole, no process, and a next run that ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from faults import compendium, killing
from faults.conftest import FULL

pytestmark = pytest.mark.slow

KILLS = 50 if FULL else 4


def neither_old_nor_new(root, undisturbed) -> list[str]:
    """Return the files that are not whole: neither those of a build nor those of the other; absent ones count."""
    found = killing.digests(root)
    known = (undisturbed.before, undisturbed.after)
    return [
        path
        for path in known[0].keys() | known[1].keys() | found.keys()
        if found.get(path) not in [digests.get(path) for digests in known]
    ]


def leftovers(root: Path) -> list[str]:
    """Return what a build puts beside a file or a folder before it takes its place."""
    return [path.name for path in root.rglob(".*") if path.suffix == ".pic-tmp" or path.name.startswith(".html-")]


def test_kills_at_random_moments(place, undisturbed):
    seed = int(os.environ.get("PIC_SEED", time.time_ns()))
    draw = random.Random(seed)
    moments = [(number + draw.random()) / KILLS * undisturbed.seconds for number in range(KILLS)]
    draw.shuffle(moments)
    states = {compendium.AFTER: undisturbed.after, compendium.BEFORE: undisturbed.before}
    for number, moment in enumerate(moments):
        wanted = [*states][number % 2]
        said = f"killed after {moment:.2f} s of {undisturbed.seconds:.2f}, PIC_SEED={seed}"
        compendium.edit(place, wanted)
        killing.kill(killing.start(place), moment)
        assert killing.left_alive(place) == {}, said
        assert neither_old_nor_new(place, undisturbed) == [], said
        done = compendium.pic(place)
        assert done.returncode == 0, f"{said}\n{done.stdout}"
        assert killing.digests(place) == states[wanted], said
        assert leftovers(place) == [], said


def test_run_after_a_killed_one_says_so_once(place):
    run = killing.start(place, "clean", "--study", compendium.STUDY)
    while not (place / ".pic/build.lock").stat().st_size and run.poll() is None:
        time.sleep(0.001)
    killing.kill(run)
    assert f"(processus {run.pid}) a été tué" in compendium.pic(place, "clean", "--study", compendium.STUDY).stdout
    assert "a été tué" not in compendium.pic(place, "clean", "--study", compendium.STUDY).stdout


def test_killed_worker_is_said_and_the_old_book_stays(place, undisturbed):
    run = killing.start(place)
    while len(workers := killing.workers(run.pid)) < 2 and run.poll() is None:  # one alone may be about to be another
        time.sleep(0.01)
    os.kill(workers[0], signal.SIGKILL)
    assert run.wait(60) == 3
    said = (place / "said.txt").read_text(encoding="utf-8")
    assert "a été tué" in said
    assert "Traceback" not in said
    assert killing.left_alive(place) == {}
    assert killing.digests(place)[compendium.BOOK] == undisturbed.before[compendium.BOOK]
    assert compendium.pic(place).returncode == 0
    assert killing.digests(place) == undisturbed.after


def test_second_run_waits_for_the_first(place, undisturbed):
    first = killing.start(place)
    while not (place / ".pic/build.lock").stat().st_size and first.poll() is None:
        time.sleep(0.001)
    second = compendium.pic(place)
    assert first.poll() == 0
    assert second.returncode == 0
    assert f"Un autre `pic` écrit dans ce dossier (processus {first.pid})" in second.stdout
    assert "Rien n’a changé" in second.stdout
    assert killing.digests(place) == undisturbed.after
