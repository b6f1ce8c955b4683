"""A book rendered in a prepared process is the one that Jupyter Book renders, whatever happens to the process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from publishing.test_book import root as small_book  # noqa: F401 - a fixture

from pic_analysis.publishing import notebooks, nursery, rendering
from pic_analysis.publishing.surroundings import settled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@pytest.fixture
def root(small_book, monkeypatch):  # noqa: F811
    """Give the small book of `test_book`, and no process that was prepared for another."""
    monkeypatch.setattr(rendering, "_MODULES", ("jupyter_book.sphinx",))
    nursery.close_nurseries()
    yield small_book
    nursery.close_nurseries()


def pages(staging: Path) -> dict[str, str]:
    html = staging / "_build" / "html"
    return {path.relative_to(html).as_posix(): path.read_text(encoding="utf-8") for path in html.rglob("*.html")}


@pytest.mark.slow
def test_a_prepared_process_gives_the_pages_of_one_started_for_them(root, monkeypatch):
    with rendering.prepared(root):
        got = rendering.render(root, root / "forked")
    monkeypatch.setattr(nursery.sys, "platform", "darwin")
    expected = rendering.render(root, root / "alone")
    assert got[0] == expected[0] == 0
    assert pages(root / "forked") == pages(root / "alone")
    assert len(pages(root / "forked")) >= 3


@pytest.mark.slow
def test_the_process_of_the_notebooks_gives_the_same_pages_and_imports_once(root, monkeypatch):
    started = []
    popen = nursery.subprocess.Popen
    monkeypatch.setattr(nursery.subprocess, "Popen", lambda *said, **how: started.append(said) or popen(*said, **how))
    with notebooks.prepared(root, ["pandas", "matplotlib.figure"]), rendering.prepared(root):
        got = rendering.render(root, root / "forked")
    assert len(started) == 1
    assert got[0] == rendering.render(root, root / "alone")[0] == 0
    assert len(started) == 2
    assert pages(root / "forked") == pages(root / "alone")


def test_a_branch_ends_with_its_client_and_with_its_trunk(tmp_path):
    environment = {**os.environ, **settled(tmp_path)}
    request = {"main": "os:getpid", "arguments": [], "environment": environment, "folder": "/", "lock": os.devnull}
    trunk = nursery.Nursery(environment)
    one, other = (trunk.branch(environment, ["json"], name) for name in ("one", "other"))
    for branch in (one, other):
        assert [*branch.execute(request)][-1] == {"finished": 0, "said": ""}
    one.close()
    time.sleep(0.5)  # it sees at once that its client has left
    with pytest.raises(nursery.Doubt):
        [*one.execute(request)]
    assert [*other.execute(request)][-1] == {"finished": 0, "said": ""}
    trunk.close()
    with pytest.raises(nursery.Doubt):
        [*other.execute(request)]


def test_a_trunk_that_may_not_be_divided_has_no_branch(tmp_path):
    (tmp_path / "bavard.py").write_text("print('attention')")
    package = settled(tmp_path)["PYTHONPATH"]
    environment = {**os.environ, **settled(tmp_path), "PYTHONPATH": os.pathsep.join([str(tmp_path), package])}
    trunk = nursery.Nursery(environment, ["bavard"])
    try:
        with pytest.raises(nursery.Doubt):
            [*trunk.branch(environment, [], nursery.BOOK).execute({"main": "os:getpid"})]
    finally:
        trunk.close()


@pytest.mark.slow
def test_what_jupyter_book_says_is_told(root):
    (root / "book/voix.md").write_text("# Voix\n\n[mort](absent.md)\n")
    code, said = rendering.render(root, root / "staging")
    assert code
    assert "book/voix.md:3" in said


@pytest.mark.slow
def test_a_process_that_ends_half_way_leaves_the_work_to_one_of_its_own(root, monkeypatch):
    class Killed(nursery.Nursery):
        def execute(self, request):
            (root / "staging/half").touch()
            yield {"begun": True}
            raise nursery.Doubt("le processus divisé s’est arrêté avant la fin")

    (root / "staging").mkdir()
    monkeypatch.setattr(nursery, "Nursery", Killed)
    assert rendering.render(root, root / "staging")[0] == 0
    assert len(pages(root / "staging")) >= 3
    assert not (root / "staging/half").exists()


@pytest.mark.slow
def test_a_folder_that_pytask_puts_on_the_path_opens_no_second_process(root, monkeypatch):
    with rendering.prepared(root):
        for study in ("un", "deux"):
            monkeypatch.setenv("PYTHONPATH", str(root / ".pic" / "studies" / study), prepend=os.pathsep)
            assert rendering.render(root, root / study)[0] == 0
        assert len(nursery._opened) == 1


@pytest.fixture
def lent(root, monkeypatch):
    """Lend a nursery, as `pic watch` does to the commands that it starts, and forget that it is our own."""
    for name, value in rendering.ahead(root).items():
        monkeypatch.setenv(name, value)
    own = [*nursery._opened]
    nursery._opened.clear()
    yield own
    nursery._opened.extend(own)


@pytest.mark.slow
def test_a_process_that_was_lent_a_nursery_opens_none(root, lent):
    assert rendering.render(root, root / "staging")[0] == 0
    assert nursery._opened == []


@pytest.mark.slow
def test_a_nursery_that_is_gone_is_replaced(root, lent):
    lent[0].close()
    assert rendering.render(root, root / "staging")[0] == 0
    assert len(nursery._opened) == 1


def _held(path: str, ready) -> None:
    with open(path, "ab") as lock:
        rendering.hold(lock)
        ready.set()
        time.sleep(60)


def test_a_renderer_that_outlives_its_run_is_waited_for(tmp_path):
    staging, context = tmp_path / ".pic" / "book", multiprocessing.get_context("fork")
    staging.mkdir(parents=True)
    ready = context.Event()
    other = context.Process(target=_held, args=(str(staging.with_name("book.lock")), ready))
    other.start()
    assert ready.wait(10)
    waiting = context.Process(target=rendering.wait_for_another, args=(staging,))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    os.kill(other.pid, signal.SIGKILL)
    waiting.join(10)
    assert waiting.exitcode == 0
