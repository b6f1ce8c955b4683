from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from pic_analysis import machine

GIGA = 1_000_000_000


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_free_memory_is_that_of_the_machine_where_there_is_no_container(tmp_path):
    write(tmp_path, "proc/meminfo", "MemTotal: 9 kB\nMemAvailable:  2000 kB\n")
    write(tmp_path, "sys/fs/cgroup/memory.max", "max\n")
    write(tmp_path, "sys/fs/cgroup/memory.current", "7\n")
    assert machine.free_memory(tmp_path) == 2000 * 1024


def test_free_memory_of_a_container_is_what_its_limit_leaves(tmp_path):
    write(tmp_path, "proc/meminfo", "MemAvailable: 8000000 kB\n")
    write(tmp_path, "sys/fs/cgroup/memory.max", "1000\n")
    write(tmp_path, "sys/fs/cgroup/memory.current", "400\n")
    assert machine.free_memory(tmp_path) == 600


def test_free_memory_is_unknown_elsewhere(tmp_path):
    assert machine.free_memory(tmp_path) is None


@pytest.mark.parametrize(
    ("cores", "free", "expected"),
    [(4, 100 * GIGA, 4), (4, 1 * GIGA, 2), (4, 0, 1), (1, 100 * GIGA, 1), (3, None, 3)],
)
def test_places_are_bounded_by_cores_and_memory(monkeypatch, cores, free, expected):
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: range(cores), raising=False)
    monkeypatch.setattr(machine, "free_memory", lambda: free)
    assert machine.places() == expected


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_process_dies_with_the_one_that_started_it(tmp_path):
    code = """
        import os, subprocess, sys, time
        child = "import os, sys, time; from pic_analysis import machine; machine.die_with(int(sys.argv[1])); " \\
                "print(os.getpid(), flush=True); time.sleep(60)"
        subprocess.Popen([sys.executable, "-c", child, str(os.getpid())])
        time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
        end = time.monotonic() + 5
        while time.monotonic() < end and alive(pid):
            time.sleep(0.02)
    assert not alive(pid)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as about:  # a process that nobody has waited for yet is dead all the same
        return about.read().rpartition(")")[2].split()[0] != "Z"


def test_a_parent_that_had_died_before_is_noticed():
    pid = os.fork()
    if not pid:
        machine.die_with(1 << 22, signal.SIGKILL)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
