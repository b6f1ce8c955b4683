"""Count the voices that the report quotes: who, about which case, in which direction."""

from __future__ import annotations

import pandas as pd

from pic_analysis.study import Study
from pic_analysis.vocabulary import POLARITIES, SPEAKER_KINDS


def by_case(study: Study) -> pd.DataFrame:
    """Return, for each case, the quoted interviews: respondents, quotations, and their directions.

    Returns
    -------
    DataFrame
        Indexed by case code; the last row, with an empty code, holds the interviews that the
        report attaches to no case. Columns: ``respondents`` (distinct), ``quotations``, ``supports``, ``nuances``,
        ``contradicts``. Quotations are a choice of the report's authors, not a sample of the interviews.
    """
    spoken = study.testimonies[study.testimonies["speaker_kind"] == "interview"]
    grouped = spoken.groupby("case")
    table = pd.crosstab(spoken["case"], spoken["polarity"]).reindex(columns=[*POLARITIES], fill_value=0)
    table.insert(0, "quotations", grouped.size())
    table.insert(0, "respondents", grouped["speaker_id"].nunique())
    order = [*(c.id for c in study.settings.cases), ""]
    return table.reindex(index=order, fill_value=0).rename_axis(index="case", columns=None)


def by_kind(study: Study) -> pd.DataFrame:
    """Return the numbers of distinct speakers and of voices by kind of source."""
    grouped = study.testimonies.groupby("speaker_kind")
    table = pd.DataFrame({"speakers": grouped["speaker_id"].nunique(), "voices": grouped.size()})
    return table.reindex([*SPEAKER_KINDS], fill_value=0)


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
