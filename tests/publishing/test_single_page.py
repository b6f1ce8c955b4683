"""Pages joined into one document: every link still leads where it led, and nothing is said twice under one name."""

import re
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from publishing import printed_site

from pic_analysis.publishing import links, single_page
from pic_analysis.publishing.single_page import Leaf

LEAVES = single_page.leaves(yaml.safe_load(printed_site.TOC))


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return printed_site.write(tmp_path_factory.mktemp("un livre")) / "_build" / "html"


@pytest.fixture(scope="module")
def joined(html):
    return single_page.joined(html, LEAVES)


def test_pages_come_in_the_order_of_the_contents(joined):
    assert [leaf.name for leaf in LEAVES] == ["index", "voix", "cas/index", "cas/eco"]
    titles = ["Accueil", "Les preuves", "Voix", "Cas", "Cas « Eco »"]
    assert re.findall(r"<h[123][^>]*>([^<]+)</h[123]>", joined)[:3] == titles[:3]
    assert [joined.index(f">{title}</h") for title in titles] == sorted(joined.index(f">{t}</h") for t in titles)


def test_no_link_inside_is_dead_and_no_identifier_is_doubled(joined):
    page = links.read(joined)
    assert page.doubled == set()
    assert {href for href in page.followed if href.startswith("#")} - {f"#{i}" for i in page.ids} == {"#sommaire"}


def test_an_anchor_of_one_page_is_kept_and_one_of_two_pages_is_told_apart(joined):
    assert 'id="Eco_PC1_1"' in joined
    assert 'href="#Eco_PC1_1"' in joined
    assert 'id="page-voix--limites"' in joined
    assert '<div aria-labelledby="page-voix--limites"><a href="#page-voix--limites">' in joined
    assert '<a href="#page-cas-eco--limites">ses limites</a>' in joined


def test_a_link_to_a_page_leads_to_its_first_line(joined):
    assert '<a href="#page-voix">Les voix</a>' in joined
    assert '<a href="#page-cas-eco">Eco</a>' in joined
    assert '<section class="sous-page" id="page-cas-eco">' in joined


def test_a_link_to_a_file_is_text_on_paper_and_an_address_where_the_site_is_published(html, joined):
    assert '<span class="fichier">t.csv</span>' in joined
    online = single_page.joined(html, LEAVES, "https://example.org/livre/")
    assert 'href="https://example.org/livre/_downloads/ab/t.csv"' in online


def test_a_link_to_another_site_is_kept(joined):
    assert 'href="https://example.org/a"' in joined


def test_headings_go_down_with_the_depth_of_their_page(joined):
    assert "<h1>Accueil</h1>" in joined
    assert '<h1 class="partie-du-livre">Les preuves</h1>' in joined
    assert "<h2>Voix</h2>" in joined
    assert 'aria-level="3">Fiche' in joined
    assert "<h3>Cas « Eco »</h3>" in joined
    assert '<h4 id="page-cas-eco--limites">' in joined


def test_what_is_folded_on_the_screen_is_open_on_paper(joined):
    assert re.findall("<details[^>]*>", joined) == ['<details class="cellule-pliee donnees" open>']


def test_the_frame_of_the_site_stays_out(joined):
    for word in ("Menu", "¶", 'class="fil"', "Citer"):
        assert word not in joined


def test_images_are_found_from_wherever_the_document_stands(joined, html):
    address = re.search(r'src="([^"]+)"', joined)[1]
    assert address.startswith("file://")
    assert unquote(urlsplit(address).path) == str(html / "_images" / "a.svg")


@given(st.lists(st.lists(st.sampled_from("abcd"), unique=True, min_size=1), min_size=1, max_size=4), st.data())
def test_any_pages_join_without_a_clash(tmp_path_factory, identifiers, data):
    folder = tmp_path_factory.mktemp("pages")
    pages = [Leaf(f"p{number}", 0) for number in range(len(identifiers))]
    aimed = data.draw(st.sampled_from([(n, i) for n, own in enumerate(identifiers) for i in own]))
    for page, own in zip(pages, identifiers, strict=True):
        marks = "".join(f'<p id="{one}">{page.name}-{one}</p>' for one in own)
        link = f'<a href="p{aimed[0]}.html#{aimed[1]}">x</a>'
        (folder / f"{page.name}.html").write_text(f"<main>{marks}{link}</main>", encoding="utf-8")
    joined = single_page.joined(folder, pages)
    read = links.read(joined)
    assert read.doubled == set()
    (target,) = set(read.followed)
    assert f'<p id="{target[1:]}">p{aimed[0]}-{aimed[1]}</p>' in joined
