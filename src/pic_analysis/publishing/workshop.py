"""Prepare the interviews of a study for the page on their coding: what was read, what was asked, what may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pic_analysis.coding import grids, incidence
from pic_analysis.coding.ratings import Ratings
from pic_analysis.disclosure.combinations import refused
from pic_analysis.disclosure.declared import CODE, GROUPS, NOT_SAID, SAID, crossed
from pic_analysis.disclosure.ledger import POPULATION, PeopleTable, people_table
from pic_analysis.disclosure.suppression import Protected, protect
from pic_analysis.interviews import Interviews, settled

OUTSIDE = "non retenu"
"""Neither said nor kept silent: the question was not put, or the coders' disagreement is not settled."""


@dataclass(frozen=True, eq=False)
class Workshop:
    """The coded interviews of a study as its page counts them.

    ``readings`` are the settled readings, in columns of codings; ``present`` and ``questioned`` are booleans,
    interviews by codes in use. What the coders still disagree on is in none of them: neither said nor kept silent.
    """

    interviews: Interviews
    readings: pd.DataFrame
    asked: pd.DataFrame
    known: pd.Series
    present: pd.DataFrame
    questioned: pd.DataFrame

    @classmethod
    def of(cls, interviews: Interviews) -> Workshop:
        """Return the workshop of clean interviews."""
        register, book = interviews.interviews, interviews.codebook
        read = settled(interviews.codings, interviews.disagreements).rename(columns={"reading": "direction"})
        read.attrs.update(interviews.codings.attrs)  # fictitious interviews stay known as such
        waits = read["direction"] == ""
        unsettled = pd.MultiIndex.from_frame(read.loc[waits, ["interview_id", "code_id"]])
        asked = interviews.asked.assign(code_id=incidence.replaced(interviews.asked["code_id"], book))
        asked = asked[~pd.MultiIndex.from_frame(asked[["interview_id", "code_id"]]).isin(unsettled)]
        present = incidence.incidence(read[~waits], register, book)
        coded = {*incidence.replaced(interviews.codings["code_id"], book), *asked["code_id"]}
        present = present[[code for code in present if code in coded]]  # the headings of the codebook hold nothing
        if (
            interviews.asked.empty
        ):  # nobody wrote down what was asked: every interview is taken as asked about everything
            questioned = ~incidence.incidence(read[waits], register, book)[[*present]]
        else:
            questioned = incidence.questioned(asked, present, book)
        return cls(interviews, read[~waits], asked, incidence.groups(register), present, questioned)

    @property
    def codes(self) -> list[str]:
        """The codes in use, in the order of the codebook."""
        return [*self.present.columns]

    @property
    def labels(self) -> dict[str, str]:
        """Label of each code."""
        book = self.interviews.codebook
        return dict(zip(book["code_id"], book["label_fr"], strict=True))

    @property
    def open_readings(self) -> int:
        """How many readings wait for their arbitration."""
        return int((settled(self.interviews.codings, self.interviews.disagreements)["reading"] == "").sum())

    @cached_property
    def ratings(self) -> tuple[Ratings, ...]:
        """What each coder found, before any arbitration, on each grid of units: the first is that of the details."""
        codings, book = self.interviews.codings, self.interviews.codebook
        codings = codings.assign(code_id=incidence.replaced(codings["code_id"], book))
        found = [make(codings, self.codes, silent=keep) for make in _GRIDS for keep in (True, False)]
        return (*found, grids.directions(codings))

    @cached_property
    def protected(self) -> Protected:
        """Every count of people that the page may show, protected together.

        Raises
        ------
        ValueError
            If these tables would bring together what never may be (French).
        """
        if exposed := refused(crossed(tables := tuple(self._tables()))):
            raise ValueError("\n".join(map(str, exposed)))
        register = self.interviews.interviews.set_index("interview_id")
        kinds = register.loc[self.known.index, ["stakeholder_type"]].assign(group=self.known)
        hidden = people_table("types", "Entretiens par type d’acteur", kinds, [*kinds], population=self._population)
        return protect(tables, (hidden,))

    @cached_property
    def shown_groups(self) -> pd.Series:
        """Group of each interview, the groups whose size is secret left out."""
        sizes = self.protected.published(GROUPS)
        shown = sizes.loc[sizes["people"].notna() & (sizes["group"] != ""), "group"]
        return self.known[self.known.isin(shown)]

    @cached_property
    def open_codes(self) -> frozenset[str]:
        """Codes of which no count is hidden, in any group."""
        tables = {code: self.protected.published(code) for code in self.codes}
        return frozenset(code for code, table in tables.items() if table["people"].notna().all())

    @cached_property
    def open_totals(self) -> frozenset[str]:
        """Codes whose count over everyone is not hidden: exact numbers on the others might give it back."""
        return frozenset(code for code in self.codes if not self.hides(code))

    def hides(self, code: str, group: str = "") -> bool:
        """Say whether the gate hides how many of a group, or of everyone, speak of a code or keep silent on it."""
        where = {(POPULATION, self._population)} | ({("group", group)} if group else set())
        cells = (frozenset(where | {(CODE + code, said)}) for said in (SAID, NOT_SAID))
        # A cell that is not in the ledger counts nobody, of any group.
        return any(cell in self.protected.ledger.position and self.protected.hides(cell) for cell in cells)

    @property
    def _population(self) -> str:
        return f"entretiens de l’étude {self.interviews.settings.name}"

    def _tables(self) -> Iterator[PeopleTable]:
        people, population = pd.DataFrame({"group": self.known}), self._population
        yield people_table(GROUPS, "Entretiens par groupe d’acteurs", people, ["group"], population=population)
        for code in self.codes:
            asked = np.where(self.present[code], SAID, NOT_SAID)
            own = people.assign(**{f"{CODE}{code}": np.where(self.questioned[code], asked, OUTSIDE)})
            title = f"Entretiens selon ce qu’ils disent du code {code}"
            yield people_table(code, title, own, [*own], population=population)


_GRIDS = (grids.presence, grids.passages)
