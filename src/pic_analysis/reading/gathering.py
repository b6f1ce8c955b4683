"""Gather what the rows of a table say into the frames of an import: things named twice are one thing."""

from __future__ import annotations

from collections.abc import Iterable

from pic_analysis.problems import Problem
from pic_analysis.reading.imported import Imported, rows

_KINDS = {
    "text": ("txt", "doc", "docx", "odt", "rtf", "md", "html", "htm"),
    "pdf": ("pdf",),
    "audio": ("mp3", "wav", "m4a", "ogg", "wma", "aac", "flac"),
    "video": ("mp4", "avi", "mov", "wmv", "mkv", "mpg", "mpeg", "webm"),
    "picture": ("jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp"),
}


def kind_of(name: str) -> str:
    """Return the kind of a source from the end of its name.

    >>> kind_of("Entretien 3.DOCX"), kind_of("Entretien 3")
    ('text', 'unknown')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind, endings in _KINDS.items() if ending in endings), "unknown")


class Gathering:
    """Build an import row by row.

    A table has no identifiers but names: the name of a source or a user identifies it, and so does the whole path
    of a code.
    """

    def __init__(self, file: str, tool: str) -> None:
        self.file, self.tool = file, tool
        self.problems: list[Problem] = []
        self._users: dict[str, dict] = {}
        self._sources: dict[str, dict] = {}
        self._codes: dict[str, dict] = {}
        self._sets: dict[tuple[str, str], dict] = {}
        self._cases: dict[str, dict] = {}
        self._codings: list[dict] = []
        self._values: dict[tuple[str, str], dict] = {}
        self._uncoded: list[dict] = []

    def user(self, name: str) -> str:
        """Return the identifier of a coder; an empty name is nobody."""
        if name:
            self._users.setdefault(name, {"user_id": name, "name": name})
        return name

    def source(self, name: str) -> str:
        """Return the identifier of a source, whose own file a table never holds."""
        if name:
            self._sources.setdefault(
                name, {"source_id": name, "name": name, "kind": kind_of(name), "missing": True, "length": -1}
            )
        return name

    def code(self, path: Iterable[str], description: str = "", color: str = "") -> str:
        """Return the identifier of a code and declare those that contain it, from the outermost."""
        parent, code_id = "", ""
        for name in path:
            parent, code_id = code_id, f"{code_id} > {name}" if code_id else name
            self._codes.setdefault(
                code_id, {"code_id": code_id, "name": name, "parent_id": parent, "description": "", "color": ""}
            )
        if code_id:
            self._codes[code_id]["description"] = self._codes[code_id]["description"] or description
            self._codes[code_id]["color"] = self._codes[code_id]["color"] or color
        return code_id

    def member(self, group: str, source_id: str) -> None:
        """Put a source into a set."""
        if group and source_id:
            self._sets.setdefault((group, source_id), {"set_id": group, "name": group, "member_id": source_id})

    def value(self, thing_id: str, variable: str, value: str) -> None:
        """Give a case or a source its value of a variable; a row that says otherwise is told."""
        if not (thing_id and value):
            return
        held = self._values.setdefault(
            (thing_id, variable), {"case_or_source_id": thing_id, "variable": variable, "value": value}
        )
        if held["value"] != value:
            said = f"deux valeurs pour {thing_id} : « {held['value']} », gardée, et celle-ci"
            self.problems.append(Problem(self.file, 0, variable, value, said, "Laquelle est juste ?"))

    def case(self, name: str) -> str:
        """Return the identifier of a case."""
        if name:
            self._cases.setdefault(name, {"case_id": name, "name": name})
        return name

    def coding(self, coding_id: str, source_id: str, code_id: str, user_id: str, quote_length: int, note: str) -> None:
        """Add a coding whose place in the text the table does not tell."""
        self._codings.append(
            {
                "coding_id": coding_id,
                "source_id": source_id,
                "code_id": code_id,
                "user_id": user_id,
                "quote_length": quote_length,
                "note": note,
            }
        )

    def uncoded(self, source_id: str, user_id: str) -> None:
        """Add a passage that has no code."""
        self._uncoded.append({"source_id": source_id, "user_id": user_id})

    def imported(self) -> Imported:
        """Return what was gathered."""
        variables = dict.fromkeys(variable for _, variable in self._values)
        return Imported(
            self.file,
            self.tool,
            users=rows("users", self._users.values()),
            sources=rows("sources", self._sources.values()),
            codes=rows("codes", self._codes.values()),
            codings=rows("codings", self._codings),
            cases=rows("cases", self._cases.values()),
            variables=rows("variables", [{"name": name, "kind": "text"} for name in variables]),
            values=rows("values", self._values.values()),
            sets=rows("sets", self._sets.values()),
            segments_without_code=rows("segments_without_code", self._uncoded),
            problems=tuple(self.problems),
        )
