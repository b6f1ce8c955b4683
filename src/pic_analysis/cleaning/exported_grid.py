"""Take the list of codes that a coding tool exported for the grid of a study, its hierarchy kept."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from pic_analysis.cleaning.codebook import FIELDS, code_form
from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.refi_marks import unmarked
from pic_analysis.reading.sheets import Sheet


def grid_of(exported: Imported) -> Sheet:
    """Return the codes of an export as a grid: identifier, label, parent and definition.

    A code that this package exported has its own identifier, link, version and replacement back. Another is named
    after its label; where two parents have a code of the same name, after the parent and the label.

    Parameters
    ----------
    exported
        What a reader found: a REFI-QDA codebook or project, or the list of codes of a tool.
    """
    codes = exported.codes.reset_index(drop=True)
    own = unmarked(codes["description"])
    above = dict(zip(codes["code_id"], zip(codes["name"], codes["parent_id"], strict=True), strict=True))
    named = own["code_id"].where(own["code_id"].notna(), codes["name"].map(code_form))
    times = Counter(named)
    alike = [str(name) for name, number in times.items() if number > 1]
    held = {
        code: _path(code, above) if times[name] > 1 else str(name)
        for code, name in zip(codes["code_id"], named, strict=True)
    }
    frame = pd.DataFrame(
        {
            "code_id": codes["code_id"].map(held),
            "label_fr": codes["name"],
            "parent": codes["parent_id"].map(held),
            "definition_fr": own["definition_fr"].where(own["definition_fr"].notna(), codes["description"]),
            **{name: own[name] for name in ("link_id", "version", "merged_into")},
        }
    )
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    problems = [*exported.problems]
    if alike:
        said = f"{count(len(alike), 'nom')} de code sous plusieurs parents : un codage qui le porte ne dit pas duquel"
        hint = f"Donnez-{agreed(len(alike), 'lui', 'leur')} dans l’outil des noms différents, puis refaites l’export"
        problems.append(Problem(exported.file, 0, "", ", ".join(alike)[:120], said, hint, blocking=False))
    frame = frame.reindex(columns=[*FIELDS]).fillna("").astype("str")
    return Sheet(exported.file, frame, tuple(problems), tool=exported.tool)


def _path(code: str, above: dict[str, tuple[str, str]]) -> str:
    """Return the names of a code and of those that contain it, as one identifier."""
    names: list[str] = []
    walked: set[str] = set()
    while code in above and code not in walked:
        walked.add(code)
        name, code = above[code]
        names.insert(0, code_form(name))
    return "_".join(filter(None, names))
