"""Blocks that set claims side by side: their strength, what became of them, those without a chain."""

from __future__ import annotations

import pandas as pd

from pic_analysis.evidence.passport import MENTION, Passport, accounts
from pic_analysis.evidence.rivals import fates
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.publishing.blocks.sources_fr import independent
from pic_analysis.publishing.blocks.text import NOTHING, facts, plain, refs
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES, FATES, NOT_EXAMINED


def confidence(account: Passport) -> str:
    """Return a level in a few words, never without the number of sources that it rests on.

    The reason stands with it: beside it in a table, at the end of its link in a sentence.
    """
    if account.mention:
        return account.mention
    return f"confiance {CONFIDENCES[account.strength.confidence]}, {independent(account.strength.sources)}"


def level(account: Passport) -> str:
    """Return a level under the heading « Confiance », with its number of sources."""
    said = confidence(account).removeprefix("confiance ")
    return said[:1].upper() + said[1:]


def conclusions(study: Study, options: dict[str, str]) -> str:
    """Return the conclusions of one package (``paquet``) with their confidence and its reason."""
    known = accounts(study)
    own = study.conclusions[study.conclusions["package"] == options["paquet"]]
    rows = [
        (
            f"{ref('conclusion', row.conclusion_id)} {plain(row.summary_fr)}",
            level(account := known.of("conclusion", row.conclusion_id)),
            account.reason,
        )
        for row in own.itertuples()
    ]
    caption = f"Conclusions du paquet {options['paquet']} et force de leurs preuves"
    return table(caption, ["Conclusion", "Confiance", "Raison"], rows)


def without_chain(study: Study, _: dict[str, str]) -> str:
    """Return which conclusions and lessons are published with the mention, and why."""
    lines = []
    for kind in ("conclusion", "lesson"):
        bare = [account for account in accounts(study).all(kind) if account.mention]
        lines += [f"- {ref(kind, account.id)} : {account.reason[:1].lower()}{account.reason[1:]}" for account in bare]
    return f"Publiés avec la mention « {MENTION} » :\n\n" + "\n".join(lines) if lines else NOTHING


def rivals(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the rival explanations of one package (``paquet``), with their fate."""
    every = fates(study)
    own = study.rivals[study.rivals["package"] == options["paquet"]]
    cards = []
    for row in own.to_dict("records"):
        faced = every[every["rival_id"] == row["rival_id"]]
        body = facts(
            {
                "Prévue par la théorie": ref("mechanism", row["mechanism_id"])
                if row["mechanism_id"]
                else "non (le récit seul la nomme)",
                **{label.capitalize(): _faced(faced, fate) for fate, label in FATES.items()},
                NOT_EXAMINED.capitalize(): refs("conclusion", faced.loc[faced["fate"] == "", "conclusion_id"]),
            }
        )
        cards.append(card("rival", row["rival_id"], row["summary_fr"], body))
    return "\n".join(cards)


def _faced(faced: pd.DataFrame, fate: str) -> str:
    own = faced[faced["fate"] == fate]
    return enumerate_fr(
        [f"{ref('conclusion', r.conclusion_id)} (dans {ref('statement', r.statement_id)})" for r in own.itertuples()]
    )


def tested(study: Study, account: Passport) -> str:
    """Return how the story tests an arrow or a mechanism: not at all, or by which statements, and how strongly."""
    if account.attached.empty:
        return "non éprouvé : aucun constat du récit ne le met à l’épreuve."
    said = facts(
        {
            "Appuyé par": refs("statement", account.supporting),
            "Contredit ou nuancé par": refs("statement", account.opposing),
            "Force": account.reason,
        }
    )
    return f"éprouvé par {count(len(account.attached), 'constat')}.\n{said}"


def resting(study: Study, statements: list[str]) -> dict[str, str]:
    """Return the claims that rest on some statements, or that they oppose: labelled links, ready for `facts`."""
    wanted = {*statements}
    found = {}
    for kind, labels in _RESTING.items():
        own = [tie for tie in accounts(study).ties[kind] if tie.statement in wanted]
        for relation, label in labels.items():
            found[label] = refs(kind, dict.fromkeys(tie.claim for tie in own if tie.relation == relation))
    return found


_RESTING = {
    "conclusion": {"supports": "Appuie les conclusions", "opposes": "S’oppose aux conclusions"},
    "lesson": {"supports": "Appuie les enseignements", "opposes": "S’oppose aux enseignements"},
    "mechanism": {"supports": "Appuie les mécanismes", "opposes": "S’oppose aux mécanismes"},
}
