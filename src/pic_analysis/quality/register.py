"""Compare what the rules find with the register of discrepancies, made by hand."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from pic_analysis.quality.finding import Finding, Passage
from pic_analysis.quality.rules import RULES, findings
from pic_analysis.study import Study
from pic_analysis.vocabulary import DISCREPANCY_KINDS

_WORDS = 2  # words that anchors must share where sections alone do not locate both passages
_COMMON = {"les", "des", "une", "qui", "que", "est", "par", "pour", "sur", "dans", "aux", "avec", "son", "ses", "leur"}
_COMMON |= {
    "leurs",
    "pas",
    "plus",
    "ont",
    "sont",
    "cette",
    "ces",
    "elle",
    "qu",
    "du",
    "de",
    "la",
    "le",
    "et",
    "en",
    "un",
}
_COMMON |= {"au", "ou", "se", "sa", "il", "on", "ne", "ce"}

Place = tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    """Rules and register, one to one.

    Parameters
    ----------
    matches
        One row a finding: ``control_id``, ``rule``, ``kind``, ``discrepancy_id`` (empty: not in the register),
        ``words`` (how many the anchors share; 0 where kind and sections alone agree).
    by_rule
        Indexed by rule: ``found``, ``matched`` (in the register), ``new`` (not in it).
    by_kind
        Indexed by kind of the register: ``rows``, ``matched``, ``missed``, ``reachable`` (a rule looks for this kind).
    """

    matches: pd.DataFrame
    by_rule: pd.DataFrame
    by_kind: pd.DataFrame

    @property
    def recall(self) -> float:
        """Share of the register's rows, of kinds that a rule looks for, that a rule found."""
        reachable = self.by_kind[self.by_kind["reachable"]]
        return _ratio(int(reachable["matched"].sum()), int(reachable["rows"].sum()))

    @property
    def precision(self) -> float:
        """Share of the findings that are a row of the register."""
        return _ratio(int(self.by_rule["matched"].sum()), int(self.by_rule["found"].sum()))

    @cached_property
    def control_of(self) -> dict[str, str]:
        """The finding that matches each row of the register found, by the row's identifier."""
        known = self.matches[self.matches["discrepancy_id"] != ""]
        return dict(zip(known["discrepancy_id"], known["control_id"], strict=True))

    @cached_property
    def discrepancy_of(self) -> dict[str, str]:
        """The row of the register that each finding matches, by the finding's identifier."""
        return {control: row for row, control in self.control_of.items()}


def compare(study: Study, found: list[Finding] | None = None) -> Comparison:
    """Match findings with rows of the register: same kind, same pair of passages, one to one.

    Two passages are the same where source and section are; anchors break ties, and where they share no word a match
    stands only if no other row and no other finding would do. Anchors must share two words, or the row must name one
    of the finding's objects, where sections do not locate both passages (both in one section, a chapter for one of its
    sections, a finding that stands in one passage) and where the row is of another kind than the rule's own.

    Parameters
    ----------
    study
        The study, its register included.
    found
        What the rules found, if it is known already.
    """
    found = findings(study) if found is None else found
    rows = study.discrepancies.to_dict("records")
    common = _words(study.settings.territory)
    taken = _matched(
        {(n, m): s for n, f in enumerate(found) for m, r in enumerate(rows) if (s := _score(f, r, common))}
    )
    matches = pd.DataFrame(
        [
            (f.id, f.rule, f.kind, rows[taken[n][0]]["discrepancy_id"] if n in taken else "", taken.get(n, (0, 0))[1])
            for n, f in enumerate(found)
        ],
        columns=["control_id", "rule", "kind", "discrepancy_id", "words"],
    )
    return Comparison(matches, _by_rule(matches), _by_kind(study.discrepancies, matches))


@lru_cache(maxsize=4)
def controls(study: Study) -> tuple[tuple[Finding, ...], Comparison]:
    """Return what the rules find in a study, compared with its register; computed once a study."""
    found = findings(study)
    return tuple(found), compare(study, found)


