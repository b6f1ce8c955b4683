"""Let a figure follow the reader's mode, light or dark: its colours change, its ink and its words do not.

The figure itself is drawn for paper. What is added is a rule that the reader's browser applies on a dark screen only;
a program that does not know it (a word processor, a printer) shows the light figure.
"""

from __future__ import annotations

import re

from pic_analysis.figures.style import DARK, DEEP, INK, MID, MUTED, PAPER, RULE
from pic_analysis.figures.time_frame import GREY

TWINS = {
    PAPER: "#1a2422",
    INK: "#f4f7f5",
    MUTED: "#a9b8b2",
    RULE: "#33413d",
    GREY: "#7d8b86",
    DARK: "#9adfd0",
    MID: "#9a6412",
    DEEP: "#f4cde0",
}
"""The colour that takes the place of each, on a dark screen: as far from its ground and its neighbours."""


def both_modes(svg: str) -> str:
    """Return a figure that follows the mode of the screen; one with other colours than the house's is left as it is.

    >>> print(both_modes('<svg><path style="fill: #14201d"/></svg>'))
    <svg><path style="fill: #14201d"/><style>@media screen and (prefers-color-scheme: dark) {
    [style*="fill: #14201d"] { fill: #f4f7f5 !important }
    }</style></svg>
    >>> both_modes('<svg><path style="fill: #123456"/></svg>')
    '<svg><path style="fill: #123456"/></svg>'
    """
    used = sorted(set(re.findall(r"\b(fill|stroke): (#[0-9a-f]{6})\b", svg)))
    if not used or any(colour not in TWINS for _, colour in used) or not svg.rstrip().endswith("</svg>"):
        return svg
    rules = [f'[style*="{what}: {colour}"] {{ {what}: {TWINS[colour]} !important }}' for what, colour in used]
    sheet = "\n".join(["<style>@media screen and (prefers-color-scheme: dark) {", *rules, "}</style>"])
    return svg.rstrip().removesuffix("</svg>") + sheet + "</svg>" + svg[len(svg.rstrip()) :]
