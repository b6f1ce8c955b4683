"""Read a PDF as Chromium writes it, describe it, and write it in a fraction of its size.

Chromium writes plain objects under one table of offsets and compresses only streams: the tags of a long report then
weigh more than its text. References are to ISO 32000-1:2008.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

_STREAM = re.compile(rb">>\s*stream\r?\n")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_GROUP = 200  # objects that a reader must inflate to reach one of them


class UnknownPdf(ValueError):
    """Say that a file is not laid out as Chromium's PDFs are."""


@dataclass(frozen=True)
class Metadata:
    """What a PDF says of itself. The date stands for its making and its last change: it is that of the edition."""

    title: str
    author: str
    subject: str
    date: datetime


@dataclass(frozen=True)
class PdfFile:
    """The objects of a PDF by number, and the numbers of the two that lead to the others."""

    objects: Mapping[int, bytes]
    root: int
    info: int

    @classmethod
    def read(cls, content: bytes) -> PdfFile:
        """Read a file through its table of objects (7.5.4).

        Raises
        ------
        UnknownPdf
            If there is none at the place that the file gives, or it has several parts.
        """
        start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", content)
        rows = re.compile(rb"xref\s+0 \d+\s+((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer\s+(.*?)startxref", re.DOTALL)
        table = rows.match(content, int(start[1])) if start else None
        if not (start and table):
            raise UnknownPdf("no plain table of objects")
        lines = table[1].splitlines()
        places = sorted((int(line[:10]), number) for number, line in enumerate(lines) if line[17:18] == b"n")
        ends = [place for place, _ in places[1:]] + [int(start[1])]
        objects = {}
        for (place, number), end in zip(places, ends, strict=True):
            body = content[place:end].partition(b"obj")[2]
            objects[number] = body[: body.rindex(b"endobj")].strip(b"\r\n")
        return cls(objects, _reference(table[2], b"Root"), _reference(table[2], b"Info"))

    @property
    def catalog(self) -> bytes:
        """Return the root object, which tells the language and whether the file is tagged."""
        return self.objects[self.root]

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the numbers of the page objects, in the order of the pages."""
        return tuple(self._leaves(_reference(self.catalog, b"Pages")))

    @property
    def destinations(self) -> dict[str, int]:
        """Return the page, from 1, of every named place (12.3.2.3)."""
        order = {number: page for page, number in enumerate(self.pages, 1)}
        if b"/Dests " not in self.catalog:
            return {}
        places = re.findall(rb"/(\S+) \[(\d+) 0 R", self.objects[_reference(self.catalog, b"Dests")])
        return {_name(name): order[int(number)] for name, number in places}

    @property
    def links(self) -> tuple[str, ...]:
        """Return the named place that each link to the inside asks for."""
        found = (re.findall(rb"/Dest /([^\s/>\]]+)", _dictionary(body)) for body in self.objects.values())
        return tuple(_name(name) for names in found for name in names)

    def described(self, metadata: Metadata) -> PdfFile:
        """Return the same file with its description replaced: it prints to the same bytes on another day."""
        producer = re.search(rb"/Producer (\((?:\\.|[^\\)])*\))", self.objects[self.info])
        stamp = b"(D:" + metadata.date.strftime("%Y%m%d%H%M%S").encode() + b"+00'00')"
        entries = {
            b"Title": _text(metadata.title),
            b"Author": _text(metadata.author),
            b"Subject": _text(metadata.subject),
            b"Creator": _text("pic-analysis"),
            b"Producer": producer[1] if producer else _text("Chromium"),
            b"CreationDate": stamp,
            b"ModDate": stamp,
        }
        info = b"<<" + b"\n".join(b"/%s %s" % entry for entry in entries.items()) + b">>"
        return replace(self, objects={**self.objects, self.info: info})

    def mapped(self) -> PdfFile:
        """Return the same file with the two tags of PDF 2.0 that Chromium uses named for older readers (14.7.3).

        They drop what stands under a tag that they do not know, and these are on every stressed word.
        """
        found = re.search(rb"/StructTreeRoot (\d+) 0 R", self.catalog)
        tree = self.objects[int(found[1])] if found else b""
        if not found or b"/RoleMap" in tree:
            return self
        roles = b"<</RoleMap <</Strong /Span\n/Em /Span>>\n" + tree.removeprefix(b"<<")
        return replace(self, objects={**self.objects, int(found[1]): roles})

    def drawn(self, change: Callable[[bytes], bytes]) -> PdfFile:
        """Return the same file with the drawing of each page changed (7.8.2)."""
        objects = dict(self.objects)
        for page in self.pages:
            number = _reference(objects[page], b"Contents")
            body = objects[number]
            stream = _STREAM.search(body)
            if stream is None or b"/FlateDecode" not in body[: stream.start()]:
                raise UnknownPdf("the drawing of a page is not compressed as expected")
            content = zlib.decompressobj().decompress(body[stream.end() :])  # an end of line may follow
            packed = zlib.compress(change(content), 9)
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), body[: stream.start() + 2])
            objects[number] = b"%s\nstream\n%s\nendstream" % (head, packed)
        return replace(self, objects=objects)

    def compact(self) -> bytes:
        """Return the file with its objects in compressed groups (7.5.7), and each image once."""
        same = self._doubles()
        objects = {number: _redirected(body, same) for number, body in self.objects.items() if number not in same}
        plain = [number for number, body in sorted(objects.items()) if not _STREAM.search(body)]
        content = bytearray(b"%PDF-1.5\n%\xd3\xeb\xe9\xe1\n")
        entries: dict[int, tuple[int, int, int]] = {}
        last = max(objects)
        for number, body in sorted(objects.items()):
            if _STREAM.search(body):
                entries[number] = (1, len(content), 0)
                content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        for start in range(0, len(plain), _GROUP):
            group = plain[start : start + _GROUP]
            last += 1
            entries |= {number: (2, last, rank) for rank, number in enumerate(group)}
            entries[last] = (1, len(content), 0)
            content += _object_stream(last, {number: objects[number] for number in group})
        last += 1
        entries[last] = (1, len(content), 0)
        rows = (entries.get(number, (0, 0, 65535)) for number in range(last + 1))
        table = b"".join(bytes([kind]) + a.to_bytes(4, "big") + b.to_bytes(2, "big") for kind, a, b in rows)
        trailer = b"/Type /XRef\n/Size %d\n/W [1 4 2]\n/Root %d 0 R\n/Info %d 0 R\n" % (last + 1, self.root, self.info)
        return bytes(content) + _stream(last, trailer, table) + b"startxref\n%d\n%%%%EOF\n" % entries[last][1]

    def _doubles(self) -> dict[int, int]:
        """Return, for each image that another one equals, the number of the first."""
        first: dict[bytes, int] = {}
        images = ((n, body) for n, body in sorted(self.objects.items()) if b"/Subtype /Image" in _dictionary(body))
        return {number: first[body] for number, body in images if first.setdefault(body, number) != number}

    def _leaves(self, number: int) -> list[int]:
        kids = re.search(rb"/Kids \[(.*?)\]", self.objects[number], re.DOTALL)
        if not kids:
            return [number]
        return [leaf for kid in _REFERENCE.findall(kids[1]) for leaf in self._leaves(int(kid))]


def _dictionary(body: bytes) -> bytes:
    """Return an object without its stream."""
    stream = _STREAM.search(body)
    return body[: stream.start() + 2] if stream else body


def _redirected(body: bytes, same: Mapping[int, int]) -> bytes:
    own = _dictionary(body)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % same.get(int(found[1]), int(found[1])), own) + body[len(own) :]


def _object_stream(number: int, objects: Mapping[int, bytes]) -> bytes:
    index, bodies = [], bytearray()
    for own, body in objects.items():
        index.append(b"%d %d" % (own, len(bodies)))
        bodies += body + b"\n"
    head = b" ".join(index) + b"\n"
    return _stream(number, b"/Type /ObjStm\n/N %d\n/First %d\n" % (len(objects), len(head)), head + bodies)


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<<%s/Filter /FlateDecode\n/Length %d>>" % (entries, len(packed))
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, packed)


def _reference(dictionary: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", dictionary)
    if not found:
        raise UnknownPdf(f"no /{key.decode()}")
    return int(found[1])


def _name(raw: bytes) -> str:
    """Return a name without its escapes (7.3.5).

    >>> _name(b"A#3EB-2")
    'A>B-2'
    """
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), raw).decode("utf-8", "replace")


def _text(text: str) -> bytes:
    """Return a text string: UTF-16 in hexadecimal, which needs no escape (7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"
