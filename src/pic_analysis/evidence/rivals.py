"""Say what the story does of each rival explanation of each conclusion."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.study import Study


def fates(study: Study) -> pd.DataFrame:
    """Return every pair of a conclusion and a rival explanation of its package, examined or not.

    Returns
    -------
    DataFrame
        ``conclusion_id``, ``rival_id``, ``fate`` (empty: not examined), ``statement_id`` and ``basis`` (empty with it),
        conclusions then rivals in the order of their tables. A rival of another package is there if the story
        examines it for that conclusion.
    """
    pairs = study.conclusions[["conclusion_id", "package"]].merge(study.rivals[["rival_id", "package"]], on="package")
    told = study.rival_fates[["conclusion_id", "rival_id"]]
    every = pd.concat([pairs[["conclusion_id", "rival_id"]], told]).drop_duplicates()
    found = every.merge(study.rival_fates, on=["conclusion_id", "rival_id"], how="left").fillna("")
    places = (study.conclusions["conclusion_id"], study.rivals["rival_id"])
    order = [found[names.name].map({name: place for place, name in enumerate(names)}) for names in places]
    return found.iloc[np.lexsort(order[::-1])].reset_index(drop=True)
