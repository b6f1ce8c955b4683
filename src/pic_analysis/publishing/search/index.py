"""Write the index of a built book: small scripts, so that it works from a disk as well as from a server.

A browser refuses to fetch a file beside a page opened from a disk, but it runs a script from there. The list of what
can be found is one script; the words are cut into one script for each first letter, and a search loads those that it
needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pic_analysis.files import write_atomically
from pic_analysis.publishing.markup import KINDS
from pic_analysis.publishing.search.documents import PAGE, Document
from pic_analysis.publishing.search.words import STOP_WORDS, words

FOLDER = "recherche"
RANK = ("conclusion", "lesson", "recommendation", "indicator", "statement", "cell", "testimony", "rival", "mechanism")
"""Kinds that come first, after pages, where things answer equally well; the others follow."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def scripts(pages: Mapping[str, Iterable[Document]]) -> dict[str, str]:
    """Return the scripts of the index by file name.

    Parameters
    ----------
    pages
        What can be found in each page, by its address from the root of the site; the page itself first.

    Returns
    -------
    dict of str to str
        ``liste.js`` holds the words that are everywhere, the first letters of the others, kinds, pages (address, title)
        and things (page, kind, anchor, title; the title of a page is not said twice); ``mots-a.js``... hold, for each
        stem, the numbers of the things that say it, in base 36: twice the distance from the one before, plus one where
        the title says it.
    """
    kinds: dict[str, int] = {}
    for label in (PAGE, *(KINDS[key].label_fr for key in RANK)):
        kinds.setdefault(label, len(kinds))
    listed: list[list[str]] = []
    things: list[list[object]] = []
    said: dict[str, dict[int, bool]] = {}
    for address, found in pages.items():
        for thing in found:
            number = len(things)
            if not thing.anchor:
                listed.append([address, thing.title])
            kind = kinds.setdefault(thing.kind, len(kinds))
            things.append([len(listed) - 1, kind, *([thing.anchor, thing.title] if thing.anchor else ())])
            for word in words(thing.text):
                said.setdefault(word, {}).setdefault(number, False)
            for word in words(f"{thing.title} {thing.anchor}"):
                said.setdefault(word, {})[number] = True
    shards: dict[str, dict[str, str]] = {}
    for word in sorted(said):
        shards.setdefault(shard(word), {})[word] = _numbers(said[word])
    known = [sorted(STOP_WORDS), "".join(shards), list(kinds), listed, things]
    files = {"liste.js": f"picSearch.list({_json(known)});\n"}
    files |= {f"mots-{name}.js": f"picSearch.words({_json([name, found])});\n" for name, found in shards.items()}
    return files


def shard(word: str) -> str:
    """Return which script holds a stem.

    >>> shard("evaluation"), shard("2016"), shard("éà")
    ('e', '0', '0')
    """
    return word[0] if "a" <= word[0] <= "z" else "0"


def write(site: Path, pages: Mapping[str, Iterable[Document]]) -> None:
    """Write the index beside the pages of a site."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for name, script in scripts(pages).items():
        write_atomically(folder / name, script)


def _numbers(found: Mapping[int, bool]) -> str:
    coded, last = [], 0
    for number in sorted(found):
        coded.append(_base36(2 * (number - last) + found[number]))
        last = number
    return " ".join(coded)


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
