"""What a run says, what it does when a step fails, and how it stops."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import time
from contextlib import contextmanager

import pytest

from pic_analysis.pipeline import crew, nodes
from pic_analysis.pipeline.errors import Interrupted, StepError
from pic_analysis.pipeline.plan import Step
from pic_analysis.pipeline.run import run, stale
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.publishing import notebooks


def write_pid(inputs, output):
    output.write_text(str(os.getpid()))


def sleep(inputs, output):
    output.with_name("begun").write_text(str(os.getpid()))
    time.sleep(60)


def die(inputs, output):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def step(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").touch()
    (tmp_path / "data" / "raw").mkdir(parents=True)

    def make(name, function, **inputs):
        inputs = {"value": nodes.Value(name=f"{name} in", value=1, hashed=1), **inputs}
        return Step(name, f"étape {name}", function, inputs, nodes.File(name=name, path=tmp_path / name))

    return make


def test_steps_of_the_same_rank_run_in_two_processes(step, tmp_path):
    run([step("a", write_pid), step("b", write_pid)], say=print)
    pids = {(tmp_path / name).read_text() for name in "ab"}
    assert str(os.getpid()) not in pids


def test_a_step_that_runs_alone_needs_no_other_process(step, tmp_path):
    run([step("a", write_pid)], say=print)
    assert (tmp_path / "a").read_text() == str(os.getpid())


def slowly(inputs, output):
    time.sleep(0.5)
    output.touch()


def test_the_end_of_a_step_is_seen_at_once(step, monkeypatch):
    woken, slept = [], []
    wait = threading.Event.wait

    def noted(event, timeout=None):
        found = wait(event, timeout)
        woken.append(found)
        return found

    monkeypatch.setattr(threading.Event, "wait", noted)
    monkeypatch.setattr("pytask_parallel.execute.time.sleep", slept.append)
    run([step("a", slowly)], workers=2, say=print)
    assert True in woken
    assert slept == []


def test_steps_that_are_up_to_date_wait_for_nothing(step, monkeypatch):
    steps = [step("a", write_pid)]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        steps.append(step(name, write_pid, **{before: steps[-1].output}))
    run(steps, workers=1, say=print)
    waited = []
    monkeypatch.setattr(threading.Event, "wait", lambda event, timeout=None: waited.append(timeout or 0))
    run([*steps, step("last", write_pid)], workers=1, say=print)
    assert sum(waited) < 1


def test_processes_are_prepared_before_the_comparison_where_data_were_written(step, tmp_path, monkeypatch):
    raw = tmp_path / "data" / "raw" / "a.csv"
    raw.write_text("a")
    steps = [step("clean", write_pid, raw=nodes.Folder(name="raw", path=raw.parent)), step("b", write_pid)]
    prepared = []

    @contextmanager
    def note(steps, waiting, keep):
        prepared.append(waiting)
        yield

    monkeypatch.setattr("pic_analysis.pipeline.run._prepared", note)

    def first() -> set[str]:
        prepared.clear()
        run(steps, workers=1, say=print)
        return prepared[0]

    assert first() == {"clean", "b"}
    assert first() == set()
    later = time.time() + 1
    os.utime(raw, (later, later))  # the same bytes: nothing will be done
    assert first() == {"clean", "b"}
    os.utime(tmp_path / ".pic" / "looked", (later + 1, later + 1))
    assert first() == set()


def test_a_look_that_cannot_be_noted_changes_nothing(step, monkeypatch):
    def refuse(path, *args, **options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.touch", refuse)
    assert run([step("a", write_pid)], workers=1, say=print).done == ("a",)
    assert run([step("a", write_pid)], workers=1, say=print).done == ()


def test_each_step_has_its_line_with_its_duration_and_what_is_left(step):
    said = []
    run([step("a", write_pid), step("b", write_pid)], workers=1, say=said.append)
    assert {line.split(" : ")[0].strip() for line in said} == {"étape a", "étape b"}
    assert "reste 1 au plus" in said[0]
    assert "reste" not in said[1]


def test_durations_are_noted_beside_the_build(step, tmp_path):
    run([step("a", write_pid)], workers=1, say=print)
    assert list(json.loads((tmp_path / ".pic/timings.json").read_text())) == ["a"]


def test_nothing_is_written_outside_the_hidden_folder(step, tmp_path):
    run([step("a", write_pid)], workers=1, say=print)
    assert {path.name for path in tmp_path.iterdir()} == {"_config.yml", "data", "a", ".pic"}


def test_force_runs_what_is_up_to_date(step):
    steps = [step("a", write_pid)]
    run(steps, workers=1, say=print)
    assert stale(steps) == ()
    assert run(steps, workers=1, force=True, say=print).done == ("a",)


def test_missing_input_is_named(step, tmp_path):
    steps = [step("a", write_pid, page=nodes.File(name="book/index.md", path=tmp_path / "index.md"))]
    with pytest.raises(StepError, match=r"Il manque : book/index\.md") as raised:
        run(steps, workers=1)
    assert raised.value.code == 3


def test_data_problem_stops_what_follows_and_keeps_the_old_pages(compendium, monkeypatch):
    from pic_analysis.cleaning import study as cleaning

    compendium.build()
    page = compendium.root / "book/synthese.ipynb"
    before = page.read_bytes()
    report = Report((Problem("statements.csv", 2, "package", "Z", "un paquet"),))

    def refuse(study):
        raise StudyError(study, report)

    monkeypatch.setattr(cleaning, "clean", refuse)
    compendium.write("data/raw/mini/statements.csv", "statement_id\nZ\n")
    with pytest.raises(StepError, match="statements.csv, ligne 2") as raised:
        compendium.run(workers=2)  # the error crosses from a worker
    assert raised.value.code == 1
    assert page.read_bytes() == before


def test_failing_notebook_lets_the_others_finish(compendium, monkeypatch):
    execute = notebooks.execute

    def fail_for_b(job, root):
        if job.name == "B":
            raise notebooks.NotebookError("Le carnet a échoué, cellule 3")
        execute(job, root)

    monkeypatch.setattr(notebooks, "execute", fail_for_b)
    said = []
    with pytest.raises(StepError, match="cellule 3") as raised:
        compendium.run(say=said.append)
    assert raised.value.code == 3
    assert (compendium.root / "book/synthese.ipynb").is_file()
    assert not (compendium.root / "_build/html").exists()
    assert any("échec" in line for line in said)
    monkeypatch.setattr(notebooks, "execute", execute)
    assert compendium.build() == {"B", "book"}


def test_bug_keeps_its_traceback(compendium, monkeypatch):
    monkeypatch.setattr(notebooks, "execute", lambda job, root: 1 / 0)
    with pytest.raises(StepError, match="ZeroDivisionError"):
        compendium.run(workers=2)


def test_killed_worker_is_said_once(step):
    with pytest.raises(StepError, match="a été tué") as raised:
        run([step("a", die), step("b", die)], say=print)
    assert str(raised.value).count("a été tué") == 1


def no_process_is_left(patience: float = 5.0) -> bool:
    """Say whether all workers end within some seconds: the last one may still be closing."""
    end = time.monotonic() + patience
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.05)
    return not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_first_ctrl_c_stops_in_order(step, tmp_path, workers):
    def press():
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)  # a test run in the background may ignore it
    finger = threading.Thread(target=press)
    finger.start()
    said, start = [], time.monotonic()
    with pytest.raises(Interrupted):
        run([step("a", sleep)], workers=workers, say=said.append)
    finger.join()
    assert "Arrêt demandé" in said[0]
    assert not (tmp_path / "a").exists()
    assert time.monotonic() - start < 10
    assert no_process_is_left()
    assert signal.getsignal(signal.SIGINT) is before


def swallow(inputs, output):
    try:
        sleep(inputs, output)
    except KeyboardInterrupt:
        output.touch()


def test_ctrl_c_that_a_library_swallows_stops_before_the_next_step(step, tmp_path):
    def press():
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    finger = threading.Thread(target=press)
    finger.start()
    with pytest.raises(Interrupted):
        run([step("a", swallow), step("b", swallow)], workers=1, say=print)
    finger.join()
    assert sum((tmp_path / name).exists() for name in "ab") == 1


def test_no_processes_falls_back_to_one_step_at_a_time(step, tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no semaphores")

    monkeypatch.setattr(crew, "ProcessPoolExecutor", refuse)
    said = []
    run([step("a", write_pid)], workers=2, say=said.append)
    assert (tmp_path / "a").read_text() == str(os.getpid())
    assert "ne permet pas plusieurs processus" in said[0]
