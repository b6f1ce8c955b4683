"""What a claim hangs on: the sources whose loss would weaken it, and our own choices."""

from __future__ import annotations

from pic_analysis.evidence.passport import Accounts, Passport
from pic_analysis.evidence.sensitivity import number_of_specifications
from pic_analysis.numbers_fr import count, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.sources_fr import independent, removal_name, source_names
from pic_analysis.publishing.markup import table
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES, LOSSES, VERDICTS

SHOWN_TIES = 6
CHOICES = {
    "reading": "la lecture retenue (arbitrée, A ou B)",
    "basis": "le fondement (avec ou sans les rattachements lus par le codeur)",
    "required": "le nombre de seuils d’étendue à atteindre",
    "medium.cases": "le nombre de cas d’une étendue moyenne",
    "medium.respondents": "le nombre de répondants d’une étendue moyenne",
    "medium.source_kinds": "le nombre de natures de voix d’une étendue moyenne",
    "robust.cases": "le nombre de cas d’une étendue robuste",
    "robust.respondents": "le nombre de répondants d’une étendue robuste",
    "robust.source_kinds": "le nombre de natures de voix d’une étendue robuste",
    "agreement.medium": "le seuil d’une concordance moyenne",
    "agreement.strong": "le seuil d’une concordance forte",
}
"""Each choice of the sensitivity analysis, in French."""


def fragility(study: Study, account: Passport) -> str:
    """Return what becomes of a claim without each source, and the smallest losses that weaken it."""
    level = account.strength.confidence
    if level == "none":
        return "Aucune source identifiée ne l’appuie : il n’y a rien à retirer."
    moved = account.losses[account.losses["verdict"] != "holds"]
    firm = smallest_losses(study, account)
    if moved.empty:
        return f"{firm}\n\nSans n’importe quel cas, entretien ou nature de source, pris seul, elle tient."
    rows = [
        (
            f"Sans {removal_name(study, row.dimension, row.removed)}",
            CONFIDENCES[row.confidence],
            integer(row.sources),
            verdict_fr(row.verdict),
        )
        for row in moved.itertuples()
    ]
    header = ["Ce que l’on retire", "Confiance qui reste", "Sources qui restent", "La conclusion"]
    note = (
        "Un cas retiré emporte ses cellules et ses entretiens ; une nature retirée emporte aussi les preuves "
        "contraires : les lignes ne s’emboîtent pas, et un niveau peut monter. Sans aucune autre source prise seule, "
        "elle tient."
    )
    return f"{firm}\n\n{table('Si une source manquait', header, rows)}\n\n{note}"


def verdict_fr(code: str) -> str:
    """Return a verdict, in bold where something is lost."""
    return f"**{VERDICTS[code]}**" if code in LOSSES else VERDICTS[code]


def smallest_losses(study: Study, account: Passport) -> str:
    """Return the sentence on the smallest sets of sources whose loss lowers the confidence."""
    sets = account.smallest
    if sets is None:
        return "La plus petite perte qui l’affaiblirait n’est pas calculée : trop d’ensembles seraient à essayer."
    if not sets:
        return "Aucune perte de source n’abaisse sa confiance."
    size = len(sets[0])
    verb = "tombe" if account.strength.confidence == "low" else "s’affaiblit"
    head = f"Elle {verb} si l’on perd {independent(size)}"
    shown = [source_names(study, names) for names in sets[:SHOWN_TIES]]
    if len(sets) == 1:
        return f"{head}, et aucun ensemble plus petit n’y suffit : {shown[0]}."
    lines = "\n".join(f"- {names}" for names in shown)
    if size == 1:
        return f"{head}. Chacune de ces {integer(len(sets))} sources y suffit :\n\n{lines}"
    more = f"\n\n{_others(len(sets) - SHOWN_TIES)} dans le fichier." if len(sets) > SHOWN_TIES else ""
    return f"{head}. {count(len(sets), 'ensemble')} de cette taille y suffisent, aucun plus petit :\n\n{lines}{more}"


def _others(number: int) -> str:
    return f"{integer(number)} autres sont" if number > 1 else "Un autre est"


def sensitivity(known: Accounts, account: Passport) -> str:
    """Return in which share of specifications each level holds, and the choice that matters most."""
    levels, _ = known.specifications
    held = known.shares.loc[account.id]
    parts = [f"{CONFIDENCES[level]} dans {_portion(share)}" for level, share in held.items() if share > 0]
    said = (
        f"Nous avons essayé {integer(number_of_specifications(levels))} combinaisons de seuils, de fondement et de "
        f"lecture. Le niveau y est : {enumerate_fr(parts)}."
    )
    weights = known.influence(account.id)
    name, weight = str(weights.index[0]), float(weights.iloc[0])
    if not weight:
        return f"{said} Aucun de nos choix ne change ce résultat."
    return (
        f"{said} Le choix qui pèse le plus est {CHOICES[name]} : en changer, sans rien changer d’autre, "
        f"modifie le niveau dans {percent(weight)} des comparaisons."
    )


def _portion(share: float) -> str:
    if share == 1:
        return "toutes"
    return f"{percent(share)} d’entre elles" if share >= 0.005 else f"moins de {percent(0.01)}"
