"""One run at a time writes in a compendium, whatever became of the one before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from pic_analysis.pipeline import lock
from pic_analysis.pipeline.lock import held

KEEP = """
import pathlib, sys, time
from pic_analysis.pipeline.lock import held
with held(pathlib.Path(sys.argv[1])):
    print('held', flush=True)
    """


def holder(root, what="time.sleep(60)"):
    """Start a process that holds the lock, and return once it does."""
    process = subprocess.Popen([sys.executable, "-c", KEEP + what, str(root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_free_lock_is_taken_in_silence(tmp_path):
    said = []
    with held(tmp_path, said.append):
        pass
    with held(tmp_path, said.append):
        pass
    assert said == []


def test_run_that_holds_the_lock_goes_on(tmp_path):
    with held(tmp_path, print), held(tmp_path, print):
        pass
    with held(tmp_path, pytest.fail):  # the inner one did not let it go, the outer one did
        pass


def test_lock_is_let_go_after_a_failure(tmp_path):
    with pytest.raises(ZeroDivisionError), held(tmp_path):
        raise ZeroDivisionError
    with held(tmp_path, pytest.fail):
        pass


def test_second_run_says_once_for_whom_it_waits_then_goes_on(tmp_path):
    first = holder(tmp_path)
    said = []

    def end():
        while not said:
            time.sleep(0.01)
        time.sleep(3 * lock._LOOK)
        first.kill()

    threading.Thread(target=end).start()
    with held(tmp_path, said.append):
        assert first.wait() == -signal.SIGKILL
    assert len(said) == 2
    assert f"(processus {first.pid}) : celui-ci attend" in said[0]
    assert f"(processus {first.pid}) a été tué" in said[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="elsewhere a killed process has no child that holds its lock")
def test_what_a_killed_run_started_is_waited_for(tmp_path):
    # A renderer started without closing descriptors, as the book's is.
    start = "import subprocess; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1)'], close_fds=False)"
    first = holder(tmp_path, f"{start}; time.sleep(60)")
    time.sleep(0.5)
    first.kill()
    first.wait()
    said = []
    with held(tmp_path, said.append):
        pass
    assert "celui-ci attend" in said[0]


def test_half_written_files_of_a_killed_run_are_removed_and_no_others(tmp_path):
    first = holder(tmp_path)
    half = [tmp_path / "book" / "a" / ".b.ipynb.x1.pic-tmp", tmp_path / ".codemeta.json.x2.pic-tmp"]
    others = [tmp_path / "book" / "a" / ".note.tmp", tmp_path / "data" / "raw" / "s" / ".a.csv.x3.pic-tmp"]
    for path in (*half, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    first.kill()
    first.wait()
    with held(tmp_path, lambda text: None):
        assert [path for path in half if path.exists()] == []
        assert [path for path in others if not path.exists()] == []


def test_disk_without_locks_makes_nobody_wait(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refuse(descriptor, operation):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with held(tmp_path, pytest.fail):
        pass
