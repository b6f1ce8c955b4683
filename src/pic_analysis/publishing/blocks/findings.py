"""Blocks of what the evaluation draws for others: lessons, recommendations, and the discrepancies to read with them."""

from __future__ import annotations

import re

import pandas as pd

from pic_analysis.evidence.passport import accounts
from pic_analysis.numbers_fr import enumerate_fr
from pic_analysis.publishing.blocks.claims import level
from pic_analysis.publishing.blocks.text import NOTHING, facts, locator, plain, refs
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import BASES, FOLLOW_UPS, LESSON_POINT_KINDS


def warnings(study: Study, pattern: str = r"(?!)", sections: tuple[str, ...] = (), lesson: int = 0) -> str:
    """Return the discrepancies whose text names a finding, or that stand in one of these sections.

    Parameters
    ----------
    study
        The study.
    pattern
        Regular expression of the finding's printed name.
    sections
        Sections of the report, if the finding is a whole section.
    lesson
        Number of the lesson, if it is one.
    """
    known = study.discrepancies
    text = known["summary_fr"] + " " + known["consequence_fr"]
    chosen = text.str.contains(rf"\b(?:{pattern})", regex=True)
    chosen |= known["first_section"].isin(sections) | known["second_section"].isin(sections)
    if lesson:
        chosen |= text.map(lambda said: lesson in named_numbers(said, r"[Ee]nseignements?"))
    lines = "\n".join(warning_lines(known[chosen]))
    return f"\n\n**Écarts de source à lire avec**\n\n{lines}" if lines else ""


def warning_lines(discrepancies: pd.DataFrame) -> list[str]:
    """Return a line for each discrepancy: what does not agree, and what not to make of it."""
    return [
        f"- {ref('discrepancy', row.discrepancy_id)} {plain(row.summary_fr)} *{plain(row.consequence_fr)}*"
        for row in discrepancies.itertuples()
    ]


def named_numbers(text: str, word: str = "CCL") -> set[int]:
    """Return the numbers of the conclusions, or of what else bears a number, that a French text names.

    >>> sorted(named_numbers("Les CCL 3 à 5 et la CCL 12 ; ni CCL 7, 9 et 16."))
    [3, 4, 5, 7, 9, 12, 16]
    >>> sorted(named_numbers("Les enseignements 1 à 3 ; l’enseignement n° 6.", "enseignements?"))
    [1, 2, 3, 6]
    """
    numbers: set[int] = set()
    for listed in re.findall(rf"(?:{word})\s?(?:n°\s?)?(\d+(?:\s?(?:,|et|ou|à)\s?\d+)*)", text):
        parts = re.split(r"\s?(,|et|ou|à)\s?", listed)
        values, links = [int(n) for n in parts[::2]], parts[1::2]
        numbers |= set(values)
        for first, link, last in zip(values, links, values[1:], strict=False):
            numbers |= set(range(first, last)) if link == "à" else set()
    return numbers


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
                **_chain(study, row["lesson_id"]),
            }
        )
        for kind, label in LESSON_POINT_KINDS.items():
            texts = own.loc[own["kind"] == kind, "summary_fr"]
            lines = "\n".join(f"- {plain(text)}" for text in texts) or "Non documenté : le rapport n’en donne pas."
            body += f"\n\n**{_plural(label) if len(texts) > 1 else label}**\n\n{lines}"
        body += warnings(study, rf"{row['lesson_id']}\b", lesson=int(row["lesson_id"][3:]))
        cards.append(card("lesson", row["lesson_id"], row["mechanism_fr"], body))
    return "\n".join(cards)


def _chain(study: Study, lesson: str) -> dict[str, str]:
    """Return what a lesson rests on in the story, its strength, and the rivals to read with it."""
    account = accounts(study).of("lesson", lesson)
    attached = accounts(study).attached["conclusion"]
    near = attached[attached["statement_id"].isin(account.supporting) & (attached["relation"] == "supports")]
    return {
        "Mention": account.mention,
        "Appuyé par": refs("statement", account.supporting),
        "Contredit ou nuancé par": refs("statement", account.opposing),
        "Force": account.reason,
        "Conclusions qui reposent sur les mêmes constats": refs("conclusion", near["claim_id"].unique()),
        "Autres explications": _rivals_of(study, near["claim_id"]),
    }


def _rivals_of(study: Study, conclusions: pd.Series) -> str:
    """Return the rival explanations that the story examines for some conclusions, or where all of them are."""
    told = study.rival_fates
    own = told.loc[told["conclusion_id"].isin(conclusions), "rival_id"].unique()
    everything = "[toutes](explications-rivales.md), à lire avant de transposer l’enseignement"
    return f"{refs('rival', own)} ; {everything}" if len(own) else everything


def lessons_in_brief(study: Study, _: dict[str, str]) -> str:
    """Return the lessons side by side: context, mechanism, and the strength of what they rest on."""
    known = accounts(study)
    rows = [
        (
            f"{ref('lesson', row.lesson_id)} {plain(row.mechanism_fr)}",
            plain(row.context_fr),
            level(account := known.of("lesson", row.lesson_id)),
            account.reason,
        )
        for row in study.lessons.itertuples()
    ]
    return table("Les enseignements en bref", ["Enseignement", "Contexte", "Confiance", "Raison"], rows)


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
                "Numéro imprimé": plain(row["printed_label"]),
                "Destinataire": plain(row["addressee_fr"]),
                "Horizon": plain(row["horizon_fr"]) or "non documenté (le rapport n’en donne pas)",
                "Suites données": follow_up(study, row["recommendation_id"]),
                "Conclusions auxquelles elle répond": _answered(study, row["recommendation_id"]),
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        steps = points.loc[points["recommendation_id"] == row["recommendation_id"], "summary_fr"]
        body += "\n\n**Étapes**\n\n" + "\n".join(f"1. {plain(step)}" for step in steps)
        body += warnings(study, rf"{row['recommendation_id']}\b")
        cards.append(card("recommendation", row["recommendation_id"], row["summary_fr"], body))
    return "\n".join(cards)


def follow_up(study: Study, recommendation: str) -> str:
    """Return what became of a recommendation, year by year; a status that lasts is said once."""
    own = study.follow_up[study.follow_up["recommendation_id"] == recommendation].sort_values("year")
    spells: list[tuple[list[str], str]] = []
    for row in own.itertuples():
        said = f"{FOLLOW_UPS[row.status]} ({plain(row.evidence_fr.rstrip('.'))})"
        if spells and spells[-1][1] == said:
            spells[-1][0].append(row.year)
        else:
            spells.append(([row.year], said))
    return " ; ".join(f"{_years(years)} : {said}" for years, said in spells) or NOTHING


def _years(years: list[str]) -> str:
    return years[0] if len(years) == 1 else f"de {years[0]} à {years[-1]}"


def _answered(study: Study, recommendation: str) -> str:
    """Return the conclusions that a recommendation answers, each with the basis of the link."""
    answers = study.recommendation_answers
    own = answers[answers["recommendation_id"] == recommendation]
    found = [f"{ref('conclusion', row.conclusion_id)} ({BASES[row.basis]})" for row in own.itertuples()]
    return enumerate_fr(found) or "aucune : la recommandation ne vient d’aucune des conclusions"


def section_warnings(study: Study, options: dict[str, str]) -> str:
    """Return the discrepancies that stand in one section of the report (``section``)."""
    return warnings(study, sections=(options["section"],)).strip() or NOTHING
