"""Find, in a page that somebody wrote, the counts of people that the gate keeps: in a sentence, in a table.

What the package writes takes its counts from protected tables; what people write beside them, nobody weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pic_analysis.disclosure.words import plain_words
from pic_analysis.disclosure.written import COUNT_HINT, COUNTED, CROSSED, TYPE, small_counts
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Case

PUBLIC = "% compte public :"
"""What a line of comment begins with where the count is not of people met, or is published already; then the reason."""
_JUDGED = re.compile(rf"^{re.escape(PUBLIC)}[^\S\n]*\S", re.MULTILINE)
_HINT = f"{COUNT_HINT} ; si ce compte est déjà public, dites-le au-dessus, avec le motif : « {PUBLIC} … »"
_TABLE_HINT = "Ôtez cette table, ou remplacez le type d’acteur par l’un des quatre groupes"


def told(file: str, text: str, cases: Sequence[Case]) -> list[Problem]:
    r"""Return one problem for each small count of people, and for each table that crosses types of actors and cases.

    Parameters
    ----------
    file
        The page, as messages name it.
    text
        Its Markdown. A paragraph that holds a comment, ``% compte public : the reason``, was judged by somebody.
    cases
        The cases of the study.

    Examples
    --------
    >>> [problem.value for problem in told("a.md", "Dit par deux élus.", ())]
    ['deux élus']
    >>> told("a.md", "% compte public : le rapport l’imprime\nDit par deux élus.", ())
    []
    """
    found = []
    for row, paragraph in _paragraphs(text):
        if _JUDGED.search(paragraph):
            continue
        for count in small_counts(paragraph):
            found.append(Problem(file, row, "", count, COUNTED, _HINT))
        if both := _crossed(paragraph, cases):
            found.append(Problem(file, row, "", both, CROSSED, _TABLE_HINT))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph with the number of its first line."""
    for found in re.finditer(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", text, re.MULTILINE):
        yield text[: found.start()].count("\n") + 1, found[0]


def _crossed(paragraph: str, cases: Sequence[Case]) -> str:
    """Return the type and the case that head the rows and the columns of a table; empty if there are not both."""
    lines = [line for line in paragraph.splitlines() if line.lstrip().startswith("|")]
    cells = [cell.strip(" *_`") for line in lines for cell in line.strip().strip("|").split("|")]
    names = {plain_words(name) for case in cases for name in (case.id, case.label_fr, *case.labels)}
    kind = next((cell for cell in cells if TYPE.fullmatch(cell)), "")
    case = next((cell for cell in cells if plain_words(cell) and plain_words(cell) in names), "")
    return f"{kind} + {case}" if kind and case else ""
