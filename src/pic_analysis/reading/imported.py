"""Hold what an exported file says, whatever tool wrote it: frames of text cells, nothing interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pic_analysis.numbers_fr import agreed, count, enumerate_fr, integer
from pic_analysis.problems import Problem

COLUMNS: dict[str, tuple[str, ...]] = {
    "users": ("user_id", "name"),
    "sources": ("source_id", "name", "kind", "missing", "length"),
    "codes": ("code_id", "name", "parent_id", "description", "color"),
    "codings": ("coding_id", "source_id", "code_id", "user_id", "start", "end", "unit", "quote_length", "note"),
    "cases": ("case_id", "name"),
    "variables": ("name", "kind"),
    "values": ("case_or_source_id", "variable", "value"),
    "sets": ("set_id", "name", "member_id"),
    "notes": ("note_id", "name", "source_id"),
    "segments_without_code": ("source_id", "user_id", "start", "end"),
}
"""Columns of every frame, in order."""

SOURCE_KINDS = {
    "text": ("texte", "textes"),
    "pdf": ("PDF", "PDF"),
    "audio": ("son", "sons"),
    "video": ("vidéo", "vidéos"),
    "picture": ("image", "images"),
    "unknown": ("source d’un genre inconnu", "sources d’un genre inconnu"),
}
UNITS = {
    "characters": "sur du texte",
    "pixels": "sur une image",
    "milliseconds": "sur un enregistrement",
    "page": "sur une page",
    "": "sur une source entière ou sans place dite",
}

_KINDS = {"missing": "bool", "length": "int64", "start": "int64", "end": "int64", "quote_length": "int64"}
_DEFAULTS = {"bool": False, "int64": -1}


def rows(name: str, found: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the frame of one kind of thing: its columns in order, text cells, -1 where a number is not known.

    >>> rows("users", [{"user_id": "u1"}]).to_dict("records")
    [{'user_id': 'u1', 'name': ''}]
    """
    listed = [*found]
    made = {}
    for column in COLUMNS[name]:
        kind = _KINDS.get(column, "str")
        default = _DEFAULTS.get(kind, "")
        made[column] = pd.Series([row.get(column, default) for row in listed], dtype=kind)
    return pd.DataFrame(made, columns=[*COLUMNS[name]])


def _empty(name: str) -> Any:
    return field(default_factory=lambda: rows(name, ()))


@dataclass(frozen=True)
class Imported:
    """One exported file as read.

    ``start`` and ``end`` are Unicode code points for ``characters``, milliseconds for ``milliseconds``; of a
    ``page``, both are its number as the file gives it; of ``pixels``, they are the left and right edges, and
    ``note`` tells the whole rectangle; a coding of a whole source has ``unit`` empty and -1. ``quote_length`` is -1
    where the file does not hold the passage. The passage itself is never kept. ``sets`` has one row a member; a
    set under the identifier of a case holds the sources of that case. ``notes`` has one row for each source that a
    note speaks of. ``problems`` tells everything that was lost, repaired or refused.
    """

    file: str
    tool: str
    users: pd.DataFrame = _empty("users")
    sources: pd.DataFrame = _empty("sources")
    codes: pd.DataFrame = _empty("codes")
    codings: pd.DataFrame = _empty("codings")
    cases: pd.DataFrame = _empty("cases")
    variables: pd.DataFrame = _empty("variables")
    values: pd.DataFrame = _empty("values")
    sets: pd.DataFrame = _empty("sets")
    notes: pd.DataFrame = _empty("notes")
    segments_without_code: pd.DataFrame = _empty("segments_without_code")
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        """Refuse frames that other parts could not read."""
        for name, columns in COLUMNS.items():
            if (got := tuple(getattr(self, name).columns)) != columns:
                raise ValueError(f"frame {name!r} has columns {got}; expected {columns}")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all could be read."""
        return all(getattr(self, name).empty for name in COLUMNS)

    @property
    def is_placed(self) -> bool:
        """Whether some coding says its place in a text, which alone lets coders be compared."""
        return bool((self.codings["unit"] == "characters").any())

    @property
    def depth(self) -> int:
        """Levels of the codebook: 1 where no code has a parent, 0 without codes."""
        parents = dict(zip(self.codes["code_id"], self.codes["parent_id"], strict=True))
        return max((_level(code, parents) for code in parents), default=0)

    def summary(self) -> tuple[str, ...]:
        """Return, in French, the lines that tell what was found; the problems are told apart."""
        lines = [f"{self.file} : {self.tool}"]
        if self.is_empty:
            return (*lines, "  rien n’a pu être lu")
        lines.append(f"  {count(len(self.users), 'utilisateur')}{_listed(self.users['name'])}")
        lines.append(f"  {count(len(self.sources), 'source')}{self._kinds()}")
        if missing := int(self.sources["missing"].sum()):
            lines.append(f"  dont {integer(missing)} sans {agreed(missing, 'son', 'leur')} fichier")
        levels = f", sur {count(self.depth, 'niveau', 'niveaux')}" if self.depth else ""
        lines.append(f"  {count(len(self.codes), 'code')}{levels}")
        lines.append(f"  {count(len(self.codings), 'codage')}")
        lines += [f"    {line}" for line in (*self._by_user(), *self._by_unit())]
        sets = {*self.sets["set_id"]} - {*self.cases["case_id"]}
        for number, noun in (
            (len(self.cases), "cas"),
            (len(self.variables), "variable"),
            (self.notes["note_id"].nunique(), "note"),
            (len(sets), "ensemble"),
        ):
            if number:
                lines.append(f"  {count(number, noun)}")
        if untagged := len(self.segments_without_code):
            lines.append(f"  {count(untagged, 'passage marqué sans code', 'passages marqués sans code')}")
        return tuple(lines)

    def _kinds(self) -> str:
        found = self.sources["kind"].value_counts()
        said = [count(int(found[kind]), *SOURCE_KINDS[kind]) for kind in SOURCE_KINDS if kind in found]
        return f" : {enumerate_fr(said)}" if said else ""

    def _by_user(self) -> list[str]:
        names = dict(zip(self.users["user_id"], self.users["name"], strict=True))
        found = self.codings["user_id"].map(lambda user: names.get(user) or user or "codeur non dit")
        return [f"{name} : {count(int(n), 'codage')}" for name, n in sorted(found.value_counts().items())]

    def _by_unit(self) -> list[str]:
        found = self.codings["unit"].value_counts()
        return [f"{label} : {count(int(found[unit]), 'codage')}" for unit, label in UNITS.items() if unit in found]


def _level(code: str, parents: Mapping[str, str]) -> int:
    """Return the depth of a code; a circle of parents, which only a broken file has, is walked once."""
    walked = []
    while code in parents and code not in walked:
        walked.append(code)
        code = parents[code]
    return len(walked)


def _listed(names: pd.Series, most: int = 12) -> str:
    shown = [name or "sans nom" for name in names[:most]]
    if len(names) > most:
        shown.append(count(len(names) - most, "autre"))
    return f" : {enumerate_fr(shown)}" if shown else ""
