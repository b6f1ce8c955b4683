"""Tell one conclusion step by step, from what the theory expects to what may be written of it.

Each function writes one step as Markdown or as a table. A notebook puts a question before a step that answers it, so
a step never says what the next one is for.
"""

from __future__ import annotations

import pandas as pd

from pic_analysis.evidence.passport import Accounts, Passport
from pic_analysis.evidence.theory import paths_between
from pic_analysis.numbers_fr import count, enumerate_fr, percent
from pic_analysis.publishing.blocks.fragility import CHOICES
from pic_analysis.publishing.blocks.passport import strongest_verb
from pic_analysis.publishing.blocks.sources_fr import independent
from pic_analysis.publishing.blocks.text import facts, plain, refs
from pic_analysis.publishing.blocks.voices import speaker_name
from pic_analysis.publishing.display import Table
from pic_analysis.publishing.markup import ref, table
from pic_analysis.publishing.sandbox import thresholds as by_name
from pic_analysis.reading.rubric import DIMENSIONS
from pic_analysis.study import Study
from pic_analysis.vocabulary import AGREEMENTS, BASES, CONFIDENCES, DIRECTIONS, EXTENTS, FATES, LOSSES, NOT_EXAMINED

STRATEGY = "A"
"""The box of the theory of change from which every causal path starts."""

_COUNTED = {"cases": "cas distincts", "respondents": "répondants distincts", "kinds": "natures de voix"}


def opening(study: Study, account: Passport) -> str:
    """Return the conclusion in our words, the question that it answers, and its direction."""
    row = study.conclusions.set_index("conclusion_id").loc[account.id]
    about = study.settings.package(row["package"])
    return f"> {ref('conclusion', account.id)} {plain(row['summary_fr'])}\n\n" + facts(
        {"Question": about.question_fr, "Paquet causal": f"{about.id}, {about.label_fr}"}
        | {"Sens": DIRECTIONS[row["direction"]]}
    )


def place(study: Study, account: Passport) -> str:
    """Return the causal paths from the strategy to the package of a conclusion, and the arrows around it."""
    package = study.conclusions.set_index("conclusion_id").at[account.id, "package"]
    links = study.theory_links
    paths = paths_between(links, STRATEGY, package)
    chains = " ; ".join(" → ".join(ref("node", node) for node in path) for path in paths)
    return facts(
        {
            "Chemins depuis la stratégie": chains or "la théorie n’en trace aucun",
            "Flèches qui arrivent au paquet": refs("link", links.loc[links["target_id"] == package, "link_id"]),
            "Flèches qui en partent": refs("link", links.loc[links["source_id"] == package, "link_id"]),
        }
    )


def attached(study: Study, account: Passport) -> str:
    """Return the statements attached to a conclusion, without saying which way they point."""
    words = study.statements.set_index("statement_id")["summary_fr"]
    lines = [f"- {ref('statement', name)} {plain(words[name])}" for name in account.attached["statement_id"]]
    return "\n".join(lines) or "Nous n’avons rattaché aucun constat du récit à cette conclusion."


def for_and_against(account: Passport) -> str:
    """Return which statements support a conclusion and which oppose it, each with the basis of the tie."""
    bases = account.attached.set_index("statement_id")["basis"]
    told = {
        label: enumerate_fr([f"{ref('statement', name)} ({BASES[bases[name]]})" for name in names])
        for label, names in (("L’appuient", account.supporting), ("S’y opposent", account.opposing))
    }
    return facts({label: text or "aucun constat du récit" for label, text in told.items()})


def behind(study: Study, account: Passport) -> str:
    """Return the cells and the voices that stand behind each statement of a conclusion."""
    lines = []
    for statement in account.attached["statement_id"]:
        cells = study.citations.loc[study.citations["statement_id"] == statement, "cell_id"].unique()
        spoken = account.voices[account.voices["statement_id"] == statement]
        voices = [
            f"{ref('testimony', voice.testimony_id)} ({ref('respondent', voice.speaker_id)})"
            for voice in spoken.itertuples()
        ]
        found = " ; ".join(part for part in (refs("cell", cells), enumerate_fr(voices)) if part)
        lines.append(f"- {ref('statement', statement)} : {found or 'ni renvoi ni voix propres'}.")
    return "\n".join(lines) or "Sans constat rattaché, il n’y a ni cellule ni voix à lire."


def rivals(study: Study, account: Passport) -> str:
    """Return the rival explanations that a conclusion faces, without their fate."""
    words = study.rivals.set_index("rival_id")["summary_fr"]
    lines = [f"- {ref('rival', name)} {plain(words[name])}" for name in account.rivals["rival_id"]]
    return "\n".join(lines) or "Aucune explication rivale n’est connue pour cette question."


