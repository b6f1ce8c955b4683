"""Draw a theory of change: packages in columns, boxes in packages, arrows between them, every box a link.

The drawing is inline SVG: text is text, links are links, colours follow the page (light or dark) and never
carry meaning alone. Its words come from the tables only.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from pic_analysis.figures.logic_layout import BAND, INSET, LINE, Arrow, Box, Layout, Panel, lay_out
from pic_analysis.numbers_fr import NBSP

if TYPE_CHECKING:
    from pandas import DataFrame

    Href = Callable[[str], str | None]

TAG_W, TAG_H = 46, 22

# Boxes are the plain rectangles; a browser that does not know `rx` in CSS draws square corners.
STYLE = """.lm{display:block;width:100%;min-width:56rem;max-width:76rem;height:auto;margin:auto;\
font:14px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--f:var(--lm-fond,#fff);\
--t:var(--lm-texte,#1c2730);--p:var(--lm-panneau,#eef2f4);--l:var(--lm-trait,#5d6b76);--a:var(--lm-accent,#0b4f60);\
fill:var(--t)}
@media screen and (prefers-color-scheme:dark){.lm{--f:var(--lm-fond,#14191d);--t:var(--lm-texte,#e8edf0);\
--p:var(--lm-panneau,#20282e);--l:var(--lm-trait,#94a3ae);--a:var(--lm-accent,#8fd0e0)}}
.lm rect{fill:var(--f);stroke:var(--l);rx:5px}.lm .p{fill:var(--p)}.lm .h{fill:var(--a);stroke:var(--a)}
.lm .n{fill:none;stroke:none}.lm .f{stroke:none}
.lm defs rect{fill:inherit;stroke:inherit;rx:11px}.lm use{fill:var(--f);stroke:var(--a)}
.lm .i,.lm .s,.lm .j{font-weight:700}.lm .i{fill:var(--a);font-size:12.5px}.lm .s{fill:var(--f)}
.lm .k{font-size:20px}.lm .c{text-anchor:middle}
.lm path{fill:none;stroke:var(--l);stroke-width:2}.lm path.o{stroke:var(--f);stroke-width:8}
.lm .x{stroke-dasharray:6 4}.lm .w{fill:var(--l);stroke:none}
.lm a{text-decoration:none}.lm a:hover text{text-decoration:underline}
.lm a:hover rect,.lm a:hover use{stroke-width:2}
.lm a:focus-visible{outline:3px solid var(--t);outline-offset:2px}"""


def svg(
    nodes: DataFrame,
    links: DataFrame,
    href: Href,
    *,
    title: str = "Logigramme de la théorie du changement",
    prefix: str = "logigramme",
) -> str:
    """Return the drawing of a theory of change as the text of an inline SVG element.

    Parameters
    ----------
    nodes
        Columns ``node_id``, ``parent`` (empty for a package) and ``label_fr``. The packages are those of
        `logic_layout`: A, B, C above D, E in columns, X in a band; one without a row is left out.
    links
        Columns ``link_id``, ``source_id``, ``target_id`` and ``label_fr``: between two packages, or between
        two boxes of one package.
    href
        Gives the address of a node or of a link, or None for no link.
    title
        Accessible name of the drawing.
    prefix
        Beginning of the ids of the drawing; two drawings of one page need two.

    Raises
    ------
    ValueError
        If an arrow has no route (message in French).
    """
    layout = lay_out(nodes, links)
    # Dashed arrows first: a full arrow that crosses one passes over it, with a margin.
    arrows = sorted(layout.arrows, key=lambda arrow: not arrow.dashed)
    return "\n".join(
        [
            _head(layout, title, _description(layout.panels, links), prefix),
            *(_arrow(arrow, prefix) for arrow in arrows),
            *(_panel(panel, href, prefix) for panel in layout.panels.values()),
            *(_tag(arrow, href, prefix) for arrow in arrows),
            "</svg>",
        ]
    )


def data(nodes: DataFrame, links: DataFrame) -> DataFrame:
    """Return what `svg` draws, one row for each package, box and arrow.

    Columns: nature, identifiant, depart (package of a box, source of an arrow), arrivee, libelle.
    """
    import pandas as pd

    boxes = pd.DataFrame(
        {
            "nature": ["boîte" if parent else "paquet" for parent in nodes["parent"]],
            "identifiant": nodes["node_id"],
            "depart": nodes["parent"],
            "arrivee": "",
            "libelle": nodes["label_fr"],
        }
    )
    arrows = pd.DataFrame(
        {
            "nature": "flèche",
            "identifiant": links["link_id"],
            "depart": links["source_id"],
            "arrivee": links["target_id"],
            "libelle": links["label_fr"],
        }
    )
    return pd.concat([boxes, arrows], ignore_index=True)


def _head(layout: Layout, title: str, description: str, prefix: str) -> str:
    w, h = layout.width, layout.height
    return (
        f'<svg class="lm" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="group"'
        f' aria-labelledby="{prefix}-t" aria-describedby="{prefix}-d">'
        f'<title id="{prefix}-t">{escape(title)}</title><desc id="{prefix}-d">{escape(description)}</desc>'
        f"<style>{STYLE}</style>"
        f'<defs><marker id="{prefix}-f" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="12"'
        ' markerHeight="12" markerUnits="userSpaceOnUse" orient="auto"><path class="w" d="M0 0 10 5 0 10z"/>'
        f'</marker><rect id="{prefix}-g" x="{-TAG_W // 2}" y="{-TAG_H // 2}" width="{TAG_W}"'
        f' height="{TAG_H}" rx="11"/></defs><rect class="f" width="{w}" height="{h}"/>'
    )


def _arrow(arrow: Arrow, prefix: str) -> str:
    halo = "" if arrow.dashed else f'<path class="o" d="{arrow.path}"/>'
    style = ' class="x"' if arrow.dashed else ""
    return f'{halo}<path{style} d="{arrow.path}" marker-end="url(#{prefix}-f)"/>'


def _tag(arrow: Arrow, href: Href, prefix: str) -> str:
    x, y = arrow.tag
    text = f"{arrow.source} → {arrow.target}"
    words = f'<text class="i c" x="{x}" y="{y + 4}">{escape(text)}</text>'
    shape = f'<use href="#{prefix}-g" x="{x}" y="{y}"/>{words}'
    return _linked(shape, href(arrow.id), f"{text}{NBSP}: {arrow.label}")


def _panel(panel: Panel, href: Href, prefix: str) -> str:
    # What is not the strategy's doing has a plain head and a dashed edge: no meaning rests on colour.
    fill, ink, text, edge = ("n", "i", "j", "p x") if panel.head.id == BAND else ("h", "s", "s", "p")
    head = panel.head
    shape = (
        f'{_rect(head, fill)}<text class="{ink} k" x="{head.x + 12}" y="{head.y + head.h // 2 + 7}">'
        f"{escape(head.id)}</text> {_text(head, head.x + 36, text)}"
    )
    parts = [_rect(panel, edge), _linked(shape, href(head.id), f"{head.id}{NBSP}: {head.label}")]
    for box in panel.boxes:
        shape = _rect(box) + _text(box, box.x + INSET)
        parts.append(_linked(shape, href(box.id), f"{box.id}{NBSP}: {box.label}"))
    where = {box.id: (box.x + box.w, box.y + box.h // 2) for box in panel.boxes}
    for source, target in panel.inner:
        (x, start), (_, end) = where[source], where[target]
        # Arrows into one box come in together, a little below its middle or above it.
        end += 6 if start > end else -6
        parts.append(f'<path d="M{x} {start}h12V{end}h-12" marker-end="url(#{prefix}-f)"/>')
    return "".join(parts)


def _rect(place: Box | Panel, css: str = "") -> str:
    style = f'class="{css}" ' if css else ""
    return f'<rect {style}x="{place.x}" y="{place.y}" width="{place.w}" height="{place.h}"/>'


def _text(box: Box, x: int, css: str = "") -> str:
    style = f' class="{css}"' if css else ""
    first = box.y + box.h // 2 + 5 - (len(box.lines) - 1) * LINE // 2
    # A space before each break: copied or read aloud, the lines make a sentence.
    rest = "".join(
        f' <tspan x="{x}" y="{first + LINE * index}">{escape(line)}</tspan>'
        for index, line in enumerate(box.lines[1:], 1)
    )
    start = escape(box.lines[0])
    if start.split(" ")[0] == box.id:  # « N » does not open « Nouveaux »
        start = f'<tspan class="i">{box.id}</tspan>{start.removeprefix(box.id)}'
    return f'<text{style} x="{x}" y="{first}">{start}{rest}</text>'


def _linked(shape: str, address: str | None, label: str) -> str:
    if address is None:
        return f"<g>{shape}</g>"
    return f'<a href="{escape(address, quote=True)}" aria-label="{escape(label, quote=True)}">{shape}</a>'


def _description(panels: dict[str, Panel], links: DataFrame) -> str:
    """Tell the drawing in one line: packages with their number of boxes, then arrows."""
    packages = [f"{name} ({panel.head.label}, {len(panel.boxes)})" for name, panel in panels.items()]
    arrows = [f"{row.source_id} → {row.target_id}" for row in links.itertuples()]
    return f"{' ; '.join(packages)}. {' ; '.join(arrows)}."
