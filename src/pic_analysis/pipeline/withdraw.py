"""Withdraw an interview, or a quoted voice: tell what changes, write the withdrawal down, never delete raw data."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pic_analysis import paths
from pic_analysis.cleaning import quoted_withdrawals, withdrawals
from pic_analysis.cleaning import study as cleaning
from pic_analysis.cleaning.study import CleaningResult
from pic_analysis.disclosure.withdrawal import Effects, effects, met
from pic_analysis.files import write_atomically
from pic_analysis.problems import Problem
from pic_analysis.publishing.traces import traces
from pic_analysis.reading import registry
from pic_analysis.reading.settings import Settings


@dataclass(frozen=True)
class Withdrawal:
    """A withdrawal to come: the files that will name it, what it changes, the pages of the present book that tell it.

    ``sources`` are the pages written by hand that cite something which disappears: they must be corrected first.
    ``errors`` will stop the next build, and with it the withdrawal, until somebody mends them.
    """

    code: str
    files: tuple[Path, ...]
    effects: Effects
    pages: tuple[str, ...]
    sources: tuple[str, ...]
    errors: tuple[Problem, ...] = ()


def known(result: CleaningResult, settings: Settings) -> list[str]:
    """Return everything that may be withdrawn of a study: interviews, respondents quoted, voices.

    A row in quarantine is somebody's too: whoever it is may withdraw as any other.
    """
    return [*met(result), *_quoted(result, settings)]


def _quoted(result: CleaningResult, settings: Settings) -> list[str]:
    """Return the respondents quoted, then the voices, be they in quarantine."""
    if not result.tables:
        return []
    voices, held = result.tables["testimonies"], result.tables["quarantine"]
    rows = [json.loads(content) for content in held.loc[held["file"] == "testimonies.csv", "content"]]
    people = [*voices.loc[voices["speaker_kind"] == "interview", "speaker_id"]]
    people += [quoted_withdrawals.code_of(row["speaker_kind"], row["raw_speaker"], settings) for row in rows]
    names = [code for code in people if not code.startswith("sans-code-")]
    names += [*voices["testimony_id"], *(row["testimony_id"].strip() for row in rows)]
    return [*dict.fromkeys(name for name in names if name)]


def typed(code: str, names: Iterable[str]) -> str:
    """Return the one of some names that was typed in another way; what was typed if none is, or several.

    >>> typed("int-31 ", ["INT031", "INT310"]), typed("Tem 45", ["tem-045"]), typed("INT999", ["INT031"])
    ('INT031', 'tem-045', 'INT999')
    """
    same = [name for name in names if _bare(name) == _bare(code)]
    return same[0] if len(same) == 1 else code.strip()


def _bare(name: str) -> str:
    """Return a name without case, separators, nor zeros before its number."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\s_.-]", "", name).casefold())


def prepare(code: str, settings: Settings, before: CleaningResult) -> Withdrawal:
    """Return what withdrawing an interview, a respondent or a voice would change; write nothing.

    Parameters
    ----------
    code
        One of `known`.
    settings
        The study's settings.
    before
        The study as it is now.
    """
    raw, root = paths.raw(settings.name), paths.root()
    files = []
    interviewed = code in met(before)
    if interviewed:
        files.append(raw / paths.INTERVIEWS / withdrawals.FILE)
    if code in _quoted(before, settings):
        files.append(raw / quoted_withdrawals.FILE)
    # Every rule of the cleaning applies to the study as it will be: a copy that names the withdrawal is cleaned.
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / settings.name
        shutil.copytree(raw, copy)
        _note(copy, [file.relative_to(raw).as_posix() for file in files], code)
        after = cleaning.clean(settings.name, copy)
    found = _effects(before, after, settings, code)
    marks = found.marks | ({code} if interviewed else set())
    home = paths.home(settings.name)
    built, by_hand = home / "_build" / "html", home / ("book" if home == root else "pages")
    written = [by_hand / name for name in traces(by_hand, found.gone)] if by_hand.is_dir() else []
    sources = [path.relative_to(root).as_posix() for path in written if path.suffix == ".md"]
    pages = traces(built, marks) if built.is_dir() else []
    return Withdrawal(code, tuple(files), found, tuple(pages), tuple(sources), after.report.errors)


def _effects(before: CleaningResult, after: CleaningResult, settings: Settings, code: str) -> Effects:
    """Return what a withdrawal changes; of evidence that has errors, nothing can be said."""
    if before.report.errors or after.report.errors:
        before, after = replace(before, tables={}), replace(after, tables={})
    return effects(before, after, settings, [code])


def write(withdrawal: Withdrawal, settings: Settings) -> None:
    """Write a withdrawal down, with its date, and accept these bytes in the registry: nothing else is accepted."""
    raw = paths.raw(settings.name)
    _note(raw, [file.relative_to(raw).as_posix() for file in withdrawal.files], withdrawal.code)


def _note(raw: Path, names: Collection[str], code: str) -> None:
    """Add a code to some files of a raw folder, and to its registry their new bytes and no others."""
    for name in names:
        _append(raw / name, code)
    now = registry.digests(raw)
    entries = {**registry.registered(raw), **{name: now[name] for name in names}}
    write_atomically(raw / registry.FILE, "".join(f"{name} {digest}\n" for name, digest in sorted(entries.items())))


def _append(path: Path, code: str) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    text += "" if not text or text.endswith("\n") else "\n"
    write_atomically(path, f"{text}{code} {datetime.date.today().isoformat()}\n")
