"""Time how strong and how fragile every claim of a study is found, beside the plain loops one would write instead."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from measuring import Result, Turns

from pic_analysis.evidence.chain import CLAIM_KINDS, attachments, claims, sources
from pic_analysis.evidence.passport import Accounts
from pic_analysis.evidence.sensitivity import specifications
from pic_analysis.reading.rubric import choices
from pic_analysis.study import Study

LEVELS = ("none", "low", "medium", "high")
Claim = tuple[str, str]
"""Kind and identifier."""
Loss = tuple[str, str, str]
"""Dimension, what is removed, confidence left."""


@dataclass(frozen=True)
class Answer:
    """What is asked of one claim: its confidence, without each source, the smallest losses, under every choice."""

    confidence: str
    losses: tuple[Loss, ...]
    smallest: frozenset[tuple[str, ...]]
    levels: bytes


def by_package(study: Study) -> dict[Claim, Answer]:
    """Answer with the package: arrays, every removal and every combination at once."""
    found: dict[Claim, Answer] = {}
    known = Accounts(study)
    for kind in CLAIM_KINDS:
        levels, _ = specifications(study, kind)
        for account in known.all(kind):
            losses = account.losses[["dimension", "removed", "confidence"]].itertuples(index=False, name=None)
            found[kind, account.id] = Answer(
                account.strength.confidence,
                tuple(losses),
                frozenset(account.smallest or ()),
                levels[account.id].astype(np.int8).tobytes(),
            )
    return found


def by_loops(study: Study) -> dict[Claim, Answer]:
    """Answer with plain loops: tables filtered for each removal, thresholds compared one combination at a time."""
    rubric, called = study.settings.rubric, sources(study)
    found: dict[Claim, Answer] = {}
    for kind in CLAIM_KINDS:
        # Arrows and mechanisms were settled together: only conclusions and lessons have each reader's own ties.
        twice = kind in ("conclusion", "lesson")
        made = [name for name in rubric["sensitivity"]["reading"] if twice or name == "settled"]
        readings = {reading: attachments(study, kind, reading) for reading in made}
        for claim in claims(study, kind):
            own = _of(readings["settled"], claim)
            backing = called[called["statement_id"].isin(own["statement_id"])]
            whole = _count(own, backing)
            found[kind, claim] = Answer(
                LEVELS[_confidence(whole, rubric["extent"], rubric["agreement"], rubric["confidence"])],
                tuple(_losses(own, backing, rubric)),
                frozenset(_smallest(own, backing, rubric)),
                bytes(_under_every_choice(readings, claim, called, rubric)),
            )
    return found


def _of(attached: pd.DataFrame, claim: str) -> pd.DataFrame:
    return attached[attached["claim_id"] == claim]


def _count(own: pd.DataFrame, backing: pd.DataFrame, removed: Iterable[str] = ()) -> dict[str, Any]:
    """Count what is left of a claim: filter the sources, then the statements, then what is for and against."""
    kept = backing[~backing["source"].isin([*removed])]
    lost = backing.loc[~backing["statement_id"].isin(kept["statement_id"]), "statement_id"]
    standing = own[~own["statement_id"].isin(lost)]
    supports = standing[standing["relation"] == "supports"]
    called = kept[kept["statement_id"].isin(supports["statement_id"])]
    favours = called[called["agrees"]].drop_duplicates("source")
    against = len(standing) - len(supports) + called.loc[~called["agrees"], "source"].nunique()
    return {
        "sources": len(favours),
        "cases": favours.loc[favours["case"] != "", "case"].nunique(),
        "respondents": int((favours["kind"] == "interview").sum()),
        "source_kinds": favours.loc[favours["kind"] != "case_study", "kind"].nunique(),
        "share": len(supports) / (len(supports) + against) if len(supports) + against else 0.0,
    }


def _confidence(counts: dict[str, Any], extent: dict[str, Any], agreement: dict[str, Any], table: Any) -> int:
    """Return the position in `LEVELS` of the confidence of some counts, under one rule."""
    if not counts["sources"]:
        return 0
    reached = "limited"
    for level in ("medium", "robust"):
        if sum(counts[name] >= wanted for name, wanted in extent[level].items()) < extent["required"]:
            break
        reached = level
    agreed = "low"
    for level in ("medium", "strong"):
        if counts["share"] < agreement[level]:
            break
        agreed = level
    return LEVELS.index(table[reached][agreed])


def _left(own: pd.DataFrame, backing: pd.DataFrame, rubric: dict[str, Any], removed: Iterable[str]) -> int:
    counts = _count(own, backing, removed)
    return _confidence(counts, rubric["extent"], rubric["agreement"], rubric["confidence"])


def _losses(own: pd.DataFrame, backing: pd.DataFrame, rubric: dict[str, Any]) -> list[Loss]:
    """Return the confidence without each case, then without each respondent, then without each kind of source."""
    removals = [("case", case, backing["case"] == case) for case in sorted({*backing["case"]} - {""})]
    people = backing[backing["kind"] == "interview"]
    removals += [("respondent", name, backing["source"] == name) for name in sorted({*people["source"]})]
    removals += [("kind", kind, backing["kind"] == kind) for kind in sorted({*backing["kind"]})]
    return [
        (dimension, name, LEVELS[_left(own, backing, rubric, backing.loc[gone, "source"])])
        for dimension, name, gone in removals
    ]


def _smallest(own: pd.DataFrame, backing: pd.DataFrame, rubric: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the smallest sets of sources without which the confidence is lower: sets of one, then of two..."""
    before = _left(own, backing, rubric, [])
    names = sorted({*backing["source"]})
    for size in range(1, len(names) + 1) if before else ():
        lowering = [s for s in combinations(names, size) if _left(own, backing, rubric, s) < before]
        if lowering:
            return lowering
    return []


