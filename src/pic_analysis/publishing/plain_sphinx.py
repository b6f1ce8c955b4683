"""Read the book's settings for plain Sphinx: all that the book takes from Jupyter Book, said in one place.

Jupyter Book 1 brings to this book a file of settings (``_config.yml``) and a table of contents, which
``sphinx_external_toc`` reads by itself. The day it stops, ``docs/sphinx/conf.py`` builds the same pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

JUPYTER_BOOK_ALONE = ("jupyter_book", "sphinx_comments")
"""Extensions that only quieten warnings on Jupyter Book's own settings."""

# What Jupyter Book sets by itself, and the pages need.
DEFAULTS: dict[str, Any] = {
    "exclude_patterns": ["**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build"],
    "external_toc_path": "_toc.yml",
    "myst_url_schemes": ["mailto", "http", "https"],
    "suppress_warnings": ["myst.domains"],
}


def settings(root: Path) -> dict[str, Any]:
    """Return the settings of a compendium's book, as a ``conf.py`` holds them.

    Parameters
    ----------
    root
        Root of the compendium: it holds ``_config.yml`` and ``book/``.
    """
    import yaml

    return plain(yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")), root / "book")


def plain(config: Mapping[str, Any], book: Path) -> dict[str, Any]:
    """Return Sphinx's settings for what a ``_config.yml`` says.

    Paths are made absolute: Sphinx counts them from the folder of ``conf.py``, Jupyter Book from that of the pages.

    >>> config = {"title": "Essai", "sphinx": {"config": {"extensions": ["jupyter_book", "myst_nb"]}}}
    >>> found = plain(config, Path("book"))
    >>> found["html_title"], found["extensions"]
    ('Essai', ['myst_nb'])
    """
    own = dict(config.get("sphinx", {}).get("config", {}))
    said = {
        "author": config.get("author", ""),
        "copyright": config.get("copyright", ""),
        "html_title": config.get("title", ""),
        "external_toc_exclude_missing": config.get("only_build_toc_files", False),
        "myst_enable_extensions": config.get("parse", {}).get("myst_enable_extensions", []),
        "nb_execution_mode": config.get("execute", {}).get("execute_notebooks", "off"),
    }
    kept = [name for name in own.get("extensions", []) if name not in JUPYTER_BOOK_ALONE]
    extra = [str((book / path).resolve()) for path in own.get("html_extra_path", [])]
    return {**DEFAULTS, **said, **own, "extensions": kept, "html_extra_path": extra}
