"""Turn codings into units that several coders judged: what a unit is decides what agreement means.

Two grids: interview x code (did this coder find this code in this interview?), and passage x code (did he find it
in this passage?). Each comes with or without the units where nobody put the code. With them, agreement on absence
counts, and a rare code looks easy; without them, only presence counts, and agreement looks poor: the same codings may
give an alpha of .60 or of -.38. Neither is wrong, and each names itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pic_analysis.coding.ratings import MISSING, Ratings

PRESENCE = ("absent", "présent")
DIRECTIONS = ("contradicts", "nuances", "supports")
SILENT = {
    True: "avec les unités que personne n’a codées",
    False: "sans les unités que personne n’a codées",
}


def presence(
    codings: pd.DataFrame, codes: Sequence[str], *, silent: bool = True, read: pd.DataFrame | None = None
) -> Ratings:
    """Return whether each coder found each code in each interview.

    Parameters
    ----------
    codings
        The table ``codings``.
    codes
        Codes that the coders could use, all of them, in the order of the codebook.
    silent
        Keep the units where no coder found the code.
    read
        Who read what: ``interview_id``, ``coder``. By default a coder read the interviews that he coded: one who read
        an interview and found nothing in it cannot be told from one who did not read it.

    Returns
    -------
    Ratings
        Units with ``unit_id``, ``interview_id`` and ``code_id``; a coder who did not read an interview judged nothing.

    Raises
    ------
    ValueError
        If a coding has a code that is not among ``codes``.

    Examples
    --------
    >>> coded = pd.DataFrame({"interview_id": "INT001", "code_id": ["a", "a", "b"], "coder": ["A", "B", "B"]})
    >>> presence(coded, ["a", "b", "c"]).values.tolist()
    [[1, 1], [0, 1], [0, 0]]
    >>> presence(coded, ["a", "b", "c"], silent=False).grid
    'entretien × code, sans les unités que personne n’a codées'
    """
    places = codings["interview_id"]
    whose = pd.DataFrame({"place": places.unique(), "interview_id": places.unique()})
    return _grid(codings, places, whose, codes, read, f"entretien × code, {SILENT[silent]}", silent)


def passages(
    codings: pd.DataFrame, codes: Sequence[str], *, silent: bool = True, read: pd.DataFrame | None = None
) -> Ratings:
    """Return whether each coder put each code on each passage.

    A passage is a stretch of one interview whose segments, of any coder and any code, overlap by one character or
    more; segments that only touch are two passages. One very long segment therefore makes one passage of all that it
    covers: agreement then looks better than it is.

    Parameters
    ----------
    codings, codes, silent, read
        As in `presence`. Without the silent units, a passage is judged only on the codes that someone put on it.

    Returns
    -------
    Ratings
        Units with ``unit_id``, ``interview_id``, ``passage`` (`INT001:120-245`) and ``code_id``.

    Raises
    ------
    ValueError
        If a coding has a code that is not among ``codes``, or a segment has no offsets.

    Examples
    --------
    >>> coded = pd.DataFrame({"interview_id": "INT001", "code_id": "a", "coder": ["A", "B", "B"],
    ...                       "segment_id": ["INT001:0-10", "INT001:9-20", "INT001:20-30"]})
    >>> ratings = passages(coded, ["a"])
    >>> ratings.units["passage"].tolist(), ratings.values.tolist()
    (['INT001:0-20', 'INT001:20-30'], [[1, 1], [0, 1]])
    """
    places = passage_of(codings)
    whose = pd.DataFrame({"place": places, "interview_id": codings["interview_id"]}).drop_duplicates("place")
    return _grid(codings, places, whose, codes, read, f"passage × code, {SILENT[silent]}", silent)


def passage_of(codings: pd.DataFrame) -> pd.Series:
    """Return the passage that each coding stands in, as a segment.

    Raises
    ------
    ValueError
        If a segment does not end with two offsets, the first the smaller.
    """
    found = codings["segment_id"].str.extract(r":(\d+)-(\d+)$")
    start, end = (pd.to_numeric(found[column]) for column in found)
    if (wrong := ~(start < end)).any():
        raise ValueError(f"segments without offsets: {codings.loc[wrong, 'segment_id'].head(3).tolist()}")
    if codings.empty:
        return pd.Series(index=codings.index, dtype=object)
    interview, names = pd.factorize(codings["interview_id"])
    order = np.lexsort((end, start, interview))
    # Interviews are put end to end, so that one running maximum tells where what was opened before is closed.
    far = int(end.max()) + 1
    opens = interview[order] * far + start.to_numpy()[order]
    closes = np.maximum.accumulate(interview[order] * far + end.to_numpy()[order])
    new = np.ones(len(order), dtype=bool)
    new[1:] = opens[1:] >= closes[:-1]
    number = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(order)) - 1
    where = names.to_numpy()[interview[order][first]]
    begins, ends = opens[first] % far, closes[last] % far
    texts = [f"{name}:{b}-{e}" for name, b, e in zip(where, begins, ends, strict=True)]
    passage = pd.Series(index=codings.index, dtype=object)
    passage.iloc[order] = np.array(texts, dtype=object)[number]
    return passage


def directions(codings: pd.DataFrame) -> Ratings:
    """Return which way each coder read each code in each interview, where several found it.

    A coder who found one code both for and against in the same interview read it as a nuance. The three directions
    are ordered: from contradicting to supporting.

    >>> coded = pd.DataFrame({"interview_id": "INT001", "code_id": "a", "coder": ["A", "A", "B"],
    ...                       "direction": ["supports", "contradicts", "supports"]})
    >>> directions(coded).values.tolist()
    [[1, 2]]
    """
    place = codings["direction"].map({name: place for place, name in enumerate(DIRECTIONS)}).astype("int64")
    table = place.groupby([codings["interview_id"], codings["code_id"], codings["coder"]]).agg(["min", "max"])
    read = table["min"].where(table["min"] == table["max"], 1).unstack(fill_value=MISSING)
    units = read.index.to_frame(index=False)
    units.insert(0, "unit_id", units["interview_id"] + "/" + units["code_id"])
    grid = "entretien × code, sens retenu là où deux codeurs ont mis le code"
    return Ratings(units, read.to_numpy(), tuple(read.columns), DIRECTIONS, grid, "interview_id")


def _grid(
    codings: pd.DataFrame,
    places: pd.Series,
    whose: pd.DataFrame,
    codes: Sequence[str],
    read: pd.DataFrame | None,
    grid: str,
    silent: bool,
) -> Ratings:
    """Return the presence of codes in places (interviews or passages), given which interview each place is in."""
    if unknown := sorted({*codings["code_id"]} - {*codes}):
        raise ValueError(f"codes {unknown[:3]} are not among the {len(codes)} codes given")
    known = pd.Index(codes)
    coders = pd.Index(sorted({*codings["coder"], *(() if read is None else read["coder"])}))
    whose = whose.sort_values(["interview_id", "place"], kind="stable", key=_by_offset).reset_index(drop=True)
    seen = (codings if read is None else read)[["interview_id", "coder"]].drop_duplicates()
    has_read = pd.crosstab(seen["interview_id"], seen["coder"]).reindex(whose["interview_id"], columns=coders)
    absent = np.where(has_read.fillna(0).to_numpy() > 0, 0, MISSING)
    found = pd.Index(whose["place"]).get_indexer(places) * len(known) + known.get_indexer(codings["code_id"])
    # Without the silent units, those that nobody coded are never made: there may be millions.
    unit = np.arange(len(whose) * len(known)) if silent else np.unique(found)
    place, code = np.divmod(unit, max(1, len(known)))
    values = absent[place]
    values[np.searchsorted(unit, found), coders.get_indexer(codings["coder"])] = 1
    units = whose.iloc[place].reset_index(drop=True)
    units["code_id"] = known.to_numpy()[code]
    units.insert(0, "unit_id", units["place"] + "/" + units["code_id"])
    if (whose["place"] == whose["interview_id"]).all():
        units = units.drop(columns="place")
    else:
        units = units.rename(columns={"place": "passage"})
    return Ratings(units, values, tuple(coders), PRESENCE, grid, "interview_id")


def _by_offset(column: pd.Series) -> pd.Series:
    """Order passages by their place in the interview, not by the letters of their numbers."""
    return pd.to_numeric(column.str.extract(r":(\d+)-\d+$")[0]).fillna(0) if column.name == "place" else column
