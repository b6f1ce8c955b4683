"""Gather what the templates of the theme show around a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import TocTree

from pic_analysis import paths
from pic_analysis.numbers_fr import NBSP
from pic_analysis.publishing import accessibility
from pic_analysis.publishing.search import has_search
from pic_analysis.publishing.theme.navigation import Part, active_part, inside, parts, seen_from
from pic_analysis.publishing.typography import french
from pic_analysis.publishing.typography_html import french_html
from pic_analysis.reading.settings import is_demo

SEPARATOR = " – "
DEMONSTRATION = "Démonstration (demo) : tout ce que montre ce site est fictif."
TITLES = {"search": "Recherche", "genindex": "Index"}  # pages that Sphinx makes and names itself
CITATION = re.compile(r'<a class="reference internal"[^>]* title=')  # a link that says to which card it leads
# For the time of a build: what Sphinx resolves for each page anew grows with the square of their number.
_RESOLVED: WeakKeyDictionary[Sphinx, tuple[tuple[Part, ...], dict[str, str]]] = WeakKeyDictionary()
_FOOTERS: WeakKeyDictionary[Sphinx, list[dict[str, str]]] = WeakKeyDictionary()
TAGS = re.compile(r"<[^>]+>")


def page_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> dict[str, Any]:
    """Return the theme's additions to a page's context.

    Keys read from ``html_context``, all optional: ``citation`` (author and title of the whole book),
    ``version_fr``, ``date_fr``, ``commit``.
    """
    is_page = pagename in app.env.all_docs
    title = french_html(TITLES.get(pagename, context.get("title", "")))
    plain_title = _text(title)
    site_title = french(app.config.html_short_title or app.config.html_title or app.config.project)
    site_map = _site_map(app, pagename)
    contents = inside(TocTree(app.env).get_toc_for(pagename, app.builder)) if is_page else ()
    part = active_part(site_map)
    meta = context.get("meta") or {}
    home = pagename == app.config.root_doc
    return {
        "title": title,
        "plain_title": plain_title,
        "trail": [{"link": page["link"], "title": _text(page["title"])} for page in context.get("parents", ())],
        "site_title": site_title,
        "page_title": site_title if home else f"{plain_title}{SEPARATOR}{site_title}",
        "page_path": app.builder.get_target_uri(pagename).partition("#")[0],
        "page_classes": " ".join(name for name, wanted in (("accueil", home), ("large", "large" in meta)) if wanted),
        "page_is_generated": not is_page,
        "has_search": has_search(app),
        "previews": has_search(app) and bool(CITATION.search(context.get("body", ""))),
        "navigation": site_map,
        "site_map": site_map,
        "part_caption": part.caption if part else "",
        "banner": DEMONSTRATION if is_demo(_study(app)) else "",
        "contents": contents if len(contents) > 1 else (),
        "footer_pages": _footer_pages(app, context.get("theme_footer_pages", "")),
        "citation_text": _citation(app, plain_title, context) if is_page else "",
        "edition_text": _edition(context),
        "css_files": _style_sheets(app, context.get("css_files", ()), context.get("body", "")),
        **{
            name: {**context[name], "title": french_html(context[name]["title"])}
            for name in ("prev", "next")
            if context.get(name)
        },
    }


def _site_map(app: Sphinx, pagename: str) -> tuple[Part, ...]:
    """Return the site map as a page shows it: Sphinx's own, resolved once, each page having its addresses in it."""
    builder = app.builder
    if app not in _RESOLVED:
        root = app.config.root_doc
        toctree = TocTree(app.env).get_toctree_for(
            root, builder, collapse=False, includehidden=True, titles_only=True, maxdepth=-1
        )
        names = {builder.get_relative_uri(root, name): name for name in app.env.all_docs}
        _RESOLVED[app] = (parts(toctree), names)
    whole, names = _RESOLVED[app]
    addresses = {uri: builder.get_relative_uri(pagename, name) for uri, name in names.items()}
    here = next((uri for uri, name in names.items() if name == pagename), "")
    return tuple(Part(part.caption, seen_from(part.entries, here, addresses)) for part in whole)


def _study(app: Sphinx) -> str:
    """Return the name of the book's study; none where the theme dresses another book."""
    return str(getattr(app.config, "pic_study", ""))


def _footer_pages(app: Sphinx, option: str) -> list[dict[str, str]]:
    """Return name and title of the footer's pages that exist; a page may stand in a folder."""
    if app not in _FOOTERS:
        _FOOTERS[app] = [*_footers(app, option)]
    return _FOOTERS[app]


def _footers(app: Sphinx, option: str) -> Iterator[dict[str, str]]:
    for wanted in option.split(","):
        for name in sorted(app.env.all_docs):
            if wanted.strip() and name.rpartition("/")[2] == wanted.strip().rpartition("/")[2]:
                title = app.env.titles[name].astext()
                if name.rpartition("/")[2] == accessibility.PAGE:
                    title = accessibility.mention(paths.site_files(_study(app))) or title
                yield {"name": name, "title": french(title)}


def _citation(app: Sphinx, title: str, context: dict[str, Any]) -> str:
    author = context.get("citation") or app.config.html_title or app.config.project
    home = context.get("pagename") == app.config.root_doc
    said = [str(author).rstrip(". ") if home else f"{str(author).rstrip('. ')}, « {title} »"]
    if context.get("version_fr"):
        said.append(f"version {context['version_fr']}")
    if context.get("date_fr"):
        said.append(str(context["date_fr"]))
    return french(", ".join(said) + ".")


def _edition(context: dict[str, Any]) -> str:
    said = []
    if context.get("version_fr"):
        said.append(f"Version {context['version_fr']}")
    if context.get("date_fr"):
        said.append(str(context["date_fr"]))
    if context.get("commit"):
        said.append(f"révision {context['commit']}")
    return french(f"{NBSP}· ".join(said))


def _style_sheets(app: Sphinx, css_files: Iterable[Any], body: str) -> list[Any]:
    """Return our sheet, the book's own (``html_css_files``), and the colours of code where there is code.

    What other extensions register is left out: it is written for other themes and weighs ten times ours.
    """
    wanted = {
        "pic.css",
        *(str(name if isinstance(name, str) else name[0]) for name in app.config.html_css_files),
    }
    if 'class="highlight' in body:
        wanted |= {"pygments.css", "pygments_dark.css"}
    sheets = {str(getattr(css, "filename", css)).removeprefix("_static/"): css for css in css_files}
    # The colours of dark code come last: Sphinx 9 puts them before ours.
    order = sorted(wanted & sheets.keys(), key=lambda name: (name == "pygments_dark.css", [*sheets].index(name)))
    return [sheets[name] for name in order]


def _text(fragment: str) -> str:
    """Return the text of a title, in French; Jinja's own ``striptags`` would lose the no-break spaces."""
    return french(html.unescape(TAGS.sub("", fragment)))
