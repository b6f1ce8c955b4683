"""Write numbers, dates, lists and quotations the French way.

No ``fr_FR`` locale can be assumed on the reader's machine, so nothing here uses one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # narrow no-break space: between thousands, before ; ! ?
NBSP = "\u00a0"  # no-break space: before : % € and inside « »
MISSING = "n. d."  # « non disponible »: a hole is said, never left blank

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def integer(value: int | float) -> str:
    r"""Return a whole number with its thousands apart.

    >>> integer(12345)
    '12\u202f345'
    >>> integer(-980)
    '−980'
    """
    return decimal(value, 0)


def decimal(value: int | float, digits: int = 1) -> str:
    r"""Return a number with a decimal comma; a value that is not finite reads « n. d. ».

    The written form of the number is rounded, halves away from zero, so that 0.125 gives 0,13 as a
    reader would expect and not 0,12 as the binary representation would.

    >>> decimal(0.743, 3)
    '0,743'
    >>> decimal(1234.5, 2)
    '1\u202f234,50'
    """
    if not math.isfinite(value):
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NARROW).replace(".", ",")
    return f"−{text}" if rounded < 0 else text


def percent(share: float, digits: int = 0) -> str:
    r"""Return a share between 0 and 1 as a percentage.

    >>> percent(0.0786, 1)
    '7,9\xa0%'
    """
    if not math.isfinite(share):
        return MISSING
    # the shift is made in base ten: 0.285 * 100 is 28.499999999999996 in binary
    return f"{decimal(float(Decimal(str(share)).scaleb(2)), digits)}{NBSP}%"


def count(number: int, singular: str, plural: str | None = None) -> str:
    r"""Return a number and its noun; in French the plural starts at two.

    Without ``plural``, an s is added unless the noun already ends in s, x or z.

    >>> count(1, "constat"), count(0, "constat"), count(3, "cas")
    ('1\xa0constat', '0\xa0constat', '3\xa0cas')
    >>> count(2, "étude de cas", "études de cas")
    '2\xa0études de cas'
    """
    return f"{integer(number)}{NBSP}{agreed(number, singular, plural)}"


def agreed(number: int, singular: str, plural: str | None = None) -> str:
    """Return words as a number wants them, without the number; in French the plural starts at two.

    Without ``plural``, an s is added unless the last word already ends in s, x or z.

    >>> agreed(1, "ignorée"), agreed(0, "ignorée"), agreed(2, "ignorée"), agreed(2, "ce codage", "ces codages")
    ('ignorée', 'ignorée', 'ignorées', 'ces codages')
    """
    if abs(number) < 2:
        return singular
    if plural is not None:
        return plural
    return singular if singular.endswith(("s", "x", "z")) else f"{singular}s"


def date(iso: str) -> str:
    """Return an ISO year, month or day in words.

    Raises
    ------
    ValueError
        If the text is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or names no real month.

    >>> date("2016"), date("2016-06"), date("2014-10-07"), date("2016-03-01")
    ('2016', 'juin 2016', '7 octobre 2014', '1er mars 2016')
    """
    parts = iso.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        raise ValueError(f"not an ISO date: {iso!r}; expected YYYY, YYYY-MM or YYYY-MM-DD")
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12 or len(numbers) > 2 and not 1 <= numbers[2] <= 31:
        raise ValueError(f"no such date: {iso!r}")
    words = [str(numbers[0])]
    if len(numbers) > 1:
        words.insert(0, MONTHS[numbers[1] - 1])
    if len(numbers) > 2:
        words.insert(0, "1er" if numbers[2] == 1 else str(numbers[2]))
    return " ".join(words)


def enumerate_fr(items: Sequence[str], last: str = "et") -> str:
    """Return a list as a French phrase; no comma stands before the last word of link.

    >>> enumerate_fr(["a", "b", "c"])
    'a, b et c'
    >>> enumerate_fr(["a", "b"], last="ou")
    'a ou b'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def quoted(text: str) -> str:
    """Return a text between guillemets; guillemets of its own, which would not be seen to close, become inner marks.

    >>> quoted("un « effet boule »")
    '« un “effet boule” »'
    >>> quoted("comme des « historiques")
    '« comme des “historiques »'
    """
    inner = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", text))
    return f"« {inner} »"
