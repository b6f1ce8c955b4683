"""Take the cells of the tables of an HTML text: words only; scripts, styles and links are not even kept."""

from __future__ import annotations

from html.parser import HTMLParser

from pic_analysis.reading.grid import Row


class _Cells(HTMLParser):
    """Gather rows of cells; a nested table stays text of the cell that holds it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Row]] = []
        self._depth, self._muted = 0, 0
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._muted += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self._close()
            self.tables[-1].append((len(self.tables[-1]) + 1, []))
        elif self._depth == 1 and tag in ("td", "th"):
            self._close()
            if not self.tables[-1]:
                self.tables[-1].append((1, []))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._muted = max(0, self._muted - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._muted:
            self._cell.append(data)

    def close(self) -> None:
        """End with what a truncated text had begun."""
        super().close()
        if self.tables:
            self._close()

    def _close(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1][1].append("".join(self._cell).strip())
            self._cell = None


def html_tables(text: str) -> list[list[Row]]:
    """Return the rows of each table of an HTML text, leaving out tables without a cell.

    >>> html_tables("<table><tr><th>id<th>nom<tr><td>1<td>A &amp; B<script>x()</script></table>")
    [[(1, ['id', 'nom']), (2, ['1', 'A & B'])]]
    """
    parser = _Cells()
    parser.feed(text)
    parser.close()
    return [rows for rows in parser.tables if any(cells for _, cells in rows)]
