"""A small book is built once with the theme; each test asks of it what a reader would miss."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import pic_analysis.publishing.theme as theme
from pic_analysis.publishing.theme.context import _style_sheets
from pic_analysis.publishing.typography_html import problems

NB, NN = "\u00a0", "\u202f"

PAGES = {
    "index": """# L'essentiel : accueil

Bienvenue ! Voir {doc}`cas/eco`.

```{toctree}
:hidden:
:caption: "Cas : l'étude"

cas/eco
cas/part
```
```{toctree}
:hidden:
:caption: Le livre

licences
```
""",
    "cas/eco": """# Base 11/19 : que voit-on ?

Un **mot** : `a ? b` !

## Ce que l'on voit

### Détail

## Autres causes

```python
a = 1  # l'eau ?
```
""",
    "cas/part": "# Participation\n\nUne seule idée.\n",
    "licences": "# Licences\n\nLicence ouverte.\n",
}
CONTEXT = {
    "citation": "Projet PIC, Le livre.",
    "version_fr": "1.2",
    "date_fr": "7 octobre 2025",
    "commit": "abc1234",
}


def build(folder: Path, builder: str = "html", **settings):
    source = folder / "source"
    for name, text in PAGES.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = {
        "project": "Le livre : l'essai",
        "html_title": "Le livre : l'essai",
        "extensions": ["myst_parser", "pic_analysis.publishing.theme", "pic_analysis.publishing.typography"],
        "html_theme": "pic",
        "language": "fr",
        "source_suffix": {".rst": "restructuredtext"},  # not the default one, which Sphinx shares between books
        "html_context": CONTEXT,
        **settings,
    }
    out = folder / builder
    with patch_docutils(), docutils_namespace():
        app = Sphinx(source, None, out, folder / "doctrees", builder, config, status=None, warningiserror=True)
        app.build()
    return SimpleNamespace(
        out=out, read=lambda name: (out / f"{name}.html").read_text(encoding="utf-8"), status=app.statuscode
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return build(tmp_path_factory.mktemp("book"))


EVERY = [*PAGES, "search", "genindex", "plan-du-site"]


class Outline(HTMLParser):
    """Count elements, check that they close, and keep what the page fetches."""

    void = {"meta", "link", "input", "img", "br", "hr", "path", "wbr"}

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.fetched, self.ids, self.targets = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in self.void:
            self.open.append(tag)
        if tag in ("script", "img") or (tag == "link" and attributes.get("rel") in ("stylesheet", "icon")):
            self.fetched.append(attributes.get("src") or attributes.get("href"))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.targets.append(attributes["href"])

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "link":
            self.fetched.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_builds_without_a_warning(book):
    assert book.status == 0


@pytest.mark.parametrize("name", EVERY)
def test_every_page_is_sound_french_and_alone(book, name):
    page = book.read(name)
    outline = Outline(page)
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.all("html")[0]["lang"] == "fr"
    assert len(outline.all("h1")) == len(outline.all("main")) == len(outline.all("title")) == 1
    assert not [address for address in outline.fetched if "//" in address]
    assert problems(page) == []
    assert outline.targets[0] == "#contenu"
    assert "contenu" in outline.ids


@pytest.mark.parametrize("name", EVERY)
def test_every_link_leads_somewhere(book, name):
    folder = (book.out / name).parent
    for target in Outline(book.read(name)).targets:
        path, _, anchor = target.partition("#")
        file = folder / path if path else book.out / f"{name}.html"
        assert file.is_file(), target
        assert not anchor or anchor in Outline(file.read_text(encoding="utf-8")).ids, target


@pytest.mark.parametrize("name", EVERY)
def test_no_english_is_left(book, name):
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", book.read(name), flags=re.DOTALL)
    read_aloud = re.findall(r'(?:title|aria-label|alt|placeholder)="([^"]*)"', text)
    said = " ".join([re.sub(r"<[^>]+>", " ", text), *read_aloud])
    assert not re.search(r"\b(Search|Next|Previous|Link|Permalink|Table of|Created|Last|Toggle|Main)\b", said)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "search"])
def test_no_script_where_nothing_is_cited(book, name):
    assert "<script" not in book.read(name)


def test_only_script_of_a_page_that_cites_shows_what_is_cited():
    shown = theme.context.CITATION.search(
        '<a class="reference internal" href="x.html#B1-03" title="B1-03 : fierté">B1-03</a>'
    )
    assert shown
    assert not theme.context.CITATION.search('<a class="headerlink" href="#a" title="Lien vers cette rubrique">¶</a>')
    assert not theme.context.CITATION.search('<a class="reference internal" href="x.html">page</a>')
    scripts = {path.name: path.stat().st_size for path in (Path(theme.__file__).parent / "static").glob("*.js")}
    assert scripts.keys() == {"pic_apercu.js", "pic_search.js"}
    assert scripts["pic_apercu.js"] < 3_100
    assert scripts["pic_search.js"] < 7_000


def test_colours_of_code_only_where_there_is_code(book):
    assert len(Outline(book.read("cas/part")).fetched) == 2  # one sheet, and an icon that is empty data
    assert any("pygments.css" in address for address in Outline(book.read("cas/eco")).fetched)


def test_the_navigation_marks_the_current_page_and_its_part(book):
    page = book.read("cas/part")
    assert re.findall(r'<a [^>]*aria-current="page">([^<]+)', page) == ["Participation"]
    assert re.findall(r'<p class="partie">([^<]+)', page) == [f"Cas{NB}: l’étude", "Le livre"]
    trail = re.search(r'<nav class="fil".*?</nav>', page, re.DOTALL).group()
    assert re.findall(r">([^<>\n]+)<", trail) == ["Accueil", f"Cas{NB}: l’étude", "Participation"]


def test_the_contents_of_a_page_are_its_sections(book):
    contents = re.search(r'<nav class="sommaire".*?</nav>', book.read("cas/eco"), re.DOTALL).group()
    assert re.findall(r'<a href="(#[^"]+)">', contents) == ["#ce-que-l-on-voit", "#detail", "#autres-causes"]
    assert 'class="sommaire"' not in book.read("cas/part")


def test_titles_are_set_in_french_wherever_they_show(book):
    title = f"Base 11/19{NB}: que voit-on{NN}?"
    page = book.read("cas/eco")
    assert f"<title>{title} – Le livre{NB}: l’essai</title>" in page
    assert f"{title}</a>" in book.read("index")
    assert f"{title}</a>" in book.read("licences")
    assert f"<b>mot</b>{NB}:" in page.replace("strong>", "b>")
    assert title in (book.out / "recherche" / "liste.js").read_text(encoding="utf-8")


def test_the_page_says_how_to_cite_it_and_its_edition(book):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", book.read("cas/part")).replace(NB, " "))
    assert "Projet PIC, Le livre, « Participation », version 1.2, 7 octobre 2025." in text
    assert "Version 1.2 · 7 octobre 2025 · révision abc1234" in text


def test_an_address_replaces_the_path_where_the_site_has_one(tmp_path):
    page = build(tmp_path, html_baseurl="https://exemple.fr/").read("cas/part")
    assert '<a href="https://exemple.fr/cas/part.html">' in page
    assert '<link rel="canonical" href="https://exemple.fr/cas/part.html">' in page


def test_nothing_is_said_of_an_edition_that_is_not_known(tmp_path):
    page = build(tmp_path, html_context={}).read("cas/part")
    assert not re.search(r"version|révision|None", page.lower().replace("version_", ""))


def test_the_footer_links_the_pages_that_exist(book):
    footer = re.search(r"<footer.*", book.read("cas/eco"), re.DOTALL).group()
    assert re.findall(r'href="([^"]+)">([^<]+)', footer) == [
        ("../licences.html", "Licences"),
        ("../plan-du-site.html", "Plan du site"),
    ]


def test_the_site_map_lists_every_page(book):
    main = re.search(r"<main.*</main>", book.read("plan-du-site"), re.DOTALL).group()
    assert {f"{name}.html" for name in [*PAGES, "search"]} <= set(re.findall(r'href="([^"]+)"', main))


def test_a_wide_page_says_so_in_its_front_matter(tmp_path, monkeypatch):
    monkeypatch.setitem(PAGES, "cas/part", "---\nlarge: true\n---\n" + PAGES["cas/part"])
    assert '<body class="large">' in build(tmp_path).read("cas/part")


def test_options_and_styles_of_jupyter_book_make_no_warning(tmp_path):
    options = {"search_bar_text": "Search this book...", "launch_buttons": {}, "tagline": "Une ligne"}
    got = build(tmp_path, html_theme_options=options, pygments_style="sphinx")
    assert got.status == 0
    assert "<small>Une ligne</small>" in got.read("index")


def test_our_own_options_are_still_checked(tmp_path):
    with pytest.raises(Exception, match="taglin"):
        build(tmp_path, html_theme_options={"taglin": "x"})


def test_one_page_edition_has_no_dead_link(tmp_path):
    outline = Outline(build(tmp_path, "singlehtml").read("index"))
    assert {target for target in outline.targets if not target.startswith("#")} == set()


SHEET = Path(theme.__file__).parent / "static" / "pic.css"


def palette(dark: bool) -> dict[str, str]:
    light, _, rest = SHEET.read_text(encoding="utf-8").partition("@media screen")
    pattern = r"--([\w-]+): (#[0-9a-f]{3,6});"
    return dict(re.findall(pattern, light)) | (dict(re.findall(pattern, rest)) if dark else {})


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


TEXT_ON_GROUND = [
    *product(("encre", "encre-2", "accent", "ocre"), ("fond", "papier", "accent-pale", "ocre-pale")),
    ("fond", "accent"),
    ("encre", "n1"),
    ("encre", "n2"),
    ("n-encre", "n3"),
    ("n-encre", "n4"),
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_contrast_is_enough(text, ground, dark):
    colours = palette(dark)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_levels_of_evidence_stay_in_order_in_grey(dark):
    colours = palette(dark)
    distances = [contrast(colours[name], colours["fond"]) for name in ("fond", "n1", "n2", "n3", "n4")]
    assert distances == sorted(distances)
    assert contrast(colours["bord"], colours["fond"]) >= 3


def test_the_sheet_is_light_and_asks_nothing_of_anyone():
    text = SHEET.read_text(encoding="utf-8")
    assert len(text.encode()) < 13_500
    assert not re.search(r"@import|@font-face|url\(|https?:", text)


def test_the_colours_of_dark_code_come_last_whatever_order_sphinx_gives():
    app = SimpleNamespace(config=SimpleNamespace(html_css_files=["livre.css"]))
    sheets = ["_static/pygments.css", "_static/pygments_dark.css", "_static/autre.css", "_static/livre.css", "pic.css"]
    got = _style_sheets(app, sheets, '<div class="highlight">')
    assert got == ["_static/pygments.css", "_static/livre.css", "pic.css", "_static/pygments_dark.css"]
    assert _style_sheets(app, sheets, "<p>") == ["_static/livre.css", "pic.css"]
