from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import built
import pytest
import tiny
import whole_book
from hypothesis import settings

from pic_analysis import cli
from pic_analysis.cleaning.study import clean
from pic_analysis.cleaning.study import write as write_processed
from pic_analysis.study import Study

# Machines are noisy: how long an example takes is measured in `benchmarks/`, not judged here.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture
def pic(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run ``pic`` with arguments; return its exit code and all it printed."""

    def pic(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return end.value.code, printed.out + printed.err

    return pic


@pytest.fixture
def raw_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the raw folder of a sound tiny study, its compendium being the current one."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    return tiny.write(tmp_path)


@pytest.fixture
def tiny_study(raw_folder: Path, tmp_path: Path) -> Callable[..., Study]:
    """Return a function that cleans and loads the tiny study, some of its tables replaced."""

    def build(**rows: list[tuple[str, ...]]) -> Study:
        tiny.write(tmp_path, rows)
        write_processed(clean("essai"), tmp_path / "data" / "processed" / "essai")
        return Study.load("essai")

    return build


@pytest.fixture(scope="session")
def loos() -> Study:
    """Return the study of Loos-en-Gohelle as published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        return Study.load("loos_2016")


@pytest.fixture(scope="session")
def compendium(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository whose book was built from nothing by ``pic build``."""
    if ready := os.environ.get(whole_book.BUILT):
        return Path(ready).resolve()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return whole_book.shared_copy(REPOSITORY, shared / "dépôt à part")  # a space and accents, as people have


@pytest.fixture(scope="session")
def pages(compendium: Path) -> dict[str, built.Page]:
    """Return every page of the built book."""
    return built.read(compendium / "_build" / "html")


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], Any]:
    """Return what serves a folder on this machine."""
    return whole_book.serving


@pytest.fixture(scope="session")
def site(compendium: Path) -> Iterator[str]:
    """Return the address where the built book is served."""
    with whole_book.serving(compendium / "_build" / "html") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return headless Chromium; a machine without it says which tests it left out."""
    if not whole_book.CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install chromium): the browser tests did not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=whole_book.CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()
