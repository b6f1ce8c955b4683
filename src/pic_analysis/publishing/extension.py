"""Sphinx extension of the book: the only one to name in `_config.yml`, which sets up all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pic_analysis import __version__, paths
from pic_analysis.publishing.release import release

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

PARTS = (
    "incremental",
    "kept_pages",
    "side_by_side",
    "page_bytes",
    "directives",
    "rows",
    "entries",
    "claims",
    "indicator_prose",
    "translator",
    "notebook_output",
    "figure_tools",
    "lean_html",
    "typography",
    "theme",
    "sobriety",
    "remembered",
)


def edition(app: Sphinx, config: Config) -> None:
    """Let every page say of which edition it is: version, date, revision."""
    try:
        known = release(paths.root()).context
    except paths.NotACompendium:
        known = {"version_fr": __version__}
    for name, value in known.items():
        config.html_context.setdefault(name, value)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every part of the book's publishing."""
    for part in PARTS:
        app.setup_extension(f"pic_analysis.publishing.{part}")
    app.connect("config-inited", edition)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
