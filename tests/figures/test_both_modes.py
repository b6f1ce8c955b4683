"""Figures on a dark screen keep the contrasts that they have on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figures.test_style import contrast

from pic_analysis.figures.both_modes import TWINS, both_modes
from pic_analysis.figures.sheet import key, new
from pic_analysis.figures.style import FACES, INK, LETTERS, MUTED, PALETTE, PAPER, svg
from pic_analysis.figures.time_frame import GREY


@pytest.mark.parametrize("colour", [*PALETTE, GREY])
def test_a_mark_stands_out_on_a_dark_ground(colour):
    assert contrast(TWINS[colour], TWINS[PAPER]) >= 3


def test_neighbours_stay_apart_on_a_dark_ground():
    assert [pair for pair in pairwise(PALETTE) if contrast(*(TWINS[c] for c in pair)) < 3] == []


@pytest.mark.parametrize("colour", [INK, MUTED])
def test_text_is_readable_on_a_dark_ground(colour):
    assert contrast(TWINS[colour], TWINS[PAPER]) >= 4.5


@pytest.mark.parametrize(("face", "letters"), [*zip(FACES, LETTERS, strict=True)])
def test_a_number_is_readable_on_its_mark_in_the_dark(face, letters):
    ground = PAPER if "hatch" in face else face["facecolor"]
    assert contrast(TWINS[letters], TWINS[ground]) >= 4.5


def test_every_colour_of_a_real_drawing_has_its_twin():
    sheet = new(400, 40, title="Trois teintes", note="Source : essai")
    key(sheet, 6, 20, ["a", "b", "c"])
    drawn = svg(sheet.figure)
    got = both_modes(drawn)
    assert "prefers-color-scheme: dark" in got
    assert got.replace(got[got.rindex("<style>") : got.rindex("</svg>")], "") == drawn  # nothing else changes


@pytest.mark.browser
def test_a_browser_paints_an_image_in_the_mode_of_the_page(browser, tmp_path):
    sheet = new(400, 40, title="")
    (tmp_path / "a.svg").write_text(both_modes(svg(sheet.figure)), encoding="utf-8")
    (tmp_path / "page.html").write_text(
        '<meta name="color-scheme" content="light dark"><img src="a.svg" alt="" style="display:block">'
    )
    painted = []
    for mode in ("light", "dark"):
        view = browser.new_page(color_scheme=mode)
        view.goto((tmp_path / "page.html").as_uri())
        painted.append(view.screenshot(clip={"x": 50, "y": 5, "width": 1, "height": 1}))
        view.close()
    assert painted[0] != painted[1]
