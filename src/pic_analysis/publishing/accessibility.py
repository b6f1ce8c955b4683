"""Say how far the site conforms to RGAA, as the law wants it said: computed from the grid of the audit.

Published source: decree no. 2019-768 of 24 July 2019 and order of 20 September 2019 (statement of accessibility).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pic_analysis.publishing import audit

FILE = "audit_rgaa.csv"
PAGE = "accessibilite"
"""Page of the statement; its link in the footer bears the state of conformity, on every page."""

_HALF = 0.5


@dataclass(frozen=True)
class Conformity:
    """How many criteria of RGAA are kept, broken, without object, not verified."""

    kept: int
    broken: int
    without_object: int
    unverified: int

    @property
    def share(self) -> float:
        """Share kept of the criteria that apply and were verified; NaN if there is none."""
        judged = self.kept + self.broken
        return self.kept / judged if judged else float("nan")

    @property
    def state_fr(self) -> str:
        """The state in the words of the law; where the audit is not complete there is none but « non conforme ».

        >>> Conformity(60, 0, 45, 1).state_fr, Conformity(60, 0, 46, 0).state_fr
        ('non conforme', 'totalement conforme')
        >>> Conformity(30, 30, 46, 0).state_fr, Conformity(29, 31, 46, 0).state_fr
        ('partiellement conforme', 'non conforme')
        """
        if self.unverified or self.share != self.share:
            return "non conforme"
        if not self.broken:
            return "totalement conforme"
        return "partiellement conforme" if self.share >= _HALF else "non conforme"


def conformity(criteria: tuple[audit.Criterion, ...]) -> Conformity:
    """Return what the grid of an audit amounts to."""
    found = audit.counts(criteria)
    return Conformity(found["C"], found["NC"], found["NA"], found["NT"])


def mention(folder: Path) -> str:
    """Return the mention that the law wants on the home page; empty where no grid was filled."""
    path = folder / FILE
    return f"Accessibilité : {conformity(audit.read(path)).state_fr}" if path.is_file() else ""
