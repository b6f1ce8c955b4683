"""Read the table of contents of a book, and find its first page."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class BookError(Exception):
    """Say in French why no new book was put in place."""


def contents(toc: Path) -> tuple[str, ...]:
    """Return the pages of a table of contents, without suffix, the root first.

    Raises
    ------
    BookError
        If the file is absent, is not YAML or has no root.
    """
    import yaml

    try:
        read = yaml.safe_load(toc.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BookError(f"La table des matières {toc.name} manque dans {toc.parent.name}/.") from None
    except yaml.YAMLError as error:
        raise BookError(f"La table des matières {toc.name} n’est pas du YAML lisible : {error}") from None
    if not isinstance(read, dict) or "root" not in read:
        raise BookError(f"La table des matières {toc.name} n’a pas de page d’accueil (clé « root »).")
    names = [str(read["root"]), *_files(read)]
    return tuple(name.removesuffix(".md").removesuffix(".ipynb") for name in names)


def home(root: Path) -> Path:
    """Return the path of the published book's first page."""
    index = root / "_build" / "html" / "index.html"
    return index if index.is_file() else index.with_name(f"{contents(root / 'book' / '_toc.yml')[0]}.html")


def _files(entry: Any) -> list[str]:
    if isinstance(entry, list):
        return [name for item in entry for name in _files(item)]
    if not isinstance(entry, dict):
        return []
    own = [str(entry["file"])] if "file" in entry else []
    return own + [
        name for key in ("parts", "subtrees", "chapters", "sections", "entries") for name in _files(entry.get(key))
    ]
