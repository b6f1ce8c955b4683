"""Weigh the pages of a rendered site as a browser with an empty cache would meet them.

Nothing is estimated: the bytes are those of the files, not compressed; the requests, the page itself and each file
that it makes a browser load; the elements, those of the page that is delivered, drawings included. A test compares
them with what Chromium counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from pic_analysis.publishing.links import read

_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)['"]?\s*([^'")\s;]+)""")


@dataclass(frozen=True)
class Weight:
    """What one page costs: bytes and requests, the page and what it loads; elements of the page."""

    page: str
    bytes: int
    requests: int
    elements: int


def elements(html: str) -> int:
    """Return the number of elements of a page as it is delivered, before any script.

    >>> elements("<p>Un <b>mot</b><br/></p>")
    3
    """
    return read(html).elements


def loaded(site: Path, page: str, html: str) -> tuple[str, ...]:
    """Return the files of the site that a page makes a browser load, style sheets' own included, in order.

    What stands in the page itself (``data:`` addresses, fragments) is no request.
    """
    found: dict[str, None] = {}
    waiting = [(page, address) for address in read(html).loaded]
    while waiting:
        holder, address = waiting.pop(0)
        parts = urlsplit(address.strip())
        if parts.scheme or parts.netloc or not parts.path:
            continue
        name = normpath(join(dirname(holder), unquote(parts.path)))
        if name in found or not (site / name).is_file():
            continue
        found[name] = None
        if name.endswith(".css"):
            waiting += [(name, inner) for inner in _CSS_URL.findall((site / name).read_text(encoding="utf-8"))]
    return tuple(found)


def weigh(site: Path, page: str, html: str) -> Weight:
    """Return what one page costs.

    Parameters
    ----------
    site
        Folder of the rendered site.
    page
        Address of the page in it.
    html
        The page: it need not be written yet.
    """
    files = loaded(site, page, html)
    size = len(html.encode("utf-8")) + sum((site / name).stat().st_size for name in files)
    return Weight(page, size, 1 + len(files), elements(html))


def weigh_site(site: Path) -> dict[str, Weight]:
    """Return what each page of a site costs, by its address."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {page: weigh(site, page, (site / page).read_text(encoding="utf-8")) for page in pages}
