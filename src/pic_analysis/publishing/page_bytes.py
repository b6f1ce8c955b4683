"""Read a page again when its bytes changed, whatever its date says.

Sphinx reads a page again when its file is younger than the last reading. A clock that is set back, an archive unpacked
over the folder, a copy that keeps dates: the page is then other and no younger, and the old one would be published.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_KEPT = "pic_page_bytes"  # attribute of Sphinx's environment, which is kept from one build to the next


def outdated(app: Sphinx, env: BuildEnvironment, *_sets: Any) -> list[str]:
    """Return the pages whose source, or a file that they depend on, is not what it was when they were read."""
    now = _digests(env)
    return [page for page, digest in getattr(env, _KEPT, {}).items() if page in now and now[page] != digest]


def note(app: Sphinx, env: BuildEnvironment) -> None:
    """Note what the pages that were read are made of."""
    setattr(env, _KEPT, _digests(env))


def _digests(env: BuildEnvironment) -> dict[str, str]:
    """Return the sha256 of the source of each page and of the files that it depends on."""

    @cache  # pages depend on the same tables
    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""

    def all_of(page: str) -> str:
        paths = [env.doc2path(page), *sorted(env.dependencies.get(page, ()))]
        found = [digest(Path(os.path.normpath(Path(env.srcdir, path)))) for path in paths]
        return hashlib.sha256(repr(found).encode()).hexdigest()

    return {page: all_of(page) for page in env.found_docs}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Compare the bytes of pages with those that were read."""
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", note)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
