"""Sort the rows of a table, at any scale: clean, held in quarantine, or set aside; none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pic_analysis.cleaning.masking import MASKED, masked, masked_cells
from pic_analysis.cleaning.values import NOTATIONS, SHIFTED, Judged
from pic_analysis.cleaning.withdrawals import pattern
from pic_analysis.numbers_fr import agreed, count, integer
from pic_analysis.problems import Problem
from pic_analysis.reading.sheets import Sheet

REPEATED = "codage répété : une autre ligne dit la même chose"
OLDER = "version antérieure du code : la dernière est gardée"
ASKED_TWICE = "question répétée : une autre ligne dit la même chose"
_SAID = 200  # rows told one by one for the same fault of a file; the others are counted
_HINT = "Corrigez la cellule ; si la ligne doit rester écartée, dites-le dans arbitrages.csv"
_FAULTS = ["position", "column", "value", "expected", "nearest", "follows"]


def stack(sheets: Sequence[Sheet], fields: Sequence[str]) -> pd.DataFrame:
    """Return the rows of several files one under the other: ``file``, ``row``, and the cells as typed.

    The index numbers the rows of all the files: it is what "position" means here.
    """
    if not sheets:
        return pd.DataFrame({"file": pd.Categorical([]), "row": np.zeros(0, dtype="int64")} | dict.fromkeys(fields, ""))
    names = [sheet.file for sheet in sheets]
    sizes = [len(sheet.frame) for sheet in sheets]
    raw = sheets[0].frame.reset_index(drop=True).reindex(columns=[*fields], fill_value="")
    if len(sheets) > 1:
        frames = [sheet.frame.reindex(columns=[*fields], fill_value="") for sheet in sheets]
        raw = pd.DataFrame({name: _joined([frame[name] for frame in frames]) for name in fields})
    raw.insert(0, "file", pd.Categorical.from_codes(np.repeat(np.arange(len(names)), sizes), categories=names))
    raw.insert(1, "row", np.concatenate([sheet.frame.index.to_numpy(dtype="int64") for sheet in sheets]))
    return raw


def _joined(columns: Sequence[pd.Series]) -> Any:
    """Return columns one under the other; those held as categories stay so."""
    if all(isinstance(column.dtype, pd.CategoricalDtype) for column in columns):
        return union_categoricals(columns)
    return pd.concat([column.astype("str") for column in columns], ignore_index=True)


@dataclass(frozen=True)
class Sieve:
    """The rows of a table as received, those that are clean, why others are not, and those that only repeat."""

    raw: pd.DataFrame
    clean: pd.DataFrame
    faults: pd.DataFrame
    judged: Mapping[str, Judged]
    aside: pd.DataFrame
    """Rows that say nothing that others do not: ``position``, ``column``, ``rule``."""
    discreet: bool = True
    """Whether rows may tell who somebody is: then what is quoted of them is masked."""

    def check(self) -> Sieve:
        """Return the sieve itself; rows in = clean + held + set aside.

        Raises
        ------
        AssertionError
            If a row was lost.
        """
        held = self.faults["position"].nunique()
        sorted_ = len(self.clean) + held + len(self.aside)
        assert len(self.raw) == sorted_, f"{len(self.raw)} rows in, {sorted_} sorted: one was lost"
        return self

    def hold(
        self, positions: Any, column: str, values: Any, expected: Any, *, nearest: Any = "", follows: Any = ""
    ) -> Sieve:
        """Return the sieve with these clean rows in quarantine.

        Parameters
        ----------
        positions
            Index labels of clean rows.
        column, values, expected, nearest
            What is wrong, the same for all rows or one for each.
        follows
            What the row waits for: it comes back by itself with it, and needs no decision of its own.
        """
        positions = np.asarray(positions, dtype="int64")
        if not len(positions):
            return self
        told = {"value": values, "expected": expected, "nearest": nearest, "follows": follows}
        more = pd.DataFrame({"position": positions, "column": column, **told})
        faults = pd.concat([self.faults, more], ignore_index=True)
        return replace(self, clean=self.clean.drop(index=positions), faults=faults).check()

    def put_aside(self, positions: Any, column: str, rule: str) -> Sieve:
        """Return the sieve without these clean rows, which only repeat; the log tells them."""
        positions = np.asarray(positions, dtype="int64")
        if not len(positions):
            return self
        more = pd.DataFrame({"position": positions, "column": column, "rule": rule})
        aside = pd.concat([self.aside, more], ignore_index=True)
        return replace(self, clean=self.clean.drop(index=positions), aside=aside).check()

    def withdraw(self, interviews: set[str]) -> Sieve:
        """Return the sieve without any trace of some interviews, be it in a row that cannot be read."""
        if not interviews:
            return self
        gone = self.raw.index[self.judged["interview_id"].where(lambda verdict: verdict.clean in interviews)]
        names = pattern(interviews)
        held = self.raw.loc[self.faults["position"].unique()].drop(columns=["file", "row"])
        named = [bool(names.search(" ".join(cells))) for cells in held.to_numpy()]
        gone = gone.union(held.index[np.array(named, dtype=bool)])
        return replace(
            self,
            raw=self.raw.drop(index=gone),
            clean=self.clean.drop(index=gone.intersection(self.clean.index)),
            faults=self.faults[~self.faults["position"].isin(gone)].reset_index(drop=True),
            aside=self.aside[~self.aside["position"].isin(gone)].reset_index(drop=True),
        ).check()

    def held(self) -> pd.DataFrame:
        """Return one line for each row in quarantine: ``file``, ``row``, ``content`` (JSON), ``reason_fr``..."""
        faults = self.faults.sort_values("position", kind="stable")
        near = faults["nearest"].astype("str")
        said = faults["column"].astype("str") + " : " + faults["expected"].astype("str")
        said = said.where(near.eq(""), said + " ; le plus proche : " + near)
        if self.discreet:
            said = masked_cells(said)
        alone = ~faults["position"].duplicated(keep=False)
        several = said[~alone].groupby(faults.loc[~alone, "position"]).agg(" ; ".join)
        reasons = pd.concat([pd.Series(said[alone].to_numpy(), index=faults.loc[alone, "position"]), several])
        rows = self.raw.loc[reasons.index.sort_values()]
        cells = rows.drop(columns=["file", "row"])
        if self.discreet:
            cells = cells.apply(masked_cells)
        nameless = faults.loc[faults["value"].eq(MASKED) & faults["column"].eq("interview_id"), "position"]
        if len(nameless):
            masked = cells.index.isin(nameless)
            cells = cells.assign(interview_id=cells["interview_id"].where(~masked, MASKED))
        lines = str(cells.to_json(orient="records", lines=True, force_ascii=False)).rstrip("\n").split("\n")
        follows = faults.drop_duplicates("position").set_index("position")["follows"]
        return pd.DataFrame(
            {
                "file": rows["file"].astype("str").to_numpy(),
                "row": rows["row"].to_numpy(),
                "content": [line.replace("\\/", "/") for line in lines[: len(cells)]],
                "reason_fr": reasons.loc[rows.index].to_numpy(),
                "follows": follows.loc[rows.index].to_numpy(),
            }
        )

    def log(self) -> pd.DataFrame:
        """Return what was repaired in clean rows, and the rows set aside: ``file``, ``row``, ``column``, ``raw``...

        Of a rule that only changes how things are written, a file has one line a column: its first row, and how many.
        """
        parts = [self.aside.assign(raw="", clean="")]
        kept = np.zeros(len(self.raw.index) and int(self.raw.index.max()) + 1, dtype=bool)
        kept[self.clean.index] = True
        for name, column in self.judged.items():
            repaired = np.flatnonzero(column.repaired[: len(kept)] & kept)
            if not len(repaired):
                continue
            which = column.which[repaired]
            rules = [verdict.rule for verdict in column.verdicts]
            numbers, distinct = pd.factorize(np.array(rules, dtype=object))
            counted = np.array([rule in NOTATIONS for rule in rules])[which]
            files = self.raw.loc[repaired[counted], "file"].cat.codes.to_numpy(dtype="int64")
            groups = files * len(distinct) + numbers[which[counted]]
            _, first, sizes = np.unique(groups, return_index=True, return_counts=True)
            chosen = np.concatenate([np.flatnonzero(~counted), np.flatnonzero(counted)[first]])
            times = [*np.ones(len(chosen) - len(sizes), dtype=int), *sizes]
            places = which[chosen].tolist()
            quoted = masked if self.discreet else str
            told = {place: quoted(column.written[place]) if name in self.raw else "" for place in {*places}}
            part = {
                "position": repaired[chosen],
                "column": name,
                "rule": [rules[place] + _times(size) for place, size in zip(places, times, strict=True)],
                "raw": [told[place] for place in places],
                "clean": [str(column.verdicts[place].clean) for place in places],
            }
            parts.append(pd.DataFrame(part))
        log = pd.concat(parts, ignore_index=True).sort_values(["position", "column"], kind="stable")
        place = self.raw.loc[log["position"], ["file", "row"]].reset_index(drop=True)
        return pd.concat([place, log[["column", "raw", "clean", "rule"]].reset_index(drop=True)], axis=1)

    def problems(self, accepted: Mapping[tuple[str, int], str], fix: str = _HINT) -> Iterator[Problem]:
        """Yield what is wrong with the rows held: errors, or notices where a decision accepts the row.

        Parameters
        ----------
        accepted
            Reasons of the decisions, by file and row.
        fix
            What to do of a row.
        """
        places = self.raw.loc[self.faults["position"], ["file", "row"]]
        faults = self.faults.assign(file=places["file"].astype("str").to_numpy(), row=places["row"].to_numpy())
        waiting = faults["follows"] != ""
        for (file, column, follows), rows in faults[waiting].groupby(["file", "column", "follows"], sort=True):
            whose = agreed(len(rows), "elle dépend", "elles dépendent")
            said = f"{count(len(rows), 'ligne')} en quarantaine avec ce dont {whose}"
            yield Problem(file, 0, column, follows, said, blocking=False)
        for (file, column, expected), rows in faults[~waiting].groupby(["file", "column", "expected"], sort=True):
            for row in rows.head(_SAID).itertuples(index=False):
                reason = accepted.get((file, int(row.row)))
                hint = f"Accepté : {reason}" if reason else fix
                blocking = reason is None
                yield Problem(file, int(row.row), column, row.value, expected, hint, row.nearest, blocking)
            if len(rows) > _SAID:
                said = f"{count(len(rows) - _SAID, 'autre ligne', 'autres lignes')} avec ce défaut : {expected}"
                yield Problem(file, 0, column, "", said, fix)


def _times(size: int) -> str:
    return f" ({integer(size)} lignes, dont celle-ci est la première)" if size > 1 else ""


def sift(raw: pd.DataFrame, judged: Mapping[str, Judged], *, compact: bool = False, discreet: bool = True) -> Sieve:
    """Return the rows of a table sorted by what their columns say of themselves.

    Parameters
    ----------
    raw
        Rows as received, from ``stack``.
    judged
        Each clean column, judged; a name that ``raw`` does not have was computed from others.
    compact
        Whether clean text is held as categories, as a million rows need.
    discreet
        Whether rows may tell who somebody is.
    """
    faults = [pd.DataFrame(columns=_FAULTS).astype({"position": "int64"})]
    bad, shifted = np.zeros((2, len(raw)), dtype=bool)
    for name, column in judged.items():
        wrong = np.flatnonzero(column.faulty & ~shifted)  # a row out of line is told once
        if not len(wrong):
            continue
        shifted |= column.where(lambda verdict: verdict.expected == SHIFTED)
        bad[wrong] = True
        verdicts = [column.verdicts[place] for place in column.which[wrong]]
        values = [column.written[place] for place in column.which[wrong]]
        part = {
            "position": raw.index[wrong],
            "column": name,
            # A name may have been typed where a code was expected; nothing is hidden where nothing was typed.
            "value": [MASKED if text.strip() else "" for text in values] if name == "interview_id" else values,
            "expected": [verdict.expected for verdict in verdicts],
            "nearest": [verdict.nearest for verdict in verdicts],
            "follows": "",
        }
        faults.append(pd.DataFrame(part))
    columns = {name: column.compact if compact else column.values for name, column in judged.items()}
    clean = pd.DataFrame(columns, index=raw.index)[~bad]
    aside = pd.DataFrame(columns=["position", "column", "rule"]).astype({"position": "int64"})
    return Sieve(raw, clean, pd.concat(faults, ignore_index=True), judged, aside, discreet).check()
