"""Find the files that a REFI-QDA project names: inside its archive only, never on the disk nor elsewhere."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.hostile import Archive, Refused, decode
from pic_analysis.reading.refi_passages import SOURCES, children
from pic_analysis.reading.refi_schema import guid, local
from pic_analysis.reading.refi_text import Text

_PATHS = ("path", "currentPath", "plainTextPath", "richTextPath")
_HELD = ("Representation", "TextDescription", "Transcript")


class SourceFiles:
    """The files of an archive by name, and the problems met in looking for those that a project names."""

    def __init__(self, file: str, archive: Archive | None) -> None:
        self.file, self._archive = file, archive
        members = archive.members if archive else ()
        # tools disagree on the case of the folder, and Windows on the bar
        self._members = {name.replace("\\", "/").rpartition("/")[2].lower(): name for name in members}
        self._texts: dict[Element, Text | None] = {}
        self._missing: list[str] = []
        self._outside: list[str] = []
        self._read: list[Problem] = []

    def text(self, element: Element) -> Text | None:
        """Return the plain text that an element holds or names, or None where there is none to read."""
        if element not in self._texts:
            self._texts[element] = self._find_text(element)
        return self._texts[element]

    def _find_text(self, element: Element) -> Text | None:
        for content in children(element, "PlainTextContent"):
            return Text(content.text or "")
        member = self._member(element.get("plainTextPath"))
        if not member or self._archive is None:
            return None
        try:
            raw = self._archive.read(member)
        except Refused as refused:
            self._read.append(refused.problem)
            return None
        text, problems = decode(raw, f"{self.file}, {member}")
        self._read += problems
        return Text(text)

    def _member(self, path: str | None) -> str:
        if not path or not path.lower().startswith("internal:"):
            return ""
        return self._members.get(path.replace("\\", "/").rpartition("/")[2].lower(), "")

    def row(self, source: Element) -> dict[str, Any]:
        """Return the row of a source; ``length`` is that of its text in code points."""
        name = source.get("name", "")
        text = self.text(source)
        held = [text] if text else [t for child in children(source, *_HELD) if (t := self.text(child))]
        paths = [source.get(path) for path in _PATHS if source.get(path)]
        present = text is not None or any(self._member(path) for path in paths)
        if not present:
            self._missing.append(name)
            self._outside += [name] if any(not str(path).lower().startswith("internal:") for path in paths) else []
        return {
            "source_id": guid(source.get("guid")),
            "name": name,
            "kind": SOURCES[local(source)],
            "missing": not present,
            "length": len(held[0].plain) if len(held) == 1 else -1,
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was absent or unreadable, each kind once."""
        found = [*self._read]
        if self._missing:
            absent = len(self._missing)
            said = f"{count(absent, 'source')} sans {agreed(absent, 'son', 'leur')} fichier : positions non vérifiées"
            hint = "Exportez le projet avec ses sources si vous voulez que les positions soient vérifiées"
            found.append(Problem(self.file, 0, "", self._missing[0], said, hint, blocking=False))
        if self._outside:
            never = f"jamais {agreed(len(self._outside), 'cherchée')} sur le disque ni en ligne"
            said = f"{count(len(self._outside), 'source')} hors de l’archive : {never}"
            found.append(Problem(self.file, 0, "", self._outside[0], said, "", blocking=False))
        return tuple(found)
