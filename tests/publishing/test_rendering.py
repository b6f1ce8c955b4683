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

from pic_analysis.publishing import nursery, rendering

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
