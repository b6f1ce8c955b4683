"""Publish what is computed of the claims: their passports as JSON and CSV, and one table a question asked of all."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pandas as pd

from pic_analysis.evidence.chain import CLAIM_KINDS
from pic_analysis.evidence.passport import Accounts, Passport, accounts, as_record
from pic_analysis.evidence.strength import Strength
from pic_analysis.files import write_folder
from pic_analysis.schemas import TABLES, table_schema
from pic_analysis.schemas.computed import COMPUTED_TABLES
from pic_analysis.study import Study

DIGITS = 4  # of shares: enough for a percentage, and the same bytes on every machine


def files(study: Study) -> dict[str, bytes]:
    """Return every computed file of a study, by name.

    One JSON and one CSV for each conclusion; ``evidence.csv``, ``strength.csv``, ``fragility.csv`` and
    ``smallest_losses.csv`` for every claim; ``sensitivity.csv`` for the conclusions; the Table Schema of these five.
    """
    known = accounts(study)
    made: dict[str, bytes] = {}
    for account in known.all("conclusion"):
        made[f"{account.id}.json"] = _json(as_record(account, study))
        made[f"{account.id}.csv"] = _csv(evidence(known, account))
    everything = [account for kind in CLAIM_KINDS for account in known.all(kind)]
    made["evidence.csv"] = _csv(attached(known, everything))
    made["strength.csv"] = _csv(strengths(everything))
    made["fragility.csv"] = _csv(losses(everything))
    made["smallest_losses.csv"] = _csv(smallest(everything))
    made["sensitivity.csv"] = _csv(known.shares.reset_index().rename(columns={"claim_id": "conclusion_id"}))
    declared = {**TABLES, **COMPUTED_TABLES}
    return made | {f"{name}.schema.json": _json(table_schema(declared[name], declared)) for name in COMPUTED_TABLES}


def write(study: Study, folder: Path) -> None:
    """Write the computed files, each atomically, and remove those no longer made."""
    write_folder(folder, files(study))


def evidence(known: Accounts, account: Passport) -> pd.DataFrame:
    """Return the evidence of a claim: one row a statement and source, statements without a source included."""
    table = account.attached.merge(known.called, on="statement_id", how="left")
    words = known.study.statements.set_index("statement_id")["summary_fr"]
    table.insert(0, "claim_id", account.id)
    return table.assign(statement_summary_fr=table["statement_id"].map(words))


def attached(known: Accounts, every: list[Passport]) -> pd.DataFrame:
    """Return the evidence of all claims, as ``evidence`` gives that of one."""
    columns = [*COMPUTED_TABLES["evidence"].columns]
    tables = [evidence(known, a).assign(kind_of_claim=a.kind)[columns] for a in every if len(a.attached)]
    return pd.concat(tables) if tables else pd.DataFrame(columns=columns)


def strengths(every: list[Passport]) -> pd.DataFrame:
    """Return the strength of claims: levels, counts and the reason, one row a claim."""
    rows = [
        {"kind": a.kind, "claim_id": a.id, **a.strength.__dict__, "mention_fr": a.mention, "reason_fr": a.reason}
        for a in every
    ]
    columns = ["kind", "claim_id", *(f.name for f in fields(Strength)), "mention_fr", "reason_fr"]
    return pd.DataFrame(rows, columns=columns)


def losses(every: list[Passport]) -> pd.DataFrame:
    """Return what becomes of claims without each source, one row a claim and removal."""
    tables = [a.losses.assign(claim_id=a.id, kind_of_claim=a.kind) for a in every if len(a.losses)]
    columns = ["kind_of_claim", "claim_id", "dimension", "removed", "sources", "confidence", "verdict"]
    return pd.concat(tables)[columns] if tables else pd.DataFrame(columns=columns)


def smallest(every: list[Passport]) -> pd.DataFrame:
    """Return the smallest losses that weaken claims, one row a set: ``sources`` are separated by spaces."""
    rows = [(a.kind, a.id, len(names), " ".join(names)) for a in every for names in a.smallest or ()]
    return pd.DataFrame(rows, columns=["kind_of_claim", "claim_id", "size", "sources"])


def _json(record: dict[str, object]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2, default=float) + "\n").encode("utf-8")


def _csv(table: pd.DataFrame) -> bytes:
    booleans = {"agrees": table["agrees"].map({True: "true", False: "false"})} if "agrees" in table else {}
    return (
        table.assign(**booleans).to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}f").encode("utf-8")
    )
