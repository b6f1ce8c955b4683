"""Read a folder of outputs as anybody would who downloads it: the texts of its files, the headers of its tables."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pic_analysis.publishing.remembered import remembered

# What the theme and the search ship, and pictures: no text of ours is in them.
_SILENT = {".css", ".js", ".png", ".ico", ".woff", ".woff2", ".inv", ".buildinfo"}
_PAGES = {".html", ".svg", ".xml", ".xhtml"}
_PACKED = {".zip", ".qdpx", ".xlsx", ".ods"}
_CELLS = {".csv", ".tsv"}
_BLOCKS = {
    *("p", "li", "td", "th", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "tr", "text", "title", "desc"),
    *("caption", "figcaption", "section", "br", "pre", "option", "label", "button", "blockquote", "a"),
}
_SAID = {"title", "alt", "aria-label", "content", "placeholder", "summary"}


@dataclass(frozen=True)
class Output:
    """One file: its path, its texts (a paragraph, a cell), the columns of its tables, and whether it could be read."""

    path: str
    texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    readable: bool = True


def outputs(folder: Path) -> Iterator[Output]:
    """Yield every file of a folder that may hold words, in the order of names."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix not in _SILENT and not path.name.startswith("."):
            yield _read(name, path.read_bytes())


Held = tuple[tuple[str, ...], tuple[str, ...], bool]
"""What a content holds: texts, columns, whether it could be read."""


def _read(name: str, content: bytes) -> Output:
    return Output(name, *_held(content, Path(name).suffix.lower()))


@remembered
def _held(content: bytes, suffix: str) -> Held:
    if suffix == ".parquet":
        return _parquet(content)
    if suffix in _PACKED:
        return _packed(content, suffix)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), (), False
    if suffix in _PAGES:
        return page_texts(text), (), True
    if suffix in _CELLS:
        return _table(text)
    if suffix in (".json", ".ipynb"):
        with suppress(json.JSONDecodeError):
            return tuple(dict.fromkeys(_strings(json.loads(text)))), (), True
        return tuple(text.splitlines()), (), True
    return tuple(line for line in text.splitlines() if line.strip()), (), True


def _parquet(content: bytes) -> Held:
    import pandas as pd

    read = pd.read_parquet(io.BytesIO(content))
    frame = read.astype(object).where(read.notna(), "").astype(str)
    cells = (cell for cell in frame.to_numpy().ravel() if cell)
    return tuple(dict.fromkeys(cells)), tuple(map(str, frame.columns)), True


def _table(text: str) -> Held:
    header = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count)))
    return tuple(dict.fromkeys(cell for row in rows[1:] for cell in row if cell)), tuple(rows[0] if rows else ()), True


def _packed(content: bytes, suffix: str) -> Held:
    """Read what a packed file holds: the files of an archive, the cells of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [_held(archive.read(part), Path(part).suffix.lower()) for part in sorted(archive.namelist())]
    except (zipfile.BadZipFile, RuntimeError):
        return (), (), False
    texts = tuple(dict.fromkeys(text for said, _, _ in parts for text in said))
    columns = _workbook_columns(content) if suffix in (".xlsx", ".ods") else ()
    return texts, columns, all(readable for _, _, readable in parts)


def _workbook_columns(content: bytes) -> tuple[str, ...]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads = [book.get_sheet_by_name(name).to_python()[:1] for name in book.sheet_names]
    return tuple(str(cell) for head in heads for row in head for cell in row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


@dataclass
class _Page(HTMLParser):
    """Gather what a page says, shown or heard: its paragraphs, and the attributes that are read out."""

    said: list[str] = field(default_factory=lambda: [""])
    heard: list[str] = field(default_factory=list)
    silent: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.heard += [value for name, value in attrs if name in _SAID and value]
        if tag in _BLOCKS:
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")
        if tag in _BLOCKS:
            self.said.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said[-1] += data


def page_texts(html: str) -> tuple[str, ...]:
    """Return the paragraphs of a page, and the attributes that are read out, each once.

    >>> page_texts('<p>Un <b>mot</b>.</p><img alt="Carte"><script>x</script>')
    ('Un mot.', 'Carte')
    """
    page = _Page()
    page.feed(html)
    page.close()
    texts = (re.sub(r"[\n\t ]+", " ", text).strip() for text in [*page.said, *page.heard])
    return tuple(dict.fromkeys(text for text in texts if text))
