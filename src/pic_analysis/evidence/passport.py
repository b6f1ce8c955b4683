"""Gather the traceable account of one claim: evidence for and against, rivals, dissent, strength, fragility."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pic_analysis.evidence.body import Body, Call, by_statement
from pic_analysis.evidence.chain import CLAIM_KINDS, agreeing, attachments, claims, sources
from pic_analysis.evidence.fragility import leave_one_out, minimal_sets
from pic_analysis.evidence.reasons import reason
from pic_analysis.evidence.rivals import fates
from pic_analysis.evidence.sensitivity import Choices, influence, shares, specifications
from pic_analysis.evidence.strength import Rubric, Strength, strength
from pic_analysis.study import Study
from pic_analysis.vocabulary import nearest

MENTION = "sans renvoi dans le récit"
"""What is published of a claim whose chain cannot be rebuilt down to a source."""


@dataclass(frozen=True)
class Passport:
    """The account of one claim.

    ``attached`` holds its statements (``statement_id``, ``relation``, ``basis``); ``losses`` what becomes of it
    without each source; ``smallest`` the smallest sets of sources whose loss weakens it (None: too many to try);
    ``voices`` the voices that stand with its statements; ``rivals`` the fate of each rival explanation
    (conclusions only).
    """

    kind: str
    id: str
    strength: Strength
    reason: str
    attached: pd.DataFrame
    losses: pd.DataFrame
    smallest: tuple[tuple[str, ...], ...] | None
    voices: pd.DataFrame
    rivals: pd.DataFrame

    @property
    def mention(self) -> str:
        """The mention of a claim without a source; empty for the others."""
        return MENTION if self.strength.confidence == "none" else ""

    @property
    def supporting(self) -> list[str]:
        """Statements that support the claim."""
        return self._statements("supports")

    @property
    def opposing(self) -> list[str]:
        """Statements that oppose the claim."""
        return self._statements("opposes")

    @property
    def dissent(self) -> pd.DataFrame:
        """Voices of the experts of the panel that do not simply agree with the statement they stand with."""
        return self.voices[(self.voices["speaker_kind"] == "expert") & ~self.voices["agrees"]]

    def _statements(self, relation: str) -> list[str]:
        return [*self.attached.loc[self.attached["relation"] == relation, "statement_id"]]


class Tie(NamedTuple):
    """A claim, a statement, and whether this one supports or opposes it."""

    claim: str
    statement: str
    relation: str


class Accounts:
    """The accounts of every claim of a study, each computed when first asked.

    Parameters
    ----------
    study
        The study.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.rubric = Rubric.read(study.settings.rubric)
        self._known: dict[tuple[str, str], Passport] = {}

    @cached_property
    def called(self) -> pd.DataFrame:
        """The sources of every statement, as `chain.sources` gives them."""
        return sources(self.study)

    @cached_property
    def attached(self) -> dict[str, pd.DataFrame]:
        """The statements of every claim, by kind of claim."""
        return {kind: attachments(self.study, kind) for kind in CLAIM_KINDS}

    @cached_property
    def ties(self) -> dict[str, list[Tie]]:
        """The same as plain rows: each card of a statement or of a voice looks through them."""
        columns = ["claim_id", "statement_id", "relation"]
        return {
            kind: [Tie(*row) for row in attached[columns].itertuples(index=False)]
            for kind, attached in self.attached.items()
        }

    @cached_property
    def fates(self) -> pd.DataFrame:
        """The fate of every rival explanation, as `rivals.fates` gives it."""
        return fates(self.study)

    @cached_property
    def specifications(self) -> tuple[dict[str, np.ndarray], Choices]:
        """The confidence of every conclusion under every combination of our choices."""
        return specifications(self.study)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The share of specifications in which each conclusion has each confidence."""
        return shares(self.specifications[0])

    def influence(self, conclusion: str) -> pd.Series:
        """Return how often changing one choice alone changes the confidence of a conclusion."""
        levels, choices = self.specifications
        return influence(levels[conclusion], choices)

    def body(self, kind: str, claim: str) -> Body:
        """Return the body of evidence of a claim."""
        attached = self.attached[kind]
        return Body(attached[attached["claim_id"] == claim], self._calls)

    def of(self, kind: str, claim: str) -> Passport:
        """Return the account of a claim.

        Raises
        ------
        KeyError
            If there is no claim of that kind and identifier; the message (French) names the nearest.
        """
        if (kind, claim) not in self._known:
            if claim not in (known := claims(self.study, kind)):
                near = nearest(claim, known)
                raise KeyError(f"affirmation inconnue : {claim}" + (f" ; la plus proche : {near}" if near else ""))
            self._known[kind, claim] = self._account(kind, claim)
        return self._known[kind, claim]

    def all(self, kind: str) -> list[Passport]:
        """Return the accounts of every claim of a kind, in the order of its table."""
        return [self.of(kind, claim) for claim in claims(self.study, kind)]

    def _account(self, kind: str, claim: str) -> Passport:
        body = self.body(kind, claim)
        found = strength(body, self.rubric)
        attached = self.attached[kind]
        own = attached[attached["claim_id"] == claim].drop(columns="claim_id")
        own = own.sort_values("statement_id", key=lambda ids: ids.map(self._places)).reset_index(drop=True)
        rivals = self.fates if kind == "conclusion" else pd.DataFrame({"conclusion_id": []})
        return Passport(
            kind=kind,
            id=claim,
            strength=found,
            reason=reason(found, self.rubric),
            attached=own,
            losses=leave_one_out(body, self.rubric),
            smallest=_smallest(body, self.rubric),
            voices=self._voices[self._voices["statement_id"].isin(own["statement_id"])].reset_index(drop=True),
            rivals=rivals[rivals["conclusion_id"] == claim].reset_index(drop=True),
        )

    @cached_property
    def _calls(self) -> dict[str, list[Call]]:
        return by_statement(self.called)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {statement: place for place, statement in enumerate(self.study.statements["statement_id"])}

    @cached_property
    def _voices(self) -> pd.DataFrame:
        """Every voice, and whether it agrees with the statement that it stands with."""
        voices = self.study.testimonies
        told = voices["statement_id"].map(self.study.statements.set_index("statement_id")["polarity"])
        return voices.assign(agrees=agreeing(voices["polarity"], told))


def _smallest(body: Body, rubric: Rubric) -> tuple[tuple[str, ...], ...] | None:
    """Return the smallest losses; None where there are too many sets to try, rather than an approximation."""
    try:
        return tuple(minimal_sets(body, rubric))
    except ValueError:
        return None


@lru_cache(maxsize=4)
def accounts(study: Study) -> Accounts:
    """Return the accounts of a study, the same ones each time: pages and notebooks ask for them many times."""
    return Accounts(study)


def summary(study: Study, kind: str, claim: str) -> str:
    """Return what a claim asserts, in our words."""
    about = CLAIM_KINDS[kind]
    row = study.tables[about.table].set_index(about.key).loc[claim]
    return str(row[{"link": "label_fr", "lesson": "mechanism_fr"}.get(kind, "summary_fr")])


def as_record(account: Passport, study: Study) -> dict[str, Any]:
    """Return an account as plain values for JSON: identifiers, levels, numbers; no text of the sources."""
    return {
        "study": study.settings.name,
        "kind": account.kind,
        "id": account.id,
        "summary_fr": summary(study, account.kind, account.id),
        "mention_fr": account.mention,
        "strength": {**account.strength.__dict__, "share": round(account.strength.share, 4)},
        "reason_fr": account.reason,
        "statements": account.attached.to_dict("records"),
        "voices": account.voices[["testimony_id", "speaker_kind", "speaker_id", "agrees"]].to_dict("records"),
        "rivals": account.rivals.drop(columns="conclusion_id").to_dict("records"),
        "fragility": account.losses.to_dict("records"),
        "smallest_losses": None if account.smallest is None else [[*names] for names in account.smallest],
    }
