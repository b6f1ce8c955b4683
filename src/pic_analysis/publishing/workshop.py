"""Prepare the interviews of a study for the page on their coding: what was read, what was asked, what may be shown."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from pic_analysis.coding import grids, incidence
from pic_analysis.coding.heard import Heard
from pic_analysis.coding.ratings import Ratings
from pic_analysis.disclosure import written
from pic_analysis.disclosure.combinations import refused
from pic_analysis.disclosure.declared import (
    CODE,
    GROUPS,
    NOT_SAID,
    SAID,
    crossed,
    of_interviews,
    only_heard,
    population,
)
from pic_analysis.disclosure.ledger import POPULATION
from pic_analysis.disclosure.suppression import Protected, protect
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.interviews import settled


class Workshop(Heard):
    """The coded interviews of a study as its page counts them."""

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label of each code.

        Raises
        ------
        ValueError
            If one of them tells what the tables hide: a small count of people, a type of actor and a case (French).
        """
        book = self.interviews.codebook
        if told := written.refused("grille", "Intitulé", book["label_fr"], self.interviews.settings.cases):
            raise ValueError("\n".join(map(str, told)))
        return dict(zip(book["code_id"], book["label_fr"], strict=True))

    @property
    def asked_known(self) -> bool:
        """Whether the study wrote down what was asked: without it, no silence can be told from a gap."""
        return not self.interviews.asked.empty

    @property
    def no_agreement(self) -> str:
        """Why there is no agreement to measure, in French; empty where two coders read a same interview."""
        codings = self.interviews.codings
        coders = codings.groupby("interview_id")["coder"].nunique()
        if codings.empty:
            return "Aucun passage n’est codé : il n’y a pas d’accord à mesurer."
        if codings["coder"].nunique() == 1:
            return "Une seule personne a codé ces entretiens : il n’y a pas d’accord entre codeurs à mesurer."
        if coders.max() < 2:
            return "Aucun entretien n’a été codé par deux personnes : il n’y a pas d’accord entre codeurs à mesurer."
        return ""

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
        tables, unpublished = of_interviews(self)
        if exposed := refused(crossed(tables)):
            raise ValueError("\n".join(map(str, exposed)))
        return protect(tables, unpublished)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Interviews of each group, the last row all of them, as the gate lets them out."""
        return only_heard(self.protected.published(GROUPS))

    @cached_property
    def shown_groups(self) -> pd.Series:
        """Group of each interview, the groups whose size is secret left out."""
        shown = self.sizes.loc[self.sizes["people"].notna() & (self.sizes["group"] != ""), "group"]
        return self.known[self.known.isin(shown)]

    @cached_property
    def drawn_groups(self) -> pd.Series:
        """Group of each interview, but for the groups whose curve of codes would tell a small count."""
        told = [group for group in self.shown_groups.unique() if not self.tells_rare(str(group))]
        return self.shown_groups[self.shown_groups.isin(told)]

    def tells_rare(self, group: str = "") -> bool:
        """Say whether how often codes are met, even without their names, tells a small count of a group, or of all.

        Curves and estimators count the codes that one person speaks of, or two. Beside the published counts, they name
        these codes as soon as every code whose count is hidden is a rare one.
        """
        members = self.present if not group else self.present[self.known.reindex(self.present.index).eq(group)]
        met = members.sum()
        rare = int(met.between(1, FEWEST - 1).sum())
        may_be = [code for code in self.codes if self._hidden(code, group, SAID) and self._least(code, group) < FEWEST]
        return rare > 0 and len(may_be) <= rare

    def _least(self, code: str, group: str) -> int:
        """Return the fewest people who may speak of a code whose count is hidden, after the counts of the groups."""
        if group:
            return 1
        counts = self.protected.published(code)
        said = counts[(counts["group"] != "") & (counts[CODE + code] == SAID)]
        return int(said["people"].fillna(1).sum())  # a hidden count is of one person at least

    @property
    def shows_total(self) -> bool:
        """Whether the number of all interviews may be shown."""
        return bool(self.sizes.loc[self.sizes["group"] == "", "people"].notna().all())

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
        return any(self._hidden(code, group, said) for said in (SAID, NOT_SAID))

    def _hidden(self, code: str, group: str, said: str) -> bool:
        where = {(POPULATION, population(self.interviews)), (CODE + code, said)}
        cell = frozenset(where | ({("group", group)} if group else set()))
        # A cell that is not in the ledger counts nobody, of any group.
        return cell in self.protected.ledger.position and self.protected.hides(cell)


_GRIDS = (grids.presence, grids.passages)
