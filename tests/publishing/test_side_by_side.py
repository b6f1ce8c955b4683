"""Several processes read the pages of a book to the same bytes as one."""

from __future__ import annotations

import sys

import pytest
from publishing.small_book import build, card, write

from pic_analysis import machine
from pic_analysis.publishing import side_by_side

PAGES = {
    "a": "# Page A\n" + card("statement", "B1-01", "les habitants participent"),
    "b": "# Page B\n\nVoir {constat}`B1-01` ; {valeur}`nombre-constats` constats.\n",
    "c": "# Page C\n\n```{bloc} passeport\n:conclusion: CCL05\n```\n",
    "d": "# Page D\n\nLe rapport montre cela ({confiance}`CCL05`).\n",
}
INDEX = "# Livre\n\n```{toctree}\n" + "\n".join(PAGES) + "\n```\n" + card("conclusion", "CCL05", "la conclusion")


def site(folder):
    html = folder / "html"
    return {path.relative_to(html).as_posix(): path.read_bytes() for path in html.rglob("*.html")}


def said(book, folder):
    return sorted(book.warnings.replace(f"/{folder}/", "/").splitlines())


@pytest.fixture
def seen(monkeypatch):
    """Give how many processes each build was allowed."""
    found = []
    begin = side_by_side.begin

    def noted(app, env, docnames):
        begin(app, env, docnames)
        found.append(app.parallel)

    monkeypatch.setattr(side_by_side, "begin", noted)
    monkeypatch.setenv(machine.MOST, "2")
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pages are read by one process")
def test_pages_read_in_two_processes_are_the_same(tmp_path, monkeypatch, seen):
    monkeypatch.setattr(machine, "threads", lambda: 1)  # pytest's own are not those of a renderer
    for folder in ("one", "two"):
        write(tmp_path / folder, index=INDEX, **PAGES)
    one = build(tmp_path / "one")
    monkeypatch.setattr(side_by_side, "ENOUGH", 2)
    two = build(tmp_path / "two")
    assert seen == [0, 2]
    assert said(two, "two") == said(one, "one")
    assert len(said(one, "one")) > 1  # and none is lost
    assert site(tmp_path / "one") == site(tmp_path / "two")


def test_a_process_with_threads_reads_alone(tmp_path, monkeypatch, seen):
    monkeypatch.setattr(side_by_side, "ENOUGH", 1)
    monkeypatch.setattr(side_by_side, "know", lambda study: None)
    monkeypatch.setattr(machine, "threads", lambda: 3)
    write(tmp_path, index="# Livre\n")
    build(tmp_path)
    assert seen == [0]
