"""What is drawn is the data, the titles say what the data say, and nothing is cut or hidden."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from pandas import DataFrame

from pic_analysis.figures.agreement import double_coding, title_double_coding
from pic_analysis.figures.directions import directions, title_directions
from pic_analysis.figures.evidence import OUTSIDE, evidence_matrix, title_matrix
from pic_analysis.figures.extent import SHARES, extent, title_extent
from pic_analysis.figures.interviews import interviews, safe_groups, title_interviews
from pic_analysis.figures.sensitivity import held, sensitivity, title_sensitivity
from pic_analysis.figures.style import ALT_LONGEST, ALT_SHORTEST, PAPER, svg
from pic_analysis.figures.voices import (
    UNATTACHED,
    title_voices_by_case,
    title_voices_of_package,
    voices_by_case,
    voices_of_package,
)
from pic_analysis.vocabulary import ROLES, STAKEHOLDER_TYPES

DRAWINGS = {
    **{f"directions {p}": (directions, p) for p in "BCD"},
    **{f"matrix {c}": (evidence_matrix, c) for c in ("Eco", "Biodiv", "Part", "Rehab", "Agri")},
    "extent": (extent,),
    "voices by case": (voices_by_case,),
    **{f"voices {p}": (voices_of_package, p) for p in "BCD"},
    "interviews": (interviews,),
    "double coding": (double_coding,),
    "sensitivity": (sensitivity,),
}
CAUSAL = r"\b(caus|provoqu|entraîn|produi|grâce|perme|amélior|rédui|augment|effet)"


@pytest.fixture(scope="module", params=[*DRAWINGS])
def drawing(request, loos):
    draw, *arguments = DRAWINGS[request.param]
    return draw(loos, *arguments)


def written(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def boxes(figure):
    """Return the place of each text, measured with the font of matplotlib, wider than the readers' own."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


# Every figure of the published study.


def test_no_text_is_cut(drawing):
    right, top = drawing.figure.bbox.max
    inside = {text for text, box in boxes(drawing.figure) if box.min.min() >= 0 and box.x1 <= right and box.y1 <= top}
    assert [text for text in written(drawing.figure) if text not in inside] == []


def test_no_text_covers_another(drawing):
    placed = boxes(drawing.figure)
    covered = [
        (one, two)
        for (one, a), (two, b) in combinations(placed, 2)
        # Lines of text are boxed higher than their letters: three pixels of air are no cover.
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]
    assert covered == []


def test_the_alternative_text_has_a_readable_length(drawing):
    assert ALT_SHORTEST <= len(drawing.alt) <= ALT_LONGEST


def test_the_svg_is_light_and_made_of_marks(drawing):
    text = svg(drawing.figure, drawing.title)
    assert len(text.encode()) < 100_000
    assert "<image" not in text
    assert "<text" in text


def test_the_title_is_on_the_figure_and_claims_no_cause(drawing):
    assert plain(drawing.title) in plain(" ".join(written(drawing.figure)))
    assert not re.search(CAUSAL, drawing.title)


def test_the_figure_names_its_source_and_the_whole_territory(drawing):
    source = "Source : rapport d’évaluation de 2016 (Loos-en-Gohelle)"
    assert source in plain(" ".join(written(drawing.figure)))


def test_every_column_of_the_data_has_a_french_name(drawing):
    assert [column for column in drawing.data.columns if column not in drawing.labels] == []


@pytest.mark.parametrize("draw", [extent, voices_by_case, double_coding])
def test_a_much_smaller_study_can_be_drawn_too(draw, tiny_study):
    found = draw(tiny_study())
    assert ALT_SHORTEST <= len(found.alt) <= ALT_LONGEST
    assert "Essai-la-Ville" in plain(" ".join(written(found.figure)))


# Directions.


def roles(**totals: int) -> DataFrame:
    return DataFrame({"role": [ROLES[r] for r in totals], "total": totals.values()})


def test_title_directions_puts_rivals_beside_signs():
    got = title_directions(roles(change=9, contribution=2, other_explanation=1, limit=3, key_point=7), "C")
    expected = "Paquet C : face à 2 indices de contribution, 1 autre explication et 3 facteurs limitatifs"
    assert plain(got) == expected


def test_title_directions_without_rival_says_so():
    got = title_directions(roles(contribution=1), "B")
    assert got == "Paquet B : 1\u00a0indice de contribution, sans autre explication ni facteur limitatif"


def test_bars_are_as_long_as_the_counts(loos):
    found = directions(loos, "D")
    (axes,) = [a for a in found.figure.axes if a.containers]
    for polarity in ("supports", "nuances", "contradicts"):
        got = [bar.get_width() for c in axes.containers if c.get_label() == polarity for bar in c]
        expected = [size for size in found.data[polarity] if size]
        assert got == expected, polarity


