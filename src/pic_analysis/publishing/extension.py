"""Sphinx extension of the book: the only one to name in `_config.yml`, which sets up all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pic_analysis import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

PARTS = ("incremental", "directives", "translator", "notebook_output", "typography", "theme")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every part of the book's publishing."""
    for part in PARTS:
        app.setup_extension(f"pic_analysis.publishing.{part}")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
