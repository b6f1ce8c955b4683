"""The HTML theme ``pic``: sober, accessible, French, without script but on the search page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from pic_analysis.publishing.theme.context import page_context

NAME = "pic"
SITE_MAP = "plan-du-site"

# Options that jupyter-book writes for its own theme whatever the theme is: Sphinx would warn about each.
JUPYTER_BOOK_OPTIONS = {
    "analytics", "announcement", "extra_footer", "extra_navbar", "home_page_in_toc", "launch_buttons",
    "navbar_footer_text", "number_toc_sections", "path_to_docs", "repository_branch", "repository_url",
    "search_bar_text", "toc_title", "use_edit_page_button", "use_issues_button", "use_multitoc_numbering",
    "use_repository_button",
}  # fmt: skip


def tame(app: Sphinx, config: Config) -> None:
    """Take back what jupyter-book and Sphinx set for themes that run scripts or speak English."""
    if config.html_theme != NAME:
        return
    config.html_theme_options = {
        name: value for name, value in config.html_theme_options.items() if name not in JUPYTER_BOOK_OPTIONS
    }
    # jupyter-book asks for the style "sphinx", whose contrast is too low; the theme has its own two.
    if config.pygments_style == "sphinx":
        config.pygments_style = None
    # A « ¶ » after each title is one more stop of the keyboard, named by a sign and heard with the title; the list
    # « Sur cette page » gives the same addresses.
    config.html_permalinks = False
    for name, text in (("nb_code_prompt_show", "Voir le code"), ("nb_code_prompt_hide", "Masquer le code")):
        if str(getattr(config, name, "")).endswith("code cell {type}"):  # myst-nb's English default
            setattr(config, name, text)


def site_map(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page « Plan du site », unless the book has its own."""
    if app.config.html_theme == NAME and SITE_MAP not in app.env.all_docs:
        yield SITE_MAP, {"title": "Plan du site"}, "plan-du-site.html"


def themed(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the theme's own context to a page."""
    if app.config.html_theme == NAME:
        context.update(page_context(app, pagename, context))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme; it is used where ``html_theme`` is ``pic``."""
    app.setup_extension("pic_analysis.publishing.search")
    app.add_html_theme(NAME, str(Path(__file__).parent))
    app.connect("config-inited", tame)
    app.connect("html-collect-pages", site_map)
    app.connect("html-page-context", themed, priority=900)  # after those that add files to the page
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
