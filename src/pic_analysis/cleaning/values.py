"""Judge a whole column by its distinct values: what each means, what was repaired, what cannot be read.

A million cells hold few distinct values. Each is judged once, in plain Python; the rest is arrays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis.cleaning.masking import MASKED
from pic_analysis.reading.grid import key as fold
from pic_analysis.vocabulary import nearest

_ABSENT = {"nr", "n r", "na", "n a", "nd", "n d", "nc", "n c", "non renseigne", "null"}
_SPREADSHEET = {"#REF!", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "#NULL!", "#NOMBRE!", "#NUM!"}
_STROKES = re.compile(r"[-–—‐‑_.…/]*")  # what people draw in an empty cell; INSEE's … and /// too
NOTATIONS = (
    "libellé lu comme un code de la liste",
    "nombre entier écrit autrement",
    "code de la grille mis en forme",
    "espaces normalisées",
    "nombre écrit à la française",
    "période mise en forme",
)
"""Rules that change how a thing is written and not what it is: the log counts their rows, and shows the first."""
MISSING_RULE = "valeur manquante, écrite autrement que par une cellule vide"
DOUBT_RULE = "doute écrit (« ? ») : laissé sans valeur"
SHIFTED = "ligne décalée, qui n’a pas le nombre de cellules de l’en-tête : rien n’en est lu ni répété"


@dataclass(frozen=True)
class Verdict:
    """What one written value means; ``expected`` is what should have been there, empty where it can be read."""

    clean: Any
    rule: str = ""
    expected: str = ""
    nearest: str = ""


@dataclass(frozen=True)
class Judged:
    """A column judged: for each row, which of the written values is its own, and the verdict of each of these."""

    which: np.ndarray
    written: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    kind: type = str

    @property
    def values(self) -> Any:
        """The clean values by row: an array of text, or of whole numbers."""
        clean = [verdict.clean for verdict in self.verdicts]
        if self.kind is int:
            return np.array(clean, dtype="int64")[self.which]
        return pd.array(clean, dtype="str").take(self.which)

    @property
    def compact(self) -> Any:
        """The clean values by row, as whole numbers or sorted categories: a few bytes each, however long the text."""
        if self.kind is int:
            return self.values
        return shared([verdict.clean for verdict in self.verdicts], self.which)

    @property
    def faulty(self) -> np.ndarray:
        """Whether each row cannot be read."""
        return self._rows([verdict.expected != "" for verdict in self.verdicts])

    @property
    def repaired(self) -> np.ndarray:
        """Whether what was written of each row was changed."""
        return self._rows([verdict.rule != "" for verdict in self.verdicts])

    def where(self, holds: Callable[[Verdict], bool]) -> np.ndarray:
        """Return whether each row has a verdict of which something holds."""
        return self._rows([holds(verdict) for verdict in self.verdicts])

    def _rows(self, chosen: list[bool]) -> np.ndarray:
        return np.array(chosen, dtype=bool)[self.which] if chosen else np.zeros(len(self.which), dtype=bool)


def shared(values: Sequence[str], which: np.ndarray) -> pd.Categorical:
    """Return by row the value that is its own, as sorted categories.

    >>> [*shared(["b", "a", "b"], np.array([0, 1, 2]))]
    ['b', 'a', 'b']
    """
    codes, names = pd.factorize(np.array([*values], dtype=object), sort=True)
    return pd.Categorical.from_codes(codes.astype("int32")[which], categories=pd.Index(names, dtype="str"))


def judge(raw: pd.Series, read: Callable[[str], Verdict], kind: type = str) -> Judged:
    """Return a column judged value by value.

    Parameters
    ----------
    raw
        Text cells, as typed.
    read
        The verdict of one written value; called once for each distinct value.
    kind
        ``str``, or ``int`` where every verdict is a whole number.

    Examples
    --------
    >>> judged = judge(pd.Series(["oui", "non", "oui"]), lambda text: Verdict(text.upper()))
    >>> [*judged.values], len(judged.verdicts)
    (['OUI', 'NON', 'OUI'], 2)
    """
    which, found = pd.factorize(raw)
    written = tuple(map(str, np.asarray(found, dtype=object)))
    verdicts = (Verdict(kind(), expected=SHIFTED) if text == MASKED else read(text) for text in written)
    return Judged(which.astype("int32"), written, tuple(verdicts), kind)


def tidy(text: str) -> str:
    """Return a cell in composed Unicode, with single ordinary spaces and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_missing(text: str) -> bool:
    """Say whether a cell says that there is nothing to say; a sign that means something else is no such mark.

    >>> [is_missing(text) for text in ("", " - ", "NR", "n.c.", "#N/A", "…", "Nord", "+", "?")]
    [True, True, True, True, True, True, False, False, False]
    """
    bare = "".join(text.split())
    return bool(_STROKES.fullmatch(bare)) or bare.upper() in _SPREADSHEET or fold(text) in _ABSENT


