"""The figures of interviews: marks are the data, titles say what they say, nothing is cut, hidden or too small."""

from __future__ import annotations

from itertools import combinations

import interviews_tiny as tiny
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from pic_analysis.coding.accumulation import EVERYONE, by_group
from pic_analysis.coding.incidence import groups, incidence
from pic_analysis.coding.silence import STATES, silence
from pic_analysis.figures.provenance import titled
from pic_analysis.figures.saturation import alt_accumulation, code_accumulation, needed, title_accumulation
from pic_analysis.figures.silence import MARKS, silence_map, title_silence
from pic_analysis.figures.style import ALT_LONGEST, ALT_SHORTEST, svg
from pic_analysis.vocabulary import SAFE_GROUPS

SOURCE = "Source : codage de l’essai."


def large() -> tuple[pd.DataFrame, pd.Series]:
    """Return a hundred interviews of all the groups, thirty codes."""
    rng = np.random.default_rng(0)
    known = pd.Series([*SAFE_GROUPS] * 25, index=[f"INT{n:03}" for n in range(100)])
    return pd.DataFrame(rng.random((100, 30)) < rng.beta(0.5, 3, 30), index=known.index), known


def tiny_curves() -> pd.DataFrame:
    present = incidence(tiny.codings(), tiny.interviews(), tiny.codebook())
    return by_group(present, groups(tiny.interviews()), orders=20)


def tiny_map(**changed: pd.DataFrame) -> pd.DataFrame:
    tables = {**tiny.tables(), **changed}
    return silence(tables["codings"], tables["interviews"], tables["codebook"], tables["asked"], ["X>Y"])


def many_links() -> pd.DataFrame:
    links = [f"{a}>{b}-{n}" for a in "ABCD" for b in "XYZ" for n in (1, 2)]
    return silence(tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked(), links)


DRAWN = {
    "accumulation": lambda: code_accumulation(by_group(*large(), orders=100), SOURCE),
    "tiny accumulation": lambda: code_accumulation(tiny_curves(), SOURCE),
    "silence": lambda: silence_map(tiny_map(), SOURCE, {"A>B": "La commune agit sur la posture des acteurs du lieu"}),
    "long silence": lambda: silence_map(many_links(), SOURCE),
}


@pytest.fixture(scope="module", params=[*DRAWN])
def drawing(request):
    return DRAWN[request.param]()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def written(figure) -> list[str]:
    return [plain(text.get_text()) for text in figure.findobj(Text) if text.get_text()]


