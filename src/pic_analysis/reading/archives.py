"""Open a zip archive that a stranger made: names and sizes are checked before anything is read."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pic_analysis.numbers_fr import agreed, count, integer
from pic_analysis.problems import Problem
from pic_analysis.reading.refusal import LIMITS, Limits, Refused, check_ordinary, mebibytes


class Archive:
    """A zip whose names and sizes were checked before anything is read; nothing of it is ever written to disk."""

    def __init__(self, file: str, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.file, self._zip, self._limits = file, archive, limits
        self.members = tuple(info.filename for info in archive.infolist() if not info.is_dir())
        self.problems = tuple(_nested(file, self.members))

    def read(self, name: str) -> bytes:
        """Return the bytes of one member, never more than the limit whatever its header says."""
        most = self._limits.member_bytes
        try:
            with self._zip.open(name) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Refused(
                self.file, "partie illisible de l’archive", "L’archive est abîmée : refaites l’export", name
            ) from error
        if len(content) > most:
            raise Refused(self.file, f"partie de plus de {mebibytes(most)} une fois décomprimée", "", name)
        return content


@contextmanager
def open_zip(path: Path, limits: Limits = LIMITS) -> Iterator[Archive]:
    """Open a zip archive for reading, member by member.

    Raises
    ------
    Refused
        If it is no zip, or holds too many members, a bomb, a path that leaves the archive, a symbolic link or
        an encrypted member.
    """
    check_ordinary(path, limits.file_bytes)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(path.name, "archive zip illisible", "Le fichier est tronqué ou n’est pas un zip") from error
    with archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise Refused(path.name, f"archive de {count(len(infos), 'partie')}, au plus {integer(limits.members)}")
        for info in infos:
            _check_member(path.name, info, limits)
        if (total := sum(info.file_size for info in infos)) > limits.total_bytes:
            said = f"l’archive ferait {mebibytes(total)} une fois décomprimée, au plus {mebibytes(limits.total_bytes)}"
            raise Refused(path.name, said, "Une bombe de décompression est faite ainsi")
        names = [info.filename for info in infos]
        if len({*names}) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise Refused(path.name, "deux parties de l’archive ont le même nom : laquelle croire ?", "", twice)
        yield Archive(path.name, archive, limits)


def _check_member(file: str, info: zipfile.ZipInfo, limits: Limits) -> None:
    name = info.orig_filename  # zipfile cuts a name at its first null character and hides the rest
    parts = re.split(r"[/\\]", name)
    if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise Refused(file, "l’archive nomme un fichier hors d’elle-même", "Cette archive n’est pas un export", name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused(file, "l’archive contient un lien symbolique", "Cette archive n’est pas un export", name)
    if info.flag_bits & 0x1:
        raise Refused(file, "l’archive est chiffrée par mot de passe", "Exportez-la sans mot de passe", name)
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
        said = f"partie comprimée plus de {limits.ratio} fois : bombe de décompression"
        raise Refused(file, said, "Cette archive n’est pas un export", name)


def _nested(file: str, members: tuple[str, ...]) -> Iterator[Problem]:
    inner = [name for name in members if re.search(r"\.(zip|qdpx|7z|rar|gz|tgz|tar|bz2|xz)$", name, re.IGNORECASE)]
    if inner:
        said = f"{count(len(inner), 'archive')} dans l’archive : jamais {agreed(len(inner), 'ouverte')}"
        hint = f"Importez-{agreed(len(inner), 'la', 'les')} à part, s’il le faut"
        yield Problem(file, 0, "", inner[0][:120], said, hint, blocking=False)
