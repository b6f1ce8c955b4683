"""Hold what a page says of indicators: a sentence that rests on one alone claims no cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from pic_analysis.causality import CLAIM, causal_words
from pic_analysis.publishing.domain import pic
from pic_analysis.publishing.markup import KINDS
from pic_analysis.publishing.prose import sentences

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

_BLOCKS = (nodes.paragraph, nodes.title, nodes.term, nodes.caption)
_INDICATOR, _OTHER = "⟦indicateur⟧", "⟦autre⟧"


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse the words of cause in a sentence that links to an indicator, and to nothing of the evaluation.

    On the page of an indicator every sentence is about it. A sentence that cites a claim is held by `claims`.
    """
    own = any(e.docname == app.env.docname and e.kind == "indicator" for e in pic(app.env).objects.values())
    for block in doctree.findall(lambda node: isinstance(node, _BLOCKS)):
        for words in _claims(block, own):
            logger.warning(f"« {words} » : {CLAIM}", location=block, type="pic", subtype="preuve")


def _claims(block: nodes.Element, own: bool) -> Iterator[str]:
    links = [node for node in block.findall(addnodes.pending_xref) if node.get("refdomain") == "pic"]
    if not (own or any(_is_indicator(link) for link in links)) or not causal_words(block.astext()):
        return
    copy = block.deepcopy()
    for node in [node for node in copy.findall(addnodes.pending_xref) if node.get("refdomain") == "pic"]:
        mark = _INDICATOR if _is_indicator(node) else _OTHER
        node.replace_self(nodes.Text(f"{node.astext()} {mark}"))
    for sentence in sentences(copy.astext()):
        if _OTHER not in sentence and (own or _INDICATOR in sentence):
            yield from causal_words(sentence.replace(_INDICATOR, ""))


def _is_indicator(node: nodes.Element) -> bool:
    return node.get("reftype") == KINDS["indicator"].role


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the check."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.connect("doctree-read", check_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
