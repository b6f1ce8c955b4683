"""How the built book reads: its French, its search, what it shows of what it cites, how it is cited."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from pic_analysis.publishing.french_lint import faults, sentence_lengths
from pic_analysis.publishing.typography_html import problems

# Titles of works in English, names; numbers of criteria on the pages of audits; names of files.
MEANT = re.compile(
    r"[Cc]ontribution analysis(?:\W+An approach to exploring cause and effect)?|Lessons from five years of practice"
    r"|pic-analysis|notebooks?|revue Evaluation|^\d{1,2}\.\d{1,2}$|^search$"
)


@pytest.fixture(scope="module")
def texts(compendium, pages):
    html = compendium / "_build" / "html"
    return {address: (html / address).read_text(encoding="utf-8") for address in pages}


def test_text_of_every_page_is_set_in_french(texts):
    found = {address: wrong for address, page in texts.items() if (wrong := problems(page))}
    assert found == {}


def test_text_of_every_page_is_french_words_numbers_and_dates(texts):
    found = {
        address: wrong
        for address, page in texts.items()
        if address != "glossaire.html" and (wrong := faults(page, MEANT))  # it has a column of English words
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


def test_summary_is_read_without_losing_breath(texts):
    words = sentence_lengths(texts["resume.html"])
    assert len(words) > 25
    assert sum(words) / len(words) <= 22
    assert max(words) <= 45


def test_every_page_says_how_to_cite_it_of_which_edition(pages):
    silent = [
        page.path
        for page in pages.values()
        if page.path not in ("search.html", "plan-du-site.html") and "Comment citer cette page" not in page.text
    ]
    assert silent == []
    undated = [page.path for page in pages.values() if not re.search(r"Version \d+\.\d+", " ".join(page.text))]
    assert undated == []


def test_every_figure_has_its_data_its_image_its_source_and_its_citation(texts):
    lacking = {}
    for address, page in texts.items():
        drawn = len(re.findall(r"<figure[^>]*figure-calculee", page))
        each = ('cellule-pliee donnees"', 'class="figure-source">Source\xa0:', r"\.svg</a></p>", "Citer la figure<")
        counts = [len(re.findall(mark, page)) for mark in each]
        if drawn and counts != [drawn] * len(each):
            lacking[address] = (drawn, counts)
    assert sum("figure-source" in page for page in texts.values()) >= 15
    assert lacking == {}


@pytest.fixture(scope="module", params=["served", "from a disk"])
def found(request, browser, compendium):
    """Return the function that searches as a reader does; a page on a disk may not fetch anything."""
    address = (compendium / "_build" / "html").as_uri()
    if request.param == "served":
        address = request.getfixturevalue("site")
    view = browser.new_page(viewport={"width": 1280, "height": 900})

    def search(query: str) -> list[tuple[str, str, str]]:
        view.goto(f"{address}/search.html?q={quote(query)}")
        view.wait_for_function("/ pour | répond /.test(document.getElementById('etat').textContent)")
        return [
            (
                item.locator("a").get_attribute("href"),
                item.locator("a").inner_text(),
                item.locator("small").inner_text(),
            )
            for item in view.locator("#search-results li").all()
        ]

    yield search
    view.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "address", "kind"),
    [
        ("CCL05", "conclusions/ccl05.html#CCL05", "conclusion"),
        ("ccl05", "conclusions/ccl05.html#CCL05", "conclusion"),
        ("Part_PC1_1", "etudes-de-cas/part.html#Part_PC1_1", "cellule de monographie"),
        ("B1-03", "paquets/paquet-b-changement.html#B1-03", "constat"),
        ("P03", "indicateurs/p03.html#P03", "indicateur"),
    ],
)
def test_identifier_finds_its_card_first(found, query, address, kind):
    first = found(query)[0]
    assert first[0] == address
    assert first[2].startswith(f"{kind}, page «")


@pytest.mark.browser
def test_accents_and_plurals_do_not_count(found):
    assert found("evaluation") == found("Évaluations")
    assert found("agriculteur") == found("agriculteurs")
    assert any("évaluation" in title for _, title, _ in found("evaluation"))


@pytest.mark.browser
def test_number_of_a_conclusion_finds_it_first(found):
    assert found("conclusion 5")[0][0] == "conclusions/ccl05.html"


@pytest.mark.browser
def test_word_leads_to_the_cards_that_say_it(found):
    voices = [address for address, _, kind in found("charisme") if kind.startswith("voix")]
    assert voices
    assert all("#tem-" in address for address in voices)


@pytest.mark.browser
def test_search_says_that_nothing_was_found(found):
    assert found("zygomorphe") == []


@pytest.mark.browser
def test_search_is_reached_and_read_with_the_keyboard_alone(browser, site):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(f"{site}/index.html")
    view.focus("#q")
    view.keyboard.type("skatepark")
    view.keyboard.press("Enter")
    view.wait_for_selector("#search-results li")
    said = view.locator("[role=status]").inner_text()
    for _ in range(80):
        view.keyboard.press("Tab")
        if view.evaluate("document.activeElement.closest('#search-results') !== null"):
            break
    view.keyboard.press("Enter")
    view.wait_for_url(lambda url: "search.html" not in url, timeout=5000)
    view.close()
    assert re.fullmatch(r"\d+ résultats? pour «\s?skatepark\s?»\.", said)


@pytest.mark.browser
def test_search_weighs_no_more_than_a_page_may(browser, site):
    view = browser.new_page()
    weights = []
    view.on("response", lambda answer: weights.append(len(answer.body())))
    view.goto(f"{site}/search.html?q=participation%20des%20habitants")
    view.wait_for_selector("#search-results li")
    view.close()
    assert len(weights) <= 15
    assert sum(weights) <= 300_000


@pytest.mark.browser
def test_without_script_the_search_page_says_where_to_go(browser, site):
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(f"{site}/search.html?q=charisme")
    view.locator("noscript a[href='plan-du-site.html'], main a[href='plan-du-site.html']").first.click()
    title = view.locator("h1").inner_text()
    context.close()
    assert title == "Plan du site"


@pytest.fixture
def summary(browser, site):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(f"{site}/resume.html")
    yield view
    view.close()


PREVIEW = "#apercu:not([hidden])"
CITED = "main a[href$='#tem-008']"


@pytest.mark.browser
def test_keyboard_shows_what_is_cited_and_escape_hides_it(summary):
    summary.keyboard.press("Tab")  # focus comes from the keyboard
    summary.focus(CITED)
    text = summary.wait_for_selector(PREVIEW).inner_text()
    assert "détresse" in text
    assert "section 3.2.1" in text  # more than the title of the link
    assert summary.get_attribute(CITED, "aria-describedby") == "apercu"
    assert summary.get_attribute(CITED, "title") is None
    summary.keyboard.press("Escape")
    assert summary.locator(PREVIEW).count() == 0
    assert "détresse" in summary.get_attribute(CITED, "title")
    assert summary.evaluate("document.activeElement.hash") == "#tem-008"


@pytest.mark.browser
def test_pointer_may_go_over_what_is_shown_and_leaving_hides_it(summary):
    summary.locator(CITED).hover()
    box = summary.wait_for_selector(PREVIEW).bounding_box()
    summary.mouse.move(box["x"] + 20, box["y"] + 10, steps=4)
    summary.wait_for_timeout(600)
    assert summary.locator(PREVIEW).count() == 1
    summary.mouse.move(2, 2)
    summary.wait_for_selector(PREVIEW, state="detached", timeout=2000)


@pytest.mark.browser
def test_preview_stays_in_a_narrow_window(summary):
    summary.set_viewport_size({"width": 320, "height": 640})
    summary.keyboard.press("Tab")
    summary.focus(CITED)
    box = summary.wait_for_selector(PREVIEW).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert summary.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_from_a_disk_the_citation_stays_a_link_with_its_title(browser, compendium):
    view = browser.new_page()
    failed: list[str] = []
    view.on("pageerror", lambda error: failed.append(str(error)))
    view.goto((compendium / "_build" / "html" / "resume.html").as_uri())
    view.keyboard.press("Tab")
    view.focus(CITED)
    view.wait_for_timeout(800)
    title, shown = view.get_attribute(CITED, "title"), view.locator(PREVIEW).count()
    view.close()
    assert "détresse" in title
    assert shown == 0
    assert failed == []


@pytest.mark.browser
def test_what_is_shown_stands_in_the_main_text_for_screen_readers(summary):
    summary.keyboard.press("Tab")
    summary.focus(CITED)
    box = summary.wait_for_selector(PREVIEW)
    assert box.get_attribute("role") == "tooltip"
    assert box.evaluate("box => box.closest('main') !== null")
    assert box.query_selector_all("a, button, [tabindex]") == []
