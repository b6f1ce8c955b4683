import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.disclosure.identifying import common_words, identifying

COMMON = common_words(["la commune a un quartier ouest, une action de culture ; le changement et la place du marché"])


def kinds(text):
    return [(hit.kind, hit.text) for hit in identifying(text, COMMON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("écrire à anne.durand@mairie-essai.fr svp", ("email", "anne.durand@mairie-essai.fr")),
        ("au 03 21 69 88 77.", ("telephone", "03 21 69 88 77")),
        ("au 0321698877", ("telephone", "0321698877")),
        ("au +33 6.12.34.56.78", ("telephone", "+33 6.12.34.56.78")),
        ("au 06\u00a012\u00a034\u00a056\u00a078", ("telephone", "06 12 34 56 78")),
        ("avec M. Durand", ("name", "M. Durand")),
        ("avec Mme D.", ("name", "Mme D.")),
        ("avec Monsieur Le Goff", ("name", "Monsieur Le Goff")),
        ("avec Jean-François Martin", ("name", "Jean-François Martin")),
        ("avec Hélène Place", ("name", "Hélène Place")),  # a surname may be a common word
        ("selon Cyria Emelianoff", ("name", "Cyria Emelianoff")),
        ("selon Christian du Tertre", ("name", "Christian du Tertre")),
        ("Dobigny Laure a écrit", ("name", "Dobigny Laure")),
        ("SAGE K., 2016", ("name", "SAGE K.")),
        ("d’après J. Toulemonde", ("name", "J. Toulemonde")),
        ("puis Bernadette est venue", ("name", "Bernadette")),
        ("avec Rose Emelianoff", ("name", "Rose Emelianoff")),
        ("voir expert-anne-durand", ("name", "expert-anne-durand")),
        ("voir expert-cyria-emelianoff", ("name", "expert-cyria-emelianoff")),
        ("dit J.-F. C. en riant", ("initials", "J.-F. C.")),
        ("itw_JC", ("initials", "itw_JC")),
        ("le maire de Lens refuse", ("function", "le maire de Lens")),
        ("selon la directrice de la régie", ("function", "la directrice de la régie")),
        ("L’ancien président de la CALL", ("function", "L’ancien président de la CALL")),
        ("du maire", ("function", "du maire")),
    ],
)
def test_what_may_tell_who_somebody_is_is_found(text, expected):
    assert kinds(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Quartier Ouest, une action.",
        "La SCC et le CD2E ont gagné.",
        "D. Action publique",  # the letter of a heading
        "Part_PC1_1 et Eco_PC3_1",
        "en 2016, 220 réunions et 30 000 visiteurs",
        "1 234 567 890 €",
        "un directeur d’école",  # any one
        "les maires des communes",
        "le président",  # of what?
        "sha256 0123456789abcdef0612345678",
        "Loos-en-Gohelle, le 3 mai",
        "la-rue-du-pont",
    ],
)
def test_what_tells_of_nobody_is_left(text):
    assert kinds(text) == []


def test_word_that_the_texts_write_in_lower_case_is_no_name():
    assert kinds("la Culture Commune joue") == []
    assert [hit.text for hit in identifying("la Culture Commune joue")] == ["Culture Commune"]


@given(st.text())
def test_any_text_is_read(text):
    for hit in identifying(text):
        assert hit.text
