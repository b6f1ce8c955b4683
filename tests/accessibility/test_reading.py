"""The book in a real browser, for those who use a keyboard, enlarge the text or space it out."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What WCAG 1.4.12 lets a reader impose on any page.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Texts that a box hides: its content is taller or wider than it, and it neither grows nor scrolls.
CUT = """() => [...document.querySelectorAll('main *, nav *, header *')].filter(one => {
    const style = getComputedStyle(one), hides = /hidden|clip/;
    return !one.closest('.visually-hidden, svg') && one.clientHeight && (
        (hides.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1) ||
        (hides.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1));
}).map(one => one.outerHTML.slice(0, 80))"""
# Of all that takes the focus, what does not show it: an outline of two pixels at least.
FAINT = """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(one => {
    if (!one.checkVisibility()) return false;
    one.focus();
    const style = getComputedStyle(one);
    return document.activeElement === one && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2);
}).map(one => one.outerHTML.slice(0, 80))"""
FOCUSED = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
    return {text: one.getAttribute('aria-label') || one.textContent.trim(), tag: one.tagName.toLowerCase(),
            href: one.getAttribute('href') || one.href?.baseVal || '', seen: box.width > 0 && box.bottom > 0 &&
            box.right > 0 && box.top < innerHeight, outline: getComputedStyle(one).outlineStyle} }"""


@pytest.fixture
def view(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def wrong(view, site, pages, ask, *, sheet=""):
    """Return what a question finds on each page, everything unfolded."""
    found = {}
    for page in pages:
        view.goto(f"{site}/{page}")
        if sheet:
            view.add_style_tag(content=sheet)
        view.evaluate(UNFOLD)
        if told := view.evaluate(ask):
            found[page] = told
    return found


@pytest.mark.parametrize(
    ("fault", "ask", "expected"),
    [
        ("<div style='width:2000px'>x</div>", WIDER, 720),
        (
            "<div style='width:9em;overflow:hidden;white-space:nowrap'>un texte bien trop long pour sa boîte</div>",
            CUT,
            1,
        ),
        ("<a href='#a' style='outline:0'>sans contour</a><a href='#b'>avec</a>", FAINT, 1),
    ],
    ids=["too wide", "cut", "no outline"],
)
def test_the_instruments_see_a_planted_fault(view, fault, ask, expected):
    view.set_content(
        f"<!DOCTYPE html><style>:focus-visible {{ outline: 3px solid }} body {{ margin: 0 }}</style><main>{fault}"
    )
    view.keyboard.press("Tab")
    got = view.evaluate(ask)
    assert (got if isinstance(got, int) else len(got)) == expected


@pytest.mark.parametrize("width", [640, 320])
def test_a_page_enlarged_two_or_four_times_scrolls_one_way_only(view, site, pages, width):
    """A window of 1,280 pixels enlarged to 200 % or 400 % is one of 640 or 320."""
    view.set_viewport_size({"width": width, "height": 450})
    assert wrong(view, site, pages, WIDER) == {}


@pytest.mark.parametrize("sheet", ["html { font-size: 212.5% !important }", SPACED], ids=["text at 200 %", "spaced"])
def test_no_text_is_lost_when_only_the_text_grows(view, site, pages, sheet):
    for ask in (WIDER, CUT):
        assert wrong(view, site, pages, ask, sheet=sheet) == {}


def test_the_focus_is_seen_wherever_it_goes(view, site, pages):
    view.goto(f"{site}/index.html")
    view.keyboard.press("Tab")  # from now on the browser takes the reader for one who uses a keyboard
    assert wrong(view, site, pages, FAINT) == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_outline_of_the_focus_stands_out(view, site, mode):
    view.emulate_media(color_scheme=mode)
    view.goto(f"{site}/index.html")
    view.keyboard.press("Tab")
    ratio = view.evaluate(
        """() => { const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(n => n / 255).map(c =>
            c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
        const [a, b] = [getComputedStyle(document.activeElement).outlineColor,
            getComputedStyle(document.documentElement).backgroundColor].map(light).sort((a, b) => b - a);
        return (a + .05) / (b + .05) }"""
    )
    assert ratio >= 3


def test_the_first_key_press_offers_to_go_to_the_content(view, site, pages):
    for page in ("index.html", "voix.html", "search.html"):
        view.goto(f"{site}/{page}")
        view.keyboard.press("Tab")
        assert view.evaluate(FOCUSED)["seen"]
        view.keyboard.press("Enter")
        assert view.evaluate("document.activeElement.id") == "contenu"


def test_the_logic_model_is_walked_with_the_keyboard_box_after_box(view, site):
    view.goto(f"{site}/logigramme.html")
    view.focus(".logigramme")
    met = []
    while True:
        view.keyboard.press("Tab")
        now = view.evaluate(FOCUSED)
        if not view.evaluate("document.activeElement.closest('.logigramme') !== null"):
            break
        assert now["seen"], now
        assert now["outline"] != "none", now
        met.append(now["text"])
    drawn = view.evaluate("[...document.querySelectorAll('.logigramme a')].map(one => one.getAttribute('aria-label'))")
    assert met == drawn  # every box and arrow, in the order of the drawing, and a way out
    assert len(met) >= 20


def test_enter_on_a_box_leads_to_its_card(view, site):
    view.goto(f"{site}/logigramme.html")
    view.focus(".logigramme a[href$='#B2']")
    view.keyboard.press("Enter")
    view.wait_for_url("**#B2")
    assert 0 <= view.evaluate("document.getElementById('B2').getBoundingClientRect().top") < 900


def test_how_many_results_is_announced(view, site):
    view.goto(f"{site}/search.html?q=agriculteurs")
    view.wait_for_selector("#search-results a")
    assert re.search(r"\d+", view.locator("[role=status]").inner_text())


def test_the_menu_of_a_phone_opens_with_the_keyboard(view, site):
    view.set_viewport_size({"width": 320, "height": 640})
    view.goto(f"{site}/resume.html")
    menu = view.locator(".navigation summary")
    entry = view.locator(".navigation .panneau a").first
    assert not entry.is_visible()
    menu.focus()
    view.keyboard.press("Enter")
    assert entry.is_visible()
    for _ in range(4):
        view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.closest('.navigation .panneau') !== null")


def test_no_page_keeps_the_keyboard(view, site):
    for page in ("logigramme.html", "synthese.html", "search.html?q=charisme"):
        view.goto(f"{site}/{page}")
        view.wait_for_load_state("networkidle")
        most = view.evaluate("document.querySelectorAll('a, button, input, summary, [tabindex]').length")
        for _ in range(most + 5):
            view.keyboard.press("Tab")
            if view.evaluate("document.activeElement.closest('footer') !== null"):
                break
        else:
            pytest.fail(f"{page}: the focus never reaches the footer")


def test_a_wide_table_scrolls_with_the_arrow_keys(view, site):
    view.set_viewport_size({"width": 320, "height": 640})
    view.goto(f"{site}/carte-des-preuves.html")
    view.evaluate(
        """() => { const all = [...document.querySelectorAll('.table-scroll')];
        const wide = all.find(one => one.scrollWidth > one.clientWidth + 40); wide.focus(); wide.id = 'large' }"""
    )
    for _ in range(5):
        view.keyboard.press("ArrowRight")
    view.wait_for_function("document.getElementById('large').scrollLeft > 0")
