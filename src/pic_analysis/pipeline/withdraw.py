"""Withdraw an interview, or a quoted voice: tell what changes, write the withdrawal down, never delete raw data."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pic_analysis import paths
from pic_analysis.cleaning import quoted_withdrawals, withdrawals
from pic_analysis.cleaning import study as cleaning
from pic_analysis.cleaning.study import CleaningResult
from pic_analysis.disclosure.withdrawal import Effects, effects
from pic_analysis.files import write_atomically
from pic_analysis.publishing.traces import traces
from pic_analysis.reading import registry
from pic_analysis.reading.settings import Settings


@dataclass(frozen=True)
class Withdrawal:
    """A withdrawal to come: the files that will name it, what it changes, the pages of the present book that tell it.

    ``sources`` are the pages written by hand that cite something which disappears: they must be corrected first.
    """

    code: str
    files: tuple[Path, ...]
    effects: Effects
    pages: tuple[str, ...]
    sources: tuple[str, ...]


def known(result: CleaningResult) -> list[str]:
    """Return everything that may be withdrawn of a study: interviews, respondents quoted, voices."""
    names: list[str] = []
    if result.interviews:
        names += result.interviews["interviews"]["interview_id"].tolist()
    if result.tables:
        voices = result.tables["testimonies"]
        spoken = voices[voices["speaker_kind"] == "interview"]
        names += [code for code in dict.fromkeys(spoken["speaker_id"]) if not code.startswith("sans-code-")]
        names += voices["testimony_id"].tolist()
    return names


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
    if before.interviews and code in set(before.interviews["interviews"]["interview_id"]):
        files.append(raw / paths.INTERVIEWS / withdrawals.FILE)
    if (
        before.tables
        and not before.tables["testimonies"]
        .loc[lambda t: (t["speaker_id"] == code) | (t["testimony_id"] == code)]
        .empty
    ):
        files.append(raw / quoted_withdrawals.FILE)
    # Every rule of the cleaning applies to the study as it will be: a copy that names the withdrawal is cleaned.
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / settings.name
        shutil.copytree(raw, copy)
        for file in files:
            _append(copy / file.relative_to(raw), code)
        after = cleaning.clean(settings.name, copy)
    found = effects(before, after, settings, [code])
    built = root / "_build" / "html"
    written = [root / "book" / name for name in traces(root / "book", found.gone)] if (root / "book").is_dir() else []
    sources = [path.relative_to(root).as_posix() for path in written if path.suffix == ".md"]
    pages = traces(built, found.marks) if built.is_dir() else []
    return Withdrawal(code, tuple(files), found, tuple(pages), tuple(sources))


def write(withdrawal: Withdrawal, settings: Settings) -> None:
    """Write a withdrawal down, with its date, and accept these bytes in the registry: nothing else is accepted."""
    raw = paths.raw(settings.name)
    for file in withdrawal.files:
        _append(file, withdrawal.code)
    names = {file.relative_to(raw).as_posix() for file in withdrawal.files}
    now = registry.digests(raw)
    entries = {**registry.registered(raw), **{name: now[name] for name in names}}
    write_atomically(raw / registry.FILE, "".join(f"{name} {digest}\n" for name, digest in sorted(entries.items())))


def _append(path: Path, code: str) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    text += "" if not text or text.endswith("\n") else "\n"
    write_atomically(path, f"{text}{code} {datetime.date.today().isoformat()}\n")
