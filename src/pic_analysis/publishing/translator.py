"""Write HTML that assistive technologies can use: headers with a scope, named regions, real headings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from pic_analysis.publishing.lean_html import LeanWriter
from pic_analysis.publishing.markup import ROW_HEADERS

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


class Translator(LeanWriter):
    """The lean writer, with what RGAA asks of tables, images, titles and notes."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._unnamed_tables = 0

    def visit_figure(self, node: Element) -> None:
        """Let the keyboard scroll a computed figure, wider than a phone."""
        start = len(self.body)
        super().visit_figure(node)
        if "figure-calculee" in node["classes"]:
            self.body[start] = self.body[start].replace("<figure", '<figure tabindex="0"', 1)

    def visit_table(self, node: Element) -> None:
        """Open a region that scrolls and can be reached with the keyboard, then the table."""
        caption = node.next_node(nodes.title, descend=True)
        if caption is not None and caption.parent is node:
            label = f"Tableau\N{NO-BREAK SPACE}: {caption.astext()}"
        else:
            # Two regions of a page may not have the same name.
            self._unnamed_tables += 1
            label = f"Tableau {self._unnamed_tables}"
        name = escape(label, quote=True)
        self.body.append(f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}">\n')
        super().visit_table(node)

    def depart_table(self, node: Element) -> None:
        """Close the table, then its region."""
        super().depart_table(node)
        self.body.append("</div>\n")

    def visit_entry(self, node: Element) -> None:
        """Write a data cell, or a header with the direction in which it heads."""
        row = node.parent
        group = row.parent.parent
        in_head = isinstance(row.parent, nodes.thead)
        column = row.column
        heads_row = group.stubs[column] or (column == 0 and ROW_HEADERS in group.parent["classes"])
        # An empty header heads nothing (axe: empty-table-header); the top left corner is often empty.
        empty = not node.astext().strip() and node.next_node(nodes.image) is None
        header = (in_head or heads_row) and not empty
        attributes: dict[str, Any] = {}
        if header:
            attributes["scope"] = "col" if in_head else "row"
        if "morerows" in node:
            attributes["rowspan"] = node["morerows"] + 1
        if "morecols" in node:
            attributes["colspan"] = node["morecols"] + 1
        row.column += 1 + node.get("morecols", 0)
        tag = "th" if header else "td"
        self.body.append(self.starttag(node, tag, "", **attributes))
        self.context.append(f"</{tag}>\n")

    def visit_title(self, node: Element) -> None:
        """Write titles; the caption of a table of contents is not a heading, since it has no level."""
        if isinstance(node.parent, addnodes.compact_paragraph) and node.parent.get("toctree"):
            self.body.append(self.starttag(node, "p", "", CLASS="caption"))
            self.body.append('<span class="caption-text">')
            self.context.append("</span></p>\n")
        else:
            super().visit_title(node)

    def visit_rubric(self, node: Element) -> None:
        """Write a title that opens no section (in a card, a note): a heading where MyST gives its level."""
        if "level" in node:
            node["heading-level"] = node["level"]  # MyST 5 leaves this to the writer, which knows the other name
        super().visit_rubric(node)

    def visit_paragraph(self, node: Element) -> None:
        """Write paragraphs; the title of a card is a heading where the card gives its level."""
        if node.get("level") and "fiche-titre" in node["classes"]:
            role = {"role": "heading", "aria-level": str(node["level"])}
            self.body.append(self.starttag(node, "p", "", **role))
        else:
            super().visit_paragraph(node)

    def visit_image(self, node: Element) -> None:
        """Write an image; never its file name as alternative text (`alt=""` marks decoration)."""
        if "alt" not in node:
            message = "image sans texte alternatif : %s (décorative : texte alternatif vide)"
            logger.warning(message, node.get("uri", ""), location=node, type="pic", subtype="alt")
            node["alt"] = ""
        super().visit_image(node)

    def visit_footnote(self, node: Element) -> None:
        """Write a note; a list of notes is no landmark of its own."""
        style = self.settings.footnote_references
        if not isinstance(node.previous_sibling(), type(node)):
            self.body.append(f'<div class="footnote-list {style}">\n')
        self.body.append(self.starttag(node, "aside", classes=[node.tagname, style], role="doc-footnote"))

    def depart_footnote(self, node: Element) -> None:
        """Close a note, and the list after its last note."""
        self.body.append("</aside>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), type(node)):
            self.body.append("</div>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Use this writer in every HTML edition of the book."""
    for builder in ("html", "dirhtml", "singlehtml"):
        app.set_translator(builder, Translator, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
