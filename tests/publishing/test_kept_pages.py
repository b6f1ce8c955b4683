"""Pages that would be the same are kept from the last build; whatever is kept, the book is that of a whole build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from publishing.small_book import build, card, write

from pic_analysis.publishing.kept_pages import BEFORE
from pic_analysis.publishing.sobriety import CLOSES, OPENS

PAGES = {
    "index": "# Livre\n\n```{toctree}\na\nb\nc\n```\n",
    "a": "# Page A\n" + card("statement", "B1-01", "les habitants participent"),
    "b": "# Page B\n\nVoir {constat}`B1-01`.\n",
    "c": "# Page C\n\nRien.\n",
}


class Kept:
    """A book that is built again and again; ``written`` says which pages the last build wrote."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write(root, **PAGES)
        self.build()

    def build(self, theme: str = "basic", **context: str) -> set[str]:
        """Build; return the pages written."""
        site, before = self.root / "html", self._dates()
        if site.is_dir():
            site.rename(self.root / BEFORE)
        build(self.root, html_theme=theme, html_context=context)
        return {page for page, date in self._dates().items() if before.get(page) != date}

    def _dates(self) -> dict[str, int]:
        made = {"search", "genindex", "plan-du-site"}  # by Sphinx or the theme, each time
        pages = (path for path in (self.root / "html").glob("*.html") if path.stem not in made)
        return {path.stem: path.stat().st_mtime_ns for path in pages}

    def site(self) -> dict[str, str]:
        html = self.root / "html"
        found = {path.name: path.read_text(encoding="utf-8") for path in html.glob("*.html")}
        return found | {path.name: path.read_text(encoding="utf-8") for path in (html / "_sources").iterdir()}

    def whole(self, **context: str) -> dict[str, str]:
        """Return the pages of a build from nothing."""
        for name in ("html", "doctrees-html"):
            shutil.rmtree(self.root / name)
        self.build(**context)
        return self.site()


@pytest.fixture
def book(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_nothing_changed_writes_the_home_page_alone(book):
    assert book.build() <= {"index"}
    assert set(book.site()) >= {"index.html", "a.html", "b.html", "c.html"}


def test_a_page_that_changed_is_written_and_the_others_kept(book):
    write(book.root, c="# Page C\n\nQuelque chose.\n")
    assert book.build() - {"index"} == {"c"}
    assert book.site() == book.whole()


def test_an_object_that_changed_renews_the_pages_that_link_to_it(book):
    write(book.root, a=PAGES["a"].replace("les habitants participent", "les habitants décident"))
    assert book.build() - {"index"} == {"a", "b"}
    assert book.site() == book.whole()


def test_a_title_renews_every_page_since_menus_show_it(book):
    write(book.root, c="# Autre titre\n\nRien.\n")
    assert book.build() == {"index", "a", "b", "c"}
    assert book.site() == book.whole()


def test_another_edition_renews_every_page(book):
    assert book.build(theme="pic", commit="74df21de13") == {"index", "a", "b", "c"}
    assert book.build(theme="pic", commit="1019c52f00") == {"index", "a", "b", "c"}
    assert "1019c52f00" in book.site()["c.html"]


def test_a_page_that_is_no_more_leaves_no_file(book):
    (book.root / "pages/c.md").unlink()
    write(book.root, index=PAGES["index"].replace("c\n", ""))
    book.build()
    assert "c.html" not in book.site()
    assert book.site() == book.whole()


def test_the_page_of_weights_is_written_each_time(book):
    write(book.root, c=f"# Page C\n\n{OPENS}\nAilleurs.\n{CLOSES}\n")
    book.build()
    before = book.site()["c.html"]
    assert "c" in book.build()
    assert book.site()["c.html"] == before


def test_what_was_set_aside_is_not_left(book):
    book.build()
    assert not (book.root / BEFORE).exists()
