"""Estimate how wide a text is when nobody can measure it, and wrap it."""

from __future__ import annotations

from functools import lru_cache

# Widths in em of the widest usual sans serif (DejaVu Sans, the default of many Linux desktops).
_NARROW = dict.fromkeys("iljtfr.,;:!|'’()[]IJ- \N{NO-BREAK SPACE}", 0.37)
_WIDE = dict.fromkeys("mwMWœæŒÆ@%—", 0.95)
_CAPITAL, _OTHER, _BOLD = 0.71, 0.6, 1.1


class _Ems(dict[str, float]):
    """Widths of letters; of those that are not there, by their case."""

    def __missing__(self, letter: str) -> float:
        self[letter] = _CAPITAL if letter.isupper() else _OTHER
        return self[letter]


_EMS = _Ems(_WIDE | _NARROW)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the estimated width of a text, in the unit of its size.

    >>> width("il", 10) < width("mw", 10)
    True
    """
    return _ems(text) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)  # to break a text, the same lines are tried many times
def _ems(text: str) -> float:
    ems = 0.0
    for letter in text:
        ems += _EMS[letter]
    return ems


def wrap(text: str, most: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into as few lines as fit, of lengths as even as can be.

    >>> wrap("Les actions des acteurs amplifient les résultats", 130, 14)
    ['Les actions', 'des acteurs', 'amplifient', 'les résultats']
    """

    def uneven(lines: list[str]) -> float:
        return sum((most - width(line, size, bold=bold)) ** 2 for line in lines)

    fewest = _filled(text, most, size, bold)
    tries = [_filled(text, most * part / 20, size, bold) for part in range(20, 9, -1)]
    return min((lines for lines in tries if len(lines) == len(fewest)), key=uneven)


def _filled(text: str, most: float, size: float, bold: bool) -> list[str]:
    # Only plain spaces break: a no-break space holds its words together.
    words = text.strip().replace("\n", " ").split(" ")
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer, size, bold=bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
