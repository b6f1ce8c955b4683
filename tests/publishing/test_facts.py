"""A page is read again when, and only when, it would not say the same; whatever is read again, the book is the same."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from publishing.small_book import build, write

from pic_analysis import paths
from pic_analysis.publishing.blocks import index
from pic_analysis.publishing.facts import fingerprints
from pic_analysis.publishing.kept_pages import BEFORE
from pic_analysis.study import Study

REPOSITORY = Path(__file__).resolve().parents[2]


SOURCES = {
    "_config.yml": "",
    "data/raw/mini/study.yml": "seuil: 2",
    "data/processed/mini/statements.csv": "163",
    "data/processed/mini/indicators/observations.csv": "6904",
    "book/site/budgets.csv": "300000",
}


def load(name: str) -> Any:
    """Return a study of one number and one setting."""
    rows = int((paths.processed(name) / "statements.csv").read_text())
    return SimpleNamespace(rows=rows, threshold=(paths.raw(name) / "study.yml").read_text())


BLOCKS = {
    "constats": lambda study: f"{study.rows} constats",
    "dizaines": lambda study: f"{study.rows // 10} dizaines",
    "valeur": lambda study: (paths.processed("mini") / "indicators/observations.csv").read_text(),
    "seuil": lambda study: study.threshold,
    "budget": lambda study: (paths.site_files("mini") / "budgets.csv").read_text(),
}


class Written:
    """A book whose pages hold one block each, and one page written by hand; ``asked`` names the blocks computed."""

    def __init__(self, root: Path) -> None:
        self.root, self.asked = root, list[str]()
        for name, text in SOURCES.items():
            self.save(name, text)
        toctree = "# Livre\n\n```{toctree}\n" + "\n".join([*BLOCKS, "main"]) + "\n```\n"
        write(root, index=toctree, main="# Écrit à la main\n\n```{include} note.txt\n```\n")
        (root / "pages/note.txt").write_text("Note.")
        write(root, **{name: f"# {name}\n\n```{{bloc}} {name}\n```\n" for name in BLOCKS})

    def save(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def block(self, name: str) -> Any:
        return lambda study, options: self.asked.append(name) or BLOCKS[name](study)

    def read(self) -> set[str]:
        """Build; return the pages read."""
        self.asked.clear()
        return build(self.root, pic_study="mini").read


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    made = Written(tmp_path)
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.setattr(Study, "load", staticmethod(load))
    monkeypatch.setattr(index, "BLOCKS", {name: made.block(name) for name in BLOCKS})
    made.read()
    return made


def test_nothing_changed_reads_nothing_and_asks_nothing(book):
    assert book.read() == set()
    assert book.asked == []


def test_a_table_renews_the_pages_that_say_something_else(book):
    book.save("data/processed/mini/statements.csv", "164")
    assert book.read() == {"constats"}  # as many tens as before
    assert set(book.asked) == set(BLOCKS)


def test_a_setting_renews_the_pages_that_follow_it(book):
    book.save("data/raw/mini/study.yml", "seuil: 3")
    assert book.read() == {"seuil"}


def test_another_table_is_asked_of_those_that_open_it_alone(book):
    book.save("data/processed/mini/indicators/observations.csv", "6907")
    assert book.read() == {"valeur"}
    assert set(book.asked) == {"valeur"}


def test_a_table_of_the_site_renews_the_pages_that_show_it(book):
    book.save("book/site/budgets.csv", "400000")
    assert book.read() == {"budget"}


def test_a_file_that_appears_is_asked_of_all_that_open_any(book):
    book.save("data/processed/mini/indicators/revisions.csv", "1")
    assert book.read() == set()
    assert set(book.asked) == {"valeur", "budget"}


def test_what_was_renewed_is_not_renewed_again(book):
    book.save("data/processed/mini/statements.csv", "164")
    book.read()
    assert (book.read(), book.asked) == (set(), [])


def test_a_value_that_comes_back_is_read_again(book):
    for text in ("164", "163"):
        book.save("data/processed/mini/statements.csv", text)
        assert book.read() == {"constats"}


def test_dates_do_not_matter(book):
    later = time.time() + 1e6
    os.utime(book.root / "data/processed/mini/statements.csv", (later, later))
    assert book.read() == set()
    write(book.root, main="# Corrigé\n")
    os.utime(book.root / "pages/main.md", (1, 1))
    assert book.read() == {"main"}


def test_an_included_file_renews_its_page_whatever_its_date(book):
    book.save("pages/note.txt", "Autre note.")
    os.utime(book.root / "pages/note.txt", (1, 1))
    assert book.read() == {"main"}


def test_an_answer_that_fails_is_read_to_say_it(book):
    def fail(study: Any, options: dict[str, str]) -> str:
        raise ValueError("le paquet Z n’existe pas")

    index.BLOCKS["seuil"] = fail
    book.save("data/processed/mini/statements.csv", "164")
    made = build(book.root, pic_study="mini")
    assert made.read == {"constats", "seuil"}
    assert "le paquet Z n’existe pas" in made.warnings
    assert "seuil" in book.read()  # until it is mended


PAGES = {
    "passeport": "# Passeport\n\n```{bloc} passeport\n:conclusion: CCL05\n```\n",
    "constats": "# Constats\n\n```{bloc} constats\n:paquet: B\n:section: 1\n```\n",
    "fiche": "# Fiche\n\n```{bloc} fiche-indicateur\n:indicateur: P01\n```\n\n```{bloc} calendrier\n```\n",
    "main": "# Main\n\nLe rapport montre cela ({confiance}`CCL05`) ; {valeur}`nombre-constats` constats.\n",
    "seuils": "# Seuils\n\n```{bloc} seuils\n```\n",
    "fixe": "# Fixe\n\nRien n’y change.\n",
}


def _summary(text: str) -> str:
    first = next(line for line in text.splitlines() if line.startswith("B1-01,"))
    return text.replace(first, first.replace(" ", " désormais ", 1))


CHANGES = {
    "data/processed/loos_2016/statements.csv": _summary,
    "data/processed/loos_2016/indicators/observations.csv": lambda text: text.replace("6904", "6907"),
    "data/raw/loos_2016/study.yml": lambda text: text.replace("{cases: 2,", "{cases: 3,", 1),
}


def _build(root: Path, *, whole: bool) -> set[str]:
    """Read and write every page, or those that must be, as the pipeline does: the pages of before are set aside."""
    if whole:
        for folder in ("html", "dessins", "doctrees-html"):
            shutil.rmtree(root / folder, ignore_errors=True)
    else:
        (root / "html").rename(root / BEFORE)
    return build(root, pic_study="loos_2016").read


def _site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".html", ".svg", ".inv")
    }


def _shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two builds of the same data show the same study: what is tested is which pages ask for it."""
    held: Callable[[str], Study] = Study.held
    known: dict[tuple[str, ...], Study] = {}

    def shared(name: str) -> Study:
        data = fingerprints(name)
        if data not in known:
            known[data] = held(name)
        return known[data]

    monkeypatch.setattr(Study, "held", staticmethod(shared))


@pytest.mark.slow
def test_one_datum_gives_the_book_that_a_whole_build_gives(tmp_path, monkeypatch):
    (tmp_path / "_config.yml").write_text("")
    for name in ("data/raw/loos_2016", "data/processed/loos_2016"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "CITATION.cff", tmp_path)
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    _shared(monkeypatch)
    write(tmp_path, index="# Livre\n\n```{toctree}\n" + "\n".join(PAGES) + "\n```\n", **PAGES)
    _build(tmp_path, whole=True)
    for name, change in CHANGES.items():
        before = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(change(before), encoding="utf-8")
        assert change(before) != before
        assert set() < _build(tmp_path, whole=False) < {*PAGES, "index"}, name
        partial = _site(tmp_path / "html")
        _build(tmp_path, whole=True)
        assert partial == _site(tmp_path / "html"), name
