import pytest
from quality.rows import study_of

from pic_analysis.quality.announcements import announcements


def announced(identifier, section, anchor, number, listed, listed_section, **about):
    return {
        "count_id": identifier,
        "source_id": "SRC01",
        "section": section,
        "anchor": anchor,
        "label_fr": "formes de contribution",
        "announced": number,
        "listed": listed,
        "listed_section": listed_section,
        "listed_anchor": f"liste {identifier}",
        "note_fr": "",
        **about,
    }


def test_list_that_holds_another_number_is_found():
    (got,) = announcements(study_of(announced_counts=[announced("ANN01", "3.3.2", "deux formes", 2, 3, "3.3.4")]))
    assert (got.id, got.kind, got.severity) == ("CTR-annonce-ANN01", "count", "notable")
    assert (got.first.section, got.second.section, got.second.anchor) == ("3.3.2", "3.3.4", "liste ANN01")
    assert got.summary_fr == (
        "Le texte annonce 2\xa0éléments (formes de contribution) ; la liste en compte 3 (section 3.3.4)."
    )


@pytest.mark.parametrize(
    ("anchor", "number", "listed"),
    [("deux formes", 2, 2), ("une demi-dizaine d’acteurs", 5, 6), ("environ dix lieux", 10, 9)],
)
def test_list_that_keeps_the_announcement_is_no_finding(anchor, number, listed):
    assert announcements(study_of(announced_counts=[announced("ANN01", "3.3", anchor, number, listed, "3.3")])) == []


def test_approximate_announcement_does_not_excuse_everything():
    rows = [announced("ANN01", "3.3", "une dizaine de lieux", 10, 7, "")]
    (got,) = announcements(study_of(announced_counts=rows))
    assert (got.severity, got.second.section) == ("mineur", "3.3")


def test_same_set_announced_with_two_numbers_is_one_finding():
    rows = [
        announced("ANN01", "3.3.2", "deux formes", 2, 3, "3.3.4"),
        announced("ANN02", "3.3.4", "trois façons", 3, 2, "3.3.2"),
    ]
    assert [finding.id for finding in announcements(study_of(announced_counts=rows))] == ["CTR-annonce-ANN01"]


def test_announcement_that_several_lists_do_not_keep_is_one_finding():
    rows = [announced(f"ANN0{n}", "6", "en 3 points", 3, 2, "6.1", label_fr=f"points {n}") for n in (1, 2)]
    (got,) = announcements(study_of(announced_counts=rows))
    assert [name for _, name in got.objects] == ["ANN01", "ANN02"]
    assert "2\xa0listes en comptent un autre nombre : 2 (points 1) et 2 (points 2)." in got.summary_fr
    assert len(got.others) == 1
