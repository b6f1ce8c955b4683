"""Say where the words of a printed page may be cut, by the French rules.

A browser hyphenates a language only where it has its dictionary, and few have that of French: soft hyphens (U+00AD) in
the text give the same lines on every machine.
"""

from __future__ import annotations

import html
import re
from functools import cache

import pyphen

from pic_analysis.publishing.typography_html import INLINE, NOT_PROSE, TAG, TOKEN

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LETTERS = 3
"""Fewest letters of a word before and after a cut."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "th"}
_WHOLE = re.compile(r'\srole="heading"|\sclass="(?:[^"]*\s)?fichier(?:\s[^"]*)?"|\slang="(?!fr)')
_CHUNK = re.compile(r"\S+")
# A code, a number, an address, the name of a file; a compound word is cut at its own hyphen.
_NOT_A_WORD = re.compile(r"[\d_/@\\=#|~^+*-]|[\u2010\u2011]|\w\.\w|\w\(")
_LAST = re.compile(r"[^ \t\n]+[ \t\n]*$")  # a no-break space and its sign go with the word
_WORD = re.compile(r"[^\W\d_]{7,}")


def hyphenated(fragment: str) -> str:
    r"""Return an HTML fragment whose running text holds soft hyphens; tags, titles and code are kept.

    Parameters
    ----------
    fragment
        HTML whose language is French where it does not say otherwise.

    Notes
    -----
    Words are cut by TeX's patterns for French (hyph-fr 2.12, in LibreOffice's edition), which pyphen brings. A word
    with a capital is not cut: it may be a name. Nor is the last word of a paragraph or of a cell: half of it would
    stand alone on a line.

    >>> hyphenated("<h2>L’évaluation</h2><p>L’évaluation du <code>codebook</code></p>").replace(SOFT_HYPHEN, "-")
    '<h2>L’évaluation</h2><p>L’éva-lua-tion du <code>codebook</code></p>'
    """
    tokens = TOKEN.split(fragment)
    whole: list[str] = []  # open elements in which nothing is cut
    for index, token in enumerate(tokens):
        if index % 2 == 0:
            if not whole:
                last = _LAST.search(token) if _closes_block(tokens[index + 1 : index + 2]) else None
                stop = last.start() if last else len(token)
                tokens[index] = _with_cuts(token[:stop]) + token[stop:]
        elif tag := TAG.match(token):
            closing, name = bool(tag[1]), tag[2].lower()
            if whole:
                if name == whole[-1] and not token.endswith("/>"):
                    whole.pop() if closing else whole.append(name)
            elif not closing and not token.endswith("/>"):
                whole += [name] if name in NOT_PROSE | _HEADINGS or _WHOLE.search(token) else []
    return "".join(tokens)


def _closes_block(following: list[str]) -> bool:
    tag = TAG.match(following[0]) if following else None
    return tag is None or tag[2].lower() not in INLINE


def _with_cuts(text: str) -> str:
    said = html.unescape(text)
    cut = _CHUNK.sub(lambda chunk: chunk[0] if _NOT_A_WORD.search(chunk[0]) else _WORD.sub(_cut, chunk[0]), said)
    return text if cut == said else html.escape(cut, quote=False)


def _cut(word: re.Match[str]) -> str:
    return _patterns().inserted(word[0], SOFT_HYPHEN) if word[0].islower() else word[0]


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="fr", left=LETTERS, right=LETTERS)
