"""Read the strength of a claim: extent and agreement of its evidence, then the confidence they give.

Two axes and a table, after the guidance note of the IPCC on uncertainty (Mastrandrea et al. 2010), applied to the
evidence of a contribution analysis (Mayne 2019). Thresholds and table are the study's (``rubric`` of ``study.yml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pic_analysis.evidence.body import Body, Counts
from pic_analysis.reading.rubric import DIMENSIONS
from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS

Threshold = float | np.ndarray


@dataclass(frozen=True)
class Rubric:
    """Thresholds of extent and agreement, and the confidence that each pair of levels gives.

    ``medium`` and ``robust`` hold one threshold a dimension, in the order of `DIMENSIONS`; ``required`` is how many
    of the three must be reached. A threshold may be an array: the levels are then those of every element.
    """

    medium: tuple[Threshold, ...]
    robust: tuple[Threshold, ...]
    agreement: tuple[Threshold, Threshold]
    table: np.ndarray
    required: Threshold = len(DIMENSIONS)

    @classmethod
    def read(cls, rubric: dict[str, Any]) -> Rubric:
        """Return the rubric that a ``study.yml`` states.

        Examples
        --------
        >>> rule = {"cases": 2, "respondents": 2, "source_kinds": 1}
        >>> table = {extent: {"low": "low", "medium": "low", "strong": "medium"} for extent in EXTENTS}
        >>> Rubric.read(
        ...     {
        ...         "extent": {"required": 3, "medium": rule, "robust": rule},
        ...         "agreement": {"medium": 0.5, "strong": 0.8},
        ...         "confidence": table,
        ...     }
        ... ).medium
        (2, 2, 1)
        """
        levels = [*CONFIDENCES]
        extent, agreement = rubric["extent"], rubric["agreement"]
        return cls(
            medium=tuple(extent["medium"][name] for name in DIMENSIONS),
            robust=tuple(extent["robust"][name] for name in DIMENSIONS),
            agreement=(agreement["medium"], agreement["strong"]),
            table=np.array([[levels.index(rubric["confidence"][e][a]) for a in AGREEMENTS] for e in EXTENTS]),
            required=extent["required"],
        )

    def extent(self, counts: Counts) -> np.ndarray:
        """Return the level of extent of each element, a position in ``EXTENTS``."""
        found = (counts.cases, counts.respondents, counts.kinds)
        medium, robust = (
            np.sum([n >= t for n, t in zip(found, thresholds, strict=True)], axis=0) >= self.required
            for thresholds in (self.medium, self.robust)
        )
        return medium.astype(int) + (medium & robust)

    def concordance(self, counts: Counts) -> np.ndarray:
        """Return the level of agreement of each element, a position in ``AGREEMENTS``."""
        medium, strong = self.agreement
        reached = counts.share >= medium
        return reached.astype(int) + (reached & (counts.share >= strong))

    def confidence(self, counts: Counts) -> np.ndarray:
        """Return the confidence of each element, a position in ``CONFIDENCES``: none where no source supports."""
        return np.where(counts.sources > 0, self.table[self.extent(counts), self.concordance(counts)], 0)


@dataclass(frozen=True)
class Strength:
    """How strong a claim is: the levels, and the independent sources that they were read from."""

    confidence: str
    extent: str
    agreement: str
    sources: int
    cases: int
    respondents: int
    kinds: int
    supports: int
    against: int
    share: float


def strength(body: Body, rubric: Rubric) -> Strength:
    """Return the strength of a claim, from its whole body of evidence."""
    whole = body.count(body.everything())
    return Strength(
        confidence=[*CONFIDENCES][int(rubric.confidence(whole)[0])],
        extent=[*EXTENTS][int(rubric.extent(whole)[0])],
        agreement=[*AGREEMENTS][int(rubric.concordance(whole)[0])],
        share=float(whole.share[0]),
        **{name: int(getattr(whole, name)[0]) for name in _COUNTS},
    )


_COUNTS = ("sources", "cases", "respondents", "kinds", "supports", "against")
