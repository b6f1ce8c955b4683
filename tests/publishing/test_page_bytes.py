"""A page whose bytes changed is read again, whatever the dates of files say."""

from __future__ import annotations

import os

import pytest
from publishing.small_book import build, write

LONG_AGO = 315_532_800


def dated(path, date=LONG_AGO):
    os.utime(path, (date, date))


@pytest.fixture
def book(tmp_path):
    write(tmp_path, index="# Accueil\n\n```{toctree}\ndates\n```\n", dates="# Dates\n\n```{include} voix.txt\n```\n")
    (tmp_path / "pages" / "voix.txt").write_text("Une voix.")
    build(tmp_path)
    return tmp_path


def test_pages_as_they_were_are_not_read_again(book):
    assert build(book).read == set()


def test_page_that_is_older_than_its_last_reading(book):
    write(book, dates="# Dates relues")
    dated(book / "pages" / "dates.md")
    got = build(book)
    assert got.read == {"dates"}
    assert "Dates relues" in got.page("dates")


def test_included_file_that_is_older_than_the_last_reading(book):
    (book / "pages" / "voix.txt").write_text("Une autre voix.")
    dated(book / "pages" / "voix.txt")
    assert "Une autre voix." in build(book).page("dates")


def test_page_that_was_removed(book):
    (book / "pages" / "dates.md").unlink()
    write(book, index="# Accueil\n")
    dated(book / "pages" / "index.md")
    assert build(book).read == {"index"}
