"""Clean the codings of several coders, and what was asked: vectorised, for a million rows on one machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pic_analysis.cleaning.codebook import Codebook
from pic_analysis.cleaning.masking import MASKED
from pic_analysis.cleaning.sieve import ASKED_TWICE, REPEATED, Sieve, sift, stack
from pic_analysis.cleaning.values import NOTATIONS, Verdict, gap, interview_id, is_missing, judge, one_of, shared, tidy
from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import POLARITIES

FIELDS = {
    "interview_id": ("entretien", "code entretien", "document", "fichier"),
    "segment": ("extrait", "passage", "position"),
    "start": ("début", "de", "position de début"),
    "end": ("fin", "à", "position de fin"),
    "code_id": ("code", "code de la grille", "tag"),
    "direction": ("sens", "direction", "orientation"),
    "coder": ("codeur", "codeuse", "codé par", "utilisateur"),
}
REQUIRED = ("interview_id", "code_id", "direction")
ASKED_FIELDS = {"interview_id": FIELDS["interview_id"], "code_id": (*FIELDS["code_id"], "question", "thème")}

# Two numbers, whatever stands between them, after the name of the interview or alone (RE2).
_SEGMENT = r"^(?:[^:]*:)?\s*(?P<start>[0-9 ]+(?:[.,]0+)?)\s*(?:-|–|—|à|\.\.)\s*(?P<end>[0-9 ]+(?:[.,]0+)?)\s*$"

_WHOLE = re.compile(r"(\d{1,9})([.,]0+)?")

# What may be a place badly written; anything else may be what somebody said, which is not repeated.
_SHORT = r"(?=.*[0-9]).{1,20}"
_SPEECH = "(paroles non reprises)"


def from_imported(imported: Imported) -> Sheet:
    """Return the codings of a tool's export, as a sheet whose rows are numbered in the order of the export.

    The export has no direction of its own: it is read in the note of a coding, or in a code of the same name as
    a direction put on the same passage by the same user; otherwise it is missing.
    """
    codings = imported.codings
    names = imported.codes.set_index("code_id")["name"].to_dict()
    sources = imported.sources.set_index("source_id")["name"].to_dict()
    users = imported.users.set_index("user_id")["name"].to_dict()
    read = one_of(POLARITIES, required=False)
    code = codings["code_id"].map(lambda key: names.get(key, key)).astype("str")
    meant = code.map(lambda name: read(name).clean if not read(name).expected else "")
    passage = codings[["source_id", "user_id", "start", "end"]].astype("str").agg("|".join, axis=1)
    beside = dict(zip(passage[meant != ""], meant[meant != ""], strict=True))
    noted = codings["note"].map(lambda note: read(note).clean if not read(note).expected else "")
    numbered = codings["unit"] == "characters"
    place = {
        name: codings[name].astype("str").where(numbered, codings[name].astype("str") + " " + codings["unit"])
        for name in ("start", "end")
    }
    frame = pd.DataFrame(
        {
            "interview_id": codings["source_id"].map(lambda key: PurePath(sources.get(key, key)).stem),
            "segment": "",
            **place,
            "code_id": code,
            "direction": noted.where(noted != "", passage.map(lambda key: beside.get(key, ""))),
            "coder": codings["user_id"].map(lambda key: users.get(key, key)),
        }
    ).astype("str")
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return Sheet(imported.file, frame[(meant == "").to_numpy()], imported.problems)


def clean_codings(sheets: Sequence[Sheet], codebook: Codebook, default: str = "") -> tuple[Sieve, list[Problem]]:
    """Return the codings of every coder sorted, and what is to be known of coders.

    Parameters
    ----------
    sheets
        One file a coder, or exports that hold several.
    codebook
        The clean codebook.
    default
        Direction of a coding whose file says none, if it was so decided.

    Returns
    -------
    tuple
        Of the sieve, ``clean`` has ``start`` and ``end`` for the segment; its interviews may not exist.
    """
    raw = stack(sheets, [*FIELDS])
    raw, problems = _lettered(raw)
    raw, start, end = _places(raw)
    judged = {
        "interview_id": judge(raw["interview_id"], interview_id),
        "start": judge(start, _offset, int),
        "end": judge(end, _offset, int),
        "code_id": judge(raw["code_id"], codebook.read),
        "direction": judge(raw["direction"], _direction(default)),
        "coder": judge(raw["coder"], _coder),
    }
    sieve = sift(raw, judged, compact=True)
    clean = sieve.clean
    empty = clean.index[clean["end"] <= clean["start"]]
    shown = clean.loc[empty, "start"].astype("str") + "-" + clean.loc[empty, "end"].astype("str")
    sieve = sieve.hold(empty, "end", shown.to_numpy(), "la fin du segment doit être après son début")
    return _without_repeats(sieve), problems


def clean_asked(sheet: Sheet, codebook: Codebook) -> Sieve:
    """Return what was asked sorted."""
    raw = stack([sheet], [*ASKED_FIELDS])
    judged = {
        "interview_id": judge(raw["interview_id"], interview_id),
        "code_id": judge(raw["code_id"], codebook.read),
    }
    sieve = sift(raw, judged, compact=True)
    return sieve.put_aside(sieve.clean.index[sieve.clean.duplicated()], "code_id", ASKED_TWICE)


def table(sieve: Sieve) -> pd.DataFrame:
    """Return the table of codings: numbered in the order of reading, each segment named by its place."""
    clean = sieve.clean.reset_index(drop=True)
    width = max(6, len(str(len(clean))))
    numbers = pc.utf8_lpad(pa.array(np.arange(1, len(clean) + 1)).cast(pa.string()), width, "0")
    interview = pa.array(clean["interview_id"].astype("str"), type=pa.string())
    start, end = (pa.array(clean[name].to_numpy()).cast(pa.string()) for name in ("start", "end"))
    named = pc.binary_join_element_wise(interview, start, ":")
    return pd.DataFrame(
        {
            "coding_id": _text(pc.binary_join_element_wise(pa.scalar("cod"), numbers, "-"), clean.index),
            "interview_id": clean["interview_id"],
            "segment_id": _text(pc.binary_join_element_wise(named, end, "-"), clean.index),
            **{name: clean[name] for name in ("code_id", "direction", "coder")},
        }
    )


def _lettered(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows with each coder under a letter: their name goes no further than the file."""
    of_file = {file: _from_name(str(file)) for file in raw["file"].cat.categories}
    written, blank = raw["coder"], raw["coder"] == ""
    if blank.any():
        written = written.astype("str").where(~blank, raw["file"].map(of_file).astype("str"))
    which, distinct = pd.factorize(written)
    names = sorted({tidy(str(name)) for name in distinct} - {""}, key=lambda name: (fold(name), name))
    letters = {name: name for name in names if re.fullmatch(r"[A-Z]\d?", name)}
    free = (f"{letter}{n or ''}" for n in range(10) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    unused = (letter for letter in free if letter not in letters.values())
    named = [name for name in names if name not in letters]
    letters |= dict(zip(named, unused, strict=False))
    problems = []
    if named:
        given = ", ".join(letters[name] for name in named)
        said = f"{count(len(named), 'codeur')} sous {agreed(len(named), 'son', 'leur')} nom dans les fichiers"
        said += f" : {given} dans les tables"
        problems = [Problem("codages", 0, "coder", "", said, "Un nom ne sort pas du fichier brut", blocking=False)]
    return raw.assign(coder=shared([letters.get(tidy(str(name)), "") for name in distinct], which)), problems


def _from_name(file: str) -> str:
    """Return the coder that a file's name tells.

    >>> _from_name("codages_B.csv"), _from_name("export.qdpx")
    ('B', '')
    """
    found = re.fullmatch(r"codages[_ -](\w+)", PurePath(file).stem)
    return found[1] if found else ""


def _coder(text: str) -> Verdict:
    return Verdict(text, expected="" if text else "codeur inconnu : ni colonne, ni nom de fichier codages_A.csv")


def _places(raw: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return the rows without the words of interviews, and the written start and end of each segment."""
    if not (raw["segment"] != "").any():
        return raw, raw["start"], raw["end"]
    raw = raw.astype(dict.fromkeys(("segment", "start", "end"), "str"))
    found = pc.extract_regex(pa.array(raw["segment"], type=pa.string()), pattern=_SEGMENT)
    start, end = (
        _text(pc.fill_null(pc.struct_field(found, name), ""), raw.index).where(raw[name] == "", raw[name])
        for name in ("start", "end")
    )
    strange = raw.loc[pc.is_null(found).to_numpy(zero_copy_only=False), "segment"]
    spoken = strange[~strange.str.fullmatch(_SHORT) & ~strange.isin(["", MASKED])].index
    segment = raw["segment"].where(~raw.index.isin(spoken), _SPEECH)
    unread = (start == "") & (segment != "")
    return raw.assign(segment=segment), start.where(~unread, segment), end.where(~unread, segment)


def _offset(text: str) -> Verdict:
    """Return the verdict of an offset; spreadsheets write whole numbers as ``120,0`` or ``1 200``.

    >>> _offset("1 200,0").clean, bool(_offset("12,5").expected)
    (1200, True)
    """
    if len(text) < 10 and text.isascii() and text.isdigit():
        return Verdict(int(text))
    if found := _WHOLE.fullmatch("".join(text.split())):
        return Verdict(int(found[1]), rule="" if found[1] == text else NOTATIONS[1])
    if empty := gap(text, required=True):
        return replace(empty, clean=-1)
    return Verdict(-1, expected="attendu : un nombre entier de signes, par exemple 120")


def _direction(default: str) -> Callable[[str], Verdict]:
    read = one_of(POLARITIES, {"appui": "supports", "contradiction": "contradicts", "nuancé": "nuances"})

    def found(text: str) -> Verdict:
        if default and is_missing(text):
            return Verdict(default, rule="sens par défaut (arbitrages.csv)")
        return read(text)

    return found


def _text(array: Any, index: pd.Index) -> pd.Series:
    return pd.Series(pd.array(array, dtype="str"), index=index)


def _without_repeats(sieve: Sieve) -> Sieve:
    """Set aside rows that say the same again; hold those that say otherwise of the same segment and code."""
    mark = ["interview_id", "start", "end", "code_id", "coder"]
    twice = sieve.clean[sieve.clean.duplicated(mark, keep=False)]
    if twice.empty:
        return sieve
    same = twice.duplicated([*mark, "direction"])
    sieve = sieve.put_aside(twice.index[same], "code_id", REPEATED)
    rest = twice[~same]
    other = rest[rest.duplicated(mark)]
    said = "ce codeur a déjà donné un autre sens à ce segment, sous ce code"
    return sieve.hold(other.index, "direction", other["direction"].to_numpy(), said)
