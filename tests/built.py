"""What a built book says, page by page: its text, its links, its identifiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_SILENT = {"script", "style", "pre", "code"}  # code is not prose
_VOID = {"meta", "link", "br", "img", "input", "hr", "use", "path", "rect", "col"}


@dataclass
class Page(HTMLParser):
    """One page as a reader meets it."""

    path: str
    lang: str = ""
    text: list[str] = field(default_factory=list)  # what is seen
    labels: list[str] = field(default_factory=list)  # what is heard, or shown on hover
    links: list[tuple[str, str]] = field(default_factory=list)  # card that holds the link, target
    ids: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str, bool]] = []
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        card = about["id"] if "fiche" in (about.get("class") or "").split() and about.get("id") else ""
        hidden = "visually-hidden" in (about.get("class") or "").split()
        if tag not in _VOID:
            self._open.append((tag, card, hidden))
        self._silent += tag in _SILENT
        self.ids |= {about["id"]} if about.get("id") else set()
        self.labels += [about[key] for key in ("title", "alt", "aria-label", "placeholder") if about.get(key)]
        if tag == "html":
            self.lang = about.get("lang", "")
        if tag == "a" and about.get("href"):
            holder = next((held for _, held, _ in reversed(self._open) if held), "")
            self.links.append((holder, urljoin(self.path, unquote(about["href"]))))
        if tag in ("script", "img", "link", "iframe", "source") and about.get("rel") not in ("canonical",):
            self.calls += [about[key] for key in ("src", "href") if about.get(key)]

    def handle_endtag(self, tag):
        self._silent -= tag in _SILENT
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._silent and data.strip():
            hidden = any(hidden for _, _, hidden in self._open)
            (self.labels if hidden else self.text).append(data.strip())


def read(folder: Path) -> dict[str, Page]:
    """Return every page of a built book by its address."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        page = Page(path.relative_to(folder).as_posix())
        page.feed(path.read_text(encoding="utf-8"))
        pages[page.path] = page
    return pages


def clicks(pages: dict[str, Page], start: str = "index.html") -> dict[str, int]:
    """Return the number of links on the shortest path from a page to each page, and to each card of a page.

    A card is reached by a link to its anchor, or by reading the page that holds it.
    """
    distance, front = {start: 0}, [start]
    while front:
        following = []
        for address in front:
            for _, target in pages[address].links:
                page = urlsplit(target).path
                if page in pages and page not in distance:
                    distance[page] = distance[address] + 1
                    following.append(page)
        front = following
    return distance
