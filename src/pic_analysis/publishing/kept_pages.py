"""Keep the pages of the last build that this one would write the same.

Sphinx writes a page again when it was read again; `incremental` adds those that link to what moved. What stands around
every page (the menu, the edition, the foot) and what any page may name (titles, labels) are looked at here: when one of
them changed, all pages are written.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pic_analysis import paths
from pic_analysis.publishing import accessibility
from pic_analysis.publishing.domain import pic
from pic_analysis.publishing.sobriety import OPENS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

BEFORE = "before"
"""Folder beside that of the pages: what the last build of the same staging wrote."""

_COMMON = ("_images", "_sources", ".buildinfo")
"""What Sphinx writes for the pages that it writes alone, and the digest of its settings."""


def take_back(app: Sphinx) -> None:
    """Put back every page that the last build wrote; what this one writes then takes the place of its own."""
    outdir = Path(app.outdir)
    before = outdir.with_name(BEFORE)
    if app.builder.name != "html" or not before.is_dir():
        return
    for name in _COMMON:
        _move(before / name, outdir / name)
    for page in app.env.all_docs:
        path = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
        old = before / path.relative_to(outdir)
        # The page that says what each one weighs is finished after all are written: it starts anew.
        if old.is_file() and OPENS not in old.read_text(encoding="utf-8"):
            _move(old, path)
    shutil.rmtree(before)


def to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return every page if what may show on any is not what it was, else the home page; drop those that are no more."""
    if app.builder.name != "html":
        return []
    for page in pic(env).data["written"].get("pages", ()):
        if page not in env.found_docs:
            Path(app.builder.get_outfilename(page)).unlink(missing_ok=True)  # type: ignore[attr-defined]
            for source in Path(app.outdir, "_sources").glob(f"{page}.*"):
                source.unlink()
    pages = sorted(env.found_docs)
    now = {"pages": pages, "common": common(app, env)}
    before, pic(env).data["written"] = pic(env).data["written"], now
    # With no page to write, Sphinx would leave out the style sheets and the tables as well.
    return [app.config.root_doc] if before == now else pages


def common(app: Sphinx, env: BuildEnvironment) -> str:
    """Return a digest of what any page may show of the others, or of the edition."""
    labels = env.domaindata.get("std", {})
    said: tuple[Any, ...] = (
        sorted((page, title.astext()) for page, title in env.titles.items()),
        sorted((page, title.astext()) for page, title in env.longtitles.items()),
        env.toctree_includes,
        sorted((page, about.get("myst_slugs")) for page, about in env.metadata.items()),  # headings that links name
        [sorted(labels.get(name, {}).items()) for name in ("labels", "anonlabels", "terms")],
        sorted(app.config.html_context.items(), key=str),
        accessibility.mention(paths.site_files(app.config.pic_study)),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the pages back before Sphinx looks for those to write."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.connect("builder-inited", take_back)
    app.connect("env-updated", to_write)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
