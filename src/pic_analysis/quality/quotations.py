"""Compare what is printed twice: the same words of a speaker, or the same sentence of a text."""

from __future__ import annotations

import difflib
import re
import unicodedata

from pic_analysis.numbers_fr import quoted
from pic_analysis.quality.finding import Finding, Passage, report_id
from pic_analysis.study import Study

# Letters that character recognition takes for each other.
_CONFUSED = str.maketrans({"1": "l", "i": "l", "!": "l", "|": "l", "0": "o", "g": "c", "q": "c"})
_LONG = 6  # letters from which on one letter more, less or other is a fault of recognition or of agreement


def differ(one: str, other: str) -> bool:
    """Say whether two extracts, taken at one place of a text, have other words.

    Accents, punctuation, elisions, letters that recognition confuses and marks of agreement do not count; neither does
    what only one extract holds before or after what both hold.

    Examples
    --------
    >>> differ("un jeu de miroir qui s'instaure", "jeu de miroir trés fort qui")
    True
    >>> differ("convaincant, désirable et médiatisée pour", "désirable et mediatisé pour emporter")
    False
    """
    a, b = _words(one), _words(other)
    if "".join(a) in "".join(b) or "".join(b) in "".join(a):  # a space that recognition lost
        return False
    blocks = _common(a, b)
    if not blocks:
        return True
    (first_a, first_b), (last_a, last_b) = blocks[0], blocks[-1]
    if first_a and first_b or (last_a < len(a) - 1 and last_b < len(b) - 1):
        return True
    return any(x2 - x1 > 1 or y2 - y1 > 1 for (x1, y1), (x2, y2) in zip(blocks, blocks[1:], strict=False))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", re.sub(r"[’'‘]+", " ", text.casefold())).encode("ascii", "ignore").decode()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 1]


def _common(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Return the positions of the words that both have, in one order: a longest common subsequence."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for x in reversed(range(len(a))):
        for y in reversed(range(len(b))):
            skip = max(best[x + 1][y], best[x][y + 1])
            best[x][y] = max(skip, best[x + 1][y + 1] + 1) if _same(a[x], b[y]) else skip
    pairs, x, y = [], 0, 0
    while x < len(a) and y < len(b):
        if _same(a[x], b[y]) and best[x][y] == best[x + 1][y + 1] + 1:
            pairs.append((x, y))
            x, y = x + 1, y + 1
        elif best[x + 1][y] >= best[x][y + 1]:
            x += 1
        else:
            y += 1
    return pairs


def _same(one: str, other: str) -> bool:
    one, other = (re.sub(r"(.)\1", r"\1", word.translate(_CONFUSED)) for word in (one, other))
    if one == other or (abs(len(one) - len(other)) == 1 and (one.startswith(other) or other.startswith(one))):
        return True
    near = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return min(len(one), len(other)) >= _LONG and near > 1 - 2 / (len(one) + len(other) - 1)


def quotations(study: Study) -> list[Finding]:
    """Find words of a speaker, or sentences of the report, that are printed twice with other words."""
    report = report_id(study)
    found = []
    for row in study.repeated_quotations.to_dict("records"):
        if not differ(row["first_anchor"], row["second_anchor"]):
            continue
        voice = row["testimony_id"]
        found.append(
            Finding(
                "quotations",
                "quotation",
                "notable" if voice else "mineur",
                Passage(report, row["first_section"], row["first_anchor"]),
                Passage(report, row["second_section"], row["second_anchor"]),
                (("repeated_quotation", row["repeat_id"]), *((("testimony", voice),) if voice else ())),
                f"La même {'parole' if voice else 'phrase'} est imprimée deux fois, avec d’autres mots : "
                f"{quoted(row['first_anchor'])}, puis {quoted(row['second_anchor'])}.",
                "Ne pas compter deux témoignages, ni citer l’une des versions comme mot à mot."
                if voice
                else "Ne pas traiter les deux formules comme deux idées, ni l’une comme la seule exacte.",
            )
        )
    return found
