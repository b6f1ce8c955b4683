"""Blocks of what the evaluation concludes: conclusions, lessons, recommendations."""

from __future__ import annotations

import re

from pic_analysis.publishing.blocks.text import facts, locator, plain, refs
from pic_analysis.publishing.markup import card
from pic_analysis.study import Study
from pic_analysis.vocabulary import DIRECTIONS, LESSON_POINT_KINDS, LESSON_THEMES


def conclusions(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the conclusions of one package (``paquet``), with the discrepancies that name each."""
    chosen = study.conclusions[study.conclusions["package"] == options["paquet"]]
    cards = []
    for row in chosen.to_dict("records"):
        identifier = row["conclusion_id"]
        body = facts(
            {
                "Sens": f"{DIRECTIONS[row['direction']]} de la stratégie",
                "Passage": f"chapitre 4, « CCL {int(identifier[3:])} »",
                "Renvois imprimés": "aucun : le rapport n’attache pas de preuve à ses conclusions",
                "Écarts de source qui la nomment": refs("discrepancy", naming(study, identifier)),
            }
        )
        cards.append(card("conclusion", identifier, row["summary_fr"], body))
    return "\n".join(cards)


def naming(study: Study, conclusion: str) -> list[str]:
    """Return the discrepancies whose text names a conclusion."""
    number = int(conclusion.removeprefix("CCL"))
    pattern = re.compile(rf"\bCCL\s?0?{number}\b")
    texts = study.discrepancies["summary_fr"] + " " + study.discrepancies["consequence_fr"]
    return study.discrepancies.loc[texts.map(lambda text: bool(pattern.search(text))), "discrepancy_id"].tolist()


def lessons(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the lessons of one theme (``volet``), in the form context, mechanism, outcome."""
    chosen = study.lessons[study.lessons["theme"] == options["volet"]]
    points = study.lesson_points.groupby("lesson_id")
    cards = []
    for row in chosen.to_dict("records"):
        own = points.get_group(row["lesson_id"])
        body = facts(
            {
                "Contexte": plain(row["context_fr"]),
                "Mécanisme": plain(row["mechanism_fr"]),
                "Résultat": plain(row["outcome_fr"]),
                "Volet": LESSON_THEMES[row["theme"]],
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        for kind, label in LESSON_POINT_KINDS.items():
            texts = own.loc[own["kind"] == kind, "summary_fr"]
            lines = "\n".join(f"- {plain(text)}" for text in texts) or "Non documenté : le rapport n’en donne pas."
            body += f"\n\n**{_plural(label) if len(texts) > 1 else label}**\n\n{lines}"
        cards.append(card("lesson", row["lesson_id"], row["mechanism_fr"], body))
    return "\n".join(cards)


def _plural(label: str) -> str:
    first, _, rest = label.partition(" ")
    return label if first == "Observé" else f"{first}s {rest}"


def recommendations(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the recommendations of one theme (``theme``), each with its steps."""
    chosen = study.recommendations[study.recommendations["theme"] == options["theme"]]
    points = study.recommendation_points.groupby("recommendation_id")
    cards = []
    for row in chosen.to_dict("records"):
        body = facts(
            {
                "Numéro imprimé": f"{row['printed_label']} (le rapport imprime deux séries qui commencent à R1)",
                "Destinataire": plain(row["addressee_fr"]),
                "Suites données": "inconnu : les sources ne le disent pas",
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        steps = points.get_group(row["recommendation_id"])["summary_fr"]
        body += "\n\n**Étapes**\n\n" + "\n".join(f"1. {plain(step)}" for step in steps)
        cards.append(card("recommendation", row["recommendation_id"], row["summary_fr"], body))
    return "\n".join(cards)
