"""Read the contribution story: statements by role and direction, and who speaks for each."""

from __future__ import annotations

import pandas as pd

from pic_analysis.evidence.voices import identified
from pic_analysis.study import Study
from pic_analysis.vocabulary import POLARITIES, ROLES

PACKAGE_SECTIONS = ("1", "2", "3", "4")
"""Digits of a statement of a causal package: change, contribution, other explanations, key points."""


def by_role(study: Study, package: str | None = None) -> pd.DataFrame:
    """Return the number of statements by role (rows) and polarity (columns).

    Parameters
    ----------
    study
        The study.
    package
        Letter of one package; the whole story if not given.
    """
    chosen = study.statements if package is None else study.statements[study.statements["package"] == package]
    table = pd.crosstab(chosen["role"], chosen["polarity"])
    table = table.reindex(index=[*ROLES], columns=[*POLARITIES], fill_value=0)
    return table.loc[table.sum(axis=1) > 0].rename_axis(index="role", columns=None)


def support(study: Study) -> pd.DataFrame:
    """Return what each statement rests on.

    Returns
    -------
    DataFrame
        Indexed by ``statement_id``: numbers of distinct ``cases`` (cells cited or respondents' cases),
        ``cells``, ``respondents``, ``experts``, ``documents`` and of all ``voices``. Repetition adds nothing:
        ten quotations of one respondent are one respondent, and an unsigned voice is none.
    """
    voices = study.testimonies[study.testimonies["statement_id"] != ""]
    cases = pd.concat([study.citations[["statement_id", "case"]], voices[["statement_id", "case"]]])
    cases = cases[cases["case"] != ""].drop_duplicates()
    table = pd.DataFrame(index=pd.Index(study.statements["statement_id"], name="statement_id"))
    table["cases"] = cases.groupby("statement_id").size()
    table["cells"] = study.citations.groupby("statement_id")["cell_id"].nunique()
    for column, kind in (("respondents", "interview"), ("experts", "expert"), ("documents", "document")):
        spoken = voices[identified(voices) & (voices["speaker_kind"] == kind)]
        table[column] = spoken.groupby("statement_id")["speaker_id"].nunique()
    table["voices"] = voices.groupby("statement_id").size()
    return table.fillna(0).astype("int64")


def unsupported(study: Study) -> pd.DataFrame:
    """Return the statements that no cell and no voice backs, key points left out.

    A key-points box repeats the story by construction: it is not expected to cite anything.
    """
    backing = support(study)
    bare = backing.index[(backing["cells"] == 0) & (backing["voices"] == 0)]
    chosen = study.statements["statement_id"].isin(bare) & (study.statements["role"] != "key_point")
    return study.statements[chosen].reset_index(drop=True)
