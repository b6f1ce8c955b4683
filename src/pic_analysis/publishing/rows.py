"""Declare citable objects in the rows of a table: the role `ligne`, for what is too short to have a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from pic_analysis.publishing.domain import pic
from pic_analysis.publishing.markup import KINDS, anchor
from pic_analysis.vocabulary import nearest

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


class RowRole(SphinxRole):
    """Declare one object and its exact anchor, and show its identifier: `{ligne}`fact FAI001 220 réunions``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the identifier as a link to itself, ready to be copied; an unknown kind is a warning."""
        kind, object_id, title = [*self.text.split(None, 2), "", ""][:3]
        if kind not in KINDS or not object_id:
            guess = nearest(kind, KINDS)
            message = f"nature de ligne inconnue : {kind}" + (f" ; la plus proche : {guess}" if guess else "")
            logger.warning(message, location=self.get_location(), type="pic", subtype="ligne")
            return [nodes.problematic("", self.rawtext)], []
        pic(self.env).note_object(kind, object_id, title, self.get_location())
        address = nodes.reference(
            "",
            object_id,
            refid=anchor(kind, object_id),
            ids=[anchor(kind, object_id)],
            internal=True,
            classes=["fiche-id"],
            reftitle=f"{object_id}\N{NO-BREAK SPACE}: adresse de cette ligne",
        )
        # Headings of the page must not be given the same id by docutils.
        self.inliner.document.ids.setdefault(anchor(kind, object_id), address)
        return [address], []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.add_role("ligne", RowRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
