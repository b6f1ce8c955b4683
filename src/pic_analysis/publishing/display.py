"""Show figures, tables and prose in notebooks: the same bytes at each run, readable by everyone once on the page."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from pic_analysis.figures.style import ALT_LONGEST, ALT_SHORTEST, Drawing, svg
from pic_analysis.numbers_fr import MISSING, NBSP, count, decimal, integer, percent
from pic_analysis.publishing.markup import DEMO_MARK
from pic_analysis.publishing.typography import french
from pic_analysis.vocabulary import DEMO

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn

Bundle = dict[str, str]
SHARES = ("percent", "share")  # columns of numbers between 0 and 1 that are read as percentages


class Table:
    """A table of data as a French reader expects it, with the headers that a screen reader needs.

    Parameters
    ----------
    data
        Rows in reading order. A named index heads the rows; without one, the first column does.
    caption
        What the table holds; its scrolling region bears the same name.
    labels
        French name of columns.
    formats
        How to write the values of columns; by default whole numbers, two decimals, percentages for `SHARES`.
    """

    def __init__(
        self,
        data: pd.DataFrame,
        caption: str,
        labels: Mapping[str, str] | None = None,
        formats: Mapping[str, Callable[[Any], str]] | None = None,
    ) -> None:
        named = any(name is not None for name in data.index.names)
        self.data = data.reset_index() if named else data
        self.headers = data.index.nlevels if named else 1
        self.caption = french(caption)
        self.labels = dict(labels or {})
        self.formats = {**dict.fromkeys(SHARES, percent), **(formats or {})}

    def html(self) -> str:
        """Return the table in a region that scrolls and can be reached with the keyboard."""
        names = [french(str(self.labels.get(column, column))) for column in self.data.columns]
        numeric = [_is_number(dtype) for dtype in self.data.dtypes]
        head = "".join(_cell("th", name, number, "col") for name, number in zip(names, numeric, strict=True))
        rows = "\n".join(f"<tr>{self._row(row, numeric)}</tr>" for row in self.data.itertuples(index=False, name=None))
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(_region(self.caption))}"'
            f"{provenance(self.data)}>\n"
            f"<table>\n<caption>{escape(self.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )

    def _row(self, values: tuple[Any, ...], numeric: list[bool]) -> str:
        written = [self._written(column, value) for column, value in zip(self.data.columns, values, strict=True)]
        return "".join(
            _cell("th", text, number, "row") if place < self.headers else _cell("td", text, number)
            for place, (text, number) in enumerate(zip(written, numeric, strict=True))
        )

    def _written(self, column: str, value: Any) -> str:
        if column in self.formats:
            return self.formats[column](value)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return MISSING
        if isinstance(value, bool):
            return "oui" if value else "non"
        if pd.api.types.is_integer(value):
            return integer(int(value))
        return decimal(float(value), 2) if pd.api.types.is_float(value) else french(str(value))

    def __repr__(self) -> str:
        """Return the table as plain text."""
        return self.data.to_string(index=False)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/html": self.html(), "text/plain": repr(self)}


def _is_number(dtype: Any) -> bool:
    return pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)


def _cell(tag: str, text: str, number: bool, scope: str = "") -> str:
    """Write a cell; an empty header heads nothing, and is written as data."""
    tag, scope = ("td", "") if not text.strip() else (tag, scope)
    attributes = (f' scope="{scope}"' if scope else "") + (' class="nombre"' if number else "")
    return f"<{tag}{attributes}>{escape(text, quote=False)}</{tag}>"


def provenance(data: pd.DataFrame) -> str:
    """Return the HTML attribute by which fictitious data is known wherever it is shown; nothing for other data.

    >>> demo = pd.DataFrame({"a": [1]})
    >>> demo.attrs["provenance"] = "demo"
    >>> provenance(demo), provenance(pd.DataFrame({"a": [1]}))
    (' data-provenance="demo"', '')
    """
    return f" {DEMO_MARK}" if data.attrs.get("provenance") == DEMO else ""


def _region(caption: str) -> str:
    return french(f"Tableau : {caption}")


class Figure:
    """A figure as SVG, with the text that stands for it, its title, and the data drawn.

    Parameters
    ----------
    figure
        The matplotlib figure; it is drawn, then closed.
    alt
        What a reader who does not see the figure must know, in 30 to 250 signs.
    title
        The finding; also the one line that a terminal shows.
    data
        Exactly what is drawn.
    note
        What to know before reading it, written under the figure.
    labels
        French name of the columns of the data.
    name
        Name of the file of the data, without its extension.
    columns
        Columns that the table shows, if not all: the file has them all.

    Raises
    ------
    ValueError
        If the alternative text is too short or too long.
    """

    def __init__(
        self,
        figure: Drawn,
        *,
        alt: str,
        title: str,
        data: pd.DataFrame,
        note: str = "",
        labels: Mapping[str, str] | None = None,
        name: str = "donnees",
        columns: Sequence[str] = (),
    ) -> None:
        self.alt, self.title, self.note = french(alt.strip()), french(title), french(note)
        if not ALT_SHORTEST <= len(self.alt) <= ALT_LONGEST:
            raise ValueError(f"alternative text of {len(self.alt)} signs; expected {ALT_SHORTEST} to {ALT_LONGEST}")
        self.data, self.name = data, name
        self.table = Table(data[[*columns]] if columns else data, self.title, labels)
        self.svg = svg(figure, self.title)
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close(figure)  # else the inline backend shows it a second time

    def __repr__(self) -> str:
        """Return the title, on one line."""
        return self.title

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[Bundle, dict[str, Any]]:
        bundle = {"image/svg+xml": self.svg, "text/plain": repr(self)}
        return bundle, {"image/svg+xml": {"pic": {"alt": self.alt}}}


class Behind:
    """The data behind a figure: its note, then its table folded, with the same numbers as CSV."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def html(self) -> str:
        """Return the note and the folded table."""
        figure = self.figure
        csv = figure.data.to_csv(index=any(name is not None for name in figure.data.index.names), lineterminator="\n")
        note = f"<p>{escape(figure.note, quote=False)}</p>\n" if figure.note else ""
        about = f'<span class="visually-hidden">{NBSP}: {escape(figure.title, quote=False)}</span>'
        # Out of the book nothing else would say that the numbers are fictitious.
        file = f"{'demo-' if provenance(figure.data) else ''}{escape(figure.name)}.csv"
        left = len(figure.data.columns) - len(figure.table.data.columns)
        more = f" ({count(left, 'autre colonne y est', 'autres colonnes y sont')})" if left > 0 else ""
        link = f'<a download="{file}" href="data:text/csv;charset=utf-8,{quote(csv)}">Télécharger {file}</a>'
        return (
            f'{note}<details class="cellule-pliee donnees">\n<summary>Données de la figure{about}</summary>\n'
            f"{figure.table.html()}\n"
            f"<p>{link}{more}</p>\n"
            "</details>"
        )

    def __repr__(self) -> str:
        """Return the table as plain text."""
        return repr(self.figure.table)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/html": self.html(), "text/plain": repr(self)}


class Prose:
    """Text written by the package, in MyST Markdown: the page renders it as its own."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        """Return a stable line: the text itself is Markdown."""
        return "(texte)"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/markdown": self.text, "text/plain": repr(self)}


def prose(text: str) -> Prose:
    """Return MyST Markdown as something that a notebook renders."""
    return Prose(text)


def figure(drawing: Drawing, note: str = "", columns: Sequence[str] = ()) -> Figure:
    """Return a drawing as something that a page shows; ``columns`` are those of its table, all by default."""
    return Figure(
        drawing.figure,
        alt=drawing.alt,
        title=drawing.title,
        data=drawing.data,
        note=note,
        labels=drawing.labels,
        name=drawing.name,
        columns=columns,
    )


def show(drawing: Drawing | Prose | str, note: str = "", columns: Sequence[str] = ()) -> None:
    """Show a drawing, and under it the data behind; where there is nothing to draw, the text that says why."""
    from IPython.display import display

    if isinstance(drawing, Prose | str):
        display(prose(drawing) if isinstance(drawing, str) else drawing)
        return
    shown = figure(drawing, note, columns)
    display(shown)
    display(Behind(shown))
