import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import example, given
from hypothesis import strategies as st

from pic_analysis.publishing.typography import french, french_pieces, retouch
from pic_analysis.publishing.typography_html import french_html, problems

NB, NN = "\u00a0", "\u202f"

EXAMPLES = {
    "a question": ("Qui ? Eux !", f"Qui{NN}? Eux{NN}!"),
    "a sign glued to its word": ("Qui? Eux; nous!", f"Qui{NN}? Eux{NN}; nous{NN}!"),
    "signs in a row": ("Quoi ?! Non !!", f"Quoi{NN}?! Non{NN}!!"),
    "a sign before a bracket": ("(est-ce vrai ?)", f"(est-ce vrai{NN}?)"),
    "a colon": ("trois causes : la mine", f"trois causes{NB}: la mine"),
    "a colon glued to its word": ("Note: voir", f"Note{NB}: voir"),
    "a colon at the end": ("Sources :", f"Sources{NB}:"),
    "a line break before a sign": ("des preuves\n: aucune", f"des preuves{NB}: aucune"),
    "a percentage": ("78,6 % et 12%", f"78,6{NB}% et 12{NB}%"),
    "a price": ("12 €, 3 k€, 5M€", f"12{NB}€, 3{NB}k€, 5{NB}M€"),
    "quotation marks": ("« charisme » et «défiance»", f"«{NB}charisme{NB}» et «{NB}défiance{NB}»"),
    "a question inside quotation marks": ("« Qui ? »", f"«{NB}Qui{NN}?{NB}»"),
    "elisions": ("l'eau, aujourd'hui, l'« effet »", f"l’eau, aujourd’hui, l’«{NB}effet{NB}»"),
    "three dots": ("et ainsi...", "et ainsi…"),
    "units": ("55 ha, 12 km², 3 kWh et 2 h", f"55{NB}ha, 12{NB}km², 3{NB}kWh et 2{NB}h"),
    "pages and numbers": ("p. 48, n° 3", f"p.{NB}48, n°{NB}3"),
    "thousands": ("12 345 678 habitants", f"12{NN}345{NN}678 habitants"),
    "thousands and decimals": ("1 234,56 €", f"1{NN}234,56{NB}€"),
}

KEPT = {
    "a letter that is no unit": "le chapitre 4 s’arrête, 2 t’en manquent, cap. 3",
    "times, ratios": "à 10:30, 3:1 et 2:0",
    "addresses": "https://a.fr/x?y=1;z=2 www.b.fr/c'd...e mailto:a@b.fr?s=1 doi:10.1/x;y",
    "code in the text": "a != b, x::y, f(a;b), page.html?q=1",
    "a lone sign in brackets": "(!) et [?]",
    "years and codes": "en 2016 200 personnes, INSEE 62528, PC1 200",
    "decimals": "0,743 123 et 0.743 123",
    "quotes around a word": "'mot' et 5'30",
    "more than three dots": "....",
    "empty quotation marks": "«»",
    "percent signs of code": "%s %20a",
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_sets_as_a_french_printer_would(text, expected):
    assert french(text) == expected


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_leaves_alone_what_is_not_french_prose(text):
    assert french(text) == text


SIGNS = st.sampled_from("aé1 0%€«»;:!?.,'\n/()…’w\u00a0\u202f&=")
ANY_TEXT = st.text(alphabet=SIGNS | st.characters(), max_size=40)


@given(ANY_TEXT)
@example("a...!")
@example("https://x.fr... !")
@example("1 234 567%")
def test_twice_is_once(text):
    once = french(text)
    assert french(once) == once


@given(ANY_TEXT)
def test_only_spaces_apostrophes_and_dots_change(text):
    def rest(value):
        return [sign for sign in value if not sign.isspace() and sign not in "'’.…"]

    assert rest(french(text)) == rest(text)


@given(st.lists(ANY_TEXT | st.none(), max_size=5))
def test_pieces_add_up_to_the_whole(pieces):
    got = french_pieces(pieces)
    assert [piece is None for piece in got] == [piece is None for piece in pieces]
    if None not in pieces:
        assert "".join(got) == french("".join(pieces))


def rst(text):
    document = publish_doctree(text, settings_overrides={"report_level": 5})
    retouch(document)
    return document


def test_a_space_is_found_across_inline_marks():
    assert rst("**Attention** : *vraiment* ! Un *mot*: suite").astext() == (
        f"Attention{NB}: vraiment{NN}! Un mot{NB}: suite"
    )


def test_code_and_math_are_kept_but_count_as_words():
    got = rst("Lire ``a ? b; c...`` ; :math:`x ? y` ! L'``a``").astext()
    assert got == f"Lire a ? b; c...{NN}; x ? y{NN}! L’a"


def test_literal_blocks_are_kept():
    assert "a ? b ; 12 345" in rst("Avant ::\n\n  a ? b ; 12 345\n").astext()


def test_titles_terms_and_alternative_texts_are_set():
    image = ".. image:: x.svg\n   :alt: Part des constats : 42 %\n"
    document = rst(f"Titre ?\n=======\n\nTerme ?\n  Sens.\n\n{image}")
    assert document.next_node(nodes.title).astext() == f"Titre{NN}?"
    assert document.next_node(nodes.term).astext() == f"Terme{NN}?"
    assert document.next_node(nodes.image)["alt"] == f"Part des constats{NB}: 42{NB}%"


def test_the_title_of_a_link_is_set():
    link = nodes.reference("", "B1-03", refuri="#B1-03", reftitle="B1-03 : l'image")
    retouch(nodes.paragraph("", "", link))
    assert link["reftitle"] == f"B1-03{NB}: l’image"


def test_html_keeps_tags_code_and_entities():
    got = french_html('<p title="a ? b"><b>R&amp;D</b> : l\'eau</p><pre>a ? b</pre><p>? seul</p>')
    assert got == f'<p title="a ? b"><b>R&amp;D</b>{NB}: l’eau</p><pre>a ? b</pre><p>? seul</p>'


def test_problems_say_what_stands_and_what_should():
    assert problems("<p>Qui ?</p>") == ["typographie : « Qui ? » ; attendu « Qui^? »"]
    assert problems('<img alt="Part : 5">') == ["typographie : « Part : 5 » ; attendu « Part~: 5 »"]
    assert problems("<p>Un <b>mot</b> :</p><p>l'eau</p>") == [
        "typographie : « Un mot : » ; attendu « Un mot~: »",
        "typographie : « l'eau » ; attendu « l’eau »",
    ]


def test_no_problem_in_code_scripts_or_set_text():
    code = "<script>a ? b</script><pre>a ? b</pre>"
    assert problems(f"{code}<p>Qui{NN}? <code>x ? y</code>{NN}!</p><td>a</td><td>: b</td>") == []
