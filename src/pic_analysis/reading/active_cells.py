"""Find the cells that a spreadsheet or a browser would act on, and make them harmless."""

from __future__ import annotations

import re

import pandas as pd

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem

_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_NUMBER = r"^[+\-]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?(?:[eE][+\-]?\d+)?\s?%?$"
_BEGINS = re.compile(rf"(?:\A|\0){_FORMULA[1:]}")
_MARKUP = r"<[\s/]*[A-Za-z!][^<>]*>|javascript:"


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would compute a cell; a signed number is none.

    >>> [is_formula(text) for text in ("=1+1", "@SUM(A1)", "-3,5", "+ de lien", "a=b")]
    [True, True, False, True, False]
    """
    return bool(re.match(_FORMULA, text)) and not re.match(_NUMBER, text)


def neutral_cell(text: str) -> str:
    """Return a cell that no spreadsheet computes: an apostrophe stands before what begins like a formula.

    Notes
    -----
    OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection.

    >>> neutral_cell("=cmd|'/c calc'!A1"), neutral_cell("-2"), neutral_cell("été")
    ("'=cmd|'/c calc'!A1", '-2', 'été')
    """
    return f"'{text}" if is_formula(text) else text


def active_cells(file: str, frame: pd.DataFrame) -> tuple[Problem, ...]:
    """Tell, column by column, the cells that look like formulas or HTML: they are kept as plain text."""
    problems = []
    for column in frame.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]]:
        cells = frame[column].astype(str)
        whole = "\0".join(map(str, cells.tolist()))  # two searches tell whether the column needs a closer look
        if not _BEGINS.search(whole) and not re.search(_MARKUP, whole):
            continue
        formulas = cells[cells.str.match(_FORMULA) & ~cells.str.match(_NUMBER) & cells.str.len().gt(1)]
        for found, said, hint in (
            (
                formulas,
                ("qui commence comme une formule", "qui commencent comme une formule"),
                "Les exports pour tableur les neutralisent",
            ),
            (
                cells[cells.str.contains(_MARKUP)],
                ("qui contient du HTML", "qui contiennent du HTML"),
                "Il est montré tel quel, jamais interprété",
            ),
        ):
            if len(found):
                number = len(found)
                told = f"{count(number, 'cellule')} {agreed(number, *said)} : {agreed(number, 'gardée')} comme du texte"
                row = int(found.index[0]) if pd.api.types.is_integer(found.index[0]) else 0
                problems.append(Problem(file, row, str(column), found.iloc[0][:60], told, hint, blocking=False))
    return tuple(problems)
