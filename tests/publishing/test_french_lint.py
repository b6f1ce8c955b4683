"""The lint says what a careful reader would mark, and nothing else."""

import re

import pytest

from pic_analysis.publishing.french_lint import RULES, faults, sentence_lengths

NB = "\u00a0"

FAULTS = {
    "décimale": "Une part de 0.74.",
    "date": "Relevé le 2026-11-22.",
    "milliers": "Il y a 120000 visiteurs.",
    "valeur de programme": "Valeur : nan.",
    "signe moins": "Un écart de -3 points.",
    "guillemets": 'Le "récit" convainc.',
    "espaces": f"Trois{NB} causes.",
    "ordinal": "Le 2ème constat.",
    "numéro": "Voir la note N° 3.",
    "capitale": "Etat des lieux.",
    "ligature": "Au coeur du projet.",
    "etc.": "Des élus, des agents, etc…",
    "opérateur": "Un effectif >= 5.",
    "anglais": "Revenir à la page next.",
}


def test_every_rule_has_its_example():
    assert set(FAULTS) == set(RULES)


@pytest.mark.parametrize("name", FAULTS)
def test_tells_a_fault_once_by_its_rule(name):
    got = faults(f"<p>{FAULTS[name]}</p>")
    assert [fault.split(" : ")[0] for fault in got] == [name]
    assert f"écrire {RULES[name].hint}" in got[0]


@pytest.mark.parametrize(
    "right",
    [
        "La section 3.1 et la section 5.3.1 du rapport ; 0,74 et 12 345,6.",
        "Licence Ouverte 2.0, RGAA 4.1.2, WCAG 2.1, version 0.1.0, Python 3.11.",
        "Bernal et ses collègues (2017), doi:10.1093/ije/dyw098 ; doi : 10.1136/x.",
        "La commune 62528, en 2016-2017, de 10:30 à 12:00.",
        "Le rapport écrit « Etat », « 2ème » et « N° 3 ».",
        "Le 1er mars, la 1re note, le 2e constat, le n° 3, etc.",
        "À partir de 2014, l’État et les écoles ; l’œuvre du chœur.",
        "Un écart de −3 points, le Quartier Ouest, le mandat 2008-2014.",
        "<code>a >= 0.5 and True</code> puis <code>Etat</code>.",
        "Nature : texte ; page suivante ; contre-exemple 3-4.",
    ],
)
def test_leaves_what_is_right(right):
    assert faults(f"<p>{right}</p>") == []


def test_reads_what_is_heard_and_text_across_marks():
    assert len(faults('<p title="Etat des lieux">Un <b>2</b>ème mot</p>')) == 2


def test_what_is_meant_stays():
    page = "<p>Revue Evaluation, 18.</p>"
    assert len(faults(page)) == 1
    assert faults(page, re.compile("Revue Evaluation")) == []


def test_a_sentence_goes_on_through_its_links_and_ends_with_its_item():
    items = "<li>Un <a title='x y z'>lien court</a>. Deux.</li><li>Sans point</li>"
    page = f"<main><nav>Menu long</nav><ul>{items}</ul></main>"
    assert sentence_lengths(page) == [3, 1, 2]
