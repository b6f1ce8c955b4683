"""Refuse a file that asks too much of the machine, or is no file at all, and say why in French."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pic_analysis.numbers_fr import integer
from pic_analysis.problems import Problem

_MIB = 1024**2


@dataclass(frozen=True)
class Limits:
    """How much a file may ask of the machine, far above what a real project holds."""

    file_bytes: int = 4096 * _MIB
    text_bytes: int = 512 * _MIB
    members: int = 20_000
    member_bytes: int = 512 * _MIB
    total_bytes: int = 16384 * _MIB
    ratio: int = 200
    ratio_from: int = 16 * _MIB  # below, even a text of one repeated letter does no harm
    depth: int = 200
    seconds: float = 120.0


LIMITS = Limits()


class Refused(Exception):
    """Carry the problem of a file that is not opened."""

    def __init__(self, file: str, said: str, hint: str = "", value: str = "") -> None:
        self.problem = Problem(file, 0, "", value[:120], said, hint)
        super().__init__(str(self.problem))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a worker process send the error to its parent."""
        return type(self), (self.problem.file, self.problem.expected, self.problem.hint, self.problem.value)


def read_bytes(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of an ordinary file of a reasonable size.

    Raises
    ------
    Refused
        If the file is absent, is no ordinary file (a device never ends) or is too large.
    """
    check_ordinary(path, limits.text_bytes)
    return path.read_bytes()


def read_text(path: Path, limits: Limits = LIMITS) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, and the problem of its encoding if it has one (see `decode`)."""
    return decode(read_bytes(path, limits), path.name)


def decode(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text in UTF-8, or UTF-16 with its mark, without the mark; read as Windows-1252 otherwise, and told."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), ()
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        said = "le texte n’est ni en UTF-8 ni en UTF-16 ; lu comme du Windows-1252, ses accents sont à vérifier"
        hint = "Enregistrez-le en UTF-8 depuis l’outil qui l’a produit"
        return content.decode("cp1252", errors="replace"), (Problem(file, 0, "", "", said, hint),)


def check_ordinary(path: Path, most: int) -> None:
    """Refuse what is absent, is no ordinary file, or is larger than allowed."""
    try:
        about = path.stat()
    except OSError as error:
        raise Refused(path.name, "fichier attendu, absent ou inaccessible") from error
    if not stat.S_ISREG(about.st_mode):
        raise Refused(path.name, "ce n’est pas un fichier ordinaire", "Donnez un fichier exporté, non un dossier")
    if about.st_size > most:
        raise Refused(path.name, f"fichier trop grand : {mebibytes(about.st_size)}, au plus {mebibytes(most)}")


def mebibytes(size: int) -> str:
    """Return a size in words.

    >>> mebibytes(3 * 1024**2)
    '3 Mio'
    """
    return f"{integer(max(1, size // _MIB))} Mio"
