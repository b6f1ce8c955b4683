"""Find which discrepancies of the sources stand on the very passage of a statement or of a voice."""

from __future__ import annotations

import re
from functools import lru_cache

from pic_analysis.study import Study

COMMON = 3  # words in a row that two anchors of one section share when they stand on one passage


def runs(anchor: str) -> set[tuple[str, ...]]:
    """Return every three words in a row of an anchor: two that share one stand on one passage.

    >>> runs("assez défiants vis") & runs("sont assez défiants vis")
    {('assez', 'défiants', 'vis')}
    """
    words = re.findall(r"\w+", anchor.casefold())
    return {tuple(words[n : n + COMMON]) for n in range(len(words) - COMMON + 1)}


@lru_cache(maxsize=4)
def by_passage(study: Study) -> dict[str, list[str]]:
    """Return the discrepancies that stand on the passage of each statement and voice, by identifier.

    Notes
    -----
    Two anchors of one section of the report that share three words in a row: a rule, so that it follows the
    register. A discrepancy anchored elsewhere in the same paragraph is not found.
    """
    passages = [(r.statement_id, r.report_section, r.anchor) for r in study.statements.itertuples()]
    passages += [(r.testimony_id, r.report_section, r.anchor) for r in study.testimonies.itertuples()]
    by_section: dict[str, list[tuple[str, set[tuple[str, ...]]]]] = {}
    for row in study.discrepancies.itertuples():
        for section, anchor in ((row.first_section, row.first_anchor), (row.second_section, row.second_anchor)):
            by_section.setdefault(str(section), []).append((str(row.discrepancy_id), runs(str(anchor))))
    found: dict[str, list[str]] = {}
    for name, section, anchor in passages:
        own = [known for known, held in by_section.get(section, []) if held & runs(anchor)]
        if own:
            found[name] = [*dict.fromkeys(own)]
    return found
