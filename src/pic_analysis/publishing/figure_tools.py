"""Write under every figure, after its data: its source and the date of its data, its image to download, how to cite it.

A figure is an SVG image followed by the data behind it (``display.Behind``), in a notebook or in a page; what is
written here needs the place of the page and the edition of the book, which a notebook does not know.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from posixpath import join
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pic_analysis.publishing.typography import french

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_BEHIND = '<details class="cellule-pliee donnees">'
_TITLE = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_NAME = re.compile(r'download="([^"]+)\.csv"')
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


class figure_tools(nodes.General, nodes.Element):
    """What stands under a figure; written when the place of its image is known."""


class AddFigureTools(SphinxPostTransform):
    """Put the tools after the data of each figure."""

    default_priority = 700
    builders = ("html", "dirhtml")

    def run(self, **kwargs: Any) -> None:
        """Pair each figure's data with the last image before it."""
        image = None
        for node in list(self.document.findall()):
            if isinstance(node, nodes.image) and str(node.get("uri", "")).endswith(".svg"):
                image = node
            elif isinstance(node, nodes.raw) and _BEHIND in node.astext() and image is not None:
                place = node.parent.index(node) + 1
                node.parent.insert(place, self._tools(image["uri"], node.astext()))
                image = None

    def _tools(self, uri: str, behind: str) -> figure_tools:
        name, title = _NAME.search(behind), _TITLE.search(behind)
        said = _plain(title[1]) if title else ""
        known = self.config.html_context
        drawn = (Path(self.env.srcdir) / uri).read_text(encoding="utf-8")
        page = self.env.titles[self.env.docname].astext()
        return figure_tools(
            uri=uri,
            name=f"{name[1] if name else 'figure'}.svg",
            title=said,
            source=source(drawn, known.get("date_fr", "")),
            cited=citation(str(known.get("citation") or self.config.project), said, page, known),
        )


def source(svg: str, edition: str = "") -> str:
    r"""Return the source that a figure states, with the date of its data.

    Parameters
    ----------
    svg
        The figure: its source is one sentence, on one or more lines of text.
    edition
        Date of the edition, in words: it stands where the source gives no date of its own.

    Examples
    --------
    >>> source("<text>Source : rapport,</text><text>chapitre 3.</text><text>0</text>", "1er mai 2026")
    'Source\xa0: rapport, chapitre 3. Données de l’édition du 1er mai 2026.'
    """
    texts = [_plain(text) for text in _TEXT.findall(svg)]
    start = next((place for place, text in enumerate(texts) if re.match(r"Source\s*:", text)), None)
    lines: list[str] = []
    for text in texts[start:] if start is not None else ():
        lines.append(text)
        if text.endswith("."):
            break
    said = [" ".join(lines)] if lines else []
    if edition and "relevé du" not in "".join(said):
        said.append(f"Données de l’édition du {edition}.")
    return french(" ".join(said))


def citation(book: str, title: str, page: str, edition: dict[str, Any]) -> str:
    r"""Return how to cite a figure: the book, the figure, its page, the edition.

    >>> citation("PIC, Le livre.", "Ce que l’on voit", "Accueil", {"version_fr": "1.2", "date_fr": "mai 2026"})
    'PIC, Le livre, figure «\xa0Ce que l’on voit\xa0», page «\xa0Accueil\xa0», version 1.2, mai 2026.'
    """
    said = [book.rstrip(". "), f"figure « {title} »", f"page « {page} »"]
    said += [f"version {edition['version_fr']}"] if edition.get("version_fr") else []
    said += [str(edition["date_fr"])] if edition.get("date_fr") else []
    return french(", ".join(said) + ".")


def _plain(fragment: str) -> str:
    return " ".join(unescape(_TAGS.sub("", fragment)).split(" ")).strip()


def _visit(self: Any, node: figure_tools) -> None:
    """Write the tools; the image is where the builder copied it."""
    name = escape(node["name"])
    copied = self.builder.images.get(node["uri"])
    address = join(self.builder.imgpath, quote(copied)) if copied else ""
    link = f'<a download="{name}" href="{address}">Télécharger {name}</a>' if copied else ""
    about = f'<span class="visually-hidden">\N{NO-BREAK SPACE}: {escape(node["title"], quote=False)}</span>'
    self.body.append(
        f'<p class="figure-source">{escape(node["source"], quote=False)} {link}</p>\n'
        f'<details class="cellule-pliee"><summary>Citer la figure{about}</summary>\n'
        f"<p>{escape(node['cited'], quote=False)}</p></details>\n"
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the tools in the editions that have pages."""
    app.add_node(figure_tools, html=(_visit, None))
    app.add_post_transform(AddFigureTools)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
