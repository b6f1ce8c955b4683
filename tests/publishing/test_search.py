"""What a search finds, and that what is typed is cut as what is written."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publishing.small_book import build, write

from pic_analysis.publishing.markup import card, table
from pic_analysis.publishing.search.documents import Document, documents
from pic_analysis.publishing.search.index import scripts, shard
from pic_analysis.publishing.search.words import folded, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("évaluation", "EVALUATIONS"),
        ("agriculteur", "Agriculteurs"),
        ("local", "locaux"),
        ("communal", "communales"),
        ("œuvre", "oeuvres"),
        ("réhabilité", "réhabilitées"),
        ("niveau", "niveaux"),
        ("travail", "travaux"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("eau", "eaux usées"), ("bas", "base"), ("mine", "mines"), ("2016", "2017"), ("part", "parts")]
)
def test_short_words_keep_their_sense(one, other):
    assert words(one)[0] == stem(folded(one))
    assert (words(one)[0] == words(other)[0]) == (one in ("eau", "mine", "part", "bas"))


def test_words_that_are_everywhere_are_left_out_and_identifiers_kept():
    assert words("Le récit de la commune, Part_PC1_1") == ["recit", "commun", "part_pc1_1"]


@given(st.text(alphabet=string.ascii_letters + "éàœç '’-_0123456789", max_size=60))
def test_cutting_again_what_was_cut_finds_the_same(text):
    for word in words(text):
        assert shard(word) in string.ascii_lowercase + "0"
        assert word == folded(word)


PAGE = """<main><nav>Menu</nav>
<section id="titre"><h1>Le titre<a class="headerlink" href="#titre">¶</a></h1><p>Début.</p>
<section id="partie"><h2>Une partie</h2><p>Texte.</p><h3>Plus bas</h3>
<div class="fiche" id="B1"><p>Fiche.</p><ul><li>Point</li></ul></div></section>
<table><tr><th><a class="fiche-id" id="F1" href="#F1">F1</a></th><td>Ligne</td></tr><tr><td>Autre</td></tr></table>
<pre>code</pre></section></main><footer>Pied</footer>"""


def test_text_belongs_to_the_innermost_thing_that_has_an_address():
    got = documents(PAGE, "Le titre", {"B1": ("constat", "B1 : fiche"), "F1": ("fait", "F1 : ligne")})
    assert got[0] == Document("page", "", "Le titre", "Début. Autre")
    assert {(found.kind, found.anchor): found.text for found in got[1:]} == {
        ("section", "partie"): "Texte. Plus bas",
        ("constat", "B1"): "Fiche. Point",
        ("fait", "F1"): "F1 Ligne",
    }
    assert {found.title for found in got} == {"Le titre", "Une partie", "B1 : fiche", "F1 : ligne"}


def read(script: str):
    return json.loads(script[script.index("(") + 1 : script.rindex(")")])


def test_index_says_where_each_word_stands_and_whether_a_title_says_it():
    made = scripts(
        {
            "a.html": [Document("page", "", "Accueil", "un récit"), Document("constat", "B1", "B1 : récit", "fierté")],
            "b.html": [Document("page", "", "Suite", "récit")],
        }
    )
    _, letters, kinds, pages, things = read(made["liste.js"])
    assert pages == [["a.html", "Accueil"], ["b.html", "Suite"]]
    assert [(kinds[thing[1]], *thing[2:]) for thing in things] == [
        ("page",),
        ("constat", "B1", "B1 : récit"),
        ("page",),
    ]
    assert [thing[0] for thing in things] == [0, 0, 1]
    letter, said = read(made["mots-r.js"])
    places, number = [], 0
    for code in said["recit"].split():
        number += int(code, 36) // 2
        places.append((number, int(code, 36) % 2))
    assert letter == "r"
    assert places == [(0, 0), (1, 1), (2, 0)]
    assert {f"mots-{letter}.js" for letter in letters} == made.keys() - {"liste.js"}


def test_each_posting_is_read_back_whatever_the_distance():
    pages = {
        "a.html": [
            Document("page", "", "A", "mot"),
            *(Document("x", f"a{n}", "T", "mot" * (n % 97 == 0)) for n in range(3000)),
        ]
    }
    said = read(scripts(pages)["mots-m.js"])[1]["mot"]
    number, places = 0, []
    for code in said.split():
        number += int(code, 36) // 2
        places.append(number)
    assert places == [0, *(n + 1 for n in range(3000) if n % 97 == 0)]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    rows = table("Faits", ["Fait", "Valeur"], [["{ligne}`fact FAI001 Réunions publiques`", "220 réunions"]])
    write(
        folder,
        index="# Accueil\n\nBienvenue.\n\n```{toctree}\neco\n```\n",
        eco="# Éco-activités\n\nDes élèves évaluent.\n\n"
        + card("cell", "Eco_PC1_1", "La mine", "Les locaux.")
        + "\n"
        + rows,
    )
    return build(folder, html_theme="pic", project="Essai")


def test_book_is_indexed_card_by_card(book):
    liste = (book.output / "recherche" / "liste.js").read_text(encoding="utf-8")
    assert '"Eco_PC1_1","Eco_PC1_1\u00a0: La mine"' in liste
    assert "FAI001\u00a0: Réunions publiques" in liste
    assert not (book.output / "searchindex.js").exists()


@pytest.mark.browser
def test_browser_cuts_words_as_the_index_does(book, browser):
    view = browser.new_page()
    view.goto((book.output / "search.html").as_uri() + "?q=mine")
    view.wait_for_selector("#search-results li")
    typed = [
        "Évaluations", "locaux", "eaux", "travaux", "RÉHABILITÉES", "œuvres", "Cœur", "d’État", "Part_PC1_1", "A>B-2",
        "le de la", "2016", "ça", "niveaux", "bail", "cas", "Noël", "été", "arrivée", "l'idée", "50/50", "R1", "n° 5",
    ]  # fmt: skip
    got = [view.evaluate("text => picSearch.cut(text)", text) for text in typed]
    view.close()
    assert got == [list(dict.fromkeys(words(text))) for text in typed]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mines", ["eco.html#Eco_PC1_1", "eco.html"]),
        ("fai001", ["eco.html#FAI001", "eco.html"]),
        ("eleve local", ["eco.html"]),  # two things of one page, together
        ("bienvenu", ["index.html"]),
        ("rien du tout", []),
    ],
)
def test_search_leads_to_the_things_that_say_all_the_words(book, browser, query, expected):
    view = browser.new_page()
    view.goto((book.output / "search.html").as_uri() + f"?q={query}")
    view.wait_for_function("/ pour | répond /.test(document.getElementById('etat').textContent)")
    got = [link.get_attribute("href") for link in view.locator("#search-results a").all()]
    view.close()
    assert got == expected
