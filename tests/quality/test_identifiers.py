import tiny

from pic_analysis.quality.identifiers import codes, labels, letters


def followed(*names):
    """Return the tables of recommendations that follow the tiny one, with what became of each."""
    rows = [*tiny.ROWS["recommendations"], *names]
    lines = [(row[0], *tiny.ROWS["follow_up"][0][1:]) for row in rows]
    return {"recommendations": rows, "follow_up": lines}


SECOND = ("REC-SOC-1", "R1", "social", "Repenser.", "commune", "", "5.3.2", "Repenser la place")


def test_two_recommendations_of_one_number_are_found(tiny_study):
    (got,) = labels(tiny_study(**followed(SECOND)))
    assert (got.id, got.kind) == ("CTR-numero-REC-EVAL-1", "identifier")
    assert (got.first.section, got.second.section) == ("5.3.1", "5.3.2")
    assert got.summary_fr == "R1 nomme plusieurs recommandations."
    assert got.consequence_fr == "Ne pas citer R1 sans la section."


def test_numbers_repeated_between_the_same_sections_are_one_finding(tiny_study):
    rows = [
        ("REC-EVAL-2", "R2", "evaluation", "Évaluer.", "commune", "", "5.3.1", "Définir un"),
        SECOND,
        ("REC-SOC-2", "R2", "social", "Étendre.", "commune", "", "5.3.2", "Déployer les"),
    ]
    (got,) = labels(tiny_study(**followed(*rows)))
    assert got.summary_fr == "R1 et R2 nomment chacun plusieurs recommandations."
    assert len(got.others) == 2


def test_number_used_once_is_no_finding(tiny_study):
    assert labels(tiny_study()) == []


def test_number_that_is_also_a_respondent_is_found(tiny_study):
    row = ("REC-EVAL-1", "P11", "evaluation", "Suivre.", "commune", "", "5.3.1", "Identifier les")
    (got,) = codes(tiny_study(recommendations=[row]))
    assert (got.id, got.first.section, got.second.section) == ("CTR-code-P11", "3.2.1", "5.3.1")
    assert ("testimony", "tem-001") in got.objects
    assert codes(tiny_study(recommendations=tiny.ROWS["recommendations"])) == []


def test_letter_of_a_package_that_begins_a_code_is_found(tiny_study):
    voice = ("tem-004", "interview", "C15", "B1-01", "3.2.1", "supports", "Dit.", "un mot")
    (got,) = letters(tiny_study(testimonies=[*tiny.ROWS["testimonies"], voice]))
    assert (got.id, got.objects) == ("CTR-lettre-C", (("node", "C"), ("respondent", "C15")))
    assert got.summary_fr == "C nomme un paquet et commence aussi des codes d’entretien."
    assert letters(tiny_study(testimonies=tiny.ROWS["testimonies"])) == []