def test_stacked_bars_end_at_the_total(tiny_study):
    found = directions(tiny_study(), "B")
    (axes,) = [a for a in found.figure.axes if a.containers]
    assert max(bar.get_x() + bar.get_width() for bar in axes.patches) == found.data["total"].max() == 2


# Evidence matrix.


def cells(*statements: int) -> DataFrame:
    return DataFrame({"package": ["B"] * len(statements), "statements": statements}).assign(citations=statements)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((2, 5, 3), "Cas : chacune des 3 cellules est citée par 2\u00a0constats au moins"),
        ((1, 5, 3), "Cas : 1\u00a0cellule sur 3 n’est citée que par un constat"),
        ((1, 1, 3), "Cas : 2\u00a0cellules sur 3 ne sont citées que par un constat"),
        ((0, 1, 3), "Cas : 1\u00a0cellule sur 3 n’est jamais citée, 1 par un seul constat"),
        ((0, 0, 3), "Cas : 2\u00a0cellules sur 3 ne sont jamais citées"),
    ],
)
def test_title_matrix_names_the_thinnest_cells(statements, expected):
    assert title_matrix(cells(*statements), "Cas") == expected


def test_title_matrix_leaves_the_rest_of_the_monograph_out():
    outside = DataFrame({"package": [OUTSIDE], "statements": [0], "citations": [0]})
    both = DataFrame([*cells(2, 2).to_dict("records"), *outside.to_dict("records")])
    assert "chacune des 2 cellules" in title_matrix(both, "Cas")


def test_the_area_of_a_circle_is_in_proportion_and_an_uncited_cell_is_empty(loos):
    found = evidence_matrix(loos, "Part")
    (axes,) = found.figure.axes
    circles = [c for c in axes.collections if len(c.get_sizes())]
    assert len(circles) == len(found.data)
    largest = max(c.get_sizes()[0] for c in circles)
    for circle, number in zip(circles, found.data["statements"], strict=True):
        if number:
            assert circle.get_sizes()[0] / largest == pytest.approx(number / found.data["statements"].max())
        else:
            assert np.allclose(circle.get_facecolor()[0], (1, 1, 1, 1)), PAPER


def test_circles_of_two_cases_can_be_compared(loos):
    def size_of(case: str, statements: int) -> float:
        found = evidence_matrix(loos, case)
        circles = [c for c in found.figure.axes[0].collections if len(c.get_sizes())]
        sizes = dict(zip(found.data["statements"], (c.get_sizes()[0] for c in circles), strict=True))
        return sizes[statements]

    assert size_of("Part", 3) == pytest.approx(size_of("Rehab", 3))


