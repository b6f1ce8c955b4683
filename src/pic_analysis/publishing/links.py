"""Check the links of a rendered site: inside, all must lead somewhere; outside, nothing may be loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from pic_analysis.publishing.remembered import remembered

# Relations of <link> that a browser only notes; every other one makes it load something.
_NOTED = {"alternate", "author", "canonical", "help", "index", "license", "next", "prev", "search", "up"}
_LOADED = {"src", "poster", "data", "background"}
_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)['"]?\s*((?:https?:)?//[^'")\s]+)""")


@dataclass
class Page:
    """What one page offers (ids) and asks for (links to follow, addresses to load), and how many elements it has."""

    ids: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    followed: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    elements: int = 0


class _Reader(HTMLParser):
    """Note what a page offers and asks for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag's ids and addresses."""
        page = self.page
        page.elements += 1
        attributes = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        if identifier := attributes.get("id"):
            (page.doubled if identifier in page.ids else page.ids).add(identifier)
        if tag == "a" and attributes.get("name"):
            page.ids.add(attributes["name"])
        page.loaded += [value for name, value in attributes.items() if name in _LOADED and value]
        page.loaded += [part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip()]
        page.loaded += _CSS_URL.findall(attributes.get("style", ""))
        for href in (attributes.get("href"), attributes.get("xlink:href")):
            if href is None:
                continue
            if tag in ("a", "area"):
                page.followed.append(href)
            elif tag != "link" or not set(attributes.get("rel", "").lower().split()) <= _NOTED:
                page.loaded.append(href)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a self-closed tag like any other."""
        self.handle_starttag(tag, attrs)
        self._style = False

    def handle_data(self, data: str) -> None:
        """Note what a style sheet inside the page loads."""
        if self._style:
            self.page.loaded += _CSS_URL.findall(data)


@remembered
def read(html: str) -> Page:
    """Return what a page offers and asks for; it is not to be changed: who reads the same page gets the same answer.

    >>> read('<p id="B1-03"><a href="voix.html#tem-001">voix</a></p>').followed
    ['voix.html#tem-001']
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


def problems(site: Path) -> list[str]:
    """Return every fault of a folder of HTML pages, in French, sorted by page.

    Identifiers and file names are compared exactly, upper and lower case included, whatever the disk does.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {name: read((site / name).read_text(encoding="utf-8")) for name in sorted(files) if name.endswith(".html")}
    found = []
    for name, page in pages.items():
        found += [f"{name} : identifiant en double « {identifier} »" for identifier in sorted(page.doubled)]
        found += [
            f"{name} : {fault}" for href in dict.fromkeys(page.followed) if (fault := _dead(href, name, pages, files))
        ]
        for address in dict.fromkeys(page.loaded):
            if _is_outside(address):
                found.append(f"{name} : appelle un autre site « {address} »")
            elif fault := _dead(address, name, pages, files):
                found.append(f"{name} : {fault}")
    for name in sorted(files):
        if name.endswith(".css"):
            outside = dict.fromkeys(_CSS_URL.findall((site / name).read_text(encoding="utf-8")))
            found += [f"{name} : appelle un autre site « {address} »" for address in outside]
    return found


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ftp", "ws", "wss")


def _dead(href: str, page: str, pages: dict[str, Page], files: set[str]) -> str:
    """Return why a link of a page leads nowhere; an empty string if it leads somewhere."""
    parts = urlsplit(href.strip())
    if parts.netloc or parts.scheme in ("http", "https", "mailto", "tel", "data"):
        return ""
    if parts.scheme:
        return f"lien refusé « {href} »"
    if parts.path.startswith("/"):
        return f"lien depuis la racine du site « {href} » : il casse dans un sous-dossier"
    target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    if target not in files and f"{target}/index.html".removeprefix("./") in files:
        target = f"{target}/index.html".removeprefix("./")
    if target not in files:
        return f"lien mort « {href} » : pas de fichier {target}"
    fragment = unquote(parts.fragment)
    if fragment in ("", "top") or target not in pages or fragment in pages[target].ids:
        return ""
    twin = next((i for i in sorted(pages[target].ids) if i.casefold() == fragment.casefold()), "")
    return f"lien mort « {href} » : pas d’identifiant « {fragment} »" + (f" ; il existe « {twin} »" if twin else "")
