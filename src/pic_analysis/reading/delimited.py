"""Read delimited text as French Excel makes it: encoding, separator and quotes found, each finding told."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import Row, framed
from pic_analysis.reading.hostile import LIMITS, Limits, Refused, read_bytes
from pic_analysis.reading.mojibake import looks_foreign
from pic_analysis.reading.tables import RawTable

_SEPARATORS = {",": "la virgule", ";": "le point-virgule", "\t": "la tabulation", "|": "la barre"}
_SAVE = "Enregistrez sous « CSV UTF-8 » pour ne plus en dépendre"
_SAMPLE = 200  # lines that tell the separator
_MOST_BROKEN = 20  # unclosed quotes, after which quotes mean nothing any more


def read_delimited(path: Path, names: Iterable[str] = (), limits: Limits = LIMITS) -> RawTable:
    """Return the cells of a delimited text file, whatever made it, and what was met on the way.

    What was repaired without loss is a notice; what cannot be trusted is an error, with its row.

    Parameters
    ----------
    path
        CSV or TSV in UTF-8, UTF-16 or Windows-1252, with or without a byte order mark.
    names
        Column names that tell the header from titles above it; see `grid.framed`.

    Raises
    ------
    Refused
        If the file is absent, too large or no text.

    Notes
    -----
    RFC 4180, https://www.rfc-editor.org/rfc/rfc4180, and where French Excel departs from it: the separator is that
    of the regional settings (`;`), the decimal sign a comma, the encoding Windows-1252, and a first line `sep=;`
    may name the separator. Cells stay text: `as_number` and `serial_date` read them where a column is known.
    """
    text, problems = decode(path.name, read_bytes(path, limits))
    said = re.match(r"\s*\"?sep=(.)\"?\n", text, re.IGNORECASE)
    if said:
        separator, text = said.group(1), text[said.end() :]
    else:
        separator = _separator(text)
    if separator != ",":
        name = _SEPARATORS.get(separator, f"« {separator} »")
        problems.append(Problem(path.name, 1, "", "", f"séparateur lu : {name}", blocking=False))
    if text and not text.endswith("\n"):
        row = text.count("\n") + 1
        last = "la dernière ligne n’est pas terminée : fichier tronqué ?"
        problems.append(Problem(path.name, row, "", "", last, "Comparez avec la copie d’origine", blocking=False))
    rows, broken = _rows(path.name, text, separator)
    table = framed(path.name, rows, names)
    return RawTable(path.name, table.frame, (*problems, *broken, *table.problems))


def decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    r"""Return a text with its line ends made one, and how it was read where it is not plain UTF-8.

    Raises
    ------
    Refused
        If the bytes are no text.

    >>> decode("a.csv", "élus\r\n".encode("utf-16"))[0]
    'élus\n'
    """
    text, problems = _decode(file, content)
    control = len(re.findall(r"[\x00-\x08\x0e-\x1f]", text[:100_000]))
    if control > len(text[:100_000]) / 100:
        raise Refused(file, "ce n’est pas un fichier de texte", "Donnez l’export du tableau, en CSV ou en classeur")
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    if wide := _utf16(content):
        problem = Problem(file, 0, "", "", "lu en UTF-16, le « texte Unicode » d’Excel", _SAVE, blocking=False)
        return content.decode(wide, errors="replace").removeprefix("\ufeff"), [problem]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        if content.startswith(b"\xef\xbb\xbf") or _mostly_utf8(content):
            said = "des octets ne sont pas de l’UTF-8 dans un fichier qui l’est : fichier abîmé ou recollé"
            problem = Problem(file, row, "", "", said, "Refaites l’export ; ces signes sont lus « \ufffd »")
            return content.decode("utf-8-sig", errors="replace"), [problem]
    text = content.decode("cp1252", errors="replace")
    said = "lu en Windows-1252, l’encodage d’Excel en français"
    problems = [Problem(file, row, "", "", said, _SAVE, blocking=False)]
    if looks_foreign(text):
        said = "ni UTF-8, ni Windows-1252 vraisemblable (Mac ou DOS ?) : les accents ne sont pas sûrs"
        problems.append(Problem(file, row, "", "", said, "Refaites l’export en UTF-8 depuis l’outil d’origine"))
    return text, problems


def _utf16(content: bytes) -> str:
    """Return the encoding of a text of two-byte units, marked or told by its zeros; an empty string otherwise."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
    sample = content[:2000]
    for name, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if len(sample) > 3 and zeros.count(0) > 0.7 * len(zeros) and not others.count(0):
            return name
    return ""


