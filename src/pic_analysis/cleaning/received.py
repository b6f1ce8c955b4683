"""Say what a producer's table has of odd before anything is transcribed from it; nothing of it is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from pic_analysis import periods
from pic_analysis.numbers_fr import enumerate_fr, percent
from pic_analysis.problems import Problem
from pic_analysis.reading.delimited import as_number
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.tables import RawTable

_PERIODS = {"annee", "annee reference", "periode", "trimestre", "mois", "date", "time period", "year"}
_TOTALS = {"total", "ensemble", "tous", "totaux"}
_CODES = re.compile(r"\b(ref|code|id|siren|insee|codgeo|geo|ze\d*|depcom|numero)\b")
_NAMES = re.compile(r"\b(nom|lib|label|intitule|designation)")
_SHOWN = 3  # things written in several ways that are told for one column
_SAME = 0.8  # share of things with the value of the year before, from which a year looks copied
_FEW = 5  # things, below which equal values are chance


def faults(table: RawTable) -> list[Problem]:
    """Return what is odd in a table as received: a notice each, for a person to judge.

    Looked for: one thing written in several ways; a thing and a period that are there twice; a code with several
    names, a name with several codes; a total that is not the sum of its parts; a year that repeats the one before.

    Parameters
    ----------
    table
        The table as read (``reading.detect.read_tables``): its columns are known by their names.

    Examples
    --------
    >>> rows = {"ref": ["1", "2"], "annee": ["2019", "2019"], "region": ["NORD", "Nord"]}
    >>> [problem.expected for problem in faults(RawTable("a.csv", pd.DataFrame(rows, index=[2, 3])))]
    ['une même chose écrite de 2 façons : NORD (1), Nord (1)']
    """
    frame = table.frame.apply(lambda cells: cells.str.strip())
    period = next((name for name in frame if fold(name) in _PERIODS), "")
    numeric = [name for name in frame if name != period and _is_numeric(frame[name])]
    codes = [name for name in frame if name != period and _CODES.search(fold(name))]
    code = max(codes, key=lambda name: _distinct(frame, name, period), default="")
    texts = [name for name in frame if name not in (period, code) and name not in numeric]
    found = [*_spellings(table.file, frame, texts)]
    if code:
        found += _names(table.file, frame, code, [name for name in texts if _NAMES.search(fold(name))])
    if code and period:
        found += _twice(table.file, frame, code, period)
    counts = [name for name in numeric if name not in codes]
    found += _totals(table.file, frame, counts)
    if code and period:
        found += _copied(table.file, frame, code, period, counts)
    return found


def _distinct(frame: pd.DataFrame, code: str, period: str) -> int:
    """Return how many things, or things and periods, a column of codes tells apart."""
    rows = frame[frame[code] != ""]
    return len(rows[[code, period] if period else [code]].drop_duplicates())


def _is_numeric(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    return len(filled) > 0 and bool(filled.map(lambda text: as_number(text) is not None).mean() > 0.9)


def _told(file: str, row: int, column: str, value: str, said: str, hint: str = "") -> Problem:
    return Problem(file, row, column, value, said, hint, blocking=False)


def _spellings(file: str, frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Problem]:
    """Yield the values of a column that only differ by capitals, accents or punctuation."""
    for column in columns:
        written = frame.loc[frame[column] != "", column].value_counts()
        several = [forms for _, forms in written.groupby(written.index.map(fold), sort=False) if len(forms) > 1]
        if several:
            shown = " ; ".join(
                ", ".join(f"{form} ({times})" for form, times in forms.items()) for forms in several[:_SHOWN]
            )
            one = f"une même chose écrite de {len(several[0])} façons"
            what = one if len(several) == 1 else f"{len(several)} choses écrites de plusieurs façons, dont"
            yield _told(file, 0, column, "", f"{what} : {shown}")


def _names(file: str, frame: pd.DataFrame, code: str, columns: Sequence[str]) -> Iterator[Problem]:
    """Yield the codes with several names, and the names that several codes share, in columns that name things."""
    for column in columns:
        pairs = frame.loc[frame[column] != "", [code, column]].drop_duplicates()
        plain = pairs.assign(plain=pairs[column].map(fold)).drop_duplicates([code, "plain"])
        names = plain.groupby(code)["plain"].size()
        if plain["plain"].nunique() < len(names) / 2:
            continue  # the name of a region, of a department: many things share it
        for thing in names.index[names > 1]:
            both = enumerate_fr([*plain.loc[plain[code] == thing, column]])
            yield _told(file, 0, column, str(thing), f"plusieurs noms pour ce code : {both}")
        for _, same in plain.groupby("plain", sort=False):
            if same[code].nunique() > 1:
                both = enumerate_fr([*same[code].unique()])
                said = f"plusieurs codes pour ce nom : {both}"
                yield _told(file, 0, column, str(same[column].iloc[0]), said, "Suivez le code, non le nom")


def _twice(file: str, frame: pd.DataFrame, code: str, period: str) -> Iterator[Problem]:
    """Yield the rows whose thing and period an earlier row has already."""
    first: dict[tuple[str, str], int] = {}
    for row, thing, when in frame[[code, period]].itertuples():
        earlier = first.setdefault((thing, when), int(row))
        if earlier != row:
            same = frame.loc[earlier].equals(frame.loc[row])
            said = f"même code et même période qu’à la ligne {earlier}, " + (
                "et mêmes valeurs" if same else "avec d’autres valeurs : laquelle est juste ?"
            )
            yield _told(file, int(row), code, f"{thing} {when}", said)


def _totals(file: str, frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Problem]:
    """Yield the rows whose total is not the sum of the other numbers, where it is in most rows."""
    total = next((name for name in columns if fold(name) in _TOTALS), "")
    parts = [name for name in columns if name != total]
    if not total or not parts:
        return
    whole = frame[(frame[[total, *parts]] != "").all(axis=1)]
    read = whole[[total, *parts]].map(as_number).astype("float64")
    gap = read[parts].sum(axis=1) - read[total]
    if len(gap) and gap.abs().lt(0.5).mean() > 0.5:
        for row in gap.index[gap.abs() >= 0.5]:
            sums = " + ".join(whole.loc[row, parts])
            yield _told(
                file,
                int(row),
                total,
                whole.at[row, total],
                f"la somme des parts est {read.loc[row, parts].sum():g} ({sums})",
            )


def _copied(file: str, frame: pd.DataFrame, code: str, period: str, columns: Sequence[str]) -> Iterator[Problem]:
    """Yield the periods whose values are, for most things, those of the period before: one of them may be copied."""
    known = frame[frame[period].map(_is_period)]
    for column in columns:
        rows = known[known[column] != ""].drop_duplicates([code, period])
        wide = rows.pivot(index=code, columns=period, values=column)
        order = sorted(wide.columns, key=lambda text: periods.parse(str(text)).first_day)
        for before, after in zip(order, order[1:], strict=False):
            both = wide[[before, after]].dropna()
            both = both[(both != "0").any(axis=1)]
            same = both[before].eq(both[after]).mean() if len(both) >= _FEW else 0.0
            if same > _SAME:
                share = percent(float(same))
                said = f"mêmes valeurs qu’en {before} pour {share} des codes : l’une des deux est-elle recopiée ?"
                yield _told(file, 0, column, str(after), said)


def _is_period(text: str) -> bool:
    try:
        return bool(periods.parse(text))
    except ValueError:
        return False
