"""Clean one column after its declaration: repair what is safe, name what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pic_analysis.cleaning.values import tidy
from pic_analysis.vocabulary import count_words, is_date, nearest

_BOOLEANS = {"true": True, "false": False, "vrai": True, "faux": False, "1": True, "0": False}


@dataclass(frozen=True)
class Fault:
    """A value that cannot be read: what was expected, and the nearest valid value."""

    value: str
    expected: str
    nearest: str = ""


@dataclass
class CleanColumn:
    """A cleaned column, with its repairs and faults by row."""

    values: pd.Series
    repairs: dict[int, str] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)


def clean_column(raw: pd.Series, about: dict[str, Any]) -> CleanColumn:
    """Return a column cleaned after the metadata of its declaration (see ``schemas``).

    Parameters
    ----------
    raw
        Text cells, indexed by spreadsheet row.
    about
        ``required``, and where they apply ``pattern``, ``labels``, ``most_words``, ``boolean``, ``count``.
    """
    texts = [*map(tidy, raw.tolist())]
    kept = pd.Series(pd.array(texts, dtype="str"), index=raw.index)
    repairs = dict.fromkeys(raw.index[kept != raw], "espaces normalisées")
    if about.get("boolean"):
        return _converted(kept, repairs, lambda text: _BOOLEANS.get(text.lower()), "true ou false", False)
    if about.get("count"):
        return _converted(kept, repairs, _whole, "un nombre entier positif ou nul", 0)
    check = cell_check(about)
    faults = {row: fault for row, text in zip(raw.index, texts, strict=True) if (fault := check(text))}
    return CleanColumn(kept, repairs, faults)


def _whole(text: str) -> int | None:
    digits = text.replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def _converted(
    kept: pd.Series, repairs: dict[int, str], read: Callable[[str], Any], expected: str, default: Any
) -> CleanColumn:
    found = {row: read(text) for row, text in kept.items()}
    faults = {row: Fault(kept[row], f"attendu : {expected}") for row, value in found.items() if value is None}
    values = pd.Series([default if v is None else v for v in found.values()], index=kept.index, dtype=type(default))
    return CleanColumn(values, repairs, faults)


def cell_check(about: dict[str, Any]) -> Callable[[str], Fault | None]:
    """Return the function that names the fault of one text cell, after its column's declaration."""
    labels, most = about.get("labels"), about.get("most_words")
    pattern = re.compile(about.get("pattern") or ".*")

    def check(text: str) -> Fault | None:
        if not text:
            return Fault("", "valeur obligatoire, absente") if about["required"] else None
        if labels and text not in labels:
            return Fault(text, f"valeurs admises : {', '.join(labels)}", nearest(text, labels))
        if not pattern.fullmatch(text):
            example = (
                f"celle de « {about['example']} » (motif {pattern.pattern})" if about["example"] else pattern.pattern
            )
            return Fault(text, f"forme attendue : {example}")
        if about.get("date") and not is_date(text):
            return Fault(text, "cette date n’existe pas")
        if most and (count := count_words(text)) > most:
            return Fault(text, f"au plus {most} mots, lus : {count}")
        return None

    return check
