"""Kinds of columns that tables are declared with: what each holds, how it is checked, how it is documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pic_analysis import vocabulary as v

# Tables hold hundreds of rows, looked at a few at a time: what each call of Arrow costs would be most of the time.
pd.set_option("mode.string_storage", "python")
_TEXT = pd.StringDtype("python", na_value=float("nan"))  # ``str``, as it is from now on

CELL = r"\w+_(PC\d_)?([1-3]|IT|Ess|Intro)"
SECTION = r"(\d{1,2}(\.\d{1,2}){0,3}|resume|avant-propos)"
NUMBER = r"-?\d+(\.\d+)?"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def text(title: str, description: str, example: str, *, required: bool = True, pattern: str = "") -> Any:
    """Declare a text, of a given form if it has one."""
    return _column(_TEXT, _matching(pattern, required), title, description, example, required=required, pattern=pattern)


def date(title: str, description: str, example: str, *, required: bool = True) -> Any:
    """Declare an ISO date, even partial, that exists."""
    real = _each(lambda date: not date or v.is_date(date), "une date qui existe")
    return _column(_TEXT, [real], title, description, example, required=required, pattern=PARTIAL_DATE, date=True)


def words(title: str, description: str, example: str, *, most: int, required: bool = True) -> Any:
    """Declare a text of at most so many words."""
    checks = [_each(lambda text: v.count_words(text) <= most, f"au plus {most} mots")]
    return _column(_TEXT, checks, title, description, example, required=required, most_words=most)


def code(title: str, description: str, example: str, labels: dict[str, str], *, key: bool = False) -> Any:
    """Declare a code of a controlled list."""
    checks = [pa.Check.isin([*labels])]
    return _column(_TEXT, checks, title, description, example, required=True, labels=labels, key=key)


def key(title: str, description: str, example: str, pattern: str) -> Any:
    """Declare the identifier of a row."""
    checks = [pa.Check.str_matches(rf"^(?:{pattern})$")]
    return _column(_TEXT, checks, title, description, example, required=True, pattern=pattern, key=True)


def number(title: str, description: str, example: str, *, required: bool = True) -> Any:
    """Declare a decimal number, kept as written: a value that was printed 4,14 is never published 4.140000001."""
    return _column(
        _TEXT, _matching(NUMBER, required), title, description, example, required=required, pattern=NUMBER, number=True
    )


def link(title: str, description: str, example: str, to: str, *, required: bool = True) -> Any:
    """Declare the identifier of another table's row."""
    return _column(_TEXT, [], title, description, example, required=required, to=to)


def _each(passes: Callable[[str], bool], error: str) -> Any:
    """Ask something of each value; ``statistics`` is where pandera keeps what its own checks ask."""
    return pa.Check(lambda text: text.map(passes), name="each", error=error, statistics={"passes": passes})


def _matching(pattern: str, required: bool) -> list[Any]:
    checks = [pa.Check.str_length(min_value=1)] if required else []
    if pattern:
        checks.append(pa.Check.str_matches(rf"^(?:{pattern}){'' if required else '?'}$"))
    return checks


def _column(kind: Any, checks: list[Any], title: str, description: str, example: str, **more: Any) -> Any:
    return pa.Column(
        kind,
        checks=checks,
        title=title,
        description=description,
        unique=bool(more.get("key")),
        metadata={"example": example, **more},
    )


def boolean(title: str, description: str) -> Any:
    """Declare a yes or no."""
    return _column(bool, [], title, description, "true", required=True, boolean=True)


def count(title: str, description: str, example: str) -> Any:
    """Declare a whole number."""
    return _column(int, [pa.Check.ge(0)], title, description, example, required=True, count=True)


SECTION_COLUMN = text("Section du rapport", "Section où se trouve le passage", "3.2.1", pattern=SECTION)
ANCHOR = words(
    "Ancre",
    "Au plus six mots de la source, dans leur graphie, pour retrouver le passage",
    "quel que soit leur profil",
    most=6,
)
POLARITY = code("Polarité", "Sens du passage envers le changement que la théorie attend", "supports", v.POLARITIES)


def summary(description: str = "Contenu, dans nos mots", most: int = 25) -> Any:
    """Declare a summary in our own words."""
    return words(
        "Résumé",
        f"{description} (au plus {most} mots)",
        "",
        most=most,
    )