def fates(account: Passport) -> str:
    """Return what the story does of each rival explanation of a conclusion."""
    rows = [
        (
            ref("rival", row.rival_id),
            FATES.get(row.fate, NOT_EXAMINED),
            f"{ref('statement', row.statement_id)} ({BASES[row.basis]})" if row.statement_id else "aucun constat",
        )
        for row in account.rivals.itertuples()
    ]
    return table("Sort de chaque explication rivale", ["Explication", "Sort", "Où"], rows) if rows else "Rien à lire."


def dissent(study: Study, account: Passport) -> str:
    """Return the reserves of the panel's experts on the statements of a conclusion."""
    lines = [
        f"- {ref('testimony', voice.testimony_id)} {plain(voice.summary_fr)} "
        f"({speaker_name(study, voice.speaker_kind, voice.speaker_id, voice.case)}, "
        f"sur {ref('statement', voice.statement_id)})"
        for voice in account.dissent.itertuples()
    ]
    return (
        "\n".join(lines) or "Le récit ne rapporte aucune réserve d’expert sur ces constats. Se taire n’est pas adhérer."
    )


def extent(known: Accounts, account: Passport) -> Table:
    """Return what is counted for a conclusion, beside the thresholds of a medium and of a robust extent."""
    rule = known.study.settings.rubric["extent"]
    rows = [
        (label, getattr(account.strength, name), rule["medium"][dimension], rule["robust"][dimension])
        for (name, label), dimension in zip(_COUNTED.items(), DIMENSIONS, strict=True)
    ]
    columns = ["Ce que l’on compte", "Ici", "Étendue moyenne, à partir de", "Étendue robuste, à partir de"]
    return Table(pd.DataFrame(rows, columns=columns), f"Étendue des preuves de {account.id}")


def agreement(account: Passport) -> str:
    """Return the levels of both axes, with what was counted on each."""
    found = account.strength
    everything = found.supports + found.against
    told = f", {percent(found.share)} de {count(everything, 'élément rattaché', 'éléments rattachés')} dans son sens"
    return facts(
        {
            "Étendue": f"{EXTENTS[found.extent]}, {independent(found.sources)}",
            "Concordance": AGREEMENTS[found.agreement] + (told if everything else ", rien n’étant rattaché"),
        }
    )


def thresholds(known: Accounts) -> Table:
    """Return the thresholds of the rubric by the name that a student gives to change one."""
    stated = by_name(known.study.settings.rubric)
    rows = [(name, CHOICES[name], str(value).replace(".", ",")) for name, value in stated.items()]
    return Table(pd.DataFrame(rows, columns=["Nom", "Ce qu’il fixe", "Valeur"]), "Seuils de la rubrique")


def strengths(known: Accounts) -> Table:
    """Return what is counted for every conclusion of the study, and the confidence that it gives."""
    rows = [
        (account.id, found.sources, found.cases, found.respondents, found.kinds, found.share, found.confidence)
        for account in known.all("conclusion")
        for found in (account.strength,)
    ]
    labels = {"sources": "Sources", "cases": "Cas", "respondents": "Répondants", "kinds": "Natures de voix"}
    labels = {"conclusion": "Conclusion", **labels, "share": "Dans son sens", "confidence": "Confiance"}
    frame = pd.DataFrame(rows, columns=[*labels])
    return Table(frame, "Force des preuves de chaque conclusion", labels, {"confidence": CONFIDENCES.__getitem__})


def verdict(study: Study, account: Passport) -> str:
    """Return what was found of a conclusion on each step, and what the book may write of it."""
    cases = account.losses[(account.losses["dimension"] == "case") & account.losses["verdict"].isin(LOSSES)]
    names = [study.settings.case(case).label_fr for case in cases["removed"]]
    left = int((account.rivals["fate"] == "").sum())
    direction = study.conclusions.set_index("conclusion_id").at[account.id, "direction"]
    nothing = "aucun : elle n’a rien à perdre" if account.mention else "aucun, pris seul"
    return facts(
        {
            "Mention": account.mention,
            "Force": account.reason,
            "Constats contre": _some(len(account.opposing), "constat", "aucun"),
            "Réserves d’experts": _some(len(account.dissent), "réserve", "aucune"),
            "Explications rivales laissées ouvertes": f"{left} sur {len(account.rivals)}" if left else "aucune",
            "Cas sans lequel sa confiance baisse": enumerate_fr(names, last="ou") or nothing,
            "Verbe le plus fort que ce livre s’autorise": strongest_verb(account, direction),
        }
    )


def _some(number: int, noun: str, none: str) -> str:
    r"""Return a number and its noun, or the word for none.

    >>> _some(0, "réserve", "aucune"), _some(2, "réserve", "aucune")
    ('aucune', '2\xa0réserves')
    """
    return count(number, noun) if number else none
