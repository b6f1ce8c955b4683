"""Say what an exercise thinks of an answer: nothing yet, right and why, or not yet and where to look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pic_analysis.publishing.blocks.text import plain
from pic_analysis.vocabulary import nearest

TODO, RIGHT, NOT_YET = "À vous.", "Juste,", "Pas encore :"


@dataclass(frozen=True)
class Feedback:
    """What an exercise says of an answer; ``text`` is Markdown that a notebook and the book render alike."""

    verdict: str
    text: str

    def __repr__(self) -> str:
        """Return the feedback as plain text."""
        return f"{self.verdict} {self.text}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": f"**{self.verdict}** {self.text}", "text/plain": repr(self)}


def right(why: str) -> Feedback:
    """Return that an answer is right, and why.

    >>> right("aucun cas n’y suffit."), right("le récit le dit.")
    (Juste, parce qu’aucun cas n’y suffit., Juste, parce que le récit le dit.)
    """
    return Feedback(RIGHT, f"parce qu’{why}" if same(why[:1]) in [*"aeiou"] else f"parce que {why}")


def same(text: Any) -> str:
    """Return an answer without what does not matter: capitals, accents, the form of apostrophes, outer spaces.

    >>> same(" Élevée ") == same("elevee"), same("s’oppose") == same("s'oppose"), same(3)
    (True, True, '')
    """
    if not isinstance(text, str):
        return ""
    letters = unicodedata.normalize("NFD", text.replace("’", "'")).casefold()
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())


def unknown(what: str, given: Any, options: Iterable[str]) -> Feedback:
    """Return that an answer names nothing of the study, and the nearest name."""
    near = nearest(given, options) if isinstance(given, str) else ""
    said = f"« {plain(str(given))} » n’est pas {what}"
    return Feedback(NOT_YET, f"{said} ; le plus proche : « {plain(near)} »." if near else f"{said}.")