def _mostly_utf8(content: bytes) -> bool:
    """Say whether the bytes beyond ASCII are nearly all well-formed UTF-8: chance cannot make many such pairs."""
    replaced = content.decode("utf-8", errors="replace")
    sound = sum(ord(sign) > 127 and sign != "\ufffd" for sign in replaced)
    return sound > 3 * replaced.count("\ufffd")


def _separator(text: str) -> str:
    """Return the separator under which the first lines are the most alike; the comma where none is."""
    sample = text.split("\n", _SAMPLE + 1)[:_SAMPLE]

    def regularity(separator: str) -> tuple[bool, float, int]:
        try:
            found = [len(cells) for cells in csv.reader(sample, delimiter=separator) if cells]
        except csv.Error:
            return False, 0.0, 0
        if not found:
            return False, 0.0, 0
        width, times = Counter(found).most_common(1)[0]
        return width > 1, times / len(found) * (found[0] > 1), width

    best = max(_SEPARATORS, key=regularity)
    return best if regularity(best)[0] else ","


def _rows(file: str, text: str, separator: str) -> tuple[list[Row], list[Problem]]:
    """Return every record with its spreadsheet row; one whose quotes are broken is read as its line alone.

    A quote left open would swallow every row below it into one cell.
    """
    lines = io.StringIO(text, newline="\n").readlines()
    rows: list[Row] = []
    problems: list[Problem] = []
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start:] if start else lines, delimiter=separator, strict=True)
        sound = 0  # lines of the records read whole
        try:
            for cells in reader:
                rows.append((len(rows) + 1, cells))
                sound = reader.line_num
            break
        except csv.Error:
            line = lines[start + sound].rstrip("\n")
            start += sound + 1
            rows.append((len(rows) + 1, line.split(separator)))
            said = "guillemet mal placé, jamais refermé, ou cellule démesurée : la ligne est lue telle quelle"
            hint = "Un guillemet dans une cellule entre guillemets se double"
            problems.append(Problem(file, len(rows), "", line[:60], said, hint))
        if len(problems) > _MOST_BROKEN:
            rest = [line.rstrip("\n").split(separator) for line in lines[start:]]
            lines_read = f"{count(len(rest), 'ligne')} à partir d’ici {agreed(len(rest), 'lue')}"
            said = f"trop de guillemets mal placés : {lines_read} sans eux"
            problems.append(Problem(file, len(rows) + 1, "", "", said, "Refaites l’export"))
            rows += [(len(rows) + place, cells) for place, cells in enumerate(rest, start=1)]
            break
    return rows, problems


def as_number(text: str) -> float | None:
    r"""Return a number written the French way or the English way; None if it is none.

    A comma is a decimal sign, spaces part thousands.

    >>> [as_number(text) for text in ("3,5", "1 234,5", "1\u202f234", "-2.5", "12 %", "", "1,234,567")]
    [3.5, 1234.5, 1234.0, -2.5, None, None, None]
    """
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(\D|$))", "", text.strip())
    return float(plain.replace(",", ".")) if re.fullmatch(r"[+-]?\d+([.,]\d+)?", plain) else None


def serial_date(days: float, *, system_1904: bool = False) -> datetime.date | None:
    """Return the day that Excel means by a number; None outside the years 1900 to 2199.

    Notes
    -----
    ECMA-376 part 1, 18.17.4.1: in the 1900 system, day 1 is 1 January 1900 and day 60 is a 29 February that never
    was; in the 1904 system, day 0 is 1 January 1904.

    >>> serial_date(42312), serial_date(40850, system_1904=True), serial_date(60)
    (datetime.date(2015, 11, 4), datetime.date(2015, 11, 4), None)
    """
    if not 0 <= days < 110_000 or (not system_1904 and (int(days) == 60 or days < 1)):
        return None
    day = datetime.timedelta(days=int(days))
    if system_1904:
        return datetime.date(1904, 1, 1) + day
    return datetime.date(1899, 12, 31 if days < 60 else 30) + day
