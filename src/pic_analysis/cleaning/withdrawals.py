"""Know which interviews were withdrawn: their consent says so, or the file of withdrawals."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from pic_analysis.cleaning.values import interview_id
from pic_analysis.problems import Problem
from pic_analysis.reading.refusal import Refused, read_text

FILE = "retraits.txt"
SILENCED = "[entretien retiré]"
"""What stands where people wrote the code of a withdrawn interview: in a reason, a definition."""

_WORDS = ("label_fr", "definition_fr", "reason_fr", "decision_fr", "content", "raw")
_HINT = "Un code d’entretien par ligne, puis la date : INT042 2016-03-01"


def read_withdrawals(path: Path) -> tuple[set[str], list[Problem]]:
    """Return the interviews that a file names, one a line, and the lines that name none.

    What follows the code on its line is for people (a date); lines that begin with ``#`` too. A file that
    cannot be read is an error: a withdrawal may not be lost.
    """
    if not path.is_file():
        return set(), []
    try:
        text, problems = read_text(path)
    except Refused as error:
        return set(), [error.problem]
    found: set[str] = set()
    said = list(problems)
    for row, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            verdict = interview_id(line.replace(";", " ").replace(",", " ").split()[0])
            if verdict.expected:
                said.append(Problem(FILE, row, "", "", verdict.expected, _HINT))
            else:
                found.add(verdict.clean)
    return found, said


def pattern(interviews: Collection[str]) -> re.Pattern[str]:
    """Return what finds the codes of some interviews in a text, however they are typed.

    >>> pattern({"INT042"}).sub("*", "voir int-042, INT 042 et INT0421")
    'voir *, * et INT0421'
    """
    typed = [r"[\s_.-]*".join(map(re.escape, name)) for name in sorted(interviews)]
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(typed)})(?![0-9])", re.IGNORECASE)


def silenced(tables: Mapping[str, pd.DataFrame], interviews: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the tables, the codes of withdrawn interviews taken out of what people wrote about others."""
    if not interviews:
        return dict(tables)
    named = pattern(interviews)
    made = {}
    for name, frame in tables.items():
        texts = [column for column in _WORDS if column in frame]
        changed = {column: [named.sub(SILENCED, str(text)) for text in frame[column]] for column in texts}
        made[name] = frame.assign(**changed) if texts else frame
    return made
