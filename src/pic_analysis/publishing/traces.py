"""Look in what was built for any trace of what somebody withdrew."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from pic_analysis.publishing.outputs import outputs


def traces(folder: Path, marks: Collection[str]) -> list[str]:
    """Return the files of a folder that hold one of some marks: in their texts, their links, or their very bytes.

    Parameters
    ----------
    folder
        What a build wrote; no file is left out, scripts and search index included.
    marks
        Words, as `withdrawal.Effects` gives them. They count as whole words, whatever the case, the typography of
        apostrophes and spaces, or the way that HTML and JSON write accents.
    """
    if not marks:
        return []
    sought = re.compile("|".join(rf"(?<!\w){re.escape(_flat(mark))}(?!\w)" for mark in sorted(marks)))
    read = {output.path: " \n".join((*output.texts, *output.columns)) for output in outputs(folder)}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        raw = path.read_bytes().decode("utf-8", errors="ignore")
        if sought.search(_flat(raw)) or sought.search(_flat(read.get(name, ""))) or sought.search(_flat(name)):
            found.append(name)
    return found


def _flat(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("’", "'")).casefold()
