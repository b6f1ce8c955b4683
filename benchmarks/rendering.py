"""Time the rendering of generated pages, 10 to 200, beside Jupyter Book with its own theme, and how both grow."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from build import STUDY, jupyter_book
from measuring import Cost, Result, Turns, run

from pic_analysis import paths

SIZES = (10, 50, 200)
SECTIONS, ROWS = 6, 12
_WORDS = ("quartier", "jardin", "toiture", "commune", "habitants", "école", "terril", "musée", "arbre", "énergie")


def page(number: int, pages: int, seed: int = 0) -> str:
    """Return a page as reports have them: sections of text, a table, a list, links to other pages."""
    draw = random.Random(seed + number)

    def text(words: int) -> str:
        return " ".join(draw.choice(_WORDS) for _ in range(words)).capitalize() + "."

    parts = [f"# Page {number}"]
    for section in range(1, SECTIONS + 1):
        other = draw.randrange(1, pages + 1)
        parts += [f"## Partie {section}", *(text(60) for _ in range(3)), f"Voir [la page {other}](p{other:03d}.md)."]
        parts.append("\n".join(f"- {text(12)}" for _ in range(5)))
    rows = "\n".join(f"| {text(3)} | {draw.randrange(1000)} |" for _ in range(ROWS))
    parts.append(f"::::{{table}} Relevé de la page {number}\n\n| Lieu | Nombre |\n| --- | --- |\n{rows}\n::::")
    return "\n\n".join(parts) + "\n"


def write(folder: Path, pages: int) -> Path:
    """Write a compendium of generated pages, with the settings of ours and those of a beginner."""
    root = paths.root()
    raw = folder / "data" / "raw" / STUDY
    raw.mkdir(parents=True)
    shutil.copy(root / "data" / "raw" / STUDY / "study.yml", raw)
    for name in ("_config.yml", "CITATION.cff"):
        shutil.copy(root / name, folder)
    book = folder / "book"
    book.mkdir()
    names = [f"p{number:03d}" for number in range(1, pages + 1)]
    toc = {"format": "jb-book", "root": "index", "chapters": [{"file": name} for name in names]}
    (book / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    (book / "index.md").write_text("# Livre\n\nPages engendrées.\n", encoding="utf-8")
    for number, name in enumerate(names, start=1):
        (book / f"{name}.md").write_text(page(number, pages), encoding="utf-8")
    (folder / "_build" / "site").mkdir(parents=True)
    plain = {"title": "Livre", "execute": {"execute_notebooks": "off"}}
    plain["parse"] = {"myst_enable_extensions": ["colon_fence"]}
    (folder / "_plain.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return folder


def rendered(folder: Path) -> Cost:
    """Render every page as `pic build` does, with all its checks."""
    shutil.rmtree(folder / ".pic", ignore_errors=True)
    code = "from pathlib import Path; from pic_analysis.publishing import book; book.build(Path.cwd(), context='')"
    return run([sys.executable, "-c", code], folder, PIC_ROOT=str(folder))[0]


def results(repeat: int) -> Iterator[Result]:
    """Yield one comparison for each number of pages."""
    with tempfile.TemporaryDirectory(prefix="pic-bench-") as place:
        folders = {size: write(Path(place, str(size)), size) for size in SIZES}
        works: dict[str, Callable[[], Cost]] = {}
        for size, folder in folders.items():
            works[f"theirs {size}"] = lambda folder=folder: jupyter_book(folder, "_plain.yml")
            works[f"ours {size}"] = lambda folder=folder: rendered(folder)
        turns = Turns().take(works, repeat)
    for size in SIZES:
        ours, theirs = turns.of(f"ours {size}"), turns.of(f"theirs {size}")
        what, against = f"Rendre et contrôler {size} pages", "`jupyter-book build` avec son propre thème, sans contrôle"
        yield Result(f"rendering {size}", what, against, ours, theirs)
