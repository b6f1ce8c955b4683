"""Declare the tables of people that a build publishes: the gate protects these together, and these alone.

A page that shows counts of people takes them from `Protected.published`; a table that is not declared here has no
business in the book.
"""

from __future__ import annotations

import pandas as pd

from pic_analysis.disclosure.combinations import Shown
from pic_analysis.disclosure.ledger import PEOPLE, PeopleTable, people_table
from pic_analysis.evidence.voices import by_case
from pic_analysis.study import Study
from pic_analysis.vocabulary import SAFE_GROUPS

# Counts of people leave the book in safe groups only, though the report's own chart prints the ten types.
NOT_OFFERED = ("stakeholders",)
"""Tables of a study that the book does not offer."""

GROUPS = "entretiens-par-groupe"
SAID, NOT_SAID = "oui", "non"
CODE = "code:"
"""What the dimension of a code begins with: said or not, by each person met."""

_GROUP_OF = {kind: group for group, kinds in SAFE_GROUPS.items() for kind in kinds}


def of_study(study: Study) -> tuple[tuple[PeopleTable, ...], tuple[PeopleTable, ...]]:
    """Return the tables of people that the book of a study publishes, and the counts that must not come back."""
    kinds = study.stakeholders.rename(columns={"interviews": PEOPLE})[["stakeholder_type", PEOPLE]]
    counted = kinds.assign(group=kinds["stakeholder_type"].map(_GROUP_OF))
    groups = counted.groupby("group", sort=False)[PEOPLE].sum().reset_index()
    quoted = by_case(study)["respondents"].rename(PEOPLE).reset_index()
    tables = (
        PeopleTable(GROUPS, "Entretiens par groupe d’acteurs", groups),
        PeopleTable(
            "repondants-par-cas",
            "Personnes citées, par étude de cas",
            quoted[quoted[PEOPLE] > 0],
            population="voix citées",
            exempt_fr="le rapport imprime lui-même le code de chacune",
        ),
    )
    return tables, (PeopleTable("types", "Entretiens par type d’acteur", counted),)


def of_interviews(
    interviews: pd.DataFrame, codings: pd.DataFrame, codes: list[str] | None = None
) -> tuple[tuple[PeopleTable, ...], tuple[PeopleTable, ...]]:
    """Return the tables of people that coded interviews are published in, and the counts that must not come back.

    Parameters
    ----------
    interviews, codings
        The clean tables.
    codes
        Codes to cross with the groups; every code used if not given.

    Returns
    -------
    tuple
        Interviews by group; then, for each code, a table named after it that crosses the groups with said or not
        said: how many did *not* say it may be a small count too.
    """
    people = interviews.assign(group=interviews["stakeholder_type"].map(_GROUP_OF))
    tables = [people_table(GROUPS, "Entretiens par groupe d’acteurs", people, ["group"])]
    for code in codes if codes is not None else sorted(codings["code_id"].unique()):
        saying = set(codings.loc[codings["code_id"] == code, "interview_id"])
        said = people["interview_id"].isin(saying).map({True: SAID, False: NOT_SAID})
        own = people.assign(**{f"{CODE}{code}": said})
        tables.append(people_table(code, f"Entretiens qui portent le code {code}", own, ["group", f"{CODE}{code}"]))
    hidden = people_table("types", "Entretiens par type d’acteur", people, ["stakeholder_type", "group"])
    return tuple(tables), (hidden,)


def crossed(tables: tuple[PeopleTable, ...]) -> list[Shown]:
    """Return what each table tells of people, for `combinations.refused`."""
    return [Shown(table.title_fr, frozenset(table.dimensions)) for table in tables]
