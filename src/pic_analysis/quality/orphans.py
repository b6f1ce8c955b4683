"""Find what the story tells and no conclusion takes up."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.quality.finding import Finding, Passage, conclusions_section, report_id
from pic_analysis.study import Study
from pic_analysis.vocabulary import ROLES

_RESERVES = ("limit", "other_explanation")  # what a reader of the conclusions alone would not know of


def orphans(study: Study) -> list[Finding]:
    """Find statements of the packages that no conclusion rests on; one finding a section and role.

    Key points are left out: they repeat the story. Nothing is found where no conclusion was traced to any statement.
    """
    told = study.statements
    packages = {package.id for package in study.settings.packages}
    left = told[
        told["package"].isin(packages)
        & (told["role"] != "key_point")
        & ~told["statement_id"].isin(study.conclusion_support["statement_id"])
    ]
    if study.conclusion_support.empty:
        return []
    found = []
    for (section, role), own in left.groupby(["report_section", "role"], sort=False):
        passages = _passages(study, own.itertuples())
        found.append(
            Finding(
                "orphans",
                "chain",
                "notable" if role in _RESERVES else "mineur",
                passages[0],
                Passage(report_id(study), conclusions_section(study)),
                tuple(("statement", name) for name in own["statement_id"]),
                f"{count(len(own), 'constat')} de la section {section} ({ROLES[role]}) "
                f"{'n’appuient' if len(own) > 1 else 'n’appuie'} aucune conclusion et ne "
                f"{'s’opposent' if len(own) > 1 else 's’oppose'} à aucune.",
                "Ne pas lire les conclusions sans ces réserves."
                if role in _RESERVES
                else "Ne pas tenir les conclusions pour le résumé de tout le récit.",
                tuple(passages[1:]),
            )
        )
    return found


def impacts(study: Study) -> list[Finding]:
    """Find the chapters of impacts and of spread whose sections no conclusion takes up; one finding a chapter."""
    if study.conclusion_support.empty:
        return []
    found = []
    for chapter in (study.settings.impact_section, study.settings.spread_section):
        inside = study.statements["report_section"].map(lambda section, c=chapter: f"{section}.".startswith(f"{c}."))
        own = study.statements[inside]
        taken = own.loc[own["statement_id"].isin(study.conclusion_support["statement_id"]), "report_section"]
        left = own[~own["report_section"].isin(taken)]
        if left.empty:
            continue
        sections = [*left["report_section"].drop_duplicates()]
        passages = _passages(study, left.drop_duplicates("report_section").itertuples())
        several = len(sections) > 1
        found.append(
            Finding(
                "impacts",
                "chain",
                "majeur" if len(left) == len(own) else "notable",
                passages[0],
                Passage(report_id(study), conclusions_section(study)),
                tuple(("statement", name) for name in left["statement_id"]),
                f"Aucune conclusion ne reprend {'les sections' if several else 'la section'} {enumerate_fr(sections)} "
                f"({count(len(left), 'constat')}).",
                "Ne pas citer comme une conclusion de l’évaluation ce que cette partie du rapport décrit.",
                tuple(passages[1:]),
            )
        )
    return found


def _passages(study: Study, rows: Iterable[pd.Series]) -> list[Passage]:
    return [Passage(report_id(study), row.report_section, row.anchor) for row in rows]
