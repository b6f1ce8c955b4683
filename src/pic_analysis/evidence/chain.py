"""Follow the chain: claim -> statement -> the sources that its sentence calls on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pic_analysis.evidence.voices import identified
from pic_analysis.schemas.columns import CELL
from pic_analysis.study import Study

SETTLED = "settled"
"""The version of the chain that is published; ``a`` and ``b`` are the two readings it was settled from."""

_COLUMNS = ["claim_id", "statement_id", "relation", "basis"]


@dataclass(frozen=True)
class ClaimKind:
    """A kind of claim: the table that declares it, its identifier, the table that attaches statements to it."""

    table: str
    key: str
    support: str


CLAIM_KINDS = {
    "conclusion": ClaimKind("conclusions", "conclusion_id", "conclusion_support"),
    "lesson": ClaimKind("lessons", "lesson_id", "lesson_support"),
    "link": ClaimKind("theory_links", "link_id", "link_support"),
    "mechanism": ClaimKind("mechanisms", "mechanism_id", "link_support"),
}
"""What can be strong or weak: conclusions, lessons, causal links, mechanisms."""


def claims(study: Study, kind: str) -> list[str]:
    """Return the identifiers of every claim of a kind, in the order of its table."""
    about = CLAIM_KINDS[kind]
    return [*study.tables[about.table][about.key]]


def attachments(study: Study, kind: str, reading: str = SETTLED) -> pd.DataFrame:
    """Return which statements support or oppose each claim of a kind.

    Parameters
    ----------
    study
        The study.
    kind
        A key of `CLAIM_KINDS`.
    reading
        ``settled``, or ``a`` or ``b`` for one coder's reading alone (conclusions and lessons).

    Returns
    -------
    DataFrame
        One row a claim and statement: ``claim_id``, ``statement_id``, ``relation``, ``basis``. Key points are
        left out: they repeat the story and add nothing. A statement that speaks both ways to one arrow,
        through two mechanisms, opposes it; it is explicit if it is so once.

    Raises
    ------
    ValueError
        If one coder's reading of arrows or mechanisms is asked: the double coding does not tell them apart.
    """
    about = CLAIM_KINDS[kind]
    if reading != SETTLED and kind not in ("conclusion", "lesson"):
        raise ValueError(f"no single reading of {kind!r}; expected 'conclusion' or 'lesson'")
    table = study.tables[about.support] if reading == SETTLED else _read_by(study, about, reading)
    repeats = {*study.statements.loc[study.statements["role"] == "key_point", "statement_id"]}
    columns = (table[name].to_numpy() for name in (about.key, *_COLUMNS[1:]))
    ties: dict[tuple[str, str], tuple[str, str]] = {}
    # A few hundred rows, asked for by every notebook: plain loops are here several times faster than pandas.
    for claim, statement, relation, basis in zip(*columns, strict=True):
        pair = claim, statement
        if not claim or statement in repeats:
            continue
        # "opposes" < "supports" and "coder_reading" < "explicit", in the order of letters.
        if pair not in ties or relation < ties[pair][0]:
            ties.pop(pair, None)  # its place is that of the row that decides
            ties[pair] = (relation, basis)
        elif relation == ties[pair][0]:
            ties[pair] = (relation, max(basis, ties[pair][1]))
    found = pd.DataFrame([(*pair, *tie) for pair, tie in ties.items()], columns=_COLUMNS, dtype="str")
    found.attrs.update(table.attrs)
    return found


def _read_by(study: Study, about: ClaimKind, reading: str) -> pd.DataFrame:
    """Return one coder's table, from the double coding: an empty reading means that nothing was attached."""
    judged = study.double_coding[study.double_coding["unit_kind"] == about.support]
    values = judged.pivot(index="unit_id", columns="variable", values=f"reading_{reading}")
    values = values.reindex(columns=["relation", "basis"]).fillna("")
    values = values[values["relation"] != ""]
    parts = values.index.to_series().str.rsplit(".", n=1, expand=True).reindex(columns=[0, 1])
    found = pd.DataFrame(
        {about.key: parts[0], "statement_id": parts[1], "relation": values["relation"], "basis": values["basis"]}
    )
    # A statement or a claim that is no longer in the study holds nothing.
    known = found["statement_id"].isin(study.statements["statement_id"])
    known &= found[about.key].isin(study.tables[about.table][about.key])
    return found[known].reset_index(drop=True)


def sources(study: Study) -> pd.DataFrame:
    """Return the independent sources that each statement calls on.

    Returns
    -------
    DataFrame
        One row a statement and source: ``statement_id``; ``source``, unique in the study (``cas:Eco``,
        ``entretien:P11``); ``case`` (empty if none is known); ``kind`` (``case_study``, ``interview``, ``expert``,
        ``document``); ``agrees``, false where a voice points the other way than the statement it stands with.
        Repetition adds nothing, and neither does an unsigned voice, nor the panel speaking as one: either may be
        somebody who is counted already. Words signed by a cell are its case study's.
    """
    cited = study.citations.assign(
        source="cas:" + study.citations["case"], kind="case_study", agrees=True
    )  # five cells of one case are one case
    voices = study.testimonies[(study.testimonies["statement_id"] != "") & identified(study.testimonies)]
    told = voices["statement_id"].map(study.statements.set_index("statement_id")["polarity"])
    # Words that a cell signs come from its monograph, which the cells of its case count already.
    signed = voices["speaker_id"].str.fullmatch(CELL) & (voices["case"] != "")
    names = voices["speaker_kind"].map(_PREFIXES) + ":" + voices["speaker_id"]
    spoken = voices.assign(
        source=names.mask(signed, "cas:" + voices["case"]),
        kind=voices["speaker_kind"].mask(signed, "case_study"),
        agrees=agreeing(voices["polarity"], told),
    )
    columns = ["statement_id", "source", "case", "kind", "agrees"]
    return pd.concat([cited[columns], spoken[columns]]).drop_duplicates().reset_index(drop=True)


def agreeing(said: pd.Series, told: pd.Series) -> pd.Series:
    """Say which voices go the way of the statement they stand with, from the polarities of both.

    A voice that goes further than a nuance goes the same way; one that softens a contradiction does not.

    >>> agreeing(pd.Series(["contradicts", "nuances"]), pd.Series(["nuances", "contradicts"])).tolist()
    [True, False]
    """
    return (said == told) | ((told == "nuances") & (said == "contradicts"))


_PREFIXES = {"interview": "entretien", "expert": "expert", "document": "document"}
