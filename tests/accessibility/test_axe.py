"""No page of the built book breaks a rule of RGAA that axe-core knows, at two widths and in two modes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from accessibility.axe import FORCED, Allowed, Finding, examine, faults, read_allowed
from accessibility.axe_fr import RULES

HERE = Path(__file__).parent
TODAY = datetime.date.today()
CONTRAST = Finding("color-contrast", "voix.html", "p", "<p>", ("320 px, sombre",))

FAULTY = """<!DOCTYPE html><html><head><title>Essai</title><style>
.dark { color: #555; background: #fff } @media (prefers-color-scheme: dark) { .dark { background: #222 } }
.narrow { color: #000; background: #fff } @media (max-width: 400px) { .narrow { color: #aaa } }
@media (orientation: portrait) { html { transform: rotate(90deg) } }
</style></head><body><main><h1>Essai</h1><img src="data:,"><p class="dark">Texte</p><p class="narrow">Texte</p>
<p style="font: bold 2em serif">Faux titre</p><p>Un paragraphe qui suit.</p>
<details><summary>Plus</summary><button></button></details>
<a href="#a" aria-label="autre chose">Texte visible du lien</a>
<table><tr><td colspan="4">Faux titre de tableau</td></tr>
<tr><th>a</th><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td><td>6</td><td>7</td></tr>
<tr><td>4</td><td>5</td><td>6</td><td>7</td></tr></table></main></body></html>"""


@pytest.fixture(scope="module")
def view(browser):
    """Open one tab for all the pages: what costs time is to begin again."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_the_instrument_sees_each_kind_of_fault_in_the_state_where_it_shows(view, serve, tmp_path):
    (tmp_path / "fautes.html").write_text(FAULTY, encoding="utf-8")
    with serve(tmp_path) as address:
        found = examine(view, address, "fautes.html")
    got = {finding.rule for finding in found}
    assert got >= {"html-has-lang", "image-alt", "button-name", *FORCED} - {"focus-order-semantics"}
    states = {
        "dark" if "dark" in finding.html else "narrow": finding.states
        for finding in found
        if finding.rule == "color-contrast" and ("dark" in finding.html or "narrow" in finding.html)
    }
    assert states == {
        "dark": ("1280 px, sombre", "320 px, sombre"),
        "narrow": ("320 px, clair", "320 px, sombre"),
    }


@pytest.mark.browser
def test_every_rule_that_may_fail_speaks_french(view, serve, tmp_path):
    from axe_playwright_python.base import AXE_SCRIPT

    view.goto("about:blank")
    view.evaluate(AXE_SCRIPT)
    known = view.evaluate("axe.getRules().map(rule => [rule.ruleId, rule.tags])")
    assert {rule for rule, tags in known if "RGAAv4" in tags or rule in FORCED} == {*RULES}


@pytest.mark.browser
@pytest.mark.slow
def test_no_page_breaks_a_rule(view, site, pages):
    found = [finding for page in pages for finding in examine(view, site, page)]
    found += examine(view, site, "search.html", search="?q=agriculteurs")
    assert [*faults(found, read_allowed(HERE / "allowed.csv"), TODAY)] == []


def test_a_fault_that_nothing_allows_is_told_in_french():
    (got,) = faults([CONTRAST], [], TODAY)
    assert got.startswith("voix.html (320 px, sombre) : color-contrast. Un texte a un contraste")


def test_an_exception_covers_its_own_page_only():
    exception = Allowed("color-contrast", "index.html", "*", "essai", TODAY)
    assert len([*faults([CONTRAST], [exception], TODAY)]) == 2  # the fault, and an exception that covers nothing


def test_an_exception_ends_on_its_day():
    exception = Allowed("color-contrast", "*", "*", "essai", TODAY)
    assert [*faults([CONTRAST], [exception], TODAY)] == []
    (got,) = faults([CONTRAST], [exception], TODAY + datetime.timedelta(days=1))
    assert "périmée" in got


@pytest.mark.parametrize("missing", ["essai,", ",2030-01-01"])
def test_an_exception_needs_a_reason_and_a_day(tmp_path, missing):
    (tmp_path / "allowed.csv").write_text(f"rule,page,target,reason_fr,expires\nlist,*,*,{missing}\n")
    with pytest.raises(ValueError, match="ligne 2"):
        read_allowed(tmp_path / "allowed.csv")
