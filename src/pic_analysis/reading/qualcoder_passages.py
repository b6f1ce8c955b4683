"""Place QualCoder's coded passages in their texts, and check each against the words stored beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem

Record = dict[str, Any]
"""A row of the database."""


def identifier(value: object) -> str:
    """Return a number of the database as text; NULL is nothing."""
    return "" if value is None else str(value)


def word(value: object) -> str:
    """Return a cell as text, whatever was put into a column of text."""
    return value if isinstance(value, str) else identifier(value)


def text_codings(file: str, texts: Mapping[str, str], passages: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """Return the codings of texts, their places checked against the passages stored beside."""
    codings, problems, converted = [], [], 0
    for passage in passages:
        text, quote = texts.get(identifier(passage["fid"]), ""), word(passage["seltext"])
        start, end = passage["pos0"], passage["pos1"]
        placed = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(text)
        if not placed or text[start:end] != quote:
            if (found := _in_utf16(text, start, end, quote)) is not None:
                start, end, placed = *found, True
                converted += 1
            else:
                said = "la place n’est pas celle du passage enregistré : texte modifié après le codage ?"
                value = f"codage {passage['row']} : {start}-{end}"
                problems.append(Problem(file, 0, "", value, said, "Revoyez ce passage dans QualCoder"))
        codings.append(
            {
                "coding_id": f"text-{passage['row']}",
                "source_id": identifier(passage["fid"]),
                "code_id": identifier(passage["cid"]),
                "user_id": word(passage["owner"]),
                "start": start if placed else -1,
                "end": end if placed else -1,
                "unit": "characters" if placed else "",
                "quote_length": len(quote),
                "note": word(passage["memo"]),
            }
        )
    if converted:
        said = f"{count(converted, 'place comptée', 'places comptées')} en unités UTF-16 (emoji avant le passage)"
        said += f" : {agreed(converted, 'convertie')}"
        problems.append(Problem(file, 0, "", "", said, blocking=False))
    return codings, problems


def _in_utf16(text: str, start: object, end: object, quote: str) -> tuple[int, int] | None:
    """Return in code points two offsets that count UTF-16 units, None if they do not mark the passage."""
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end and quote):
        return None
    units = text.encode("utf-16-le", errors="surrogatepass")
    if units[2 * start : 2 * end] != quote.encode("utf-16-le", errors="surrogatepass"):
        return None
    before = len(units[: 2 * start].decode("utf-16-le", errors="ignore"))
    return before, before + len(quote)
