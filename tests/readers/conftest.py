"""Readers seated before the built book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from readers.reader import Reader

DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR"}


@pytest.fixture
def opens(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Return what seats a reader before the home page, in a browser with some settings."""
    contexts = []

    def opened(kind: type[Reader] = Reader, home: str = f"{site}/index.html", **settings: Any) -> Reader:
        contexts.append(browser.new_context(**{**DESK, **settings}))
        contexts[-1].set_default_timeout(10_000)
        return kind(contexts[-1].new_page(), home)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def desk(browser: Any) -> Iterator[Any]:
    """Return a browser as most people have it, where one sits after another."""
    context = browser.new_context(**DESK)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def reader(desk: Any, site: str) -> Iterator[Reader]:
    """Return a reader at a desk, with a mouse."""
    page = desk.new_page()
    yield Reader(page, f"{site}/index.html")
    page.close()
