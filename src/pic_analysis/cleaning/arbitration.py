"""List where blind coders disagree, and take the decisions that people make about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from pic_analysis.cleaning.values import interview_id, judge, one_of, plain, tidy
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import POLARITIES

FILE = "arbitrages.csv"
FIELDS = {
    "subject": ("objet", "sur quoi"),
    "decision": ("décision", "retenu", "choix"),
    "reason_fr": ("motif", "pourquoi", "raison"),
}
ABSENT = "absent"

_LEFT_OUT = {"ecarter": "", "ecarte": "", "ecartee": ""}
_TWINS = {"doublon": "duplicate", "distinct": "distinct", "distincts": "distinct"}
_BITS = {"supports": 1, "nuances": 2, "contradicts": 4}
_READINGS = ["+".join(name for name, bit in _BITS.items() if mask & bit) or ABSENT for mask in range(8)]


@dataclass(frozen=True)
class Decision:
    """One decision: what was settled, why, and the row of the file that says so."""

    choice: str
    reason_fr: str
    row: int


@dataclass
class Decisions:
    """What was decided: of rows left out, of interviews alike, of codes, and of codings without a direction."""

    rows: dict[tuple[str, int], Decision] = field(default_factory=dict)
    twins: dict[str, Decision] = field(default_factory=dict)
    codes: dict[tuple[str, str], Decision] = field(default_factory=dict)
    direction: Decision = field(default_factory=lambda: Decision("", "", 0))
    problems: list[Problem] = field(default_factory=list)

    def unused(self, file: str, used: set[object]) -> list[Problem]:
        """Return one problem for each decision that concerns nothing.

        Parameters
        ----------
        file
            Name of the file of decisions.
        used
            Keys of the decisions that found what they are about.
        """
        said = "cette décision ne concerne plus rien : ni ligne en quarantaine, ni doublon, ni désaccord"
        every: list[tuple[object, Decision]] = [*self.rows.items(), *self.twins.items(), *self.codes.items()]
        return [
            Problem(file, decision.row, "subject", _shown(key), said, "Retirez-la")
            for key, decision in every
            if key not in used
        ]


def _shown(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def read_decisions(sheet: Sheet, code: Callable[[str], str]) -> Decisions:
    """Return the decisions that a file states, and what is wrong with it.

    Parameters
    ----------
    sheet
        ``subject``: a row (``codages_A.csv 27``), an interview (``INT098``), an interview and a code
        (``INT004 a_b_1``) or ``sens par défaut``; ``decision``; ``reason_fr``, without which nothing is decided.
    code
        Returns the code that a typed one means today, an empty string if there is none.
    """
    found = Decisions(problems=list(sheet.problems))
    for row, subject, decision, reason in sheet.frame.itertuples():
        place, said = int(row), tidy(decision)
        if not tidy(reason):
            expected = "le motif est obligatoire : sans lui, rien n’est décidé"
            found.problems.append(Problem(sheet.file, place, "reason_fr", tidy(subject), expected))
        elif expected := _take(found, tidy(subject), said, Decision(said, tidy(reason), place), code):
            found.problems.append(Problem(sheet.file, place, "decision", f"{tidy(subject)} : {said}", expected))
    return found


def _take(found: Decisions, subject: str, said: str, decision: Decision, code: Callable[[str], str]) -> str:
    """Add one decision; return what was expected if it cannot be read."""
    read = one_of({ABSENT: ABSENT, **POLARITIES})(said)
    if fold(subject) == "sens par defaut":
        if read.expected or read.clean == ABSENT:
            return f"décision attendue : {', '.join(POLARITIES.values())}"
        found.direction = Decision(read.clean, decision.reason_fr, decision.row)
        return ""
    if of_row := re.fullmatch(r"(\S.*\.\w+) (?:ligne )?(\d+)", subject):
        if fold(said) not in _LEFT_OUT:
            return "décision attendue : écarter"
        return _new(found.rows, (of_row[1], int(of_row[2])), decision)
    interview, _, typed = subject.partition(" ")
    who = interview_id(interview)
    if who.expected:
        return "objet attendu : fichier et ligne, entretien, ou entretien et code"
    if not typed:
        if fold(said) not in _TWINS:
            return "décision attendue : doublon, ou distinct"
        return _new(found.twins, who.clean, Decision(_TWINS[fold(said)], decision.reason_fr, decision.row))
    if not code(typed):
        return f"le code « {typed} » n’est pas dans la grille"
    if read.expected:
        return f"décision attendue : {ABSENT}, {', '.join(POLARITIES.values())}"
    return _new(found.codes, (who.clean, code(typed)), Decision(read.clean, decision.reason_fr, decision.row))


def _new(known: dict, key: object, decision: Decision) -> str:
    if key in known:
        return f"déjà décidé à la ligne {known[key].row}"
    known[key] = decision
    return ""


def disagreements(codings: pd.DataFrame, settled: Mapping[tuple[str, str], Decision] | None = None) -> pd.DataFrame:
    """Return the units that two coders read otherwise, with what was settled.

    Parameters
    ----------
    codings
        The clean table: ``interview_id``, ``code_id``, ``direction``, ``coder``.
    settled
        Decisions by interview and code.

    Returns
    -------
    DataFrame
        The table ``disagreements``. A unit is a code in an interview; the pairs compared are the coders who both
        coded the interview, if only with other codes. A reading is every direction that the coder gave.

    Examples
    --------
    >>> rows = [("INT001", "a", "supports", "A"), ("INT001", "b", "supports", "A"), ("INT001", "b", "nuances", "B")]
    >>> found = disagreements(pd.DataFrame(rows, columns=["interview_id", "code_id", "direction", "coder"]))
    >>> found[["code_id", "reading_a", "reading_b"]].to_numpy().tolist()
    [['a', 'supports', 'absent'], ['b', 'supports', 'nuances']]
    """
    (who, interviews), (what, codes), (by, coders), (how, directions) = (
        pd.factorize(codings[name]) for name in ("interview_id", "code_id", "coder", "direction")
    )
    bits = np.array([_BITS[str(direction)] for direction in directions], dtype="int64")[how]
    which, units = pd.factorize(who * max(len(codes), 1) + what)
    readings = np.zeros((len(units), len(coders)), dtype="int64")
    np.bitwise_or.at(readings.reshape(-1), which * len(coders) + by, bits)
    interview, code = np.divmod(units, max(len(codes), 1))
    coded = np.zeros((len(interviews), len(coders)), dtype=bool)
    coded[who, by] = True
    names = np.array(_READINGS, dtype=object)
    parts = []
    for a, b in combinations(sorted(range(len(coders)), key=lambda place: str(coders[place])), 2):
        first, second = readings[:, a], readings[:, b]
        differ = (first != second) & coded[interview, a] & coded[interview, b]
        part = {
            "interview_id": np.asarray(interviews, dtype=object)[interview[differ]],
            "code_id": np.asarray(codes, dtype=object)[code[differ]],
            "coder_a": str(coders[a]),
            "reading_a": names[first[differ]],
            "coder_b": str(coders[b]),
            "reading_b": names[second[differ]],
        }
        parts.append(pd.DataFrame(part))
    columns = ["interview_id", "code_id", "coder_a", "reading_a", "coder_b", "reading_b"]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    found = found[columns].sort_values(["interview_id", "code_id", "coder_a", "coder_b"], ignore_index=True)
    known = settled or {}
    units = [*zip(found["interview_id"].tolist(), found["code_id"].tolist(), strict=True)]
    found.insert(0, "disagreement_id", [f"dis-{number:06d}" for number in range(1, len(found) + 1)])
    found["settled"] = [known[unit].choice if unit in known else "" for unit in units]
    found["reason_fr"] = [known[unit].reason_fr if unit in known else "" for unit in units]
    return found.astype("str")


def subjects(sheet: Sheet) -> pd.Series:
    """Return the interviews that decisions name, by row of the file, empty where they name none."""
    first = judge(sheet.frame["subject"], plain).values
    return pd.Series([interview_id(str(text).partition(" ")[0]).clean for text in first], index=sheet.frame.index)
