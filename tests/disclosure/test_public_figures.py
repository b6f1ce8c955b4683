import pytest

from pic_analysis.disclosure.identifying import identifying
from pic_analysis.disclosure.public_figures import PublicFigure, read_figures, who

EXPERT = PublicFigure("Cyria Emelianoff", "experte", "nommée dans le rapport")


@pytest.mark.parametrize("text", ["Cyria Emelianoff", "expert-cyria-emelianoff", "Mme Emelianoff", "Emelianoff Cyria"])
def test_every_form_of_a_listed_name_is_covered(text):
    (hit,) = identifying(f"selon {text}.")
    assert who(hit, [EXPERT]) == EXPERT


@pytest.mark.parametrize("text", ["Cyria Durand", "M. Durand", "cyria@emelianoff.fr", "la directrice de la régie"])
def test_nobody_else_is(text):
    (hit,) = identifying(f"selon {text}.")
    assert who(hit, [EXPERT]) is None


def test_list_without_a_reason_is_refused(tmp_path):
    (tmp_path / "personnes_publiques.csv").write_text("name,function,why\nAnne Durand,maire,\n", encoding="utf-8")
    figures, problems = read_figures(tmp_path)
    assert figures == ()
    assert "ligne 2, colonne why : « Anne Durand » ; le motif est obligatoire" in str(problems[0])


def test_study_without_a_list_names_nobody(tmp_path):
    assert read_figures(tmp_path) == ((), ())


def test_published_list_gives_everyone_a_reason(loos):
    from pic_analysis import paths

    figures, problems = read_figures(paths.raw("loos_2016"))
    assert problems == ()
    assert all(figure.name and figure.why for figure in figures)
