"""Blocks of what the evaluation concludes: conclusions, lessons, recommendations."""

from __future__ import annotations

from pic_analysis.publishing.blocks.text import NOTHING, facts, locator, plain
from pic_analysis.publishing.markup import card, ref
from pic_analysis.study import Study
from pic_analysis.vocabulary import DIRECTIONS, LESSON_POINT_KINDS


def conclusions(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the conclusions of one package (``paquet``), with the discrepancies that name each."""
    chosen = study.conclusions[study.conclusions["package"] == options["paquet"]]
    cards = []
    for row in chosen.to_dict("records"):
        identifier = row["conclusion_id"]
        body = facts(
            {
                "Sens": DIRECTIONS[row["direction"]],
                "Passage": f"chapitre 4, « CCL {int(identifier[3:])} »",
                "Renvois imprimés": "aucun : le rapport n’attache pas de preuve à ses conclusions",
            }
        ) + warnings(study, rf"CCL\s?0?{int(identifier[3:])}\b")
        cards.append(card("conclusion", identifier, row["summary_fr"], body))
    return "\n".join(cards)


def warnings(study: Study, pattern: str, sections: tuple[str, ...] = ()) -> str:
    """Return the discrepancies whose text names a finding, or that stand in one of these sections.

    Parameters
    ----------
    study
        The study.
    pattern
        Regular expression of the finding's printed name.
    sections
        Sections of the report, if the finding is a whole section.
    """
    known = study.discrepancies
    named = (known["summary_fr"] + " " + known["consequence_fr"]).str.contains(rf"\b(?:{pattern})", regex=True)
    chosen = known[named | known["first_section"].isin(sections) | known["second_section"].isin(sections)]
    lines = [
        f"- {ref('discrepancy', row.discrepancy_id)} {plain(row.summary_fr)} *{plain(row.consequence_fr)}*"
        for row in chosen.itertuples()
    ]
    return "\n\n**Écarts de source à lire avec**\n\n" + "\n".join(lines) if lines else ""


def lessons(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the lessons of one theme (``volet``), in the form context, mechanism, outcome."""
    chosen = study.lessons[study.lessons["theme"] == options["volet"]]
    points = study.lesson_points
    cards = []
    for row in chosen.to_dict("records"):
        own = points[points["lesson_id"] == row["lesson_id"]]
        body = facts(
            {
                "Contexte": plain(row["context_fr"]),
                "Mécanisme": plain(row["mechanism_fr"]),
                "Résultat": plain(row["outcome_fr"]),
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        for kind, label in LESSON_POINT_KINDS.items():
            texts = own.loc[own["kind"] == kind, "summary_fr"]
            lines = "\n".join(f"- {plain(text)}" for text in texts) or "Non documenté : le rapport n’en donne pas."
            body += f"\n\n**{_plural(label) if len(texts) > 1 else label}**\n\n{lines}"
        body += warnings(study, rf"enseignement {row['lesson_id'][3:]}\b|{row['lesson_id']}\b")
        cards.append(card("lesson", row["lesson_id"], row["mechanism_fr"], body))
    return "\n".join(cards)


def _plural(label: str) -> str:
    first, _, rest = label.partition(" ")
    return label if first == "Ce" else f"{first}s {rest}"


def recommendations(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the recommendations of one theme (``theme``), each with its steps."""
    chosen = study.recommendations[study.recommendations["theme"] == options["theme"]]
    points = study.recommendation_points
    cards = []
    for row in chosen.to_dict("records"):
        body = facts(
            {
                "Numéro imprimé": row["printed_label"],
                "Destinataire": plain(row["addressee_fr"]),
                "Suites données": "inconnu : les sources ne le disent pas",
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        steps = points.loc[points["recommendation_id"] == row["recommendation_id"], "summary_fr"]
        body += "\n\n**Étapes**\n\n" + "\n".join(f"1. {plain(step)}" for step in steps)
        body += warnings(study, rf"{row['recommendation_id']}\b")
        cards.append(card("recommendation", row["recommendation_id"], row["summary_fr"], body))
    return "\n".join(cards)


def section_warnings(study: Study, options: dict[str, str]) -> str:
    """Return the discrepancies that stand in one section of the report (``section``)."""
    return warnings(study, r"(?!)", (options["section"],)).strip() or NOTHING
