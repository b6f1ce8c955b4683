"""Say which states of the map of silences may be shown: those that the published counts tell already, and a direction.

A state is a threshold, and a threshold tells a small count: « silent » alone says that fewer than five spoke. So who
speaks and who was asked are read here on what the gate publishes, never on what it hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pic_analysis.coding.heard import Heard
from pic_analysis.coding.silence import STATES, spoken_links
from pic_analysis.disclosure.declared import CODE, GROUPS, NOT_SAID, SAID, only_heard
from pic_analysis.disclosure.suppression import Protected
from pic_analysis.evidence.voices import FEWEST

HIDDEN = "hidden"
SHOWN = {**STATES, HIDDEN: "masqué par le garde-fou"}
"""The states of a map that is published: those of the analysis, and none."""


def shown_states(table: pd.DataFrame, heard: Heard, got: Protected) -> pd.DataFrame:
    """Return the map of silences as it may be published.

    Parameters
    ----------
    table
        As ``coding.silence.silence`` returns it, one row a link and a group.
    heard
        The interviews.
    got
        Their counts, as the gate publishes them.

    Returns
    -------
    DataFrame
        ``link_id``, ``group``, ``state`` and ``contested``, never a number. ``state`` is ``hidden`` where the published
        counts do not tell whether the group speaks. ``contested`` is false throughout: where it were not shown, it
        would tell that fewer than five differ.

    Notes
    -----
    The direction alone adds to what is published. It says which of two numbers is the larger: where six may speak,
    five of them may still be on the other side, since one interview may both support and contradict a link. Where no
    more than five can speak, « confirms » would tell that fewer than five contradict: no direction is shown.
    """
    codes: dict[str, list[str]] = {}
    for code, link in spoken_links(heard.interviews.codebook).itertuples(index=False):
        if code in heard.codes:
            codes.setdefault(link, []).append(code)
    counts = {code: _by_group(got.published(code), CODE + code) for code in heard.codes}
    sizes = only_heard(got.published(GROUPS)).set_index("group")["people"].to_dict()
    asked_known = not heard.interviews.asked.empty
    states = []
    for row in table.itertuples(index=False):
        own = [counts[code].get(str(row.group), {}) for code in codes.get(str(row.link_id), [])]
        speaks = _speaks(own, sizes.get(row.group, 0))
        if speaks == "speaks":
            states.append(row.state if row.state in ("confirms", "denies") else HIDDEN)
        elif speaks == "silent" and not asked_known:
            states.append("unrecorded")
        else:
            states.append(speaks)
    found = table[["link_id", "group"]].assign(state=states, contested=False)
    found.attrs.update(table.attrs)
    return found


def _speaks(own: Sequence[Mapping[str, int | None]], size: int | None) -> str:
    """Return what published counts of the codes of a link tell of a group: a missing count is a hidden one."""
    said = [counts.get(SAID, 0) for counts in own]
    if any(number is not None and number >= FEWEST for number in said):
        # A hidden count is of one person at least.
        most = sum(1 if number is None else number for number in said)
        most = most if size is None or pd.isna(size) else min(most, size)
        return "speaks" if most > FEWEST else HIDDEN
    if None in said:
        return HIDDEN
    asked = any(counts.get(NOT_SAID, 0) != 0 for counts in own)
    return "silent" if asked else "never_asked"


def _by_group(published: pd.DataFrame, dimension: str) -> dict[str, dict[str, int | None]]:
    """Return the published counts of a code by group, then by what was said."""
    found: dict[str, dict[str, int | None]] = {}
    for group, said, people in zip(published["group"], published[dimension], published["people"], strict=True):
        found.setdefault(str(group), {})[str(said)] = None if pd.isna(people) else int(people)
    return found
