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
        ("DURAND Paul, agriculteur", ("name", "DURAND Paul")),
        ("avec DURAND PAUL", ("name", "DURAND PAUL")),
        ("avec PAUL DURAND", ("name", "PAUL DURAND")),
        ("d’après Dupont J.", ("name", "Dupont J.")),
        ("Paul D. a dit", ("name", "Paul D.")),
        ("Paul D a dit", ("name", "Paul D")),
        ("avec Mr durand", ("name", "Mr durand")),
        ("avec mme durand", ("name", "mme durand")),
        ("avec monsieur durand", ("name", "monsieur durand")),
        ("avec M Durand", ("name", "M Durand")),
        ("voir karim.benali", ("email", "karim.benali")),
        ("voir benali.karim", ("email", "benali.karim")),
        ("paul(at)essai.fr", ("email", "paul(at)essai.fr")),
        ("paul [arobase] essai point fr", ("email", "paul [arobase] essai point fr")),
        ("paul arobase essai.fr", ("email", "paul arobase essai.fr")),
        ("0033612345678", ("telephone", "0033612345678")),
        ("au +33 (0)6 12 34 56 78", ("telephone", "+33 (0)6 12 34 56 78")),
        ("au 0033 6 12 34 56 78", ("telephone", "0033 6 12 34 56 78")),
        ("au 0321 69 88 77", ("telephone", "0321 69 88 77")),
        ("le premier adjoint refuse", ("function", "le premier adjoint")),
        ("1er adjoint", ("function", "1er adjoint")),
        ("L’adjointe à l’urbanisme", ("function", "L’adjointe à l’urbanisme")),
        ("l'adjoint aux finances dit", ("function", "l'adjoint aux finances")),
        ("l’élue en charge de la culture", ("function", "l’élue en charge de la culture")),
        (
            "Conseillère municipale déléguée à la jeunesse",
            ("function", "Conseillère municipale déléguée à la jeunesse"),
        ),
        ("Directrice du centre social", ("function", "Directrice du centre")),
        ("le directeur général des services", ("function", "le directeur général des services")),
        ("Présidente de l’association Terre", ("function", "Présidente de l’association Terre")),
        ("Secrétaire de mairie", ("function", "Secrétaire de mairie")),
        ("d’après la DGS", ("function", "la DGS")),
        ("DGS", ("function", "DGS")),
        ("notre maire", ("function", "notre maire")),
        ("Maire", ("function", "Maire")),
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
        "Le 04-11-2015 10:30, puis le 01.02.2016 12:30",  # no telephone changes its way of writing midway
        "Voir l’Annexe A. La méthode y est.",
        "Le groupe B. compte dix personnes.",
        "Codeur A, puis codeur B.",
        "un monsieur âgé et une madame pressée",
        "Mesdames et messieurs, madame ou monsieur",
        "Madame la ministre et monsieur le préfet",
        "M. le conseiller",
        "3 M de budget, 2 m. de haut",
        "registre.csv, study.yml et www.essai.fr",
        "la moyenne est de 3,5 (n = 12) ; p.ex. ici",
        "L’élu à l’écoute, l’élu au sein du conseil",
        "les adjoints, une adjointe",
        "le président d’une association, une directrice de crèche",
        "Les responsables à l’origine du projet",
        "Une direction des services",
        "La présidence de l’association tourne",
        "On y va à point nommé ; un point fr",
        "L’EPCI et la CALL ont signé ; la SCC CONTINUE",
    ],
)
def test_what_tells_of_nobody_is_left(text):
    assert kinds(text) == []


def test_word_that_the_texts_write_in_lower_case_is_no_name():
    assert kinds("la Culture Commune joue") == []
    assert [hit.text for hit in identifying("la Culture Commune joue")] == ["Culture Commune"]


# Sentences of the kind that the book and a codebook hold: none may be refused, whatever else is published beside them.
ORDINARY = [
    "Beaucoup d’habitants disent que la ville a changé d’image.",
    "Convaincus, ils débattent ; outillés, ils proposent.",
    "À employer quand la personne le dit d’elle-même ou en réponse à la question.",
    "L’équipe municipale n’est pas seule : les adjoints, les agents et les associations portent le projet.",
    "La démarche améliore l’action publique, dit l’un des agents rencontrés.",
    "Section 3.2.1, paquet B, constat B1-03 ; voir aussi la figure 4.",
    "D’un côté, des élus convaincus. De l’autre, des entreprises qui attendent.",
    "En 2014, 220 réunions publiques ont réuni 30 000 visiteurs sur la Base 11/19.",
    "Entre le 03/11/2015 et le 04/12/2015, 97 entretiens ont été menés.",
    "L’association gère le jardin ; son conseil se réunit chaque mois.",
    "Les conseillers départementaux et les directeurs d’école ont été associés.",
    "Kappa de 0,61 ; alpha de 0,743 ; 1,971488 (0,8584 à 4,2773).",
    "L’INSEE, l’ADEME et la Région financent l’étude.",
    "Chaque fiche a un code, un titre et une définition.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_sentence_is_not_refused(text):
    assert [hit.text for hit in identifying(text, common_words(ORDINARY))] == []


@given(st.text())
def test_any_text_is_read(text):
    for hit in identifying(text):
        assert hit.text
