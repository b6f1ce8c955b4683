"""Join the pages of a built book into one document, in the order of its table of contents.

What is joined is what was built, checked and guarded: the printed report cannot say anything else than the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from pic_analysis.publishing.theme import SITE_MAP

CONTENTS = "sommaire"
"""Identifier of the printed table of contents."""

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_TRAIL = re.compile(r'<nav class="fil".*?</nav>', re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r'(\s)([\w:-]+)="([^"]*)"')
_ID = re.compile(r'<[a-zA-Z][^>]*?\sid="([^"]*)"')
_LOCAL_URL = re.compile(r"url\(#([^)]+)\)")
_NAMING = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "for"}
_BELOW = ("parts", "subtrees", "chapters", "sections", "entries")


@dataclass(frozen=True)
class Leaf:
    """One page in the order of reading: its depth among the pages, and the title of the part that it opens."""

    name: str
    depth: int
    in_part: bool = False
    part: str = ""
    title: str = ""

    @property
    def anchor(self) -> str:
        """Return the identifier of the page in the joined document."""
        return f"page-{self.name.replace('/', '-')}"

    @property
    def shift(self) -> int:
        """Return by how many levels its headings go down: parts stand above pages, pages above their own."""
        return self.in_part + self.depth


def leaves(toc: Mapping[str, Any]) -> tuple[Leaf, ...]:
    """Return the pages of a table of contents, as `_toc.yml` holds it, in the order of reading.

    >>> [(leaf.name, leaf.depth, leaf.part) for leaf in leaves({"root": "index", "parts": [
    ...     {"caption": "Preuves", "chapters": [{"file": "cas.md", "sections": [{"file": "cas/eco"}]}]}]})]
    [('index', 0, ''), ('cas', 0, 'Preuves'), ('cas/eco', 1, '')]
    """
    return (Leaf(_stem(toc["root"]), 0), *_below(toc, 0, bool(toc.get("parts"))))


def titled(html: Path, pages: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Return the same pages with their titles, in HTML without links, read in the built book."""
    return tuple(
        replace(page, title=_title((html / f"{page.name}.html").read_text(encoding="utf-8"))) for page in pages
    )


def joined(html: Path, pages: Sequence[Leaf], online: str = "") -> str:
    """Return the bodies of all pages, one after the other, as one body.

    Parameters
    ----------
    html
        Folder of the built book.
    pages
        Its pages, in the order wanted.
    online
        Address of the published site, where links to files lead; without it they become plain text,
        since a file that stands beside the site does not stand beside a printed report.

    Notes
    -----
    An identifier that a single page uses is kept, so that the anchors of cells and statements stay what they are;
    one that several pages use is prefixed by the page. Headings go down by the depth of their page.
    """
    bodies = {page.name: _body((html / f"{page.name}.html").read_text(encoding="utf-8")) for page in pages}
    uses = Counter(name for body in bodies.values() for name in set(_ID.findall(body)))
    shared = {name for name, number in uses.items() if number > 1} | {page.anchor for page in pages} | {CONTENTS}
    written = []
    for page in pages:
        opening = f'<h1 class="partie-du-livre">{escape(page.part)}</h1>\n' if page.part else ""
        kind = "chapitre" if not page.depth else "sous-page"
        body = _Rewriter(html, page, {other.name: other for other in pages}, shared, online).rewritten(
            bodies[page.name]
        )
        written.append(f'<section class="{kind}" id="{page.anchor}">\n{opening}{body}\n</section>\n')
    return "".join(written)


@dataclass
class _Rewriter:
    """Rewrite the tags of one page for the joined document; its texts are not touched."""

    html: Path
    page: Leaf
    pages: Mapping[str, Leaf]
    shared: set[str]
    online: str
    _unlinked: bool = False

    def rewritten(self, body: str) -> str:
        return _TAG.sub(self._tag, body)

    def _tag(self, found: re.Match[str]) -> str:
        closing, name, attributes = found.groups()
        if name == "a":
            if closing:
                dropped, self._unlinked = self._unlinked, False
                return "</span>" if dropped else "</a>"
            if (href := re.search(r'\shref="([^"]*)"', attributes)) and self._target(unescape(href[1])) is None:
                self._unlinked = True
                name, attributes = "span", ' class="fichier"'
        if re.fullmatch(r"h[1-6]", name):
            name = f"h{min(int(name[1]) + self.page.shift, 6)}"
        if name == "details" and not closing and " open" not in attributes:
            attributes += " open"  # paper does not unfold
        if name == "figure" and not closing and " role=" not in attributes:
            attributes += ' role="group"'  # its image is the figure that has an alternative text
        return f"<{closing}{name}{_ATTRIBUTE.sub(self._attribute, attributes)}>"

    def _attribute(self, found: re.Match[str]) -> str:
        space, name, value = found.groups()
        if name == "id":
            value = self._renamed(self.page, value)
        elif name in _NAMING:
            value = " ".join(self._renamed(self.page, one) for one in value.split())
        elif name in ("href", "xlink:href"):
            value = escape(self._target(unescape(value)) or "", quote=True)
        elif name == "src" and not urlsplit(value).scheme:
            value = (self.html / normpath(join(dirname(self.page.name), unquote(value)))).as_uri()
        elif name == "aria-level":
            value = str(min(int(value) + self.page.shift, 6))
        else:
            value = _LOCAL_URL.sub(lambda url: f"url(#{self._renamed(self.page, url[1])})", value)
        return f'{space}{name}="{value}"'

    def _renamed(self, page: Leaf, identifier: str) -> str:
        return f"{page.anchor}--{identifier}" if identifier in self.shared else identifier

    def _target(self, href: str) -> str | None:
        """Return where a link leads in the joined document; None where it cannot lead anywhere."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None if parts.scheme == "data" else href
        path = normpath(join(dirname(self.page.name), unquote(parts.path))) if parts.path else f"{self.page.name}.html"
        name = path.removesuffix(".html")
        if path.endswith(".html") and name in self.pages:
            page = self.pages[name]
            return f"#{self._renamed(page, unquote(parts.fragment)) if parts.fragment else page.anchor}"
        if name == SITE_MAP:
            return f"#{CONTENTS}"
        return f"{self.online.rstrip('/')}/{path}" if self.online else None


def _below(entry: Any, depth: int, in_part: bool, part: str = "") -> Iterator[Leaf]:
    """Yield the pages under an entry; the first of a captioned part carries its title."""
    for key in _BELOW:
        for child in entry.get(key) or ():
            if "file" in child:
                yield Leaf(_stem(child["file"]), depth, in_part, part)
                part = ""
                yield from _below(child, depth + 1, in_part)
            else:
                yield from _below(child, depth, in_part, str(child.get("caption", "")))


def _stem(file: str) -> str:
    return str(file).removesuffix(".md").removesuffix(".ipynb")


def _body(page: str) -> str:
    """Return what a page says, without its frame, its trail and its permanent links."""
    found = _MAIN.search(page)
    return _PERMALINK.sub("", _TRAIL.sub("", found[1])).strip() if found else ""


def _title(page: str) -> str:
    found = _TITLE.search(_body(page))
    return re.sub(r"</?(?:a|span|code)\b[^>]*>", "", found[1]).strip() if found else ""
