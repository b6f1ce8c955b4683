"""Collect the passages of REFI-QDA sources: on text, pages, pictures and recordings, with the codes they bear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pic_analysis.reading.refi_schema import guid, local
from pic_analysis.reading.refi_text import Text

SOURCES = {
    "TextSource": "text",
    "PDFSource": "pdf",
    "AudioSource": "audio",
    "VideoSource": "video",
    "PictureSource": "picture",
}
_MOST = 2**53  # beyond, a position is no position


@dataclass(frozen=True)
class Passage:
    """A selection, or a whole source, with the elements that code it."""

    source_id: str
    element: Element
    unit: str
    start: int
    end: int
    codings: tuple[Element, ...]
    note: str = ""
    quote_length: int = -1
    text: Text | None = field(default=None, repr=False)

    @property
    def user_id(self) -> str:
        """Who marked the passage."""
        return user(self.element)


def user(element: Element) -> str:
    """Return who made an element, as far as it says so."""
    return guid(element.get("creatingUser") or element.get("modifyingUser"))


def children(element: Element, *names: str) -> list[Element]:
    """Return the children of some names, in order."""
    return [child for child in element if local(child) in names]


def held(root: Element, holder: str, *names: str) -> list[Element]:
    """Return what the lists of some name hold: there should be one list, a broken file may have several."""
    return [child for one in children(root, holder) for child in children(one, *names)]


def description(element: Element) -> str:
    """Return what the coder wrote about an element."""
    return " ".join("".join(child.itertext()).strip() for child in children(element, "Description"))


def passages(source: Element, text_of: Callable[[Element], Text | None]) -> Iterator[Passage]:
    """Yield the passages of a source, those of its transcripts and of its text form included.

    Parameters
    ----------
    source
        A source element.
    text_of
        What finds the text of an element that may hold or name one.
    """
    identifier = guid(source.get("guid"))
    whole = tuple(children(source, "Coding"))
    if whole:
        yield Passage(identifier, source, "", -1, -1, whole)
    yield from _text_passages(source, identifier, text_of(source))
    for child in source:
        name = local(child)
        if name in ("Representation", "TextDescription", "Transcript"):
            told = {"Transcript": "transcription", "TextDescription": "description"}.get(name, "texte du PDF")
            beside = tuple(children(child, "Coding"))
            if beside:
                yield Passage(identifier, child, "", -1, -1, beside, note=told)
            for found in _text_passages(child, identifier, text_of(child)):
                yield replace(found, note="; ".join(filter(None, (told, found.note))))
        elif name in ("AudioSelection", "VideoSelection"):
            yield _passage(identifier, child, "milliseconds", number(child, "begin"), number(child, "end"))
        elif name == "PictureSelection":
            edges = number(child, "firstX"), number(child, "secondX")
            yield _passage(identifier, child, "pixels", min(edges), max(edges), note=_rectangle(child))
        elif name == "PDFSelection":
            page = number(child, "page")
            yield _passage(identifier, child, "page", page, page, note=_rectangle(child), quote=_quote(child))


def _text_passages(element: Element, source_id: str, text: Text | None) -> Iterator[Passage]:
    for child in children(element, "PlainTextSelection"):
        found = _passage(source_id, child, "characters", number(child, "startPosition"), number(child, "endPosition"))
        yield replace(found, text=text)
    points = {guid(point.get("guid")): point for point in children(element, "SyncPoint")}
    for child in children(element, "TranscriptSelection"):
        ends = [points.get(guid(child.get(side))) for side in ("fromSyncPoint", "toSyncPoint")]
        for unit, attribute in (("characters", "position"), ("milliseconds", "timeStamp")):
            start, end = (number(point, attribute) if point is not None else -1 for point in ends)
            if min(start, end) >= 0:
                yield replace(_passage(source_id, child, unit, start, end), text=text)
                break
        else:
            yield _passage(source_id, child, "", -1, -1)


def _passage(
    source_id: str, element: Element, unit: str, start: int, end: int, note: str = "", quote: int = -1
) -> Passage:
    said = "; ".join(filter(None, (note, description(element))))
    return Passage(source_id, element, unit, start, end, tuple(children(element, "Coding")), said, quote)


def number(element: Element, attribute: str) -> int:
    """Return a whole number of an attribute, -1 where there is none."""
    text = (element.get(attribute) or "").strip()
    digits = text.removeprefix("+").removeprefix("-")
    return value if digits.isascii() and digits.isdigit() and len(digits) < 17 and (value := int(text)) < _MOST else -1


def _rectangle(element: Element) -> str:
    corners = [number(element, name) for name in ("firstX", "firstY", "secondX", "secondY")]
    return "rectangle {},{} à {},{}".format(*corners)


def _quote(element: Element) -> int:
    """Return the length of the words that a PDF selection repeats; the words are not kept."""
    for inner in children(element, "Representation"):
        for content in children(inner, "PlainTextContent"):
            return len(content.text or "")
    return -1
