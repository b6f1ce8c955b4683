"""Declare the tables of people that a build publishes: the gate protects these together, and these alone.

A page that shows counts of people takes them from `Protected.published`; a table that is not declared here has no
business in the book.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.coding.heard import Heard
from pic_analysis.disclosure.combinations import Shown
from pic_analysis.disclosure.ledger import PEOPLE, PeopleTable, people_table
from pic_analysis.evidence.voices import by_case
from pic_analysis.interviews import Interviews
from pic_analysis.study import Study
from pic_analysis.vocabulary import SAFE_GROUPS

# Counts of people leave the book in safe groups only, though the report's own chart prints the ten types.
NOT_OFFERED = ("stakeholders",)
"""Tables of a study that the book does not offer."""

GROUPS = "entretiens-par-groupe"
PRINTED = "entretiens-du-rapport"
SAID, NOT_SAID = "oui", "non"
OUTSIDE = "non retenu"
"""Neither said nor silent: not asked, a disagreement of coders not settled, or somebody who is not in the register."""
CODE = "code:"
"""What the dimension of a code begins with: said or not, by each person met."""
REGISTER = "registre"
"""Whether somebody whom the report counts is in the register of interviews: some withdrew, some never reached it."""

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


def of_interviews(heard: Heard) -> tuple[tuple[PeopleTable, ...], tuple[PeopleTable, ...]]:
    """Return the tables of people that coded interviews are published in, and the counts that must not come back.

    Where the study also has a report, its counts by group are printed on other pages, and in the report itself: they
    are of the same people, so that subtracting the register from them would tell how few withdrew. They stand in the
    same ledger, as counts that nobody can hide any more.

    Returns
    -------
    tuple
        What is printed by the report, if it counts interviews; interviews by group; then, for each code in use, a
        table named after it that crosses the groups with said, not said or neither: how many did *not* say it may be
        a small count too. People whom the report counts and the register has not are of no code: they are neither, so
        that these tables add up to what is printed, and only the interviews by group say who is in the register.

    Raises
    ------
    ValueError
        If the register holds more interviews of a group than the report counts (French).
    """
    about = population(heard.interviews)
    people = pd.DataFrame({"group": heard.known})
    register = heard.interviews.interviews.set_index("interview_id")
    people["stakeholder_type"] = register.loc[heard.known.index, "stakeholder_type"]
    codes = {code: f"{CODE}{code}" for code in heard.codes}
    for code, dimension in codes.items():
        said = np.where(heard.present[code], SAID, NOT_SAID)
        people[dimension] = np.where(heard.questioned[code], said, OUTSIDE)
    printed, absent = _printed(heard)
    within = ["group"]
    if not absent.empty:
        others = pd.DataFrame({"group": absent}).assign(stakeholder_type="", **dict.fromkeys(codes.values(), OUTSIDE))
        people = pd.concat([people.assign(**{REGISTER: SAID}), others.assign(**{REGISTER: NOT_SAID})])
        within = ["group", REGISTER]
    tables = [*printed, people_table(GROUPS, "Entretiens par groupe d’acteurs", people, within, population=about)]
    for code, dimension in codes.items():
        title = f"Entretiens selon ce qu’ils disent du code {code}"
        tables.append(people_table(code, title, people, ["group", dimension], population=about))
    title = "Entretiens par type d’acteur"
    hidden = people_table("types", title, people, ["stakeholder_type", *within], population=about)
    return tuple(tables), (hidden,)


def population(interviews: Interviews) -> str:
    """Return the name of the people whom the interviews of a study count."""
    return f"entretiens de l’étude {interviews.settings.name}"


def only_heard(published: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a published table that count the register alone: what the report prints is shown elsewhere."""
    if REGISTER not in published:
        return published
    return published[published[REGISTER] == SAID].drop(columns=REGISTER).reset_index(drop=True)


def _printed(heard: Heard) -> tuple[list[PeopleTable], pd.Series]:
    """Return what the report of the same study prints, and the group of each person whom it alone counts."""
    counted = heard.interviews.stakeholders
    if counted is None or counted.empty:
        return [], pd.Series(dtype=str)
    sizes = counted["interviews"].groupby(counted["stakeholder_type"].map(_GROUP_OF)).sum().rename_axis("group")
    own = heard.known.value_counts()
    for group, met in own.items():
        if met > sizes.get(group, 0):
            raise ValueError(
                f"groupe « {group} » : le registre tient plus d’entretiens que le rapport n’en compte ; corrigez le "
                "registre ou stakeholders.csv : la différence se verrait dans le livre"
            )
    title = "Entretiens par groupe d’acteurs, selon le rapport"
    table = PeopleTable(PRINTED, title, sizes.rename(PEOPLE).reset_index(), population(heard.interviews), fixed=True)
    missing = sizes.sub(own, fill_value=0).astype(int)
    return [table], pd.Series(np.repeat(missing.index.to_numpy(dtype=object), missing.to_numpy()), dtype=object)


def crossed(tables: tuple[PeopleTable, ...]) -> list[Shown]:
    """Return what each table tells of people, for `combinations.refused`."""
    return [Shown(table.title_fr, frozenset(table.dimensions)) for table in tables]
