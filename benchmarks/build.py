"""Time `pic build` beside `jupyter-book build` that executes every notebook, on the same pages, in the same run.

Jupyter Book sees neither a changed module nor a changed table: executing everything is what its user does after any
change.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from measuring import Cost, Result, Turns, run

from pic_analysis import paths

STUDY = "loos_2016"
TAKEN = ("_config.yml", "CITATION.cff", "CHANGELOG.md", "requirements.lock", "book", "data", "notebooks")
DATUM = ("indicators/observations.csv", "statements.csv")
"""Tables in which one datum is changed: a value of an indicator, a statement of the evidence."""


NEW, OTHER = (
    f"P01,COM-62528,2024,{value},inhabitant,definitive,2025-12-18,DS01,2026-11-22,A,\n" for value in (6790, 6791)
)


def copied(root: Path, folder: Path) -> Path:
    """Copy a compendium, nothing built."""
    folder.mkdir(parents=True)
    for name in TAKEN:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    return folder


def jupyter_book(root: Path, config: str) -> Cost:
    """Build every page with Jupyter Book alone."""
    shutil.rmtree(root / "alone", ignore_errors=True)
    main = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", main, "build", "book", "--config", config, "--path-output", "alone", "--all", "-q"]
    # It reads one page after the other: reading several at a time is the book's own extension's doing.
    return run(command, root, PIC_ROOT=str(root), PIC_PLACES="1")[0]


def executing(root: Path) -> Cost:
    """Build every page with Jupyter Book alone, which executes every notebook."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["execute"] = {"execute_notebooks": "force", "timeout": -1}
    (root / "_force.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return jupyter_book(root, "_force.yml")


def pic(root: Path, *arguments: str) -> Cost:
    """Run a command of ours."""
    return run([sys.executable, "-m", "pic_analysis", *arguments, "--study", STUDY], root, PIC_ROOT=str(root))[0]


def from_nothing(root: Path) -> Cost:
    """Do everything, nothing having been built before."""
    for folder in (".pic", "_build"):
        shutil.rmtree(root / folder, ignore_errors=True)
    return pic(root, "build", "--force")


def one_datum(root: Path, table: str) -> Cost:
    """Change a datum of a table, accept it, and do what follows from it."""
    path = root / "data" / "raw" / STUDY / table
    change = _value if table.startswith("indicators") else _summary
    before = path.read_text(encoding="utf-8")
    if change(before) == before:
        sys.exit(f"{table}: nothing to change")
    path.write_text(change(before), encoding="utf-8")
    pic(root, "register", "--yes")
    return pic(root, "build")


def _value(text: str) -> str:
    """Add a value that no edition has published, then change it: a published one changes only by a revision."""
    if NEW in text:
        return text.replace(NEW, OTHER)
    return text.replace(OTHER, NEW) if OTHER in text else text + NEW


def _summary(text: str) -> str:
    return (
        text.replace(" et ", " ainsi que ", 1) if " ainsi que " not in text else text.replace(" ainsi que ", " et ", 1)
    )


def results(repeat: int) -> Iterator[Result]:
    """Yield the four comparisons: everything, one value, one statement, nothing changed."""
    with tempfile.TemporaryDirectory(prefix="pic-bench-") as place:
        root = paths.root()
        ours, other = copied(root, Path(place, "ours")), copied(root, Path(place, "alone"))
        works: dict[str, Callable[[], Cost]] = {
            "theirs": lambda: executing(other),
            "rebuild": lambda: from_nothing(ours),
            "one value": lambda: one_datum(ours, DATUM[0]),
            "one statement": lambda: one_datum(ours, DATUM[1]),
            "nothing changed": lambda: pic(ours, "build"),
        }
        turns = Turns().take(works, repeat)
        notebooks = sum(1 for _ in (ours / "book").rglob("*.ipynb"))
        pages = sum(1 for _ in (ours / "_build" / "html").rglob("*.html"))
    said = {
        "rebuild": ("Tout refaire : nettoyer, exécuter, rendre, contrôler (`pic build --force`)", 5.0),
        "one value": ("Une valeur d’indicateur ajoutée, puis corrigée (`pic build`)", 8.0),
        "one statement": ("Le résumé d’un constat corrigé (`pic build`)", 8.0),
        "nothing changed": ("Rien n’a changé (`pic build`)", 20.0),
    }
    for name, (what, aim) in said.items():
        against = "`jupyter-book build`, qui exécute chaque notebook et ne contrôle rien"
        note = f"{notebooks} notebooks, {pages} pages" if name == "rebuild" else ""
        yield Result(name, what, against, turns.of(name), turns.of("theirs"), aim, note)
