"""Open a PDF of compressed objects from its end, as any reader does, by other means than those that wrote it."""

from __future__ import annotations

import re
import zlib


def opened(content: bytes) -> dict[int, bytes]:
    """Read a compact file from its end, as any reader does; refuse an entry that is not where it is said to be."""
    start = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", content)[1])
    table = unpacked(content, start)
    found = {}
    for number in range(len(table) // 7):
        kind, place, rank = table[7 * number], int.from_bytes(table[7 * number + 1 :][:4]), table[7 * number + 5 :][:2]
        if kind == 1:
            assert content[place:].startswith(b"%d 0 obj" % number)
            found[number] = content[place : content.index(b"endobj", place)].partition(b"obj\n")[2].strip()
        if kind == 2:
            holder = int.from_bytes(table[7 * place + 1 :][:4])
            first = int(re.search(rb"/First (\d+)", content[holder:])[1])
            group = unpacked(content, holder)
            index = [int(n) for n in group[:first].split()]
            assert index[2 * int.from_bytes(rank)] == number
            begin = first + index[2 * int.from_bytes(rank) + 1]
            found[number] = group[begin:].split(b"\n", 1)[0]
    return found


def unpacked(content: bytes, place: int) -> bytes:
    length = int(re.search(rb"/Length (\d+)", content[place:])[1])
    begin = content.index(b"stream\n", place) + len(b"stream\n")
    return zlib.decompress(content[begin : begin + length])