def is_doubt(text: str) -> bool:
    """Say whether a cell says that who filled it did not know.

    >>> [is_doubt(text) for text in ("?", " (??) ", "élu ?", "")]
    [True, True, False, False]
    """
    return "?" in text and not re.search(r"[^\W_]", text) and tidy(text).upper() not in _SPREADSHEET


def gap(text: str, *, required: bool) -> Verdict | None:
    """Return the verdict of a cell without a value, be it a doubt; ``None`` where there is something to read."""
    if is_doubt(text):
        if required:
            return Verdict("", expected="doute écrit (« ? ») là où une valeur est obligatoire")
        return Verdict("", rule=DOUBT_RULE)
    if not is_missing(text):
        return None
    if required:
        return Verdict("", expected="valeur obligatoire, absente")
    return Verdict("", rule=MISSING_RULE if tidy(text) else "")


def plain(text: str) -> Verdict:
    """Return the verdict of a text that may hold anything."""
    clean = "" if is_missing(text) else tidy(text)
    return Verdict(clean, rule="" if clean == text else NOTATIONS[3] if clean else MISSING_RULE)


def one_of(
    labels: Mapping[str, str], also: Mapping[str, str] | None = None, *, required: bool = True
) -> Callable[[str], Verdict]:
    """Return the reader of a controlled list: a code, its French label, or another form known to mean it.

    Parameters
    ----------
    labels
        The codes and their labels.
    also
        Other written forms, as ``form -> code``.
    required
        Whether a cell may be empty.

    Examples
    --------
    >>> one_of({"supports": "appuie"})(" Appuie").clean
    'supports'
    >>> one_of({"supports": "appuie"})("apuie").nearest
    'appuie'
    """
    forms = {fold(form): code for code, label in labels.items() for form in (code, label)}
    forms |= {fold(form): code for form, code in (also or {}).items()}

    def read(text: str) -> Verdict:
        if empty := gap(text, required=required):
            return empty
        code = forms.get(fold(text))
        if code is None:
            admitted = f"valeurs admises : {', '.join(labels.values())}"
            return Verdict(tidy(text), expected=admitted, nearest=nearest(tidy(text), [*labels.values(), *labels]))
        return Verdict(code, rule="" if code == text else NOTATIONS[0])

    return read


def interview_id(text: str) -> Verdict:
    """Return the verdict of an interview's code, however it was typed.

    >>> interview_id("int-001 ").clean, interview_id("Mme X").expected[:16]
    ('INT001', 'forme attendue :')
    """
    if empty := gap(text, required=True):
        return empty
    clean = re.sub(r"[\s_.-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(r"[A-Z]{1,4}[0-9]{1,4}", clean):
        # The cell may hold a name: it is neither repeated in the report nor kept.
        return Verdict("", expected="forme attendue : des lettres et un numéro, par exemple INT001 ; jamais un nom")
    return Verdict(clean, rule="" if clean == text else "code de l’entretien mis en forme")
