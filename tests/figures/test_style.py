from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pic_analysis.figures.sheet import new
from pic_analysis.figures.style import (
    ALT_LONGEST,
    FACES,
    INK,
    LETTERS,
    MUTED,
    PALETTE,
    PAPER,
    alternative,
    svg,
)


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2: what is left of a colour in greyscale."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("color", PALETTE)
def test_a_mark_stands_out_on_paper(color):
    assert contrast(color, PAPER) >= 3


def test_neighbours_of_the_palette_stand_apart():
    assert [pair for pair in pairwise(PALETTE) if contrast(*pair) < 3] == []


def test_faces_as_dark_as_one_another_differ_by_their_hatch():
    def texture(face):
        return "hatched" if "hatch" in face else "plain"

    seen = [(luminance(f["edgecolor"] if "hatch" in f else f["facecolor"]), texture(f)) for f in FACES]
    alike = [
        (one, two)
        for number, one in enumerate(seen)
        for two in seen[number + 1 :]
        if (max(one[0], two[0]) + 0.05) / (min(one[0], two[0]) + 0.05) < 3 and one[1] == two[1]
    ]
    assert alike == []


@pytest.mark.parametrize("color", [INK, MUTED])
def test_text_is_readable_on_paper(color):
    assert contrast(color, PAPER) >= 4.5


@pytest.mark.parametrize(("face", "letters"), [*zip(FACES, LETTERS, strict=True)])
def test_a_number_is_readable_on_its_mark(face, letters):
    ground = PAPER if "hatch" in face else face["facecolor"]  # on a hatch, a number has its own white ground
    assert contrast(letters, ground) >= 4.5


def test_svg_keeps_text_as_text_and_no_trace_of_the_machine():
    sheet = new(400, 20, title="Trois constats & un cas", note="Source : essai")
    got = svg(sheet.figure, "Trois constats & un cas")
    assert "<title>Trois constats &amp; un cas</title>" in got
    assert re.findall(r"<text[^>]*>([^<]*)</text>", got) == ["Trois constats &amp; un cas", "Source\u00a0: essai"]
    assert got.startswith("<svg ")
    assert not re.search(r"<metadata|dc:date|<image|DejaVu|Matplotlib v|\d{4}-\d\d-\d\d", got)
    assert "sans-serif" in got


def test_a_sheet_is_white_so_that_dark_mode_does_not_hide_its_ink():
    assert 'style="fill: #ffffff"' in svg(new(200, 20, title="x").figure)


def test_a_long_title_makes_the_sheet_taller_not_wider():
    short, long = (new(400, 50, title=title).figure.get_size_inches() for title in ("court", "très long " * 20))
    assert short[0] == long[0]
    assert short[1] < long[1]


def test_a_long_alternative_text_is_cut_between_two_facts_and_says_so():
    got = alternative("Barres", [f"commune {n} : {n} constats" for n in range(30)], "Fin")
    assert len(got) <= ALT_LONGEST
    assert re.search(r"\d+ constats, suite dans le tableau\. Fin\.$", got)
