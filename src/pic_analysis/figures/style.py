"""Hold the house style: three colours, one set of sizes, and SVG that is the same bytes on every machine.

Nothing here uses pyplot: there is no global state and no figure to close. Nothing is random.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure
from pandas import DataFrame

from pic_analysis.numbers_fr import NARROW, NBSP

INK, MUTED, RULE, PAPER = "#14201d", "#4a5954", "#d8d8cc", "#ffffff"
DARK, MID, DEEP = "#07443c", "#bf7d1a", "#5a1a3a"
# Three and no more: a fourth could not keep 3:1 with white and with its neighbours. DEEP is as dark as DARK: it
# only comes hatched on white, so that the three stay apart in grey.
PALETTE = (DARK, MID, DEEP)
FACES: tuple[dict[str, Any], ...] = (
    {"facecolor": DARK, "edgecolor": PAPER, "linewidth": 1.5},
    {"facecolor": MID, "edgecolor": PAPER, "linewidth": 1.5},
    {"facecolor": PAPER, "edgecolor": DEEP, "linewidth": 1.2, "hatch": "//////"},
)
LETTERS = (PAPER, INK, INK)  # colour of a number written upon each face

WIDTH = 640  # pixels; the column of text of the book is a little wider
TITLE, LABEL, SMALL = 17, 14, 12.5  # pixels
ALT_SHORTEST, ALT_LONGEST = 30, 250  # signs
FONTS = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

_RC: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "pic-analysis",
    # The font that matplotlib brings along measures the same everywhere, and is wider than the readers' own.
    "font.family": ["DejaVu Sans"],
    "hatch.linewidth": 1.4,
    "text.color": INK,
}
# On a new machine matplotlib lists the fonts once, and says so on stderr: it would end up on a page.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

house = mpl.rc_context(_RC)
"""Decorator of the functions that draw."""


class Drawing(NamedTuple):
    """A figure, exactly the data drawn, and the words that go with them.

    ``labels`` gives the French name of each column of ``data``; ``name`` names the file of the data.
    """

    figure: Figure
    data: DataFrame
    title: str
    alt: str
    labels: dict[str, str]
    name: str


def leading(size: float) -> float:
    """Return the distance between two lines of text, in pixels."""
    return size * 1.35


def pt(pixels: float) -> float:
    """Return a length in points, in which matplotlib counts."""
    return pixels * 0.75


def area(diameter: float) -> float:
    """Return the size of a `scatter` mark from its diameter in pixels."""
    return pt(diameter) ** 2


def bind(text: str) -> str:
    r"""Return a French text whose high signs stick to the word before them, so that no line begins with one.

    >>> bind("Paquet B : « oui » !")
    'Paquet B\xa0: «\xa0oui\xa0»\u202f!'
    """
    text = re.sub(r" (?=[:»%])|(?<=«) ", NBSP, text)
    return re.sub(r" (?=[;!?])", NARROW, text)


def alternative(opening: str, parts: list[str], ending: str = "") -> str:
    r"""Return an alternative text of at most 250 signs: as many parts are kept as there is room for.

    >>> alternative("Barres des constats par rôle", ["changement 3", "limite 2"], "Aucun ne contredit")
    'Barres des constats par rôle\xa0: changement 3, limite 2. Aucun ne contredit.'
    """
    end = f". {ending}." if ending else "."
    kept, rest = list(parts), ""
    while kept and len(f"{opening} : {', '.join(kept)}{rest}{end}") > ALT_LONGEST:
        kept.pop()
        rest = ", suite dans le tableau"
    return bind(f"{opening} : {', '.join(kept)}{rest}{end}" if kept else f"{opening}{end}")


def svg(figure: Figure, title: str = "") -> str:
    """Return a figure as SVG text: text stays text, in the reader's own fonts; no date, no random identifier."""
    metadata: dict[str, str | None] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    if title:
        metadata["Title"] = bind(title)
    buffer = io.StringIO()
    with mpl.rc_context(_RC):
        figure.savefig(buffer, format="svg", metadata=metadata)
    text = buffer.getvalue()
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"'DejaVu Sans'(, sans-serif)?", FONTS, text)
    return text[text.index("<svg") :]
