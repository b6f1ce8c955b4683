"""Set French text as a French printer would: spaces, apostrophes, ellipses, thousands.

The rules only ever touch spaces, apostrophes and dots: letters, digits and other signs are kept, and
applying them twice changes nothing more. Code, mathematics and raw HTML are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pic_analysis.numbers_fr import NARROW, NBSP

OPAQUE = "\ufffc"  # stands for an inline object that is not prose (code, image): its neighbours see a word

UNITS = "ha|km²?|c?m[²³]?|[kMG]Wh?|kg|t|h|min|s|ko|Mo|Go"

# Each rule: a sign without which it changes nothing (most lines have few, and are then read no further), what is
# replaced, by what, and whether an insertion sticks to the sign on its left.
RULES: tuple[tuple[re.Pattern[str], re.Pattern[str], str, bool], ...] = tuple(
    (re.compile(sign), re.compile(rule), new, left)
    for sign, rule, new, left in (
        # The sign must end a word (space, end, closing mark): "a != b" and "page.html?q=1" are not French.
        ("[;!?]", r"(?<=[^\s;:!?(\[{«])\s*(?=[;!?]+(?:$|[\s»”’\")\]…,.]))", NARROW, False),
        # A space or the end must follow: 10:30, 3:1 and https: are left alone.
        (":", r"(?<=[^\s:;(\[{«/])\s*(?=:(?:$|\s))", NBSP, False),
        ("[%‰]", r"(?<=\d)\s*(?=[%‰](?!\w))|(?<=[^\s«])\s+(?=[%‰](?!\w))", NBSP, False),
        ("€", r"(?<=\d)\s*(?=(?:[kM]|Md)?€(?!\w))|(?<=[^\s«])\s+(?=€(?!\w))", NBSP, False),
        # A symbol alone, and not « 4 s’arrête ».
        (r"\d", rf"(?<=\d)\s+(?=(?:{UNITS})(?![\w²³’']))", NBSP, False),
        (r"\d", r"(?<=\b[np][°.])\s+(?=\d)", NBSP, False),
        ("«", r"(?<=«)\s*(?=[^\s»])", NBSP, True),
        ("»", r"(?<=[^\s«])\s*(?=»)", NBSP, False),
        ("'", r"(?<=[^\W\d_])'(?=[^\W_]|[«\ufffc])", "’", False),
        (r"\.{3}", r"(?<!\.)\.{3}(?!\.)", "…", False),
    )
)
THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\w)")
ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|doi:)\S*", re.IGNORECASE)

# Inline nodes whose text is not prose.
NOT_PROSE = (
    nodes.literal,
    nodes.math,
    nodes.raw,
    nodes.image,
    nodes.problematic,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
)
NOT_PROSE_CLASSES = {"code", "kbd", "literal", "math"}
_LEAVES = (nodes.Text, *NOT_PROSE)


def french(text: str) -> str:
    r"""Return a text with French spaces, apostrophes, ellipses and thousands.

    >>> french("Oui ! L'idée: 12 345 habitants...")
    'Oui\u202f! L’idée\xa0: 12\u202f345 habitants…'
    """
    return "".join(_retouched(text, edits)) if (edits := _edits(text)) else text


def french_pieces(pieces: Sequence[str | None]) -> list[str | None]:
    r"""Return the pieces of one paragraph, each with its share of the retouches.

    Parameters
    ----------
    pieces
        The texts between the inline marks, in order; None stands for an object that is not prose.

    >>> french_pieces(["Le ", "mot", " : voir ", None, " !"])
    ['Le ', 'mot', '\xa0: voir ', None, '\u202f!']
    """
    text = "".join(OPAQUE if piece is None else piece for piece in pieces)
    if not (edits := _edits(text)):
        return [*pieces]
    characters = _retouched(text, edits)
    result: list[str | None] = []
    start = 0
    for piece in pieces:
        stop = start + (1 if piece is None else len(piece))
        result.append(None if piece is None else "".join(characters[start:stop]))
        start = stop
    return result


def _retouched(text: str, edits: set[tuple[int, int, str, bool]]) -> list[str]:
    """Return, for each character, what stands in its place (possibly nothing, possibly two signs)."""
    result = list(text)
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    for start, stop, new, sticks_left in edits:
        if any(start < end and stop > begin for begin, end in addresses):
            continue
        if start < stop:
            result[start:stop] = [new] + [""] * (stop - start - 1)
        elif sticks_left:
            result[start - 1] += new
        else:
            result[start] = new + result[start]
    return result


def _edits(text: str) -> set[tuple[int, int, str, bool]]:
    """Return the retouches: start, stop, new text, whether an insertion sticks to the left."""
    edits = {
        (*match.span(), new, left)
        for sign, rule, new, left in RULES
        if sign.search(text)
        for match in rule.finditer(text)
    }
    for number in THOUSANDS.finditer(text):
        for offset, character in enumerate(number.group()):
            if not character.isdigit():
                position = number.start() + offset
                edits.add((position, position + 1, NARROW, False))
    return edits


def retouch(block: nodes.Node) -> None:
    """Set the prose below a docutils node in French, in place."""
    for owner in _blocks(block):
        leaves = list(_leaves(owner))
        texts = [leaf.astext() if isinstance(leaf, nodes.Text) else None for leaf in leaves]
        for leaf, text, piece in zip(leaves, texts, french_pieces(texts), strict=True):
            if piece is not None and piece != text and leaf.parent is not None:
                leaf.parent.replace(leaf, nodes.Text(piece))
    for kind, attribute in ((nodes.image, "alt"), (nodes.reference, "reftitle")):
        for element in block.findall(kind):
            if element.get(attribute):
                element[attribute] = french(element[attribute])


def _blocks(node: nodes.Node) -> Iterable[nodes.TextElement]:
    """Return the elements that own a line of prose: paragraphs, titles, terms, captions."""
    return [
        element
        for element in node.findall(nodes.TextElement)
        if not isinstance(element, (nodes.Inline, nodes.FixedTextElement))
    ]


def _leaves(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the texts of a block in order, and the objects among them that are not prose."""
    for child in node.children:
        if isinstance(child, _LEAVES) or not NOT_PROSE_CLASSES.isdisjoint(child.get("classes", ())):
            yield child
        elif isinstance(child, nodes.Inline):
            yield from _leaves(child)


class FrenchTypography(SphinxPostTransform):
    """Set a page in French once its references are resolved."""

    default_priority = 800  # after the references (10): their texts come from other pages

    def run(self, **kwargs: Any) -> None:
        """Retouch the page."""
        retouch(self.document)


def retouch_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Set in French what is read in one page and shown in others: titles and tables of contents.

    The search index, the navigation and the text of references all start from these.
    """
    page = app.env.docname
    for titles in (app.env.titles, app.env.longtitles, app.env.tocs):
        if page in titles:
            retouch(titles[page])
    for toctree in doctree.findall(addnodes.toctree):
        if toctree.get("caption"):
            toctree["caption"] = french(toctree["caption"])
        toctree["entries"] = [(title and french(title), page) for title, page in toctree.get("entries", [])]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform and the retouch of titles."""
    app.add_post_transform(FrenchTypography)
    app.connect("doctree-read", retouch_titles, priority=900)  # after Sphinx has collected the titles
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
