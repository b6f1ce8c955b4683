import pytest
import tiny

from pic_analysis.quality.pages import pages


def test_page_on_which_the_target_does_not_begin_is_found(tiny_study):
    (got,) = pages(tiny_study())
    assert (got.id, got.kind, got.severity) == ("CTR-page-PAG01", "page", "mineur")
    assert (got.first.section, got.second.section) == ("4", "6.1")
    assert got.summary_fr == (
        "La page imprimée est 48 ; d’après les pieds de page, la cible (enseignement 3) commence page 50."
    )


@pytest.mark.parametrize("counted", ["48", ""])
def test_right_page_or_one_that_cannot_be_counted_is_no_finding(tiny_study, counted):
    assert pages(tiny_study(page_references=[(*tiny.ROWS["page_references"][0][:-1], counted)])) == []
