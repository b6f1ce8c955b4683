"""Read a built page as a list of things that can be found in it: the page, its sections, its cards, its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pic_analysis.publishing.remembered import remembered

PAGE, SECTION = "page", "section"
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"pre", "script", "style", "nav", "form", "noscript"}
_SPACES = re.compile(r"[ \t\r\n]+")  # and not those that do not break, which a title keeps
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BLOCKS = _HEADINGS | {"p", "li", "td", "th", "dd", "dt", "div", "tr", "caption", "figcaption", "summary", "text"}


@dataclass(frozen=True)
class Document:
    """One thing that a search may lead to.

    Attributes
    ----------
    kind
        What it is, in French.
    anchor
        Its identifier in the page; empty for the page itself.
    title
        What a reader reads in the list of results.
    text
        What it says, less what belongs to the things that it holds.
    """

    kind: str
    anchor: str
    title: str
    text: str


@dataclass
class _Frame:
    tag: str
    anchor: str = ""
    kind: str = ""
    title: list[str] = field(default_factory=list)
    titled: bool = False  # its heading is read: a further one is what it says
    said: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gather the text of a page under the innermost section, card or row that has an address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Document] = []
        self.frames = [_Frame("", kind=PAGE)]
        self.open: list[tuple[bool, bool]] = []  # for each open element: is it silent, does it hold a frame
        self.inside = False
        self.silent = self.heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.inside = True
        if not self.inside or tag in _VOID:
            return
        classes = about.get("class", "").split()
        mute = tag in _SILENT or "headerlink" in classes
        card = tag == "div" and "fiche" in classes
        framed = tag in ("tr", "section") or card
        self.open.append((mute, framed))
        self.silent += mute
        self.heading += tag in _HEADINGS
        anchor = about.get("id", "")
        if framed:
            kind = SECTION if tag == "section" else ""
            self.frames.append(_Frame(tag, "" if tag == "tr" else anchor, kind))
        elif "fiche-id" in classes and anchor and self.frames[-1].tag == "tr":
            self.frames[-1].anchor = anchor
        if tag in _BLOCKS:
            self.frames[-1].said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self.inside or tag in _VOID or not self.open:
            return
        mute, framed = self.open.pop()
        self.silent -= mute
        if tag in _HEADINGS:
            self.heading -= 1
            self.frames[-1].titled = True
        if framed:
            self._close()
        if tag == "main":
            self.inside = False
        elif tag in _BLOCKS:
            self.frames[-1].said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.inside or self.silent:
            return
        frame = self.frames[-1]
        titling = self.heading and frame.kind == SECTION and not frame.titled
        (frame.title if titling else frame.said).append(data)

    def _close(self) -> None:
        frame = self.frames.pop()
        text, title = _joined(frame.said), _joined(frame.title)
        if frame.anchor:
            self.found.append(Document(frame.kind, frame.anchor, title, text))
        else:
            self.frames[-1].said += [" ", text, " "]

    def whole(self) -> tuple[Document, ...]:
        """Return the page, then what stands in it in the order of its ends; cards and rows have no kind yet."""
        while len(self.frames) > 1:
            self._close()
        return (Document(PAGE, "", "", _joined(self.frames[0].said)), *self.found)


@remembered
def _parsed(html: str) -> tuple[Document, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.whole()


def documents(html: str, title: str, objects: Mapping[str, tuple[str, str]]) -> list[Document]:
    """Return what can be found in a page, the page itself first.

    Parameters
    ----------
    html
        The whole page; what stands outside ``<main>`` is not of this page alone and is passed over, as are code and
        menus.
    title
        The page's title: the section that bears it is the page.
    objects
        Kind and title, in French, of each citable object by its anchor.

    Examples
    --------
    >>> page = '<main><section id="a"><h1>A</h1><p>un</p><div class="fiche" id="B1"><p>deux</p></div></section></main>'
    >>> [(found.kind, found.anchor, found.text) for found in documents(page, "A", {"B1": ("constat", "B1 : deux")})]
    [('page', '', 'un'), ('constat', 'B1', 'deux')]
    """
    page, *parts = _parsed(html)
    found = [part if part.kind == SECTION else _named(part, objects) for part in parts]
    first = next((one for one in found[::-1] if one.kind == SECTION and one.title == title), None)
    text = f"{page.text} {first.text if first else ''}".strip()
    return [Document(PAGE, "", title, text), *(one for one in found if one is not first)]


def _named(part: Document, objects: Mapping[str, tuple[str, str]]) -> Document:
    kind, title = objects.get(part.anchor, ("fiche", part.anchor))
    return Document(kind, part.anchor, title, part.text)


def _joined(pieces: list[str]) -> str:
    return _SPACES.sub(" ", "".join(pieces)).strip(" ")
