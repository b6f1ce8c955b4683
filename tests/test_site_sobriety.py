"""What the pages of the built book cost, counted by a real browser: budgets kept, and displayed as measured."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import built
import pytest
from conftest import REPOSITORY

from pic_analysis.publishing.budgets import COMMON, excess
from pic_analysis.publishing.budgets import read as read_budgets
from pic_analysis.publishing.markup import anchor
from pic_analysis.publishing.weight import Weight, loaded

LEGAL = ("mentions-legales.html", "donnees-personnelles.html", "ecoconception.html", "plan-du-site.html")
FIGURE = 100_000


@pytest.fixture(scope="module")
def html(compendium) -> Path:
    return compendium / "_build" / "html"


@pytest.fixture(scope="module")
def counted(browser, serve, html, pages) -> tuple[dict[str, Weight], dict[str, list[str]], dict[str, str]]:
    """Open every page twice: with scripts and without cache for what it loads, without scripts for what it holds."""
    scripted, bare = browser.new_context(), browser.new_context(java_script_enabled=False)
    scripted.route("**/*", lambda route: route.continue_())  # a routed context keeps nothing in cache
    weights, abroad, said = {}, {}, {}
    answers: list = []
    with serve(html) as address:
        tab, reader = scripted.new_page(), bare.new_page()
        tab.on("response", lambda answer: answers.append(answer))
        for page in pages:
            answers.clear()
            tab.goto(f"{address}/{page}", wait_until="load")
            size = sum(len(answer.body()) for answer in answers)
            reader.goto(f"{address}/{page}", wait_until="domcontentloaded")
            elements = reader.evaluate("document.querySelectorAll('*').length")
            said[page] = reader.evaluate("document.querySelector('main').innerText")
            abroad[page] = [answer.url for answer in answers if not answer.url.startswith(f"{address}/")]
            weights[page] = Weight(page, size, len(answers), elements)
    scripted.close()
    bare.close()
    return weights, abroad, said


@pytest.mark.browser
def test_every_page_keeps_its_budget(counted):
    budgets = read_budgets(REPOSITORY / "book" / "site" / "budgets.csv")
    beyond = {
        page: said
        for page, weight in counted[0].items()
        if (said := excess(weight, budgets.get(page.removesuffix(".html"), COMMON)))
    }
    assert beyond == {}


@pytest.mark.browser
def test_no_page_asks_anything_of_another_site(counted):
    assert {page: urls for page, urls in counted[1].items() if urls} == {}


@pytest.mark.browser
def test_every_page_reads_without_script(counted):
    assert {page for page, text in counted[2].items() if len(text.split()) < 20} == set()


@pytest.mark.browser
def test_the_page_on_ecodesign_displays_what_the_browser_counts(counted, html):
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', (html / "ecoconception.html").read_text("utf-8"))
    shown = {
        f"{name}.html": Weight(f"{name}.html", *map(_number, re.findall(r'<td class="nombre">([^<]*)', cells)))
        for name, cells in rows
        if "nombre" in cells
    }
    assert shown == counted[0]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_nothing_is_shipped_that_no_page_loads(html):
    used = {
        name
        for path in html.rglob("*.html")
        for name in loaded(html, path.relative_to(html).as_posix(), path.read_text(encoding="utf-8"))
    }
    shipped = {
        path.relative_to(html).as_posix()
        for path in html.rglob("*")
        if path.is_file() and path.parts[len(html.parts)] in ("_static", "_images")
    }
    assert shipped == used & shipped
    assert not {name for name in shipped | used if name.endswith((".woff", ".woff2", ".ttf", ".otf"))}


def test_figures_are_light_drawings_whose_text_is_text(html):
    figures = [path for path in (html / "_images").iterdir() if path.is_file()]
    assert {path.suffix for path in figures} == {".svg"}
    assert {path.name: path.stat().st_size for path in figures if path.stat().st_size > FIGURE} == {}
    assert [path.name for path in figures if "<text" not in path.read_text(encoding="utf-8")] == []


def test_every_page_leads_to_the_legal_pages(pages):
    lost = {
        page.path: missing
        for page in pages.values()
        if (missing := {*LEGAL} - {urlsplit(target).path for _, target in page.links})
    }
    assert lost == {}


@pytest.mark.parametrize(
    ("old", "kind", "table", "column"),
    [
        ("ecarts-de-source.html", "discrepancy", "discrepancies", "discrepancy_id"),
        ("voix.html", "testimony", "testimonies", "testimony_id"),
        ("voix.html", "respondent", "testimonies", "speaker_id"),
        ("faits-chiffres.html", "fact", "facts", "fact_id"),
        ("logigramme.html", "link", "theory_links", "link_id"),
    ],
)
def test_addresses_of_pages_that_were_split_lead_to_the_cards(pages, loos, old, kind, table, column):
    lost = [name for name in getattr(loos, table)[column].unique() if not leads(pages, old, anchor(kind, name))]
    assert lost == []


def test_statements_are_found_from_the_page_of_their_package(pages, loos):
    own = loos.statements[loos.statements["package"].isin(["B", "C", "D"])]
    lost = [
        name
        for name, package in own[["statement_id", "package"]].itertuples(index=False)
        if not leads(pages, f"paquets/paquet-{package.lower()}.html", anchor("statement", name))
    ]
    assert lost == []


def leads(pages: dict[str, built.Page], page: str, name: str) -> bool:
    """Say whether a page bears an anchor, and holds the card or a link to the page that holds it."""
    if name not in pages[page].ids:
        return False
    targets = {urlsplit(target).path for _, target in pages[page].links if urlsplit(target).fragment == name}
    return any(target == page or name in pages[target].ids for target in targets)
