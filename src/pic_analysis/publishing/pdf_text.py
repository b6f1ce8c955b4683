"""Make the text of a printed page what a reader searches and copies: without the soft hyphens that cut nothing.

Chromium draws each of them as a space without width whose replacement text is U+00AD: « éva lua tion » is then what
most programs find. References are to ISO 32000-1:2008.
"""

from __future__ import annotations

import re

# It may first move the point from which the next sign's place is counted: that move stays.
_SOFT = rb"/Span<</ActualText <FEFF00AD> >> BDC\n((?:[-\d.]+ [-\d.]+ Td )?)<[0-9A-F]{4}> Tj\nEMC\n"
_INVISIBLE = re.compile(_SOFT + rb"(?=ET\n|[-\d.]+ [-\d.]+ Td )")
# At the end of a line: the invisible one, then the sign that is seen, which is drawn by itself.
_CUT = re.compile(_SOFT + rb"(ET\nBT\n/F\d+ [\d.]+ Tf\n[-\d. ]+ Tm\n)(<[0-9A-F]{4}> Tj\n)(?=ET\n)")
_LIGATURE = re.compile(rb"(?<=/ActualText <FEFF)((?:[0-9A-F]{4}){2,})(?=>)")


def without_soft_hyphens(drawing: bytes) -> bytes:
    r"""Return the drawing of a page with soft hyphens at the ends of lines only, where they are seen.

    There the sign itself stands for U+00AD (14.8.2.2.3): programs then join the two halves of the word.

    >>> soft = b"/Span<</ActualText <FEFF00AD> >> BDC\n<0003> Tj\nEMC\n"
    >>> without_soft_hyphens(b"<0044> Tj\n" + soft + b"9 0 Td <0045> Tj\n")
    b'<0044> Tj\n9 0 Td <0045> Tj\n'
    """
    seen = _CUT.sub(rb"\2/Span<</ActualText <FEFF00AD> >> BDC \3EMC\n", drawing)
    return _LIGATURE.sub(_without, _INVISIBLE.sub(rb"\1", seen))


def _without(text: re.Match[bytes]) -> bytes:
    """Drop soft hyphens from the text of signs that are drawn as one (ffi)."""
    return b"".join(code for code in re.findall(rb"[0-9A-F]{4}", text[1]) if code != b"00AD")