def test_citations_are_printed_where_they_differ_from_statements(tiny_study):
    twice = [
        ("cit-001", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_1"),
        ("cit-002", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_1"),
    ]
    assert "1 (2)" in written(evidence_matrix(tiny_study(citations=twice), "Eco").figure)


def test_the_matrix_shows_every_cell_of_the_monograph(tiny_study):
    got = evidence_matrix(tiny_study(), "Part").data
    assert [*got["statements"]] == [1, 0, 0, 0, 0, 1, 0, 0, 0]


# Extent.


def test_extent_counts_cases_once_and_leaves_key_points_out(tiny_study):
    statements = [
        ("B1-01", "3.2.1", "B", "change", "supports", "", "Un.", "un"),
        ("B1-02", "3.2.1", "B", "change", "supports", "", "Deux.", "deux"),
        ("B4-01", "3.2.4", "B", "key_point", "supports", "", "Trois.", "trois"),
    ]
    citations = [
        ("cit-001", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_1"),
        ("cit-002", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_2"),
        ("cit-003", "B1-01", "3.2.1", "Participation Part_PC1_1"),
    ]
    ties = {"lesson_support": [("ENS1", "B1-01", "supports", "explicit")]}
    study = tiny_study(statements=statements, citations=citations, testimonies=[], **ties)
    assert extent(study).data.to_dict("records") == [{"package": "B", "none": 1, "one": 0, "two": 1, "more": 0}]


def test_extent_draws_its_data_on_one_scale(loos):
    found = extent(loos)
    for axes, row in zip(found.figure.axes, found.data.to_dict("records"), strict=True):
        assert [bar.get_width() for bar in axes.patches] == [row[share] for share in SHARES]
    assert len({axes.get_xlim() for axes in found.figure.axes}) == 1


def test_title_extent_agrees_in_number():
    data = DataFrame({"package": ["B"], "none": [1], "one": [4], "two": [0], "more": [1]})
    assert title_extent(data) == "1\u00a0constat sur 6 n’a aucun cas en appui propre ; 1 s’appuie sur trois cas ou plus"


# Voices.


def test_rings_and_dots_stand_at_their_numbers(loos):
    found = voices_by_case(loos)
    rings, dots = [c for c in found.figure.axes[0].collections if hasattr(c, "get_sizes") and len(c.get_sizes())]
    assert [*rings.get_offsets()[:, 0]] == [*found.data["respondents"]]
    assert [*dots.get_offsets()[:, 0]] == [*found.data["quotations"]]


def test_title_voices_names_the_most_quoted_case_never_the_unattached_ones():
    data = DataFrame({"case": ["Éco", "Part", UNATTACHED], "respondents": [1, 2, 3], "quotations": [1, 4, 9]})
    assert title_voices_by_case(data) == "Part : 4 des 14 passages d’entretiens cités"


def test_title_voices_names_all_the_cases_that_tie():
    data = DataFrame({"case": ["Éco", "Part"], "respondents": [1, 2], "quotations": [4, 4]})
    assert title_voices_by_case(data) == "Éco et Part : 4 des 8 passages d’entretiens cités, chacun"


def test_voices_of_a_package_leave_the_others_out(tiny_study):
    assert [*voices_of_package(tiny_study(), "B").data["voices"]] == [2, 1, 0]
    assert [*voices_of_package(tiny_study(), "C").data["voices"]] == [0, 0, 0]


def test_title_voices_of_a_package_speaks_of_the_kinds_that_exist():
    data = DataFrame({"kind": ["entretien", "expert du panel", "document"], "speakers": [1, 0, 3], "voices": [2, 0, 3]})
    assert (
        title_voices_of_package(data, "B") == "Paquet B : le récit cite 1\u00a0personne interrogée et 3\u00a0documents"
    )


# Interviews.


def test_one_square_is_one_interview(loos):
    found = interviews(loos)
    squares = [patch.get_label() for axes in found.figure.axes for patch in axes.patches]
    got = [squares.count(str(group)) for group in range(len(found.data))]
    assert got == [*found.data["interviews"]]
    assert sum(got) == loos.stakeholders["interviews"].sum() == 97


def test_stakeholder_types_never_come_out_one_by_one(loos):
    found = interviews(loos)
    groups = [*found.data["group"]]
    assert len(groups) == 4
    assert not set(groups) & set(STAKEHOLDER_TYPES.values())


def test_a_group_in_which_a_person_could_be_recognised_is_refused(tiny_study):
    few = [(kind, kind, "1") for kind in STAKEHOLDER_TYPES]
    with pytest.raises(ValueError, match="moins de 5"):
        safe_groups(tiny_study(stakeholders=few))


def test_a_group_that_nobody_of_was_interviewed_hides_nothing(tiny_study):
    assert [*safe_groups(tiny_study())["interviews"]] == [8, 17, 0, 0]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((10, 10, 10), "30\u00a0entretiens : aucun des 3 groupes d’acteurs n’en fait plus du tiers"),
        ((5, 5, 30), "40\u00a0entretiens, dont 75\u00a0% dans un seul groupe : C"),
    ],
)
def test_title_interviews_says_whether_one_group_weighs_more(numbers, expected):
    assert title_interviews(DataFrame({"group": [*"ABC"], "interviews": numbers})) == expected


# Double coding.


def test_dots_stand_at_percent_and_kappa(loos):
    found = double_coding(loos)
    for axes, column in zip(found.figure.axes, ("percent", "kappa"), strict=True):
        drawn = [c.get_offsets() for c in axes.collections if hasattr(c, "get_sizes") and len(c.get_sizes())]
        got = {int(y): x for offsets in drawn for x, y in offsets}
        assert got == pytest.approx(found.data[column].to_dict())


def test_title_double_coding_names_the_weakest_variable():
    data = DataFrame({"variable": ["Rôle", "Polarité"], "percent": [0.9, 0.8], "kappa": [0.85, 0.4]})
    expected = "Double codage : l’accord le plus faible porte sur « polarité », kappa 0,40 (80\u00a0% d’accord)"
    assert title_double_coding(data) == expected


def test_title_double_coding_when_chance_cannot_be_told_from_skill():
    data = DataFrame({"variable": ["Rôle"], "percent": [1.0], "kappa": [float("nan")]})
    assert "n’est pas calculable" in title_double_coding(data)


def test_sensitivity_draws_one_circle_a_level_that_some_choice_gives(loos):
    found = sensitivity(loos)
    (axes,) = found.figure.axes
    drawn = sum(len(marks.get_offsets()) for marks in axes.collections if hasattr(marks, "get_sizes"))
    lines = len(axes.collections[0].get_segments())
    assert lines == len(found.data)
    assert drawn - 0 >= int((found.data[["none", "low", "medium", "high"]] > 0).to_numpy().sum())


def test_title_sensitivity_counts_the_levels_that_hold():
    shares = {"none": [0.0, 1.0], "low": [0.2, 0.0], "medium": [0.8, 0.0], "high": [0.0, 0.0]}
    published = {"conclusion_id": ["CCL01", "CCL02"], "published": ["moyenne", "faible"]}
    data = DataFrame({**published, **shares})
    assert held(data)["share"].tolist() == [0.8, 0.0]
    assert plain(title_sensitivity(data)).startswith("1 des 2 conclusions jugées garde son niveau")
