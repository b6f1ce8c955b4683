"""Turn the positions that a tool wrote in a REFI-QDA text into code points, whatever the tool counted.

The REFI-QDA standard (Project 1.0, 2019, clause 9.2) counts Unicode code points from 0, the end excluded. Some
tools count otherwise: NVivo counts UTF-16 code units, where a character beyond U+FFFF is two, leaves the byte
order mark out and counts every line end as two. The reference here, in which positions of all tools can be
compared, is the text without byte order mark, each line end being one code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

BOM = "\ufeff"


@dataclass(frozen=True)
class Convention:
    """What a tool counts: units of UTF-16 or code points; a line end as stored, as one or as two; the mark or not."""

    utf16: bool = False
    line_end: str = "stored"
    mark: bool = False

    @property
    def label_fr(self) -> str:
        """The convention in French."""
        unit = "unités UTF-16" if self.utf16 else "points de code"
        line = {"stored": "", "one": ", fins de ligne comptées pour un", "two": ", fins de ligne comptées pour deux"}
        return unit + line[self.line_end] + (", marque d’ordre comptée" if self.mark else "")


STANDARD = Convention()
NVIVO = Convention(utf16=True, line_end="two")
CONVENTIONS = (
    STANDARD,
    NVIVO,
    *(
        found
        for mark in (False, True)
        for utf16 in (False, True)
        for line_end in ("stored", "one", "two")
        if (found := Convention(utf16, line_end, mark)) not in (STANDARD, NVIVO)
    ),
)
"""Every convention that is tried, the likeliest first."""


@dataclass(frozen=True)
class Selection:
    """A passage as the file places it; ``name`` often repeats its first words and then tells which count is right."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class Text:
    """A source's text as stored, with the units before each of its code points."""

    stored: str
    _codes: np.ndarray = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the code points once: every convention is a sum over them."""
        body = self.stored.removeprefix(BOM)
        # a lone surrogate is no character, but a file may hold one
        codes = np.frombuffer(body.encode("utf-32-le", errors="surrogatepass"), dtype="<u4")
        object.__setattr__(self, "_codes", codes)

    @property
    def plain(self) -> str:
        """The reference text: no mark, one code point for each line end."""
        return self.stored.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")

    def bounds(self, convention: Convention) -> tuple[np.ndarray, np.ndarray]:
        """Return, for each boundary between code points, its position as a tool counts it, and in the reference."""
        codes = self._codes
        line_feed = codes == 10
        paired = np.zeros(len(codes), dtype=bool)  # a carriage return that a line feed follows
        paired[:-1] = (codes[:-1] == 13) & line_feed[1:]
        widths = np.ones(len(codes), dtype=np.int64)
        if convention.utf16:
            widths[codes > 0xFFFF] = 2
        if convention.line_end == "one":
            widths[paired] = 0
        if convention.line_end == "two":
            after = np.zeros(len(codes), dtype=bool)
            after[1:] = paired[:-1]
            widths[(line_feed & ~after) | ((codes == 13) & ~paired)] = 2
        first = 1 if convention.mark and self.stored.startswith(BOM) else 0
        counted = np.concatenate([[first], first + np.cumsum(widths)])
        reference = np.concatenate([[0], np.cumsum(~paired)])
        return counted, reference

    def place(self, selections: Sequence[Selection], convention: Convention) -> tuple[np.ndarray, np.ndarray]:
        """Return the starts and ends in the reference; -1 where a position is out of the text.

        A position inside a character, which no right count gives, is widened to the whole character.

        >>> text = Text("a🙂b")
        >>> [edge.tolist() for edge in text.place([Selection(1, 3)], NVIVO)]
        [[1], [2]]
        """
        counted, reference = self.bounds(convention)
        edges = []
        for positions, side in (([s.start for s in selections], "start"), ([s.end for s in selections], "end")):
            wanted = np.asarray(positions, dtype=np.int64)
            at = np.searchsorted(counted, wanted, side="left")
            inside = at < len(counted)
            at = np.minimum(at, len(counted) - 1)
            if side == "start":
                at = np.where((counted[at] > wanted) & (at > 0), at - 1, at)
            known = inside & (wanted >= 0)
            edges.append(np.where(known, reference[at], -1))
        return edges[0], edges[1]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _told(selection: Selection, squeezed: str) -> str:
    """Return the words of a selection's name, without spaces, if they are words of the text."""
    words = re.sub(r"[….]+$", "", _squeezed(selection.name))  # a long name is cut there
    return words if len(words) > 2 and words in squeezed else ""


@dataclass(frozen=True)
class Found:
    """The convention of a project, and what it rests on."""

    convention: Convention
    checked: int
    agreeing: int
    decisive: bool

    @property
    def said_fr(self) -> str:
        """How the positions were read, in French."""
        if not self.checked and self.decisive:
            said = "aucun outil n’est dit ; plus de passages tiennent ainsi dans leur texte"
            return f"positions lues en {self.convention.label_fr} : {said}"
        if not self.checked:
            return (
                f"positions lues en {self.convention.label_fr} : supposé d’après l’outil, rien ne permet de le vérifier"
            )
        share = f"{self.agreeing} sur {self.checked}"
        return f"positions lues en {self.convention.label_fr} : passages dont les premiers mots s’y retrouvent, {share}"


_TRIED = 400  # passages that are enough to tell one count from another


def find_convention(texts: Iterable[tuple[Text, Sequence[Selection]]], tool: str) -> Found:
    """Return the convention under which most passages begin with the words that their names repeat.

    Parameters
    ----------
    texts
        Each text with its selections.
    tool
        The program that wrote the file: it decides where the passages do not.
    """
    assumed = NVIVO if "nvivo" in tool.casefold() else STANDARD
    agreeing = dict.fromkeys((assumed, *CONVENTIONS), 0)  # the first wins a tie
    exact = dict.fromkeys(agreeing, 0)
    within = dict.fromkeys(agreeing, 0)
    checked = tried = 0
    for text, selections in texts:
        some = selections[: _TRIED - tried]
        tried += len(some)
        if not some:
            continue
        plain = text.plain
        squeezed = _squeezed(plain)
        told = [_told(selection, squeezed) for selection in some]
        checked += sum(map(bool, told))
        for convention in agreeing:
            for words, start, end in zip(told, *text.place(some, convention), strict=True):
                within[convention] += 0 <= start <= end
                if words and 0 <= start < end:
                    passage = _squeezed(plain[start:end])
                    agreeing[convention] += passage.startswith(words)
                    exact[convention] += passage == words
    if checked:
        best = max(agreeing, key=lambda convention: (agreeing[convention], exact[convention]))
        return Found(best, checked, agreeing[best], agreeing[best] > agreeing[assumed])
    if not tool and within[assumed] < within[NVIVO]:
        # without a name of a tool, positions beyond the end of the text are the only trace of a wider count
        return Found(NVIVO, 0, 0, True)
    return Found(assumed, 0, 0, False)
