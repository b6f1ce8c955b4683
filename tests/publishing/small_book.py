"""Build a book of a few lines, as the tests of the Sphinx extension need."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONFIG = {
    "extensions": ["myst_nb", "pic_analysis.publishing.extension"],
    "html_theme": "basic",
    "html_permalinks": False,
    "language": "fr",
    "myst_enable_extensions": ["colon_fence"],
    "nb_execution_mode": "off",
    "pic_study": "loos_2016",
    "pic_code": "fixed",  # the tests of other modules may run while these do
}


@dataclass
class Book:
    """What a build left: its pages and its warnings."""

    output: Path
    warnings: str
    read: set[str]
    app: Sphinx

    def page(self, name: str = "index") -> str:
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def body(self, name: str = "index") -> str:
        found = re.search(r'<div class="body" role="main">(.*?)<div class="clearer">', self.page(name), re.S)
        assert found
        return found[1]


def build(folder: Path, builder: str = "html", parallel: int = 0, **config: Any) -> Book:
    """Build the pages of `folder/pages`, on top of what the previous build left."""
    warnings = io.StringIO()
    source = folder / "pages"
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=None,
            outdir=folder / builder,
            doctreedir=folder / f"doctrees-{builder}",
            buildername=builder,
            # A dictionary of its own: Sphinx would add `.md` to the default one, for every later book of the process.
            confoverrides=CONFIG | {"source_suffix": {".rst": "restructuredtext"}} | config,
            status=None,
            warning=warnings,
            parallel=parallel,
        )
        read: set[str] = set()
        app.connect("source-read", lambda _app, docname, _source: read.add(docname))
        app.build()
    return Book(folder / builder, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue()), read, app)


def write(folder: Path, **pages: str) -> None:
    """Write Markdown pages."""
    for name, text in pages.items():
        path = folder / "pages" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_notebook(folder: Path, name: str, *outputs: dict[str, Any], markdown: str = "# Carnet") -> None:
    """Write an executed notebook: one Markdown cell, then one code cell that shows the outputs."""
    shown = [
        nbformat.v4.new_output("display_data", data=output["data"], metadata=output.get("metadata", {}))
        for output in outputs
    ]
    tags = next((output["tags"] for output in outputs if "tags" in output), [])
    cell = nbformat.v4.new_code_cell("1 + 1", outputs=shown, metadata={"tags": tags}, id="code")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown, id="texte"), cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python"}
    path = folder / "pages" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def card(kind: str, object_id: str, title: str = "", body: str = "Texte.") -> str:
    """Return the source of a card, written by hand as an author would."""
    option = f':titre: "{title}"\n' if title else ""
    return f"\n::::{{fiche}} {kind} {object_id}\n{option}\n{body}\n::::\n"