def test_no_text_is_cut_nor_covered(drawing):
    renderer = FigureCanvasAgg(drawing.figure).get_renderer()
    placed = [(t.get_text(), t.get_window_extent(renderer)) for t in drawing.figure.findobj(Text) if t.get_text()]
    right, top = drawing.figure.bbox.max
    assert [text for text, box in placed if box.min.min() < 0 or box.x1 > right or box.y1 > top] == []
    covered = [
        (one, two)
        for (one, a), (two, b) in combinations(placed, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]
    assert covered == []


def test_the_words_that_go_with_it(drawing):
    assert ALT_SHORTEST <= len(drawing.alt) <= ALT_LONGEST
    assert plain(drawing.title) in plain(" ".join(written(drawing.figure)))
    assert SOURCE in " ".join(written(drawing.figure))
    assert [column for column in drawing.data.columns if column not in drawing.labels] == []


def test_the_svg_is_light_and_made_of_marks(drawing):
    text = svg(drawing.figure, drawing.title)
    assert len(text.encode()) < 100_000
    assert "<image" not in text


def test_fictitious_data_says_so_in_the_title():
    data = pd.DataFrame()
    data.attrs["provenance"] = "demo"
    assert titled("Un fait", data) == "Démonstration (demo, données fictives) : Un fait"


def test_provenance_reaches_both_figures_from_the_codings():
    codings = tiny.codings()
    codings.attrs["provenance"] = "demo"
    present = incidence(codings, tiny.interviews(), tiny.codebook())
    curves = by_group(present, groups(tiny.interviews()), orders=20)
    for drawn in (code_accumulation(curves, SOURCE), silence_map(tiny_map(codings=codings), SOURCE)):
        assert drawn.title.startswith("Démonstration (demo")
        assert drawn.data.attrs["provenance"] == "demo"


# Accumulation.


def curve(codes: list[float], group: str = EVERYONE) -> pd.DataFrame:
    size = len(codes)
    columns = dict.fromkeys(("codes", "low", "high", "expected"), codes)
    return pd.DataFrame({"group": group, "interviews": range(1, size + 1), **columns, "new": 0.0})


def test_the_curve_drawn_is_the_mean():
    curves = tiny_curves()
    axes = code_accumulation(curves, SOURCE).figure.axes[0]
    drawn = axes.lines[0].get_xydata()
    everyone = curves[curves["group"] == EVERYONE]
    assert drawn.tolist() == [[0, 0], *everyone[["interviews", "codes"]].to_numpy().tolist()]


def test_groups_share_the_scales_of_everyone():
    axes = code_accumulation(by_group(*large(), orders=50), SOURCE).figure.axes
    assert len({(a.get_xlim(), a.get_ylim()) for a in axes}) == 1
    assert len(axes) == 1 + len(SAFE_GROUPS)


def test_title_accumulation_gives_the_interviews_that_bring_most_codes():
    curves = curve([5.0, 8.0, 9.0, 10.0])
    assert needed(curves) == 3
    expected = "3 entretiens sur 4, dans un ordre au hasard, donnent en moyenne 90 % des 10 codes relevés"
    assert plain(title_accumulation(curves)) == expected


def test_no_code_at_all_can_be_drawn():
    curves = curve([0.0, 0.0])
    assert plain(code_accumulation(curves, SOURCE).title) == "Aucun code relevé en 2 entretiens"


def test_alt_accumulation_gives_codes_and_interviews_of_each_group():
    both = pd.concat([curve([5.0, 8.0]), curve([4.0], "Élus et agents")])
    assert "Ensemble 8 (2), Élus et agents 4 (1)" in alt_accumulation(both)


# Silence.


def marks(drawn) -> dict[str, list[tuple[float, float]]]:
    axes = drawn.figure.axes[-1]
    found = {c.get_label(): c.get_offsets().tolist() for c in axes.collections if hasattr(c, "get_sizes")}
    return {
        name: [(int(x), int(y)) for x, y in places] for name, places in found.items() if name in (*STATES, "contested")
    }


def test_marks_stand_in_the_row_of_their_link_and_the_column_of_their_group():
    got = marks(silence_map(tiny_map(), SOURCE))  # rows: X>Y, A>B, B>C, RIV01
    assert got["confirms"] == [(0, 1), (0, 2), (1, 2), (2, 2), (0, 3), (2, 3)]
    assert got["denies"] == [(1, 1)]
    assert got["silent"] == [(2, 1)]
    assert len(got["never_asked"]) == 16 - 8
    assert got["contested"] == [(1, 1), (1, 2), (2, 2)]


def test_states_are_told_apart_without_colour():
    filled = [to_rgba(face.get("facecolor", "none")) for face in MARKS.values()]
    shapes = {
        (f["marker"], fill[:3] == (1, 1, 1), "hatch" in f) for f, fill in zip(MARKS.values(), filled, strict=True)
    }
    assert len(shapes) == len(MARKS)


def test_map_without_a_trace_of_the_questions_says_so():
    unknown = silence(tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked()[:0])
    drawn = silence_map(unknown, SOURCE)
    assert "cases où l’on ne sait pas ce qui a été demandé" in plain(drawn.title)
    assert "question non documentée" in drawn.alt
    assert "silencieux" not in drawn.alt
    said = {text.get_text() for axes in drawn.figure.axes for text in axes.texts}
    said |= {text.get_text() for text in drawn.figure.texts}
    assert "question non documentée" in said
    assert "jamais interrogé" not in said


def test_the_data_behind_the_map_are_states_never_numbers_of_people():
    data = silence_map(tiny_map(), SOURCE).data
    assert [*data.columns] == ["link_id", "group_1", "group_2", "group_3", "group_4"]
    assert data.loc[data["link_id"] == "A>B", "group_2"].item() == "contredit (avis partagés ou réserves)"
    assert not data.map(lambda cell: isinstance(cell, int | float)).to_numpy().any()


def test_title_silence_counts_links_denied_silences_and_questions_never_put():
    got = plain(title_silence(tiny_map()))
    assert (
        got == "1 lien sur 4 est contredit par un groupe au moins, 1 case de silence, 8 cases où nul n’a été interrogé"
    )


def test_title_silence_without_contradiction():
    codings = tiny.codings().assign(direction="supports")
    assert plain(title_silence(tiny_map(codings=codings))).startswith("4 liens, dont aucun n’est contredit, 1 case")
