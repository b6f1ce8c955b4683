"""Count the voices that the report quotes: who, about which case, in which direction."""

from __future__ import annotations

import pandas as pd

from pic_analysis.study import Study
from pic_analysis.vocabulary import POLARITIES, SAFE_GROUPS, SPEAKER_KINDS

FEWEST = 5  # people; a smaller group could be recognised


def safe_groups(study: Study) -> pd.DataFrame:
    """Return the number of ``interviews`` of each safe ``group``; stakeholder types never come out of here.

    Raises
    ------
    ValueError
        If a group counts some people, but fewer than five.
    """
    numbers = study.stakeholders.set_index("stakeholder_type")["interviews"]
    rows = [(group, int(numbers.reindex([*types]).fillna(0).sum())) for group, types in SAFE_GROUPS.items()]
    groups = pd.DataFrame(rows, columns=["group", "interviews"])
    if groups["interviews"].between(1, FEWEST - 1).any():
        raise ValueError(f"un groupe de moins de {FEWEST} entretiens ne se publie pas : réunissez-le à un autre")
    return groups


def identified(testimonies: pd.DataFrame) -> pd.Series:
    """Say which voices have a known source: neither unsigned, nor the panel speaking as one.

    An unsigned voice may be that of a respondent already counted: it is never one source more.
    """
    speakers = testimonies["speaker_id"]
    return ~speakers.str.startswith("sans-code-") & (speakers != "expert-panel")


def by_case(study: Study) -> pd.DataFrame:
    """Return, for each case, the interviews quoted in the story: respondents, quotations, directions.

    Returns
    -------
    DataFrame
        Indexed by case code; the last row, with an empty code, holds the interviews that the report
        attaches to no case. Columns: ``respondents`` (distinct and identified), ``quotations``,
        ``supports``, ``nuances``, ``contradicts``. Quotations are a choice of the report's authors, not a
        sample of the interviews.
    """
    # The story only: the report quotes some voices a second time in its lessons.
    in_story = study.testimonies["statement_id"] != ""
    spoken = study.testimonies[in_story & (study.testimonies["speaker_kind"] == "interview")]
    grouped = spoken.groupby("case")
    table = pd.crosstab(spoken["case"], spoken["polarity"]).reindex(columns=[*POLARITIES], fill_value=0)
    table.insert(0, "quotations", grouped.size())
    table.insert(0, "respondents", spoken[identified(spoken)].groupby("case")["speaker_id"].nunique())
    order = [*(c.id for c in study.settings.cases), ""]
    complete = table.reindex(index=order).fillna(0).astype("int64")
    return complete.rename_axis(index="case", columns=None)


def by_kind(study: Study) -> pd.DataFrame:
    """Return the numbers of distinct identified speakers and of voices by kind of source."""
    known = study.testimonies[identified(study.testimonies)]
    speakers = known.groupby("speaker_kind")["speaker_id"].nunique()
    table = pd.DataFrame({"speakers": speakers, "voices": study.testimonies.groupby("speaker_kind").size()})
    return table.reindex([*SPEAKER_KINDS]).fillna(0).astype("int64")


def speakers(study: Study) -> pd.DataFrame:
    """Return the sources that speak, in the order of kinds then codes.

    Returns
    -------
    DataFrame
        ``speaker_id``, ``speaker_kind``, ``case``, ``voices`` (number of quotations).
    """
    grouped = study.testimonies.groupby(["speaker_kind", "speaker_id", "case"], sort=True).size()
    table = grouped.rename("voices").reset_index()
    kinds = {kind: n for n, kind in enumerate(SPEAKER_KINDS)}
    number = table["speaker_id"].str.extract(r"(\d+)$")[0].fillna("0").astype(int)
    order = table.assign(kind=table["speaker_kind"].map(kinds), letter=table["speaker_id"].str[:1], number=number)
    return order.sort_values(["kind", "letter", "number", "speaker_id"])[table.columns].reset_index(drop=True)
