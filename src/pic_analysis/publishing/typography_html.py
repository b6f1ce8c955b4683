"""Apply the French rules to HTML text, and say where a built page breaks them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pic_analysis.numbers_fr import NARROW, NBSP
from pic_analysis.publishing.typography import french, french_pieces

TOKEN = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
CODE = "`…`"
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
ATTRIBUTE = re.compile(r"\b(?:title|alt|aria-label|placeholder)=\"([^\"]*)\"")

# What is not prose, and what does not break a line of prose.
NOT_PROSE = {"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "var"}
INLINE = {
    "a", "abbr", "b", "bdi", "br", "cite", "dfn", "em", "i", "img", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr", *NOT_PROSE,
}  # fmt: skip


def french_html(fragment: str) -> str:
    r"""Return an HTML fragment whose text nodes follow the French rules; tags and code are kept.

    >>> french_html("<p><b>Attention</b> : <code>a ? b</code> !</p>").replace("\xa0", "~")
    '<p><b>Attention</b>~: <code>a ? b</code>\u202f!</p>'
    """
    tokens = TOKEN.split(fragment)
    for run in _runs(tokens):
        before = [html.unescape(tokens[index]) if index >= 0 else None for index in run]
        for index, old, new in zip(run, before, french_pieces(before), strict=True):
            if new is not None and new != old:
                tokens[index] = html.escape(new, quote=False)
    return "".join(tokens)


def problems(page: str) -> list[str]:
    """Return what a page sets wrongly, one French sentence each, in the order of the page.

    Text nodes and the attributes that are read aloud are checked; code, SVG and scripts are not. In the
    messages ``~`` is a no-break space and ``^`` a narrow one.
    """
    found = []
    for before in _prose(page):
        found += _difference(_read(before), french_pieces(before))
    for text in heard(page):
        found += _difference(text, [french(text)])
    return found


def lines(page: str) -> list[str]:
    """Return the lines of prose of a page, then what is read aloud; code is shown as ```…```.

    >>> lines('<p title="Un">Du <b>texte</b> et <code>a.b</code>.</p>')
    ['Du texte et `…`.', 'Un']
    """
    return [*map(_read, _prose(page)), *heard(page)]


def heard(page: str) -> list[str]:
    """Return the attributes of a page that are read aloud or shown on hover."""
    return [html.unescape(match.group(1)) for match in ATTRIBUTE.finditer(page)]


def _prose(page: str) -> Iterator[list[str | None]]:
    tokens = TOKEN.split(page)
    for run in _runs(tokens):
        yield [html.unescape(tokens[index]) if index >= 0 else None for index in run]


def _read(pieces: list[str | None]) -> str:
    return "".join(CODE if piece is None else piece for piece in pieces)


def _difference(before: str, pieces: list[str | None]) -> list[str]:
    """Return one message where two states of a text differ, with a few words of context."""
    after = _read(pieces)
    if before == after:
        return []
    at = next(
        (index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        min(len(before), len(after)),
    )
    start = max(0, at - 25)
    stands, should = (_visible(text[start : at + 15]) for text in (before, after))
    return [f"typographie : « {stands} » ; attendu « {should} »"]


def _visible(text: str) -> str:
    return text.replace(NBSP, "~").replace(NARROW, "^").replace("\n", " ")


def _runs(tokens: list[str]) -> Iterator[list[int]]:
    """Yield the lines of prose: indexes of text tokens, -1 for an object that is not prose."""
    run: list[int] = []
    opaque: list[str] = []  # open elements that are not prose
    for index, token in enumerate(tokens):
        if index % 2 == 0:
            if not opaque and token:
                run.append(index)
            continue
        tag = TAG.match(token)
        if tag is None:
            continue
        closing, name = bool(tag.group(1)), tag.group(2).lower()
        if opaque:
            if name == opaque[-1]:
                opaque.pop() if closing else opaque.append(name)
        elif name in NOT_PROSE and not closing:
            run.append(-1)
            if not token.endswith("/>"):
                opaque.append(name)
        elif name == "img":
            run.append(-1)
        elif name not in INLINE:
            if run:
                yield run
            run = []
    if run:
        yield run
