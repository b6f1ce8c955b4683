"""Map who confirms each link of the theory, who denies it, who was asked in vain, who was never asked, or not known."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pic_analysis.coding.incidence import groups, replaced
from pic_analysis.vocabulary import POLARITIES, SAFE_GROUPS

STATES = {
    "confirms": "confirme",
    "denies": "contredit",
    "silent": "interrogé, silencieux",
    "never_asked": "jamais interrogé",
    "unrecorded": "question non documentée",
}
"""The last stands for the two before it where the study did not write down what it asked."""
MIXED = "mixed"


def silence(
    codings: pd.DataFrame,
    interviews: pd.DataFrame,
    codebook: pd.DataFrame,
    asked: pd.DataFrame,
    links: Iterable[str] = (),
    fewest: int = 1,
) -> pd.DataFrame:
    """Return the state of each link in each safe group.

    Parameters
    ----------
    codings, interviews, codebook, asked
        Clean tables of the interviews; ``codebook.link_id`` ties codes to links, mechanisms or rivals. What is said of
        a code is also said of the codes that contain it: the mechanisms of an arrow speak of the arrow. Settled
        readings may stand for codings: ``mixed`` both supports and contradicts. Without any row in ``asked``, nobody
        wrote down what was asked, and who says nothing is neither silent nor never asked: it is not known.
    links
        Links to show first, even if no code tests them; those of the codebook follow.
    fewest
        Interviews that make a group speak, and that make it contested. Two coders who now and then see what is not
        there break any silence: where their disagreements are not settled, 1 finds few. What is published shows no
        lone voice either: in a small group, people would know whose it is.

    Returns
    -------
    DataFrame
        ``link_id``, ``group``, ``interviews`` (of the group), ``asked`` (about a code of the link), ``supports``,
        ``nuances``, ``contradicts`` (interviews that hold such a passage; one may hold several), ``voices`` (interviews
        that speak), ``state`` (a key of ``STATES``) and ``contested`` (others of the group say the contrary, or have
        reserves). The numbers are of people: they are for analysis, the states for publication.

    Raises
    ------
    ValueError
        If a coding has another direction than those of the schema.

    Notes
    -----
    Who speaks unasked is not silent. Among interviews that speak, a link is denied by a group where at least as many
    contradict as support it: a tie is never read in favour of the theory; nuances alone confirm, with reserves, and the
    cell is contested. This is a map of voices, not a verdict: counting is not voting.
    """
    known = groups(interviews)
    numbers = _numbers(codings, asked, codebook, known)
    every = [*dict.fromkeys([*links, *codebook.loc[codebook["link_id"] != "", "link_id"]])]
    index = pd.MultiIndex.from_product([every, [*SAFE_GROUPS]], names=["link_id", "group"])
    table = numbers.reindex(index, fill_value=0).astype("int64").reset_index()
    sizes = known.value_counts()
    table.insert(2, "interviews", table["group"].map(sizes).fillna(0).astype("int64"))
    least = max(1, fewest)
    spoken = table["voices"] >= least
    denied = (table["contradicts"] > 0) & (table["contradicts"] >= table["supports"])
    choices = [spoken & denied, spoken, table["asked"] > 0]
    # Of a group that nobody met, it is known that nobody was asked.
    unspoken = np.where(asked.empty & table["interviews"].gt(0), "unrecorded", "never_asked")
    table["state"] = np.select(choices, ["denies", "confirms", "silent"], unspoken)
    others = table["supports"].where(denied, table["contradicts"])
    table["contested"] = spoken & (table[["nuances"]].assign(others=others).max(axis=1) >= least)
    table.attrs.update(codings.attrs)
    return table


def _numbers(codings: pd.DataFrame, asked: pd.DataFrame, codebook: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """Return the distinct interviews by link and group: asked, by direction, and that speak at all."""
    if unknown := sorted({*codings["direction"]} - {*POLARITIES, MIXED}):
        # Dropped, they would turn people who spoke into silent ones.
        raise ValueError(f"unknown directions: {unknown}; expected {[*POLARITIES, MIXED]}")
    said = codings[["interview_id", "code_id", "direction"]].drop_duplicates()
    mixed = said[said["direction"] == MIXED]
    parts = [
        asked[["interview_id", "code_id"]].assign(direction="asked"),
        said[said["direction"] != MIXED],
        *(mixed.assign(direction=direction) for direction in ("supports", "contradicts")),
        said.assign(direction="voices"),
    ]
    every = pd.concat(parts)
    every["code_id"] = replaced(every["code_id"], codebook)
    every["group"] = every["interview_id"].map(known)
    every = every[every["group"].notna()].merge(spoken_links(codebook), on="code_id")
    once = every.drop_duplicates(["link_id", "interview_id", "direction"])
    numbers = once.groupby(["link_id", "group", "direction"]).size().unstack(fill_value=0)
    return numbers.reindex(columns=["asked", *POLARITIES, "voices"], fill_value=0).rename_axis(columns=None)


def spoken_links(codebook: pd.DataFrame) -> pd.DataFrame:
    """Return every link that a code speaks of: its own, and those of the codes that contain it."""
    above = dict(zip(codebook["code_id"], codebook["parent"], strict=True))
    own = dict(zip(codebook["code_id"], codebook["link_id"], strict=True))
    pairs: dict[tuple[str, str], None] = {}
    for code in above:
        way: list[str] = []
        while (step := above.get(way[-1], "") if way else code) and step not in way:
            way.append(step)
        pairs |= dict.fromkeys((code, own[step]) for step in way if own.get(step))
    return pd.DataFrame([*pairs], columns=["code_id", "link_id"])
