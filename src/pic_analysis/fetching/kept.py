"""Keep what was received today, so that a fetch that failed goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from pic_analysis.files import write_atomically


@dataclass(frozen=True)
class Answer:
    """What a site answered: its bytes, what it says they are, and the day of their last change."""

    content: bytes
    address: str
    kind: str = ""
    modified: str = ""
    whole: bool = True
    """Whether the site announced a length, which the content has."""


@dataclass(frozen=True)
class Part:
    """The beginning of a file, and what tells that the file is still the same."""

    content: bytes
    validator: str


class Kept:
    """The answers of one day to the requests of one indicator, in a folder of their own.

    Parameters
    ----------
    folder
        Folder that holds one folder a day; what is left of other days is of no use and is removed.
    day
        ISO date.
    name
        What is fetched.
    """

    def __init__(self, folder: Path, day: str, name: str) -> None:
        for other in folder.glob("[0-9]*") if folder.is_dir() else ():
            if other.name != day:
                shutil.rmtree(other, ignore_errors=True)
        self._folder = folder / day / name

    def answer(self, address: str) -> Answer | None:
        """Return the answer kept for an address, if it is there and whole."""
        if (found := self._read(address, "answer")) is None:
            return None
        about, content = found
        return Answer(content, about["address"], about["kind"], about["modified"], about["whole"])

    def keep(self, asked: str, answer: Answer) -> None:
        """Keep an answer that was understood."""
        about = {key: value for key, value in asdict(answer).items() if key != "content"}
        self._write(asked, "answer", about, answer.content)
        self.drop_part(asked)

    def part(self, address: str) -> Part | None:
        """Return the beginning of a file, if a former try left one."""
        found = self._read(address, "part")
        return Part(found[1], found[0]["validator"]) if found else None

    def keep_part(self, address: str, part: Part) -> None:
        """Keep the beginning of a file."""
        self._write(address, "part", {"validator": part.validator}, part.content)

    def drop_part(self, address: str) -> None:
        """Remove the beginning of a file: the file is no longer the same, or is whole."""
        self._path(address, "part").unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove everything: it was used, or it was not what was expected."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, address: str, suffix: str) -> Path:
        return self._folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.{suffix}"

    def _write(self, address: str, suffix: str, about: dict, content: bytes) -> None:
        about = {**about, "asked": address, "sha256": hashlib.sha256(content).hexdigest()}
        write_atomically(self._path(address, suffix), json.dumps(about).encode() + b"\n" + content)

    def _read(self, address: str, suffix: str) -> tuple[dict, bytes] | None:
        path = self._path(address, suffix)
        try:
            head, _, content = path.read_bytes().partition(b"\n")
            about = json.loads(head)
        except (OSError, ValueError):
            return None
        sound = about["asked"] == address and about["sha256"] == hashlib.sha256(content).hexdigest()
        return (about, content) if sound else None
