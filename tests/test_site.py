"""The built book: what a reader meets on it, and that building it again changes no byte."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import built
import pytest
from conftest import REPOSITORY
from whole_book import pic_build

from pic_analysis.causality import causal_words
from pic_analysis.evidence.cells import cited_cells
from pic_analysis.evidence.passport import MENTION, accounts
from pic_analysis.publishing.markup import anchor


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


def test_every_page_is_in_french_and_calls_no_third_party(pages):
    assert {page.lang for page in pages.values()} == {"fr"}
    called = {call for page in pages.values() for call in page.calls if urlsplit(call).netloc}
    assert called == set()


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
        ("etat-annuel.html", 1),
        ("indicateurs/index.html", 1),
        ("indicateurs/p03.html", 2),
        ("questions-effet/qef01.html", 2),
        ("suivi-local.html", 2),
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
        len(re.findall(r"inconnu \(aucune trace dans les sources lues\)", said))
        == (loos.follow_up["status"] == "unknown").sum()
    )


OF_INDICATORS = re.compile(r"indicateurs/|questions-effet/|etat-annuel|quoi-de-neuf|suivi-local")


def test_pages_of_indicators_claim_no_cause(pages):
    own = [
        name for name in pages if re.match(r"indicateurs/|questions-effet/|etat-annuel|quoi-de-neuf|suivi-local", name)
    ]
    assert len(own) >= 20 + 5
    claims = {
        name: found
        for name in own
        for text in [*pages[name].text, *pages[name].labels]
        if (found := causal_words(text))
    }
    assert claims == {}


def test_card_of_an_indicator_offers_its_files(compendium, pages):
    html = compendium / "_build" / "html"
    made = REPOSITORY / "data/processed/loos_2016/indicators/fiches"
    for name in ("P03", "L12"):
        offered = {Path(target).name: html / target for _, target in pages[f"indicateurs/{name.lower()}.html"].links}
        for file in (f"{name}.csv", f"{name}.json", f"{name}.schema.json", f"{name}_saisie.csv"):
            assert offered[file].read_bytes() == (made / file).read_bytes()


def test_pages_of_indicators_are_light(compendium, pages):
    """At most a thousand nodes and three hundred kilobytes, pictures included."""
    html = compendium / "_build" / "html"
    heavy = {}
    for name in (name for name in pages if OF_INDICATORS.match(name)):
        text = (html / name).read_text(encoding="utf-8")
        pictures = [(html / name).parent / call for call in pages[name].calls if call.endswith(".svg")]
        size = len(text.encode()) + sum(path.stat().st_size for path in pictures)
        nodes = len(re.findall(r"<[a-zA-Z]", text))
        if nodes > 1000 or size > 300_000 or any(path.stat().st_size > 100_000 for path in pictures):
            heavy[name] = (nodes, size)
    assert heavy == {}


def test_experts_objection_stands_with_the_answer_that_it_disputes(pages, loos):
    """The panel refuses « défiance »: the summary and the statement lead to its words."""
    objection = loos.testimonies.query("statement_id == 'B1-07' and speaker_kind == 'expert'")["testimony_id"]
    assert len(objection) == 2
    for page in ("resume.html", "paquets/paquet-b-changement.html", "conclusions/ccl05.html"):
        fragments = {urlsplit(target).fragment for _, target in pages[page].links}
        assert set(objection) <= fragments


def test_nothing_changed_is_said_and_nothing_is_done(compendium):
    done = pic_build(compendium)
    assert done.returncode == 0
    assert "Rien n’a changé" in done.stdout


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
def test_box_of_the_logic_model_leads_to_its_card(browser, compendium):
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto((compendium / "_build" / "html" / "logigramme.html").as_uri())
    view.locator(".logigramme a[href$='#B2']").first.click()
    top = view.evaluate("document.getElementById('B2').getBoundingClientRect().top")
    view.close()
    assert 0 <= top < 900
