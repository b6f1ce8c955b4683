"""Write each thing with the fewest elements that say it: a page's elements are what its reader's browser builds.

Left out: the paragraph of a cell or of a list item that holds nothing else, a span around each word of code, classes
for stripes that no sheet draws, the address of a table that nobody named, the boxes inside a notebook's cell, the
colours of code other than those of comments, texts and keywords.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

CODE_ONLY = "pic_code_only"
"""Mark of a link whose text is a bare code: its name then says what the code stands for."""

_PLAIN = re.compile(r'<span class="(?![cks])\w+">([^<]*)</span>')  # of Pygments: names, signs, numbers
_BOXES = {"cell_output", "output"}
_LISTS = (nodes.bullet_list, nodes.enumerated_list)


class LeanWriter(HTML5Translator):
    """Sphinx's HTML5 writer, with lighter lists, tables, code and links."""

    def visit_paragraph(self, node: Element) -> None:
        """Open a paragraph, unless what holds it says enough."""
        if not _is_bare(node):
            super().visit_paragraph(node)

    def depart_paragraph(self, node: Element) -> None:
        """Close a paragraph that was opened."""
        if not _is_bare(node):
            super().depart_paragraph(node)

    def visit_literal(self, node: Element) -> None:
        """Open code in a sentence; the name of a file to download is the text of its link, not code."""
        if "kbd" in node["classes"] or ("code" in node["classes"] and node.get("language")):
            super().visit_literal(node)
        elif "download" not in node["classes"]:
            self.body.append(self.starttag(node, "code", ""))

    def depart_literal(self, node: Element) -> None:
        """Close code in a sentence."""
        if "kbd" in node["classes"]:
            super().depart_literal(node)
        elif "download" not in node["classes"]:
            self.body.append("</code>")

    def visit_literal_block(self, node: Element) -> None:
        """Write a block of code, with few colours."""
        start = len(self.body)
        try:
            super().visit_literal_block(node)
        finally:  # it ends by telling docutils to pass over what is inside
            self.body[start:] = [_PLAIN.sub(r"\1", part) for part in self.body[start:]]

    def visit_row(self, node: Element) -> None:
        """Open a row."""
        self.body.append(self.starttag(node, "tr", ""))
        node.column = 0

    def add_permalink_ref(self, node: Element, title: str) -> None:
        """Give its address to a section; that of a table is a number that changes with the page."""
        if not isinstance(node, nodes.table) or node["names"]:
            super().add_permalink_ref(node, title)

    def visit_reference(self, node: Element) -> None:
        """Open a link; one whose text is a bare code is named in full (RGAA 6.1)."""
        super().visit_reference(node)
        if node.get(CODE_ONLY):
            self.body[-1] = f'{self.body[-1].removesuffix(">")} aria-label="{self.attval(node["reftitle"])}">'


def visit_box(self: HTML5Translator, node: Element) -> None:
    """Open a box; those inside a notebook's cell draw nothing."""
    if not _BOXES & {*node["classes"]}:
        self.body.append(self.starttag(node, "div"))


def depart_box(self: HTML5Translator, node: Element) -> None:
    """Close a box that was opened."""
    if not _BOXES & {*node["classes"]}:
        self.body.append("</div>\n")


def _is_bare(node: Element) -> bool:
    """Say whether a paragraph needs no element: alone in a cell, or in a list item before lists only."""
    parent: Any = node.parent
    if node["ids"] or node["classes"] or not isinstance(parent, (nodes.entry, nodes.list_item)):
        return False
    if isinstance(parent, nodes.entry):
        return len(parent) == 1
    return parent.index(node) == 0 and all(isinstance(after, _LISTS) for after in parent.children[1:])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write boxes our way: MyST registers its own, which a method of the writer would not replace."""
    app.setup_extension("myst_nb")
    app.add_node(nodes.container, override=True, html=(visit_box, depart_box))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
