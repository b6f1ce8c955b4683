from dataclasses import replace

import bodies
import pytest

from pic_analysis.evidence.reasons import basis, missing, reason
from pic_analysis.evidence.strength import Rubric, Strength, strength

RUBRIC = Rubric.read(bodies.RULE)

# Two cases, two respondents, one kind of voice: medium and no more.
MEDIUM = Strength("medium", "medium", "medium", 4, 2, 2, 1, supports=3, against=2, share=0.6)
LOW = Strength("low", "limited", "low", 1, 1, 0, 0, supports=1, against=2, share=1 / 3)
HIGH = Strength("high", "robust", "strong", 9, 3, 5, 2, supports=8, against=0, share=1.0)


def plain(text):
    """Return a text with every no-break space made plain."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_numbers_and_their_nouns_are_not_parted():
    assert "2\u00a0cas distincts" in basis(MEDIUM, RUBRIC)
    assert basis(MEDIUM, RUBRIC).startswith("Confiance moyenne\u00a0: ")


def test_medium_confidence_in_the_plural():
    assert plain(reason(MEDIUM, RUBRIC)) == (
        "Confiance moyenne : étendue moyenne (4 sources indépendantes, soit 2 cas distincts, 2 répondants distincts "
        "et 1 nature de voix) et concordance moyenne (3 éléments rattachés sur 5 vont dans son sens, soit 60 %). "
        "Pour plus, il faudrait une étendue robuste (1 cas distinct de plus, 2 répondants distincts de plus "
        "et 1 nature de voix de plus) et une concordance forte (au moins 80 % dans son sens)."
    )


def test_low_confidence_in_the_singular_and_each_of_the_three_ways_up():
    assert plain(reason(LOW, RUBRIC)) == (
        "Confiance faible : étendue limitée (1 source indépendante, soit 1 cas distinct, 0 répondant distinct "
        "et 0 nature de voix) et concordance faible (1 élément rattaché sur 3 va dans son sens, soit 33 %). "
        "Pour plus, il faudrait une concordance forte (au moins 80 % dans son sens), "
        "une étendue moyenne (1 cas distinct de plus, 2 répondants distincts de plus et 1 nature de voix de plus) "
        "et une concordance moyenne (au moins 50 % dans son sens) ou "
        "une étendue robuste (2 cas distincts de plus, 4 répondants distincts de plus et 2 natures de voix de plus)."
    )


def test_highest_confidence_lacks_nothing():
    assert plain(reason(HIGH, RUBRIC)) == (
        "Confiance élevée : étendue robuste (9 sources indépendantes, soit 3 cas distincts, 5 répondants distincts "
        "et 2 natures de voix) et concordance forte (les 8 constats rattachés vont dans son sens)."
    )


@pytest.mark.parametrize(
    ("supports", "verb"), [(1, "1 élément rattaché sur 3 va "), (2, "2 éléments rattachés sur 4 vont ")]
)
def test_verb_agrees_with_what_goes_the_way_of_the_claim(supports, verb):
    assert verb in plain(basis(replace(MEDIUM, supports=supports), RUBRIC))


def test_only_statement_that_supports_is_told_in_the_singular():
    got = plain(basis(replace(MEDIUM, supports=1, against=0, share=1.0), RUBRIC))
    assert got.endswith("(un seul constat rattaché : la concordance n’apprend rien).")


def test_only_what_is_short_is_told():
    short = replace(MEDIUM, agreement="strong", cases=3, respondents=3, supports=5, against=0, share=1.0)
    assert plain(missing(short, RUBRIC)) == (
        "Pour plus, il faudrait une étendue robuste (1 répondant distinct de plus et 1 nature de voix de plus)."
    )


def test_agreement_alone_can_be_what_is_short():
    short = replace(HIGH, confidence="medium", agreement="medium", supports=3, against=2, share=0.6)
    assert (
        plain(missing(short, RUBRIC)) == "Pour plus, il faudrait une concordance forte (au moins 80 % dans son sens)."
    )


def test_way_up_that_asks_more_on_both_axes_is_not_told():
    # From a limited extent and a medium agreement, one step on either axis is enough.
    short = replace(LOW, agreement="medium", cases=2, respondents=1, kinds=1, supports=1, against=1, share=0.5)
    assert plain(missing(short, RUBRIC)) == (
        "Pour plus, il faudrait une concordance forte (au moins 80 % dans son sens) "
        "ou une étendue moyenne (1 répondant distinct de plus)."
    )


@pytest.mark.parametrize(
    ("supports", "expected"),
    [
        (0, "Aucun constat du récit ne l’appuie : la chaîne de preuve ne peut pas être reconstruite."),
        (1, "1 constat l’appuie, sans source identifiée qui aille dans son sens : "),
        (2, "2 constats l’appuient, sans source identifiée qui aille dans leur sens : "),
    ],
)
def test_claim_without_a_source_says_why(supports, expected):
    nothing = Strength("none", "limited", "strong" if supports else "low", 0, 0, 0, 0, supports, 0, float(supports > 0))
    assert plain(reason(nothing, RUBRIC)).startswith(expected)


def test_claim_whose_only_voice_dissents_is_not_said_to_be_without_a_voice():
    found = strength(bodies.body({"S1": "supports"}, [("S1", "expert:x", False)]), RUBRIC)
    assert "ni voix identifiée" not in reason(found, RUBRIC)


def test_dimensions_that_are_not_required_are_not_told_as_short():
    # Two of the three are required, and the cases are there: one respondent or one kind of voice is enough.
    rubric = replace(RUBRIC, required=2)
    short = Strength("low", "limited", "medium", 2, 2, 0, 0, supports=1, against=1, share=0.5)
    assert " de plus et " not in plain(missing(short, rubric))


def test_share_short_of_a_threshold_is_not_told_as_having_reached_it():
    # 39/49 is 79.59 %: "soit 80 %" beside "il faudrait au moins 80 %" contradicts itself.
    short = replace(HIGH, confidence="medium", agreement="medium", supports=39, against=10, share=39 / 49)
    assert "soit 80 %" not in plain(reason(short, RUBRIC))
