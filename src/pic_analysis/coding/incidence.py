"""Say which interview speaks of which code: the table that saturation, voices and silence are counted on.

One interview counts once for a code, however many passages bear it and however many coders marked them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.vocabulary import SAFE_GROUPS

_GROUP_OF = {kind: group for group, kinds in SAFE_GROUPS.items() for kind in kinds}


def groups(interviews: pd.DataFrame) -> pd.Series:
    """Return the safe group of each interview; stakeholder types never come out of here.

    Parameters
    ----------
    interviews
        Clean register. A withdrawn interview is left out, here and in all that follows.

    Returns
    -------
    Series
        Named ``group``, indexed by ``interview_id``, in the order of the register.
    """
    kept = interviews[interviews["consent"] != "withdrawn"]
    found = kept.set_index("interview_id")["stakeholder_type"].map(_GROUP_OF).rename("group")
    found.attrs.update(interviews.attrs)
    return found


def only_safe(known: pd.Series) -> None:
    """Raise ``ValueError`` unless every group is one of the four in which counts of people may be crossed."""
    if unsafe := sorted({*known.dropna()} - {*SAFE_GROUPS}):
        raise ValueError(f"not a safe group: {unsafe}; only the groups of vocabulary.SAFE_GROUPS may be crossed")


def replaced(codes: pd.Series, codebook: pd.DataFrame) -> pd.Series:
    """Return codes with those that were merged replaced by the code they went into, however long the way.

    Raises
    ------
    ValueError
        If codes are merged in a circle.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["a", "b", "c"], "merged_into": ["b", "c", ""]})
    >>> replaced(pd.Series(["a", "b", "c"]), book).tolist()
    ['c', 'c', 'c']
    """
    step = {code: into for code, into in zip(codebook["code_id"], codebook["merged_into"], strict=True) if into}
    last = {}
    for code in step:
        way = [code]
        while way[-1] in step:
            way.append(step[way[-1]])
            if len(way) > len(step) + 1:
                raise ValueError(f"codes merged in a circle: {way[:3]}")
        last[code] = way[-1]
    return codes.map(lambda code: last.get(code, code))


def incidence(codings: pd.DataFrame, interviews: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return whether each interview speaks of each code.

    Parameters
    ----------
    codings
        Clean codings; keep one direction or one coder before the call to count these alone.
    interviews, codebook
        Clean register and codebook: the rows and columns, also those that nobody coded.

    Returns
    -------
    DataFrame
        Booleans, interviews in the order of the register by codes in that of the codebook; merged codes count
        under the code that replaces them, and have no column. Provenance follows the codings.
    """
    rows = pd.Index(groups(interviews).index, name="interview_id")
    columns = pd.Index(codebook.loc[codebook["merged_into"] == "", "code_id"], name="code_id")
    return _marked(codings, rows, columns, codebook)


def questioned(asked: pd.DataFrame, present: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return whether each interview was asked about each code: only there does a silence say something.

    Who speaks unasked was not asked: among these, everybody speaks, and a share counted on them would mean nothing.

    Parameters
    ----------
    asked
        Clean table of the questions put.
    present
        What :func:`incidence` returns: the rows and columns.
    codebook
        Clean codebook, for merged codes.
    """
    found = _marked(asked, present.index, present.columns, codebook)
    found.attrs.update(present.attrs)
    return found


def by_date(present: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """Return the same interviews in the order in which they were held; those without a date come last."""
    dates = interviews.set_index("interview_id")["date"].reindex(present.index)
    # ISO dates sort as text, partial ones before the complete ones of the same year or month.
    return present.loc[dates.where(dates != "", "~").sort_values(kind="stable").index]


def _marked(pairs: pd.DataFrame, rows: pd.Index, columns: pd.Index, codebook: pd.DataFrame) -> pd.DataFrame:
    row = rows.get_indexer(pairs["interview_id"])
    column = columns.get_indexer(replaced(pairs["code_id"], codebook))
    known = (row >= 0) & (column >= 0)
    marks = np.zeros((len(rows), len(columns)), dtype=bool)
    marks[row[known], column[known]] = True
    found = pd.DataFrame(marks, index=rows, columns=columns)
    found.attrs.update(pairs.attrs)
    return found
