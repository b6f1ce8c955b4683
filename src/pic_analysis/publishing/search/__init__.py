"""The search of the built book: an index of its cards, sections and pages, read by one script on one page.

Sphinx's own knows whole pages only, wants accents, and weighs more than a page may.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.publishing.search.documents import Document

PAGE = "search"
"""The page keeps the name that Sphinx gives to its own: links to it exist."""
THEME = "pic"
_EDITIONS = ("html", "dirhtml")


def has_search(app: Sphinx) -> bool:
    """Say whether this edition has the page: those of one page, and other themes, have not."""
    return app.builder.name in _EDITIONS and app.config.html_theme == THEME


def replace(app: Sphinx) -> None:
    """Leave out Sphinx's own index and page."""
    if has_search(app):
        app.builder.search = False  # type: ignore[attr-defined]


def page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search."""
    if has_search(app):
        yield PAGE, {"title": "Recherche"}, "search.html"


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Read every page that was written, as its readers will, and write the index beside them."""
    if error is None and has_search(app):
        from pic_analysis.publishing.search import index

        index.write(Path(app.outdir), pages(app))


def pages(app: Sphinx) -> dict[str, list[Document]]:
    """Return what can be found in each page of a book that was just written, by address."""
    from pic_analysis.publishing.search.documents import documents

    objects = _objects(app)
    found = {}
    for name in sorted(app.env.all_docs):
        address = app.builder.get_target_uri(name)
        path = Path(app.builder.get_outfilename(name))  # type: ignore[attr-defined]
        if path.is_file():
            title = app.env.titles[name].astext()
            found[address] = documents(path.read_text(encoding="utf-8"), title, objects)
    return found


def _objects(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return kind and title of every object that a card or a row declares, by anchor."""
    from pic_analysis.publishing.markup import KINDS
    from pic_analysis.publishing.typography import french

    if "pic" not in app.env.domains:
        return {}
    declared = app.env.get_domain("pic").data["objects"]
    return {
        anchor: (KINDS[entry.kind].label_fr, french(f"{entry.id} : {entry.title}" if entry.title else entry.id))
        for anchor, entry in declared.items()
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace Sphinx's search where the theme is ours."""
    app.connect("builder-inited", replace)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write_index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
