"""Sphinx extension of the book: the only one to name in `_config.yml`, which sets up all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pic_analysis import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

PARTS = ("incremental", "directives", "rows", "claims", "translator", "notebook_output", "typography", "theme")


def edition(app: Sphinx, config: Config) -> None:
    """Let every page say of which version it is."""
    config.html_context.setdefault("version_fr", __version__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every part of the book's publishing."""
    for part in PARTS:
        app.setup_extension(f"pic_analysis.publishing.{part}")
    app.connect("config-inited", edition)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
