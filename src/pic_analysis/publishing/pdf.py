"""Print the whole book as one PDF: cover, contents with page numbers, every page of the site in its order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from pic_analysis.files import write_atomically
from pic_analysis.publishing import browser, report, single_page
from pic_analysis.publishing.contents import BookError
from pic_analysis.publishing.edition_date import edition_date
from pic_analysis.publishing.hyphenation import hyphenated
from pic_analysis.publishing.pdf_file import Metadata, PdfFile, UnknownPdf
from pic_analysis.publishing.pdf_text import without_soft_hyphens
from pic_analysis.publishing.report import Cover
from pic_analysis.publishing.single_page import CONTENTS, Leaf
from pic_analysis.publishing.typography import french

_TAGS = re.compile(r"<[^>]+>")
_PASSES = 4
_NOT_ON_PAPER = (
    "Ce document est l’édition imprimée du livre. Le code des carnets, les fichiers de données et la recherche n’y "
    "sont pas : ils sont dans l’édition en ligne et dans l’archive hors ligne. Dans le fichier PDF, chaque renvoi et "
    "chaque ligne du sommaire est un lien."
)


def write(root: Path) -> Path:
    """Print the built book of a compendium and return the PDF's path.

    Raises
    ------
    BookError
        If the book is not built, if there is no browser (`NoBrowser`), or if it fails.
    """
    program = browser.find()
    html = root / "_build" / "html"
    pages = single_page.leaves(_yaml(root / "book" / "_toc.yml"))
    if missing := [page.name for page in pages if not (html / f"{page.name}.html").is_file()]:
        raise BookError(f"Le PDF n’est pas fait : le livre n’est pas construit, il manque {missing[0]}.html.")
    online = str(_yaml(root / "_config.yml").get("html", {}).get("baseurl", ""))
    cover, pages = report.cover(root), single_page.titled(html, pages)
    body = hyphenated(single_page.joined(html, pages, online))
    printed = _printed(pages, body, cover, html, root / ".pic" / "pdf" / "livre.html", program)
    metadata = Metadata(cover.title, cover.author, cover.citation, edition_date(root))
    path = root / "_build" / "pdf" / f"{cover.name}.pdf"
    write_atomically(path, printed.mapped().drawn(without_soft_hyphens).described(metadata).compact())
    return path


def _printed(pages: Sequence[Leaf], body: str, cover: Cover, html: Path, place: Path, program: str) -> PdfFile:
    """Print until the contents say the pages that the titles are on.

    A first print, without tags, gives the numbers; the second confirms them, unless they changed its length.
    """
    folios: dict[str, int] = {}
    for attempt in range(_PASSES):
        write_atomically(place, document(pages, body, cover, html, folios))
        try:
            printed = PdfFile.read(browser.print_pdf(place, program, tagged=attempt > 0))
        except UnknownPdf as reason:
            raise BookError(f"Le PDF n’est pas fait : celui de {program} n’est pas lisible ({reason}).") from None
        found = printed.destinations
        known, folios = folios, {page.anchor: found[page.anchor] for page in pages if page.anchor in found}
        if folios == known:
            return printed
    raise BookError("Le PDF n’est pas fait : les numéros de page du sommaire changent à chaque impression.")


def document(
    pages: Sequence[Leaf], body: str, cover: Cover, html: Path, folios: Mapping[str, int] | None = None
) -> str:
    """Return one HTML document: cover, contents, body.

    Parameters
    ----------
    pages
        The pages of the body, with their titles.
    body
        What `single_page.joined` returns for them.
    cover
        Title, author, citation and edition.
    html
        Folder of the built book, whose style sheets are used.
    folios
        Page number by anchor; where it is not known, three zeros keep its place.
    """
    sheets = [html / "_static" / name for name in ("pic.css", "pygments.css")]
    links = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">\n' for sheet in sheets if sheet.is_file())
    own = (Path(__file__).parent / "single_page.css").read_text(encoding="utf-8")
    shown = (("citation", cover.citation), ("edition", cover.edition), ("lire", _NOT_ON_PAPER))
    front = "".join(f'<p class="{name}">{escape(french(said))}</p>\n' for name, said in shown if said)
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{escape(cover.title)}</title>\n'
        f"{links}<style>\n{own}{''.join(_running_head(page) for page in pages)}</style>\n</head>\n<body>\n"
        f'<header class="couverture">\n<h1>{escape(french(cover.title))}</h1>\n{front}</header>\n'
        f'<nav class="table-imprimee" id="{CONTENTS}" aria-label="Sommaire">\n<h1>Sommaire</h1>\n'
        f"{_contents(pages, folios or {})}</nav>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _contents(pages: Sequence[Leaf], folios: Mapping[str, int]) -> str:
    """Return nested lists of the pages, with their number, under the titles of the parts."""
    lines, depth = ["<ol>"], 0
    for page in pages:
        if page.part:
            lines.append(f'{"</li></ol>" * depth}</li></ol>\n<p class="partie">{escape(french(page.part))}</p>\n<ol>')
        elif page.depth > depth:
            lines.append("<ol>" * (page.depth - depth))
        elif page is not pages[0]:
            lines.append(f"</li>{'</ol></li>' * (depth - page.depth)}")
        depth = page.depth
        folio = f'<span class="folio">{folios.get(page.anchor, "000")}</span>'
        lines.append(f'<li><a href="#{page.anchor}"><span class="titre-de-page">{page.title}</span> {folio}</a>')
    return "\n".join(lines) + f"{'</li></ol>' * (depth + 1)}\n"


def _running_head(page: Leaf) -> str:
    """Return the rules that write a page's title on top of its sheets."""
    title = re.sub(r'(["\\])', r"\\\1", unescape(_TAGS.sub("", page.title)))
    font = 'font: 8pt "Liberation Sans", Arial, sans-serif; color: #4a5954'
    head = f'@top-left {{ content: "{title}"; {font} }}'
    return f"#{page.anchor} {{ page: {page.anchor} }}\n@page {page.anchor} {{ {head} }}\n"


def _yaml(path: Path) -> Mapping[str, Any]:
    import yaml

    read = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return read if isinstance(read, dict) else {}
