"""The built book: what a reader meets on it, and that building it again changes no byte."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import built
import pytest
from conftest import REPOSITORY

from pic_analysis.evidence.cells import cited_cells
from pic_analysis.evidence.passport import MENTION, accounts
from pic_analysis.publishing.markup import anchor
from pic_analysis.publishing.typography_html import problems as typography_problems

COPIED = ("book", "data", "notebooks", "_config.yml", "requirements.lock", "pyproject.toml")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pic_build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pic_analysis", "build"]
    place = {**os.environ, "PIC_ROOT": str(folder)}
    return subprocess.run(command, cwd=folder, env=place, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def compendium(tmp_path_factory) -> Path:
    """Return a copy of the repository whose book was built from nothing by ``pic build``."""
    folder = tmp_path_factory.mktemp("dépôt à part")  # a path with spaces and accents, as people have
    for name in COPIED:
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for made in [*folder.glob("data/processed/**/*"), *folder.glob("book/**/*.ipynb")]:
        if made.is_file():
            made.unlink()
    done = pic_build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(compendium) -> dict[str, built.Page]:
    return built.read(compendium / "_build" / "html")


def sums(folder: Path, *patterns: str) -> dict[str, str]:
    found = (path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def test_two_builds_in_two_folders_give_the_same_bytes(compendium):
    """Tables, executed notebooks and the figures in them are those that are committed."""
    patterns = ("data/processed/**/*", "book/**/*.ipynb")
    got, expected = sums(compendium, *patterns), sums(REPOSITORY, *patterns)
    assert len(expected) >= 11 + 28 + 2 * 19  # notebooks, tables, passports
    assert got == expected


def test_every_historic_anchor_works(pages, loos):
    lost = [
        cell
        for case in loos.settings.cases
        for cell in cited_cells(loos).query("case == @case.id")["cell_id"]
        if cell not in pages[f"etudes-de-cas/{case.page}.html"].ids
    ]
    assert lost == []


def test_cells_statements_and_voices_link_to_each_other_both_ways(pages, loos):
    known = {
        *(anchor("statement", i) for i in loos.statements["statement_id"]),
        *(anchor("cell", i) for i in loos.citations["cell_id"]),
        *(anchor("testimony", i) for i in loos.testimonies["testimony_id"]),
    }
    links = {
        (card, urlsplit(target).fragment)
        for page in pages.values()
        for card, target in page.links
        if card in known and urlsplit(target).fragment in known and card != urlsplit(target).fragment
    }
    one_way = {(a, b) for a, b in links if (b, a) not in links}
    assert one_way == set()
    statements = {anchor("statement", i) for i in loos.citations["statement_id"]}
    assert statements <= {card for card, _ in links}


ENGLISH = re.compile(
    r"\b(search|next|previous|contents?|home|skip|permalink|link to|this (page|heading|image|table)|table of|index of|"
    r"hide|show|toggle|menu of|copyright \d|created using|built with|last updated|source code|note:|warning|see also|"
    r"download\b|page source|edit|figure \d|the|and|with|from|your)\b",
    re.IGNORECASE,
)
# Titles of works in English, code, and words of the glossary's English column are meant to be English.
MEANT = re.compile(r"Contribution analysis|contribution analysis|Lessons from five years|`|pic-analysis|notebooks?")


def test_no_english_is_left_on_the_page(pages):
    english = {
        (page.path, said)
        for page in pages.values()
        if page.path != "glossaire.html"
        for said in [*page.text, *page.labels]
        if ENGLISH.search(said) and not MEANT.search(said)
    }
    assert english == set()


def test_every_page_is_in_french_and_calls_no_third_party(pages):
    assert {page.lang for page in pages.values()} == {"fr"}
    called = {call for page in pages.values() for call in page.calls if urlsplit(call).netloc}
    assert called == set()


def test_french_typography_everywhere(compendium):
    html = compendium / "_build" / "html"
    found = {
        path.relative_to(html).as_posix(): wrong
        for path in sorted(html.rglob("*.html"))
        if (wrong := typography_problems(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_loos_is_never_called_by_its_first_name(pages):
    said = [
        (page.path, text)
        for page in pages.values()
        for text in page.text
        if re.search(r"(?<!Cœur de )\bLoos\b(?!-en-Gohelle| Réhab|-Gohelle)", text) and "«" not in text
    ]
    assert said == []


def test_summary_stands_alone_and_is_short(pages):
    text = " ".join(pages["resume.html"].text)
    body = text[text.index("Ce qui a été évalué") : text.index("Comment citer")]
    assert len(body.split()) <= 900
    for answer in ("assez nettement", "au cas par cas", "pour une partie"):
        assert answer in body


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("resume.html", 1),
        ("conclusions.html", 1),
        ("enseignements.html", 1),
        ("etudes-de-cas/eco.html", 2),
        ("paquets/paquet-b.html", 2),
        ("ecarts-de-source.html", 1),
        ("licences.html", 1),
    ],
)
def test_readers_are_a_few_clicks_away(pages, page, most):
    assert built.clicks(pages)[page] <= most


def test_evidence_of_every_conclusion_is_three_clicks_from_home_at_most(pages, loos):
    """Home, the list, the passport; the third click opens the statement itself."""
    away = built.clicks(pages)
    for conclusion in loos.conclusions["conclusion_id"]:
        page = f"conclusions/{conclusion.lower()}.html"
        assert away[page] <= 2, conclusion
        own = loos.conclusion_support.query("conclusion_id == @conclusion")["statement_id"]
        assert {anchor("statement", s) for s in own} - key_points(loos) <= fragments(pages[page]), conclusion


def key_points(loos) -> set[str]:
    return set(loos.statements.query("role == 'key_point'")["statement_id"])


def fragments(page) -> set[str]:
    return {urlsplit(target).fragment for _, target in page.links}


def test_every_statement_cell_and_respondent_leads_back_to_the_conclusions_that_rest_on_it(pages, loos):
    back = {}
    for page in pages.values():
        for card, target in page.links:
            back.setdefault(card, set()).add(urlsplit(target).fragment)
    ties = loos.conclusion_support[~loos.conclusion_support["statement_id"].isin(key_points(loos))]
    lost = [(s, c) for c, s in ties[["conclusion_id", "statement_id"]].itertuples(index=False) if c not in back[s]]
    called = ties.merge(loos.citations[["statement_id", "cell_id"]], on="statement_id")
    lost += [
        (cell, c) for c, cell in called[["conclusion_id", "cell_id"]].itertuples(index=False) if c not in back[cell]
    ]
    heard = ties.merge(loos.testimonies[["statement_id", "speaker_id"]], on="statement_id")
    lost += [
        (who, c)
        for c, who in heard[["conclusion_id", "speaker_id"]].itertuples(index=False)
        if c not in back[anchor("respondent", who)]
    ]
    assert lost == []


def test_conclusions_without_a_source_say_so_and_the_list_names_them(pages, loos):
    bare = [account.id for account in accounts(loos).all("conclusion") if account.mention]
    assert "CCL09" in bare  # no statement of the story speaks of overwork
    for conclusion in bare:
        assert MENTION in " ".join(pages[f"conclusions/{conclusion.lower()}.html"].text)
    assert set(bare) <= fragments(pages["conclusions.html"])


def test_what_may_not_be_said_is_one_click_away(pages):
    said = " ".join(pages["index.html"].text)
    assert "Ce que l’on ne peut pas faire dire à cette évaluation" in said


def test_rivals_are_two_clicks_from_any_lesson(pages):
    assert "explications-rivales.html" in {urlsplit(target).path for _, target in pages["enseignements.html"].links}


def test_passport_offers_the_files_that_anyone_can_make_again(compendium, pages, loos):
    html = compendium / "_build" / "html"
    for conclusion in loos.conclusions["conclusion_id"]:
        page = pages[f"conclusions/{conclusion.lower()}.html"]
        offered = {Path(target).name: html / target for _, target in page.links if target.endswith((".json", ".csv"))}
        for name in (f"{conclusion}.json", f"{conclusion}.csv"):
            assert offered[name].read_bytes() == (REPOSITORY / "data/processed/loos_2016/passports" / name).read_bytes()


def test_follow_up_of_every_recommendation_is_said(pages, loos):
    said = " ".join(pages["recommandations.html"].text)
    assert said.count("Suites données") == len(loos.recommendations)
    assert (
        len(re.findall(r"inconnu \(les sources ne le disent pas\)", said))
        == (loos.recommendations["follow_up"] == "unknown").sum()
    )


def test_experts_objection_stands_with_the_answer_that_it_disputes(pages, loos):
    """The panel refuses « défiance »: the summary and the statement lead to its words."""
    objection = loos.testimonies.query("statement_id == 'B1-07' and speaker_kind == 'expert'")["testimony_id"]
    assert len(objection) == 2
    for page in ("resume.html", "paquets/paquet-b.html", "conclusions/ccl05.html"):
        fragments = {urlsplit(target).fragment for _, target in pages[page].links}
        assert set(objection) <= fragments


def test_nothing_changed_is_said_and_nothing_is_done(compendium):
    done = pic_build(compendium)
    assert done.returncode == 0
    assert "Rien n’a changé" in done.stdout


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (apt-get install chromium): the browser tests did not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_scrolls_sideways(browser, compendium, pages, width):
    view = browser.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for address in pages:
        view.goto((compendium / "_build" / "html" / address).as_uri())
        if (found := view.evaluate("document.documentElement.scrollWidth")) > width:
            wide[address] = found
    view.close()
    assert wide == {}


@pytest.mark.browser
def test_historic_address_scrolls_to_its_cell(browser, compendium):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto((compendium / "_build" / "html" / "etudes-de-cas" / "eco.html").as_uri() + "#Eco_PC3_1")
    top = view.evaluate("document.getElementById('Eco_PC3_1').getBoundingClientRect().top")
    view.close()
    assert 0 <= top < 900


@pytest.mark.browser
def test_book_reads_without_javascript_and_requests_nothing_elsewhere(browser, compendium):
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto((compendium / "_build" / "html" / "paquets" / "paquet-b.html").as_uri())
    shown = view.locator("#B1-01").is_visible()
    context.close()
    assert shown
    assert {urlsplit(url).scheme for url in asked} == {"file"}


@pytest.mark.browser
def test_search_leads_to_the_card_itself(browser, compendium):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto((compendium / "_build" / "html" / "search.html").as_uri() + "?q=CCL05")
    view.locator("#search-results a[href*='ccl05.html']").first.click()
    address = view.url
    view.close()
    assert address.endswith("conclusions/ccl05.html#CCL05")


@pytest.mark.browser
def test_box_of_the_logic_model_leads_to_its_card(browser, compendium):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto((compendium / "_build" / "html" / "logigramme.html").as_uri())
    view.locator(".logigramme a[href$='#B2']").first.click()
    top = view.evaluate("document.getElementById('B2').getBoundingClientRect().top")
    view.close()
    assert 0 <= top < 900
