import pytest
import tiny

from pic_analysis.quality.quotations import differ, quotations


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("un jeu de miroir qui s'instaure", "jeu de miroir trés fort qui"),
        ("label loossois » n’est toutefois pas", "label loossois » seul n'est toutefois"),
        ("volontaires, entrainé par un agriculteur", "volontaires, sensibles a un agriculteur"),
        ("mairie ou ses «bonnes fées »", "et ses « bonnes fées »"),
        ("rien de commun", "autre chose"),
    ],
)
def test_other_words_differ(one, other):
    assert differ(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("une fagon d’agir", "une façon d'agir"),
        ("un nouveau modéle de", "un nouveau modeéle de"),
        ("Leterme « acteurs du territoire", "Le terme «acteurs du territoire"),
        ("je suis tombée amoureuse", "je suis tombé amoureuse"),
        ("Y a-t-il une méthode loossoise", "(1) Y a-t-il une méthode"),
        ("jeux pres de chez moi, et", "jeux prés de chez moi, et"),
    ],
    ids=["c read g", "letter doubled", "space lost", "agreement", "cut elsewhere", "accent"],
)
def test_faults_of_recognition_and_cuts_do_not_differ(one, other):
    assert not differ(one, other)


def test_voice_quoted_with_other_words_is_found(tiny_study):
    row = ("REP01", "3.2.1", "une maman disait", "6.2", "une maman dit", "tem-001")
    (got,) = quotations(tiny_study(repeated_quotations=[row]))
    assert (got.id, got.kind, got.severity) == ("CTR-citation-REP01", "quotation", "notable")
    assert (got.first.section, got.second.section) == ("3.2.1", "6.2")
    assert got.objects[1] == ("testimony", "tem-001")
    assert got.summary_fr == (
        "La même parole est imprimée deux fois, avec d’autres mots : « une maman disait », puis « une maman dit »."
    )


def test_sentence_of_the_report_is_minor_and_same_words_are_no_finding(tiny_study):
    row = ("REP01", "3.2.1", "entrainé par un agriculteur", "6.2", "sensibles a un agriculteur", "")
    (got,) = quotations(tiny_study(repeated_quotations=[row]))
    assert got.severity == "mineur"
    assert quotations(tiny_study(repeated_quotations=tiny.ROWS["repeated_quotations"])) == []
