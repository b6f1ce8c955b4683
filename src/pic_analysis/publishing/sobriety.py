"""Leave out of a rendered site what no page calls, and print on its own page what each page costs.

Both are done when Sphinx has written everything, on the very files that are published.
"""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from pic_analysis.files import write_atomically
from pic_analysis.numbers_fr import integer
from pic_analysis.paths import SITE
from pic_analysis.publishing.budgets import COMMON, FILE, Budget, excess
from pic_analysis.publishing.budgets import read as read_budgets
from pic_analysis.publishing.typography import french
from pic_analysis.publishing.typography_html import french_html
from pic_analysis.publishing.weight import Weight, loaded, weigh, weigh_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

OPENS, CLOSES = "<!-- mesures -->", "<!-- fin des mesures -->"
"""Between them stands, in a page, what the printed editions say; the site says there what its pages cost."""

TABLE = "mesures.csv"
SWEPT = ("_static", "_images")


def sweep(site: Path) -> list[str]:
    """Remove the style sheets, scripts and images that no page loads; return their names."""
    used = {
        name
        for path in site.rglob("*.html")
        for name in loaded(site, path.relative_to(site).as_posix(), path.read_text(encoding="utf-8"))
    }
    unused = [
        path
        for folder in SWEPT
        for path in sorted((site / folder).rglob("*"))
        if path.is_file() and path.relative_to(site).as_posix() not in used
    ]
    for path in unused:
        path.unlink()
    return [path.relative_to(site).as_posix() for path in unused]


def print_weights(site: Path, budgets: dict[str, Budget]) -> dict[str, Weight]:
    """Write what each page costs in the page that has the marks, and in a table beside it; return it.

    That page's own cost counts the table that is written in it.
    """
    weights = weigh_site(site)
    for page in weights:
        html = (site / page).read_text(encoding="utf-8")
        if OPENS not in html or CLOSES not in html:
            continue
        before, _, rest = html.partition(OPENS)
        after = rest.partition(CLOSES)[2]
        write_atomically(site / Path(page).parent / TABLE, table(weights))
        for _ in range(9):  # a number that gets one digit more makes the page heavier by one byte: it settles at once
            html = f"{before}{OPENS}{html_table(weights, budgets)}{CLOSES}{after}"  # a copy may be weighed again
            if weights[page] == (own := weigh(site, page, html)):
                break
            weights[page] = own
        write_atomically(site / page, html)
        write_atomically(site / Path(page).parent / TABLE, table(weights))
    return weights


def html_table(weights: dict[str, Weight], budgets: dict[str, Budget]) -> str:
    """Return what each page costs as an HTML table, after the median page, the heaviest, and those beyond a budget."""
    sizes, numbers = (sorted(getattr(w, name) for w in weights.values()) for name in ("bytes", "elements"))
    beyond = [
        f"<li>{escape(page)} : {excess(weight, own)}</li>"
        for page, weight in weights.items()
        for own in [budgets.get(page.removesuffix(".html"), COMMON)]
        if excess(weight, own)
    ]
    head = (
        f"<p>{integer(len(weights))} pages. Une page sur deux pèse moins de {integer(sizes[len(sizes) // 2])} octets "
        f"et compte moins de {integer(numbers[len(numbers) // 2])} éléments ; la plus lourde pèse {integer(sizes[-1])} "
        f"octets, la plus longue compte {integer(numbers[-1])} éléments. "
        + ("Pages hors de leur budget :" if beyond else "Toutes tiennent dans leur budget.")
        + f' <a href="{TABLE}">Les mêmes mesures en CSV</a>.</p>\n'
        + (f"<ul>\n{''.join(beyond)}\n</ul>\n" if beyond else "")
    )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(page.removesuffix(".html"))}</th>'
        + "".join(f'<td class="nombre">{integer(n)}</td>' for n in (w.bytes, w.requests, w.elements))
        + "</tr>"
        for page, w in weights.items()
    )
    header = '<th scope="col">Page</th>' + "".join(
        f'<th scope="col" class="nombre">{name}</th>' for name in ("Octets", "Requêtes", "Éléments")
    )
    caption = "Ce que coûte chaque page de cette édition"
    region = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{french(f"Tableau : {caption}")}">'
    return french_html(
        f"{head}{region}\n"
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
        "</table>\n</div>"
    )


def table(weights: dict[str, Weight]) -> str:
    """Return what each page costs as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["page", "bytes", "requests", "elements"])
    writer.writerows([w.page, w.bytes, w.requests, w.elements] for w in weights.values())
    return written.getvalue()


def finish(app: Sphinx, error: Exception | None) -> None:
    """Sweep and weigh the site that was built; the printed editions are left as they are."""
    if error is None and app.builder.name == "html":
        sweep(Path(app.outdir))
        print_weights(Path(app.outdir), read_budgets(Path(app.srcdir) / SITE / FILE))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Do this after everything else."""
    app.connect("build-finished", finish, priority=990)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
