"""Keep a partial rebuild of the book as right as a full one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pic_analysis.publishing import facts
from pic_analysis.publishing.domain import Entry, pic
from pic_analysis.publishing.markup import anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class Incremental:
    """Remember what was declared before a build, to find what changed during it.

    Sphinx rewrites the pages whose source changed; a page also changes when an object that it links to
    appears, moves, is renamed or disappears.
    """

    def __init__(self) -> None:
        self.before: dict[str, Entry] = {}

    def start(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> set[str]:
        """Return the pages to read again though nobody changed them."""
        self.before = dict(pic(env).objects)
        return (pic(env).unsettled() | facts.outdated(app)) - removed

    def finish(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to write again: an object that they link to is not what it was."""
        domain = pic(env)
        names = self.before.keys() | domain.objects.keys()
        moved = {name for name in names if self.before.get(name) != domain.objects.get(name)}
        references = domain.data["references"].items()
        return sorted(page for page, links in references if any(anchor(*link) in moved for link in links))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Read again the unsettled pages and those whose facts changed; write again those whose links changed."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.setup_extension("pic_analysis.publishing.facts")
    incremental = Incremental()
    app.connect("env-get-outdated", incremental.start)
    app.connect("env-updated", incremental.finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
