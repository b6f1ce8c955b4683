"""Put together what is laid on a web server: the site, and beside it the book as one PDF and as an archive.

The site that is built (``_build/html``) is left as it is: both editions are made of it, and it says that they are not
joined there. Only the copy that holds them links to them.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

from pic_analysis.files import write_atomically
from pic_analysis.numbers_fr import decimal
from pic_analysis.publishing import book, budgets, links, sobriety
from pic_analysis.publishing.typography_html import french_html

OPENS, CLOSES = "<!-- éditions -->", "<!-- fin des éditions -->"
"""Between them stands, in a page, how to get the two editions."""
FOLDER = "editions"
"""Folder of the two editions in the site that is published."""

ELSEWHERE = french_html(  # raw HTML, which no transform of the book sets
    "<p>Le livre existe aussi en un seul PDF, et en une archive qui s’ouvre sans connexion. Ils ne sont pas joints "
    "ici : qui publie le site les fait, par <code>make pdf</code>.</p>"
)
_TITLES = {".pdf": "Le livre entier", ".zip": "Le site entier, à ouvrir sans connexion"}


def write(root: Path, editions: Sequence[Path]) -> Path:
    """Write the folder to publish, ``_build/publication``: all of it, or the one before.

    Parameters
    ----------
    root
        Root of a compendium whose book is built.
    editions
        The PDF and the archive, or one of them.

    Raises
    ------
    BookError
        If a link of the folder leads nowhere.
    """
    staging = root / ".pic" / "publication"
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(root / "_build" / "html", staging)
    join(staging, editions)
    sobriety.print_weights(staging, budgets.read(root / "book" / sobriety.SITE / budgets.FILE))
    if problems := links.problems(staging):
        raise book.BookError("\n".join(["Le site à publier a des liens morts :", *problems]))
    book.publish(staging, root / "_build" / "publication")
    shutil.rmtree(staging)
    return root / "_build" / "publication"


def join(site: Path, editions: Sequence[Path]) -> None:
    """Copy editions into a site, and link to them where its pages have the marks, with their format and size."""
    (site / FOLDER).mkdir(exist_ok=True)
    for edition in editions:
        shutil.copy(edition, site / FOLDER / edition.name)
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if OPENS in html and CLOSES in html:
            before, _, rest = html.partition(OPENS)
            up = "../" * len(page.relative_to(site).parent.parts)
            offered = "".join(_line(edition, up) for edition in editions)
            after = rest.partition(CLOSES)[2]
            write_atomically(page, f"{before}{OPENS}<ul>{offered}</ul>{CLOSES}{after}" if offered else html)


def _line(edition: Path, up: str) -> str:
    """Return one link, whose text tells format and weight before anything is asked of the network."""
    size = f"{decimal(edition.stat().st_size / 1e6)}\N{NO-BREAK SPACE}Mo"
    text = f"{_TITLES[edition.suffix]} ({edition.suffix[1:].upper()}, {size})"
    address = escape(f"{up}{FOLDER}/{edition.name}", quote=True)
    return french_html(f'<li><a href="{address}">{text}</a></li>')
