"""Ask how far a confidence level depends on our own choices: every combination of them is tried."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis.evidence.body import Body, Counts, by_statement
from pic_analysis.evidence.chain import CLAIM_KINDS, SETTLED, attachments, claims, sources
from pic_analysis.evidence.strength import Rubric
from pic_analysis.reading import rubric as stated
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES


@dataclass(frozen=True)
class Choices:
    """The options of each choice, by name, in the order of the axes of a specification grid."""

    options: dict[str, tuple[Any, ...]]

    @classmethod
    def read(cls, rubric: dict[str, Any]) -> Choices:
        """Return the choices that the ``sensitivity`` part of a study's rubric states."""
        return cls({name: tuple(rubric["sensitivity"][name]) for name in stated.choices()})

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each choice."""
        return tuple(map(len, self.options.values()))

    def thresholds(self) -> tuple[Rubric, np.ndarray]:
        """Return a rubric of arrays, one element a combination of thresholds, and which combinations make sense.

        A threshold for a higher level below that of a lower one makes none.
        """
        names = [*self.options][2:]
        grid = dict(zip(names, np.meshgrid(*(self.options[n] for n in names), indexing="ij"), strict=True))
        flat = {name: values.ravel() for name, values in grid.items()}
        medium, robust = (tuple(flat[f"{level}.{d}"] for d in stated.DIMENSIONS) for level in ("medium", "robust"))
        pairs = [*zip(medium, robust, strict=True), (flat["agreement.medium"], flat["agreement.strong"])]
        sensible = np.logical_and.reduce([low <= high for low, high in pairs])
        agreement = (flat["agreement.medium"], flat["agreement.strong"])
        return Rubric(medium, robust, agreement, np.empty(0), flat["required"]), sensible


def specifications(study: Study, kind: str = "conclusion") -> tuple[dict[str, np.ndarray], Choices]:
    """Return the confidence of every claim of a kind under every combination of choices.

    Returns
    -------
    tuple
        By claim, an array of positions in ``CONFIDENCES`` with one axis a choice; -1 where the combination makes
        no sense. And the choices themselves.
    """
    about = study.settings.rubric
    choices = _possible(Choices.read(about), study, kind)
    rubric, sensible = choices.thresholds()
    table = Rubric.read(about).table
    called, known = by_statement(sources(study)), claims(study, kind)
    levels = {claim: np.empty((*choices.shape[:2], len(sensible)), dtype=np.int8) for claim in known}
    for r, reading in enumerate(choices.options["reading"]):
        read = attachments(study, kind, reading)
        for b, basis in enumerate(choices.options["basis"]):
            chosen = read if basis == "all" else read[read["basis"] == "explicit"]
            for claim in known:
                body = Body(chosen[chosen["claim_id"] == claim], called)
                found = _confidence(body.count(body.everything()), rubric, table)
                levels[claim][r, b] = np.where(sensible, found, -1)
    return {claim: found.reshape(choices.shape) for claim, found in levels.items()}, choices


def _possible(choices: Choices, study: Study, kind: str) -> Choices:
    """Return the choices without the readings that nobody made: a chain may have been read once."""
    judged = study.double_coding["unit_kind"].eq(CLAIM_KINDS[kind].support).any()
    made = choices.options["reading"] if judged and kind in ("conclusion", "lesson") else (SETTLED,)
    return Choices({**choices.options, "reading": tuple(name for name in choices.options["reading"] if name in made)})


def _confidence(counts: Counts, rubric: Rubric, table: np.ndarray) -> np.ndarray:
    found = table[rubric.extent(counts), rubric.concordance(counts)]
    return np.where(counts.sources > 0, found, 0)


def shares(levels: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the share of specifications in which each claim has each confidence.

    Returns
    -------
    DataFrame
        Indexed by claim; one column a level of ``CONFIDENCES``; each row sums to 1.
    """
    rows = {
        claim: [(found[found >= 0] == n).mean() for n in range(len(CONFIDENCES))] for claim, found in levels.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*CONFIDENCES]).rename_axis("claim_id")


def influence(levels: np.ndarray, choices: Choices) -> pd.Series:
    """Return how often changing one choice alone changes the confidence.

    Parameters
    ----------
    levels
        Confidence of one claim under every combination of choices.
    choices
        The choices, in the order of the axes.

    Returns
    -------
    Series
        By choice, the share of pairs of specifications that differ in it alone and in their confidence; the
        choice that matters most comes first.
    """
    found = {}
    for axis, name in enumerate(choices.options):
        along = np.moveaxis(levels, axis, 0)
        pairs = [(along[i], along[j]) for i, j in combinations(range(len(along)), 2)]
        valid = [(one >= 0) & (other >= 0) for one, other in pairs]
        differ = sum(int(((one != other) & both).sum()) for (one, other), both in zip(pairs, valid, strict=True))
        total = sum(int(both.sum()) for both in valid)
        found[name] = differ / total if total else 0.0
    return pd.Series(found).sort_values(ascending=False, kind="stable")


def number_of_specifications(levels: dict[str, np.ndarray]) -> int:
    """Return how many combinations of choices make sense."""
    return int((next(iter(levels.values())) >= 0).sum()) if levels else 0
