"""What is drawn is the data; a break or a hole is never bridged; nothing is claimed of causes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indicators.series import long, table, walk
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pic_analysis.figures.gaps import event_dots, placebo_gaps
from pic_analysis.figures.label_places import apart
from pic_analysis.figures.series import dumbbell, lines, small_multiples
from pic_analysis.figures.style import ALT_LONGEST, ALT_SHORTEST, DARK, Drawing, svg
from pic_analysis.figures.time_frame import GREY, steps, steps_apart
from pic_analysis.figures.wording import Wording
from pic_analysis.indicators.comparators import changes
from pic_analysis.indicators.differences import event_study
from pic_analysis.indicators.guards import causal_words
from pic_analysis.indicators.panel import panel
from pic_analysis.indicators.synthetic import synthetic

WORDS = Wording("Taux de chômage, en %", "Source : essai.", unit_fr="%", others_fr="zones", names={"t0": "Alpha"})


def quarters(territories: int = 22, periods: int = 92) -> pd.DataFrame:
    values = walk(np.random.default_rng(1), periods, territories) + 30
    rows = [
        (f"t{n}", f"{2003 + t // 4}-T{t % 4 + 1}", round(float(values[t, n]), 1))
        for n in range(territories)
        for t in range(periods)
    ]
    return pd.DataFrame(rows, columns=["territory_id", "period", "value"])


def drawn() -> dict[str, Drawing]:
    frame, event = quarters(), replace(WORDS, event="2013-T1", event_fr="ouverture")
    laid = panel(frame)
    return {
        "lines": lines(frame, "t0", event),
        "multiples": small_multiples(frame, "t0", event),
        "dumbbell": dumbbell(changes(frame, "t0", "2012-T4", "2019-T4"), event),
        "gaps": placebo_gaps(synthetic(laid, "t0", "2013-T1"), event),
        "dots": event_dots(event_study(laid, ["t0"], "2013-T1"), "t0", event),
    }


ALL = drawn()


@pytest.fixture(params=[*ALL])
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return ALL[request.param]


def written(found: Drawing) -> list[str]:
    return [text.get_text() for text in found.figure.findobj(Text) if text.get_text()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_figure_is_light_and_its_text_is_text(drawing):
    text = svg(drawing.figure, drawing.title)
    assert len(text.encode()) < 100_000
    assert "<image" not in text
    assert "Source : essai." in plain(text)


def test_the_alternative_text_is_neither_empty_nor_endless(drawing):
    assert ALT_SHORTEST <= len(drawing.alt) <= ALT_LONGEST


def test_the_title_is_on_the_figure_and_claims_no_cause(drawing):
    assert plain(drawing.title) in plain(" ".join(written(drawing)))
    assert causal_words(f"{drawing.title} {drawing.alt}") == []


def test_every_column_of_the_data_has_a_french_name(drawing):
    assert [column for column in drawing.data.columns if column not in drawing.labels] == []


def test_no_text_leaves_the_figure(drawing):
    renderer = drawing.figure.canvas.get_renderer() if hasattr(drawing.figure.canvas, "get_renderer") else None
    width, height = drawing.figure.get_size_inches() * drawing.figure.dpi
    for text in drawing.figure.findobj(Text):
        if text.get_text():
            box = text.get_window_extent(renderer or drawing.figure._get_renderer())
            assert box.x0 >= -2, text.get_text()
            assert box.x1 <= width + 2, text.get_text()
            assert box.y0 >= -2, text.get_text()
            assert box.y1 <= height + 2, text.get_text()


def strokes(found: Drawing, color: str) -> list[list[float]]:
    return [[*line.get_ydata()] for axes in found.figure.axes for line in axes.lines if line.get_color() == color]


def test_a_missing_value_interrupts_the_line():
    found = lines(long(a=[1.0, 2.0, None, 4.0, 5.0], b=[2.0] * 5), "a", WORDS)
    assert strokes(found, DARK) == [[1, 2], [4, 5]]
    assert np.isnan(found.data["t_a"].iloc[2])


def test_a_new_definition_interrupts_every_line_and_is_said():
    found = lines(long(a=[1.0, 2.0, 3.0, 4.0], b=[2.0] * 4), "a", replace(WORDS, breaks=("2002",)))
    assert strokes(found, DARK) == [[1, 2], [3, 4]]
    assert strokes(found, GREY) == [[2, 2], [2, 2]]
    assert "Rupture de série (2002)" in plain(" ".join(written(found)))


def test_a_value_between_two_holes_is_a_dot():
    found = lines(long(a=[1.0, None, 3.0, None, 5.0], b=[2.0] * 5), "a", WORDS)
    markers = [line.get_marker() for axes in found.figure.axes for line in axes.lines if line.get_color() == DARK]
    assert markers == ["o", "o", "o"]


def test_few_others_are_named_and_many_have_their_median():
    few = lines(
        long(a=[1.0, 2.0], b=[2.0, 3.0], c=[4.0, 4.0]), "a", replace(WORDS, names={"b": "Bravo", "c": "Charlie"})
    )
    assert {"Bravo", "Charlie"} <= set(written(few))
    assert "médiane" not in few.data
    many = ALL["lines"].data
    assert many["médiane"].tolist() == many[[f"t_t{n}" for n in range(1, 22)]].median(axis=1).tolist()


def test_small_multiples_share_one_scale_and_hold_every_territory():
    found = ALL["multiples"]
    panels = [axes for axes in found.figure.axes if axes.lines]
    assert len({axes.get_ylim() for axes in panels}) == 1
    assert len(panels) == 22


def test_a_difference_of_shares_is_in_points():
    found = dumbbell(changes(long(a=[10.0, 7.5], b=[9.0, 9.0]), "a", "2000", "2001"), WORDS)
    assert "−2,5 points entre 2000 et 2001" in plain(found.title)
    assert "0,0 point " in plain(found.title)


def test_a_dumbbell_says_who_lacks_a_value():
    found = dumbbell(changes(long(a=[1.0, 2.0], b=[1.0, None], c=[3.0, 4.0]), "a", "2000", "2001"), WORDS)
    assert "Sans les deux valeurs : b." in plain(" ".join(written(found)))


def test_dots_are_full_where_the_interval_leaves_zero_out():
    found = ALL["dots"]
    outside = (found.data["low"] > 0) | (found.data["high"] < 0)
    faces = {
        tuple(c.get_facecolor()[0][:3]): len(c.get_offsets())
        for c in found.figure.axes[0].collections
        if hasattr(c, "get_sizes") and len(c.get_offsets()) > 1 and len(c.get_facecolor())
    }
    assert sorted(faces.values()) == sorted(n for n in (int(outside.sum()), int((~outside).sum())) if n > 1)


def test_intervals_out_of_reach_are_not_drawn_and_said():
    laid = panel(table(walk(np.random.default_rng(2), 12, 8)))
    found = event_dots(event_study(laid, ["t0"], "2006"), "t0", WORDS)
    assert "sans intervalle possible" in found.title
    assert len(found.data) == 12


def test_a_period_left_out_of_the_control_keeps_its_place():
    values = walk(np.random.default_rng(3), 20, 6)
    values[4, 2] = np.nan
    found = placebo_gaps(synthetic(panel(table(values)), "t0", "2012"), WORDS)
    assert found.data["period"].tolist() == [str(2000 + n) for n in range(20)]
    assert found.data["t_t0"].isna().sum() == 1


def test_fictitious_data_says_so_in_every_title():
    frame = table(walk(np.random.default_rng(4), 20, 6))
    frame.attrs["provenance"] = "demo"
    laid = panel(frame)
    titles = [
        lines(frame, "t0", WORDS).title,
        small_multiples(frame, "t0", WORDS).title,
        dumbbell(changes(frame, "t0", "2000", "2019"), WORDS).title,
        placebo_gaps(synthetic(laid, "t0", "2012"), WORDS).title,
        event_dots(event_study(laid, ["t0"], "2012"), "t0", WORDS).title,
    ]
    assert all(title.startswith("Démonstration") for title in titles)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3.2, 4.1), (7, 7), (0.001, 0.002), (12_000, 98_000)])
def test_steps_hold_the_values_between_them(low, high):
    got = steps(low, high)
    assert got[0] <= low
    assert got[-1] >= high
    assert 2 <= len(got) <= 9


def test_labels_are_moved_apart_and_keep_their_order():
    got = apart([10.0, 11.0, 12.0, 50.0], [10] * 4)
    assert np.diff(got).min() >= 10 - 1e-9
    assert got[3] == 50


@given(
    st.lists(st.tuples(st.floats(-50, 350), st.sampled_from([17.0, 34.0, 68.0])), min_size=1, max_size=4),
)
def test_labels_stay_in_their_panel_and_do_not_overlap(wanted):
    heights, tall = [height for height, _ in wanted], [size for _, size in wanted]
    boxes = sorted((y - size / 2, y + size / 2) for y, size in zip(apart(heights, tall, 0, 300), tall, strict=True))
    assert boxes[0][0] >= -1e-6
    assert boxes[-1][1] <= 300 + 1e-6
    assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(boxes))


def boxes(found: Drawing) -> dict[str, Bbox]:
    renderer = found.figure._get_renderer()
    return {plain(t.get_text()): t.get_window_extent(renderer) for t in found.figure.findobj(Text) if t.get_text()}


def test_long_name_at_the_foot_leaves_the_last_year_free():
    long_name = "Communauté d’agglomération de Béthune-Bruay, Artois-Lys Romane"
    found = lines(long(a=[2.0, 3.0], b=[2.0, 1.0]), "a", replace(WORDS, names={"b": long_name}))
    at = boxes(found)
    named = [box for text, box in at.items() if text in long_name]
    assert len(named) > 2
    assert min(box.y0 for box in named) >= at["2001"].y1


def test_name_of_a_break_stands_where_no_line_is():
    frame = long(a=[9.0] * 6, b=[0.0] * 6, c=[0.6] * 6)
    found = lines(frame, "a", replace(WORDS, breaks=("2003",)))
    box = boxes(found)["rupture"]
    panel_axes = next(axes for axes in found.figure.axes if axes.lines)
    drawn_at = [panel_axes.transData.transform((0, y))[1] for y in (9.0, 0.0, 0.6)]
    assert not any(box.y0 <= y <= box.y1 for y in drawn_at)


def test_dumbbell_breaks_the_names_that_are_too_long_and_parts_its_scale():
    frame = long(a=[100_000.0, 520_000.0], b=[20_000.0, 21_000.0])
    name = "Cité internationale de la dentelle et de la mode de Calais"
    at = boxes(dumbbell(changes(frame, "a", "2000", "2001"), replace(WORDS, unit_fr="", names={"b": name})))
    assert min(box.x0 for text, box in at.items() if text in name) >= 0
    on_scale = sorted((box.x0, box.x1) for text, box in at.items() if text.endswith("000") or text == "0")
    assert all(one[1] < other[0] for one, other in pairwise(on_scale))
    assert len(steps_apart(0, 480_000, 1000)) > len(steps_apart(0, 480_000, 250))


def test_one_territory_alone_can_be_drawn():
    found = lines(long(a=[1.0, 2.0, 3.0]), "a", WORDS)
    assert plain(found.title) == "a : 1,0 % (2000), 3,0 % (2002)"


def test_title_and_description_compare_values_of_one_definition_only():
    values = long(t0=[148270, 863117, 491884, 444602, 223931])
    got = lines(values, "t0", replace(WORDS, unit_fr="", digits=0, breaks=("2003",)))
    plain = got.title.replace("\u202f", " ").replace("\xa0", " ")
    assert plain == "Alpha : 444 602 (2003), 223 931 (2004)"
    assert "863" not in got.alt
    assert got.data["t_t0"].tolist() == [148270.0, 863117.0, 491884.0, 444602.0, 223931.0]
