from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tiny

from pic_analysis.cleaning.study import clean
from pic_analysis.cleaning.study import write as write_processed
from pic_analysis.study import Study

REPOSITORY = Path(__file__).resolve().parent.parent


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
