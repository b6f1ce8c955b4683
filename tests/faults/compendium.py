"""A whole compendium of a few rows, two pages of prose and two notebooks, that the ``pic`` command really builds.

Its path has spaces and accents, as people's folders do: every fault is met there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import tiny
from conftest import REPOSITORY

from pic_analysis.reading import registry

TITLE, STUDY = "Dépôt à l’essai", "essai"
NAME = "dépôt à l’essai n° 1 (50 %)"
"""Spaces, accents, and signs that mean something in addresses and in formats."""
BOOK, TABLES, PAGES = "_build/html", f"data/processed/{STUDY}", "book"
MADE = (BOOK, "_build/site", TABLES, PAGES, "codemeta.json")
"""What a build writes; pages of prose are among them, and must not change."""

CONFIG = f"""
title: {TITLE}
only_build_toc_files: true
execute: {{execute_notebooks: "off"}}
latex: {{use_jupyterbook_latex: false}}
html: {{use_multitoc_numbering: false}}
sphinx:
  config:
    extensions: [jupyter_book, sphinx_external_toc, myst_nb, sphinx_comments, pic_analysis.publishing.extension]
    language: fr
    html_theme: pic
    pic_study: {STUDY}
    html_js_files: []
    smartquotes: false
    html_extra_path: [../_build/site]
    html_use_index: false
    html_show_sourcelink: false
    nb_render_markdown_format: myst
"""
CONTENTS = """
format: jb-book
root: index
chapters:
  - file: dates
  - file: synthese
  - file: solidite
  - file: suivre_une_conclusion
"""
INDEX = "# Accueil\n\nLe récit a {valeur}`nombre-constats` constats. Lisez les [dates](dates.md).\n"
DATES = "# Dates\n\n```{bloc} chronologie\n```\n\n```{bloc} sources\n```\n"
READ = "print(__import__('pathlib').Path('data/processed', study, 'timeline.csv').read_text(encoding='utf-8'))"
DRAWN = """
from pic_analysis.figures.directions import directions
from pic_analysis.publishing.display import show
from pic_analysis.study import Study
show(directions(Study.load(study), "B"))
"""
BEFORE, AFTER = "La charte est signée.", "La charte est votée."


def write(root: Path) -> Path:
    """Write the compendium; return its folder."""
    root.mkdir(parents=True)
    # No office that one person holds: the gate would refuse to publish it.
    tiny.write(root, {"rivals": [("RIV01", "B", "", "Un autre programme emporte l’adhésion.")]}, register=False)
    texts = {
        "_config.yml": CONFIG,
        "requirements.lock": "# none\n",
        "book/_toc.yml": CONTENTS,
        "book/index.md": INDEX,
        "book/dates.md": DATES,
    }
    for path, text in texts.items():
        put(root / path, text)
    notebook(root, "synthese", READ)
    notebook(root, "solidite", READ)
    notebook(root, "suivre_une_conclusion", DRAWN)
    notebook(root, "etude_de_cas", READ)
    notebook(root, "paquet_causal", READ)
    shutil.copy(REPOSITORY / "CITATION.cff", root / "CITATION.cff")
    registry.write(root / "data" / "raw" / STUDY)
    return root


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def notebook(root: Path, name: str, *codes: str) -> None:
    """Write a source notebook: its title, its parameters, then cells of code."""
    others = {"etude_de_cas": "case", "paquet_causal": "package", "suivre_une_conclusion": "conclusion"}
    parameters = "\n".join(f'{one} = ""' for one in ("study", others.get(name)) if one)
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# {{title}}"]}]
    for code, tags in ((parameters, ["parameters"]), *((code, []) for code in codes)):
        cells.append(
            {
                "cell_type": "code",
                "metadata": {"tags": tags},
                "source": code.strip().splitlines(keepends=True),
                "outputs": [],
                "execution_count": None,
            }
        )
    spec = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 4}
    put(root / "notebooks" / f"{name}.ipynb", json.dumps(whole))


def edit(root: Path, event: str) -> None:
    """Change one datum: what happened on the only date of the study."""
    folder = root / "data" / "raw" / STUDY
    path = folder / "timeline.csv"
    text = path.read_text(encoding="utf-8")
    for other in (BEFORE, AFTER):
        text = text.replace(other, event)
    path.write_text(text, encoding="utf-8")
    registry.write(folder)


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "pic_analysis", *words]


def environment(root: Path, **variables: str) -> dict[str, str]:
    return {**os.environ, "PIC_ROOT": str(root), "PYTHONWARNINGS": "", **variables}


def pic(root: Path, *words: str, variables: dict[str, str] | None = None, **options) -> subprocess.CompletedProcess:
    """Run ``pic`` on the compendium; its two outputs come together, as on a terminal."""
    return subprocess.run(
        command(*(words or ("build", "--study", STUDY))),
        cwd=root,
        env=environment(root, **(variables or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        **options,
    )