def _matched(scores: dict[tuple[int, int], tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Return the row and the shared words of each finding that has one: best scores first, then those left alone."""
    taken: dict[int, tuple[int, int]] = {}
    held: set[int] = set()
    for n, m in sorted(scores, key=lambda pair: (*(-part for part in scores[pair]), pair)):
        if scores[n, m][1] and n not in taken and m not in held:
            taken[n] = m, scores[n, m][1]
            held.add(m)
    left = [(n, m) for n, m in scores if n not in taken and m not in held]
    for n, m in left:
        if sum(a == n for a, _ in left) == sum(b == m for _, b in left) == 1:
            taken[n] = m, 0
    return taken


def _by_rule(matches: pd.DataFrame) -> pd.DataFrame:
    grouped = matches.groupby("rule")["discrepancy_id"]
    table = pd.DataFrame({"found": grouped.size(), "matched": grouped.agg(lambda ids: (ids != "").sum())})
    table = table.reindex([*RULES]).fillna(0).astype("int64")
    return table.assign(new=table["found"] - table["matched"])


def _by_kind(register: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    seen = register[register["discrepancy_id"].isin(matches["discrepancy_id"])]
    table = pd.DataFrame({"rows": register.groupby("kind").size(), "matched": seen.groupby("kind").size()})
    table = table.reindex([*DISCREPANCY_KINDS]).fillna(0).astype("int64")
    wanted = {rule.kind for rule in RULES.values()}
    return table.assign(missed=table["rows"] - table["matched"], reachable=table.index.isin(wanted))


def _score(finding: Finding, row: dict[str, Any], common: set[str]) -> tuple[int, int] | None:
    """Return how well a finding fits a row (places, then words that anchors share), or None if it does not."""
    rule = RULES[finding.rule]
    if row["kind"] not in rule.kinds:
        return None
    pair: set[Place] = {(row["first_source"], row["first_section"])}
    if row["second_source"]:
        pair.add((row["second_source"], row["second_section"]))
    places = {passage.place for passage in finding.passages}
    if finding.second and not finding.second.anchor and finding.second.place not in pair:
        return None  # what no conclusion takes up is noted against the chapter of conclusions
    words = len(_shared(finding, row) - common)
    sure = words >= _WORDS or _names(finding, row)
    words = max(words, 1) if sure else 0
    if row["kind"] == rule.kind and finding.second and len(pair) == 2 and pair <= places:
        return 2, words
    if not sure:
        return None
    if all(any(_within(place, there) for there in places) for place in pair):
        return 1, words
    return (0, words) if finding.second is None and pair & places else None


def about(study: Study, passage: Passage) -> list[str]:
    """Return the rows of the register that stand at a passage: in its section, with two words of its anchor."""
    words = _words(passage.anchor) - _words(study.settings.territory)
    standing = (row for row, held in _standing(study).get(passage.place, ()) if len(words & held) >= _WORDS)
    return [*dict.fromkeys(standing)]


@lru_cache(maxsize=4)
def _standing(study: Study) -> dict[Place, list[tuple[str, set[str]]]]:
    """Return the rows of the register by place, with the words of their anchor there: each fact asks for them."""
    found: dict[Place, list[tuple[str, set[str]]]] = {}
    for row in study.discrepancies.to_dict("records"):
        for side in ("first", "second"):
            place = row[f"{side}_source"], row[f"{side}_section"]
            found.setdefault(place, []).append((row["discrepancy_id"], _words(row[f"{side}_anchor"])))
    return found


def _within(place: Place, other: Place) -> bool:
    """Say whether two places are one, or one is a chapter of the other."""
    (source, section), (source_2, section_2) = place, other
    nested = f"{section}.".startswith(f"{section_2}.") or f"{section_2}.".startswith(f"{section}.")
    return source == source_2 and nested


def _shared(finding: Finding, row: dict[str, Any]) -> set[str]:
    """Return the words that the anchors of a finding and of a row share, each in its own section."""
    row_passages = [
        ((row["first_source"], row["first_section"]), row["first_anchor"]),
        ((row["second_source"], row["second_section"]), row["second_anchor"]),
    ]
    return {
        word
        for place, anchor in row_passages
        for passage in finding.passages
        if _within(place, passage.place)
        for word in _words(anchor) & _words(passage.anchor)
    }


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return {
        word
        for word in re.findall(r"[a-z]+\d*|\d+", plain)
        if word not in _COMMON and (len(word) > 1 or word.isdigit())
    }


def _names(finding: Finding, row: dict[str, Any]) -> bool:
    """Say whether a row's anchors print one of the codes that the finding concerns: a cell, a respondent."""
    printed = f"{row['first_anchor']} {row['second_anchor']}"
    squashed = _squashed(printed)
    return any(
        re.search(rf"\b{re.escape(name)}\b", printed)
        or (kind != "statement" and "_" in name and _squashed(name) in squashed)
        for kind, name in finding.objects
    )


def _squashed(text: str) -> str:
    """Return a text as a reader of codes sees it: no separators, no difference between I and 1."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"[il]", "1", text.casefold()))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
