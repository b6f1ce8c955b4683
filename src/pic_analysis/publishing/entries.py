"""List objects whose cards stand on another page: the role `entree`, one line an object, under its old address.

A long page that was split keeps such a list: who comes by the page's former address of a card (`page.html#ID`) lands
on the line that leads to it. In the single-page edition the card alone bears the identifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from pic_analysis.publishing.domain import ENTRY, pic
from pic_analysis.publishing.markup import KINDS
from pic_analysis.vocabulary import nearest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


class EntryRole(SphinxRole):
    """Lead to one card by its identifier and its title: `{entree}`statement B1-03``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return a pending link, which finds the title when every page is read; an unknown kind is a warning."""
        kind, _, object_id = self.text.strip().partition(" ")
        if kind not in KINDS or not object_id:
            guess = nearest(kind, KINDS)
            message = f"nature d’entrée inconnue : {kind}" + (f" ; la plus proche : {guess}" if guess else "")
            logger.warning(message, location=self.get_location(), type="pic", subtype="entree")
            return [nodes.problematic("", self.rawtext)], []
        pending = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", object_id),
            refdomain="pic",
            reftype=KINDS[kind].role,
            reftarget=object_id,
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
            **{ENTRY: True},
        )
        self.set_source_info(pending)
        pic(self.env).note_reference(kind, object_id)
        return [pending], []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.add_role("entree", EntryRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