def _under_every_choice(
    readings: dict[str, pd.DataFrame], claim: str, called: pd.DataFrame, rubric: dict[str, Any]
) -> list[int]:
    """Return the confidence under every combination of choices, as unsigned bytes: 255 where it makes no sense."""
    options = rubric["sensitivity"]
    names = [*choices()][2:]
    found = []
    for reading, basis in product(readings, options["basis"]):
        own = _of(readings[reading], claim)
        own = own if basis == "all" else own[own["basis"] == "explicit"]
        # Counted once for all thresholds: to filter again at each would take hours.
        counts = _count(own, called[called["statement_id"].isin(own["statement_id"])])
        for values in product(*(options[name] for name in names)):
            chosen = dict(zip(names, values, strict=True))
            medium, robust = (
                {name: chosen[f"{level}.{name}"] for name in ("cases", "respondents", "source_kinds")}
                for level in ("medium", "robust")
            )
            agreement = {"medium": chosen["agreement.medium"], "strong": chosen["agreement.strong"]}
            if any(medium[name] > robust[name] for name in medium) or agreement["medium"] > agreement["strong"]:
                found.append(255)
                continue
            extent = {"required": chosen["required"], "medium": medium, "robust": robust}
            found.append(_confidence(counts, extent, agreement, rubric["confidence"]))
    return found


def compare(first: dict[Claim, Answer], second: dict[Claim, Answer]) -> list[str]:
    """Return what the two answers disagree on, claim by claim."""
    fields = ("confidence", "losses", "smallest", "levels")
    return [
        f"{kind} {claim}: {field}"
        for (kind, claim), answer in first.items()
        for field in fields
        if getattr(answer, field) != getattr(second[kind, claim], field)
    ]


def results(repeat: int, name: str = "loos_2016") -> Iterator[Result]:
    """Yield the comparison of a whole study; stop where the two answers differ."""
    study = Study.load(name)
    works = {"package": lambda: by_package(study), "plain loops": lambda: by_loops(study)}
    turns = Turns().take(works, repeat, seldom=("plain loops",))
    found, expected = (turns.answers[side] for side in works)
    if differences := compare(found, expected):
        raise SystemExit("\n".join(["solidity: different answers", *differences]))
    combined = len(next(iter(found.values())).levels)
    what = f"Solidité de {len(found)} affirmations : chaque retrait, et {combined} combinaisons de choix"
    note = "mêmes réponses des deux côtés"
    yield Result("solidity", what, "des boucles en Python", *map(turns.of, works), note_fr=note)


def main() -> None:
    """Print the comparison in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", default="loos_2016", help="name of the study (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=5, help="runs of the package; the loops run once")
    options = parser.parse_args()
    for result in results(options.repeat, options.study):
        print(result)


if __name__ == "__main__":
    main()
