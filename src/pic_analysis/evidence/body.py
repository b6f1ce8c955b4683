"""Count the body of evidence of one claim, whole or with sources taken away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

Booleans = np.ndarray
"""An array of booleans; each function says of which shape."""

Call = tuple[str, str, str, bool]
"""A source that a statement calls on, its case, its kind, and whether it agrees with the statement."""

PEOPLE, PAPERS = "interview", "case_study"


@dataclass(frozen=True)
class Counts:
    """What is left of a body of evidence, one element a removal: arrays of one length.

    ``sources`` supporting the claim, of which distinct ``cases``, ``respondents`` and ``kinds`` of voice; statements
    that ``supports`` it; and what speaks ``against``: opposing statements, and sources that dissent.
    """

    sources: np.ndarray
    cases: np.ndarray
    respondents: np.ndarray
    kinds: np.ndarray
    supports: np.ndarray
    against: np.ndarray

    @property
    def share(self) -> np.ndarray:
        """Share of what points the way of the claim, between 0 and 1; 0 where nothing is left."""
        everything = self.supports + self.against
        return np.divide(self.supports, everything, out=np.zeros(len(everything)), where=everything > 0)


class Body:
    """The body of evidence of one claim.

    Parameters
    ----------
    attached
        Statements of the claim: ``statement_id``, ``relation``.
    sources
        Sources of statements, those of others included: as `chain.sources` gives them, or as `by_statement` holds them
        where many bodies are counted.

    Notes
    -----
    Order and repetition of rows do not matter. A statement that no source backs counts in the agreement and
    in nothing else; one that loses every source that it had counts nowhere.

    Examples
    --------
    >>> attached = pd.DataFrame({"statement_id": ["B1-01", "B1-02"], "relation": ["supports", "opposes"]})
    >>> sources = pd.DataFrame(
    ...     {
    ...         "statement_id": ["B1-01", "B1-01", "B1-02"],
    ...         "source": ["cas:Eco", "entretien:P11", "expert:x"],
    ...         "case": ["Eco", "Part", ""],
    ...         "kind": ["case_study", "interview", "expert"],
    ...         "agrees": [True, True, True],
    ...     }
    ... )
    >>> body = Body(attached, sources)
    >>> body.supporting
    ['cas:Eco', 'entretien:P11']
    >>> whole = body.count(body.everything())
    >>> int(whole.cases[0]), int(whole.respondents[0]), float(whole.share[0])
    (2, 1, 0.5)
    """

    def __init__(self, attached: pd.DataFrame, sources: pd.DataFrame | dict[str, list[Call]]) -> None:
        # Small tables, built by the hundred: plain loops are here several times faster than pandas.
        relations: dict[str, str] = {}
        pairs = (attached[name].to_numpy() for name in ("statement_id", "relation"))  # iterating a Series is slow
        for statement, relation in zip(*pairs, strict=True):
            # "opposes" < "supports": in doubt, a statement opposes.
            relations[statement] = min(relation, relations.get(statement, relation))
        statements = {statement: place for place, statement in enumerate(sorted(relations))}
        held = by_statement(sources) if isinstance(sources, pd.DataFrame) else sources
        own = [(statement, *call) for statement in statements for call in held.get(statement, ())]
        about: dict[str, tuple[str, str]] = {}
        for _, source, case, kind, _ in own:
            # A source whose case is known once has that case, whatever the order of its rows.
            about[source] = max((case, kind), about.get(source, (case, kind)))
        self.names: list[str] = sorted(about)
        self.case = np.array([about[name][0] for name in self.names], dtype=str)
        self.kind = np.array([about[name][1] for name in self.names], dtype=str)
        self._supports = np.array([relations[statement] == "supports" for statement in statements], dtype=bool)
        self._calls = np.zeros((len(statements), len(self.names)), dtype=bool)
        self.favours = np.zeros(len(self.names), dtype=bool)
        self.dissents = np.zeros(len(self.names), dtype=bool)
        place = {name: number for number, name in enumerate(self.names)}
        for statement, source, _, _, agrees in own:
            row, column = statements[statement], place[source]
            self._calls[row, column] = True
            if self._supports[row]:
                (self.favours if agrees else self.dissents)[column] = True
        self._bare = ~self._calls.any(axis=1)
        self.holds = self._calls[self._supports].any(axis=0)

    @property
    def supporting(self) -> list[str]:
        """Names of the sources that support the claim."""
        return [name for name, favours in zip(self.names, self.favours, strict=True) if favours]

    def everything(self) -> Booleans:
        """Return the mask that keeps every source, of shape (1, sources)."""
        return np.ones((1, len(self.names)), dtype=bool)

    def without(self, removed: Booleans) -> Booleans:
        """Return the mask that keeps every source but those removed, of shape (1, sources)."""
        return ~removed[np.newaxis, :]

    def count(self, keep: Booleans) -> Counts:
        """Return what is left when only some sources are kept.

        Parameters
        ----------
        keep
            Of shape (removals, sources): true where the source is kept.
        """
        # Matrix products of small whole numbers: exact in single precision, and much faster than in booleans.
        with np.errstate(invalid="ignore"):  # some builds of BLAS raise the flag on finite numbers
            called = keep.astype(np.float32) @ self._calls.T.astype(np.float32)
        standing = (called > 0) | self._bare
        favours = keep & self.favours
        supports = standing[:, self._supports].sum(axis=1)
        opposing = standing[:, ~self._supports].sum(axis=1)
        people = favours & (self.kind == PEOPLE)
        return Counts(
            sources=favours.sum(axis=1),
            cases=_distinct(favours, self.case),
            respondents=people.sum(axis=1),
            kinds=_distinct(favours & (self.kind != PAPERS), self.kind),
            supports=supports,
            against=opposing + (keep & self.dissents).sum(axis=1),
        )


def by_statement(sources: pd.DataFrame) -> dict[str, list[Call]]:
    """Return the sources of each statement, from the table that `chain.sources` gives."""
    found: dict[str, list[Call]] = {}
    columns = [sources[name].to_numpy().tolist() for name in ("statement_id", "source", "case", "kind", "agrees")]
    for statement, *call in zip(*columns, strict=True):
        found.setdefault(statement, []).append(tuple(call))
    return found


def _distinct(kept: Booleans, labels: np.ndarray) -> np.ndarray:
    """Return, row by row, how many distinct labels are kept; an empty label is none."""
    found = [kept[:, labels == label].any(axis=1) for label in np.unique(labels) if label]
    return np.sum(found, axis=0) if found else np.zeros(len(kept), dtype=int)
