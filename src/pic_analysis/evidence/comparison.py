"""Set studies side by side: the mechanisms that people declare to be the same, and the counts of statements.

Studies are never ranked, and nothing is averaged across them: each judged with its own thresholds, on what it asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from pic_analysis.evidence.passport import Accounts
from pic_analysis.evidence.reasons import reason
from pic_analysis.evidence.story import PACKAGE_SECTIONS
from pic_analysis.evidence.strength import strength
from pic_analysis.problems import Problem
from pic_analysis.reading.families import FILE, Family
from pic_analysis.study import Study
from pic_analysis.vocabulary import nearest

NOT_ASKED, NOT_TESTED = "not_asked", "not_tested"
_HINT = "Corrigez la table, ou retirez la ligne"


def mechanisms(studies: Mapping[str, Study], families: Iterable[Family]) -> pd.DataFrame:
    """Return what each study says of each declared family of mechanisms.

    Parameters
    ----------
    studies
        Studies by name, in the order in which they are to be shown.
    families
        The declared families; members of other studies are left out.

    Returns
    -------
    DataFrame
        One row a family, study and mechanism: ``family_id``, ``label_fr``, ``study``, ``mechanism_id``,
        ``summary_fr``, ``confidence``, ``strength_fr`` (why that confidence) and ``reason_fr`` (why the mechanism
        belongs there). A family that has no mechanism of a study has one row, `NOT_ASKED`: the study did not ask, which
        is no answer. A mechanism that no statement puts to the test is `NOT_TESTED`.
    """
    rows = []
    known = {name: Accounts(study) for name, study in studies.items()}
    for family in families:
        for name, study in studies.items():
            own = [member for member in family.members if member.study == name]
            summaries = study.mechanisms.set_index("mechanism_id")["summary_fr"]
            for member in own:
                level, why = _strength(known[name], member.mechanism)
                said = (member.mechanism, summaries[member.mechanism], level, why, member.reason_fr)
                rows.append((family.id, family.label_fr, name, *said))
            if not own:
                rows.append((family.id, family.label_fr, name, "", "", NOT_ASKED, "", ""))
    columns = ["family_id", "label_fr", "study", "mechanism_id", "summary_fr", "confidence", "strength_fr", "reason_fr"]
    return pd.DataFrame(rows, columns=columns)


def _strength(known: Accounts, mechanism: str) -> tuple[str, str]:
    """Return the confidence of a mechanism, and why."""
    if mechanism not in {*known.attached["mechanism"]["claim_id"]}:
        return NOT_TESTED, ""
    found = strength(known.body("mechanism", mechanism), known.rubric)
    return found.confidence, reason(found, known.rubric)


def statements(study: Study) -> pd.DataFrame:
    """Return how many statements a study has by causal package and section, zeros included.

    Returns
    -------
    DataFrame
        ``package`` (its letter in that study), ``label_fr``, ``section`` and ``statements``. Statements out of causal
        packages (impacts) are not there.
    """
    told = study.statements
    counts = told.groupby([told["package"], told["statement_id"].str[1]]).size() if len(told) else pd.Series(dtype=int)
    rows = [
        (package.id, package.label_fr, section, int(counts.get((package.id, section), 0)))
        for package in study.settings.packages
        for section in PACKAGE_SECTIONS
    ]
    return pd.DataFrame(rows, columns=["package", "label_fr", "section", "statements"])


def same_rule(studies: Iterable[Study]) -> bool:
    """Say whether some studies read the strength of evidence by the same thresholds: else, levels do not compare."""
    rules = [{**study.settings.rubric, "sensitivity": None} for study in studies]
    return all(rule == rules[0] for rule in rules)


def unknown_members(
    families: Iterable[Family], names: Iterable[str], studies: Mapping[str, Study]
) -> Iterator[Problem]:
    """Yield one problem for each member that is no mechanism of a study.

    Parameters
    ----------
    families
        The declared families.
    names
        Every study that the compendium has.
    studies
        Those whose tables are cleaned; the mechanisms of the others are not known yet.
    """
    names = [*names]
    for member in (member for family in families for member in family.members):
        if member.study not in names:
            near = nearest(member.study, names)
            yield Problem(FILE, member.row, "study", member.study, "une étude de data/raw", _HINT, near)
        elif member.study in studies:
            known = [*studies[member.study].mechanisms["mechanism_id"]]
            if member.mechanism not in known:
                expected = f"un mécanisme de {member.study}"
                near = nearest(member.mechanism, known)
                yield Problem(FILE, member.row, "mechanism_id", member.mechanism, expected, _HINT, near)
