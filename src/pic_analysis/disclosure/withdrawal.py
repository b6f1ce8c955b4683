"""Tell what a withdrawal changes: counts, levels of confidence, groups no longer shown; and the marks to look for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pic_analysis.cleaning.study import CleaningResult
from pic_analysis.cleaning.values import interview_id
from pic_analysis.coding.heard import Heard
from pic_analysis.disclosure.declared import CODE, GROUPS, SAID, of_interviews, only_heard
from pic_analysis.disclosure.suppression import SECRET, protect
from pic_analysis.evidence.chain import CLAIM_KINDS
from pic_analysis.evidence.passport import Accounts
from pic_analysis.interviews import Interviews
from pic_analysis.reading.settings import Settings
from pic_analysis.schemas import TABLES
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES

_SHORTEST = 12
"""Letters from which on a text is told by its words alone."""


@dataclass(frozen=True)
class Effects:
    """What a withdrawal changes.

    ``sizes`` holds, for each table, its rows before and after; ``groups`` the same of each group of people, as it is
    shown; ``levels`` the confidence of each claim that changes,
    before and after; ``hidden`` what would no longer be shown; ``gone`` the identifiers of rows that disappear;
    ``marks`` the words by which a trace of what was withdrawn is found; ``others`` the interviews that go with those
    named, for they are the same under another code.
    """

    sizes: tuple[tuple[str, int, int], ...]
    groups: tuple[tuple[str, str, str], ...]
    levels: tuple[tuple[str, str, str], ...]
    hidden: tuple[str, ...]
    gone: frozenset[str]
    marks: frozenset[str]
    others: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the withdrawal takes nothing away."""
        return not self.sizes

    def lines(self) -> list[str]:
        """Return what changes, in French, one line a change."""
        tables = {**TABLES, **INTERVIEW_RECORDS, **INTERVIEW_TABLES}
        said = [f"{name} : retiré aussi, c’est le même entretien" for name in self.others]
        said += [f"{tables[name].title_fr} : {before} → {after}" for name, before, after in self.sizes]
        said += [f"{group} : {before} → {after}" for group, before, after in self.groups]
        said += [f"{claim} : confiance {before} → {after}" for claim, before, after in self.levels]
        if not self.levels and "testimonies" in [name for name, _, _ in self.sizes]:
            said.append("Aucun niveau de confiance ne change.")
        return said + [f"Ne sera plus montré : {what}" for what in self.hidden]


def effects(before: CleaningResult, after: CleaningResult, settings: Settings, codes: Iterable[str]) -> Effects:
    """Return what differs between the tables of a study with and without what some people withdrew.

    Parameters
    ----------
    before, after
        The study cleaned with, then without.
    settings
        Its settings.
    codes
        What was withdrawn: codes of interviews or respondents, numbers of voices.
    """
    old = {**before.tables, **before.interviews}
    new = {**after.tables, **after.interviews}
    sizes = tuple((name, len(old[name]), len(new[name])) for name in old if len(old[name]) != len(new[name]))
    gone = frozenset().union(*(_keys(name, old[name]) - _keys(name, new[name]) for name in old))
    shown = [_shown(Interviews.cleaned(settings, result)) for result in (before, after) if result.interviews]
    shown += [{}] * (2 - len(shown))
    left = {*met(before)} - {*met(after)}
    groups = [(place[1], text, shown[1].get(place, "0")) for place, text in shown[0].items() if place[0] == GROUPS]
    return Effects(
        sizes,
        tuple((group, then, now) for group, then, now in groups if then != now),
        tuple(_levels(before.tables, after.tables, settings)) if before.tables else (),
        tuple(_no_longer_shown(*shown)),
        gone,
        _marks(before, after) | left,
        tuple(sorted(left - {*codes})),
    )


def met(result: CleaningResult) -> list[str]:
    """Return the interviews that some table holds, be it in quarantine."""
    if not result.interviews:
        return []
    held = [json.loads(content).get("interview_id", "") for content in result.interviews["quarantine"]["content"]]
    found = [*result.interviews["interviews"]["interview_id"], *(interview_id(text).clean for text in held)]
    return [*dict.fromkeys(name for name in found if name)]


def _shown(interviews: Interviews) -> dict[tuple[str, str], str]:
    """Return what is shown of each group, as the book counts: the whole of it, then those who said each code."""
    heard = Heard.of(interviews)
    if heard.known.empty:
        return {}
    got = protect(*of_interviews(heard))
    found: dict[tuple[str, str], str] = {}
    for name in (GROUPS, *heard.codes):
        frame = only_heard(got.published(name))
        said = frame if name == GROUPS else frame[frame[f"{CODE}{name}"] == SAID]
        found |= {(name, group or "ensemble"): text for group, text in zip(said["group"], said["shown"], strict=True)}
    return found


def _no_longer_shown(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> Iterable[str]:
    """Yield the counts of people that could be shown and must be hidden from now on."""
    for (table, group), text in before.items():
        if text != SECRET and after.get((table, group)) == SECRET:
            yield group if table == GROUPS else f"code {table}, {group}"


def _keys(name: str, frame: pd.DataFrame) -> frozenset[str]:
    table = {**TABLES, **INTERVIEW_RECORDS, **INTERVIEW_TABLES}.get(name)
    if table is None or table.pair or table.key not in frame:
        return frozenset()
    return frozenset(frame[table.key].astype(str))


def _levels(
    before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame], settings: Settings
) -> Iterable[tuple[str, str, str]]:
    """Yield each claim whose confidence is not the same."""
    old, new = Accounts(Study(settings, **before)), Accounts(Study(settings, **after))
    for kind in CLAIM_KINDS:
        then = {account.id: account.strength.confidence for account in new.all(kind)}
        for account in old.all(kind):
            level = account.strength.confidence
            if account.id in then and then[account.id] != level:
                yield account.id, CONFIDENCES[level], CONFIDENCES[then[account.id]]


def _marks(before: CleaningResult, after: CleaningResult) -> frozenset[str]:
    """Return the words by which a trace of a voice is found: identifier, texts, code as a page writes it."""
    marks: set[str] = set()
    if before.tables:
        old, new = before.tables["testimonies"], after.tables["testimonies"]
        lost = old[~old["testimony_id"].isin(new["testimony_id"])]
        marks |= {*lost["testimony_id"]}
        kept = {*new["summary_fr"], *new["anchor"]}
        marks |= {
            text for text in (*lost["summary_fr"], *lost["anchor"]) if len(text) >= _SHORTEST and text not in kept
        }
        for code in {*lost["speaker_id"]} - {*new["speaker_id"]}:
            marks |= {f"repondant-{code}", f"entretien:{code}", f"entretien {code}"}
    return frozenset(marks)
