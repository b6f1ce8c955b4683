"""The passport of a conclusion, in the form of a traceable account: every part has its place, even when empty."""

from __future__ import annotations

from typing import Any

from pic_analysis import paths
from pic_analysis.evidence.passport import Accounts, Passport, accounts, summary
from pic_analysis.evidence.sensitivity import number_of_specifications
from pic_analysis.evidence.warnings import by_passage
from pic_analysis.numbers_fr import count, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.findings import named_numbers, warning_lines
from pic_analysis.publishing.blocks.quality import register_of
from pic_analysis.publishing.blocks.sources_fr import independent, removal_name, source_names, speaker
from pic_analysis.publishing.blocks.text import facts, plain, refs
from pic_analysis.publishing.blocks.voices import speaker_name
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import BASES, CONFIDENCES, DIRECTIONS, FATES, LOSSES, NOT_EXAMINED, VERDICTS

SHOWN_TIES = 6
_NO_VOTE = "Ces comptes ne sont pas des votes : ils disent sur quoi lire, non qui a raison."


def passport(study: Study, options: dict[str, str]) -> str:
    """Return the whole account of one conclusion (``conclusion``), section by section."""
    account = accounts(study).of("conclusion", options["conclusion"])
    row = study.conclusions.set_index("conclusion_id").loc[account.id]
    head = facts(
        {
            "Mention": account.mention,
            "Force": account.reason,
            "Appuis": _supports(study, account),
            "Verbe le plus fort que ce livre s’autorise": strongest_verb(account, row["direction"]),
            "Sens": DIRECTIONS[row["direction"]],
            "Question": plain(study.settings.package(row["package"]).question_fr),
            "Passage": _passage(study, account.id),
        }
    )
    sections = {
        **_evidence(study, account),
        "Explications rivales": _rivals(study, account),
        "Ce qu’en disent les experts": _experts(study, account),
        "Limites": limits(study, account),
        "Fragilité": fragility(study, account),
        "Sensibilité à nos choix": sensitivity(accounts(study), account),
        "Ce qui en découle": _consequences(study, account.id),
        "Reprendre": _reuse(study, account.id),
    }
    return _joined(card("conclusion", account.id, row["summary_fr"], head), sections)


def _passage(study: Study, conclusion: str) -> str:
    """Return where the report prints a conclusion, and what is to be known of that place."""
    about = study.settings
    section = about.conclusions_section
    place = f"{'section' if '.' in section else 'chapitre'} {section}, " if section else ""
    return f"{place}« CCL {int(conclusion[3:])} »" + (f" ; {about.conclusions_note}" if about.conclusions_note else "")


def claim(study: Study, kind: str, name: str) -> str:
    """Return the account of a claim of any kind: a conclusion's passport, or what can be said of the others."""
    if kind == "conclusion":
        return passport(study, {"conclusion": name})
    account = accounts(study).of(kind, name)
    head = facts({"Mention": account.mention, "Force": account.reason})
    sections = {
        **_evidence(study, account),
        "Ce qu’en disent les experts": _experts(study, account),
        "Fragilité": fragility(study, account),
    }
    return _joined(card(kind, name, summary(study, kind, name), head), sections)


def _evidence(study: Study, account: Passport) -> dict[str, str]:
    return {
        "Preuves pour": _statements(study, account, "supports"),
        "Preuves contre": _statements(study, account, "opposes"),
    }


def _joined(head: str, sections: dict[str, str]) -> str:
    return "\n\n".join([head, *(f"## {title}\n\n{text}" for title, text in sections.items())])


def strongest_verb(account: Passport, direction: str) -> str:
    """Return the strongest verb that the confidence allows of a conclusion (guard-rail of the method)."""
    level = account.strength.confidence
    if level == "none":
        return "aucun : le rapport énonce cette conclusion, le récit ne permet pas de la juger"
    verbs = {
        "limit": {"low": "a pu jouer", "medium": "joue", "high": "joue nettement"},
        "other": {"low": "a pu contribuer", "medium": "contribue", "high": "contribue nettement"},
    }["limit" if direction == "limit" else "other"]
    return f"« {verbs[level]} »"


def _supports(study: Study, account: Passport) -> str:
    """Return how many supports the text itself restates, and how many the report files under other explanations."""
    own = account.attached[account.attached["relation"] == "supports"]
    if own.empty:
        return ""
    explicit = int((own["basis"] == "explicit").sum())
    roles = study.statements.set_index("statement_id")["role"]
    rivals = int((own["statement_id"].map(roles) == "other_explanation").sum())
    said = f"{count(len(own), 'constat')}, dont {count(explicit, 'explicite')}"
    return said + (f" et {integer(rivals)} que le rapport range parmi les autres explications" if rivals else "")


def _statements(study: Study, account: Passport, relation: str) -> str:
    own = account.attached[account.attached["relation"] == relation]
    reserves = _reserves(account) if relation == "opposes" else ""
    if own.empty:
        nothing = {
            "supports": "Aucun constat du récit ne l’appuie.",
            "opposes": "Aucun constat du récit ne s’y oppose. Cela ne veut pas dire que rien ne s’y oppose.",
        }[relation]
        return f"{nothing} {reserves}".strip()
    told = study.statements.set_index("statement_id")
    words, rival = told["summary_fr"], told["role"] == "other_explanation"
    lines = [
        f"- {ref('statement', row.statement_id)} {plain(words[row.statement_id])} "
        f"*({BASES[row.basis]}{' ; autre explication' if rival[row.statement_id] else ''})* "
        f"{_backing(study, account, row.statement_id)}"
        for row in own.itertuples()
    ]
    return "\n".join([*lines, "", reserves])


def _reserves(account: Passport) -> str:
    """Return the voices that count against a claim though they stand with statements that support it."""
    own = account.voices[~account.voices["agrees"] & account.voices["statement_id"].isin(account.supporting)]
    if own.empty:
        return ""
    head = "Une voix émet" if len(own) == 1 else f"{integer(len(own))} voix émettent"
    return f"{head} une réserve sur les constats qui l’appuient : {refs('testimony', own['testimony_id'])}."


def _backing(study: Study, account: Passport, statement: str) -> str:
    """Return the sources that one statement calls on."""
    cells = study.citations.loc[study.citations["statement_id"] == statement, "cell_id"].unique()
    voices = account.voices[account.voices["statement_id"] == statement]
    parts = [ref("cell", cell) for cell in cells]
    for voice in voices.itertuples():
        reserve = "" if voice.agrees else ", avec réserve"
        who = f"{speaker(str(voice.speaker_id))}{reserve}{_uncounted(str(voice.speaker_id))}"
        parts.append(f"{ref('testimony', str(voice.testimony_id))} ({who})")
    return f"Sources : {enumerate_fr(parts)}." if parts else "Ni renvoi ni voix propres."


def _uncounted(speaker_id: str) -> str:
    """Return why a voice is no independent source: it may be that of somebody who is counted already."""
    if speaker_id == "expert-panel":
        return ", non compté : il parle d’une seule voix"
    return ", non comptée" if speaker_id.startswith("sans-code-") else ""


def _rivals(study: Study, account: Passport) -> str:
    summaries = study.rivals.set_index("rival_id")["summary_fr"]
    rows = [
        (
            f"{ref('rival', row.rival_id)} {plain(summaries[row.rival_id])}",
            FATES[row.fate],
            f"{ref('statement', row.statement_id)} ({BASES[row.basis]})",
        )
        for row in account.rivals.itertuples()
        if row.fate
    ]
    left = account.rivals.loc[account.rivals["fate"] == "", "rival_id"]
    shown = [table("Explications que le récit examine", ["Explication", "Sort", "Où"], rows)] if rows else []
    if len(left):
        lines = "\n".join(f"- {ref('rival', rival)} {plain(summaries[rival])}" for rival in left)
        shown.append(
            f"{NOT_EXAMINED.capitalize()}{'s' * (len(left) > 1)} pour cette conclusion, donc ouverte"
            f"{'s' * (len(left) > 1)} :\n\n{lines}"
        )
    return "\n\n".join(shown) or "Aucune explication rivale n’est connue pour cette question : non documenté."


def _experts(study: Study, account: Passport) -> str:
    """Return every remark of the panel that stands with the conclusion's statements, reserves first."""
    spoken = account.voices[account.voices["speaker_kind"] == "expert"].sort_values("agrees", kind="stable")
    lines = [
        f"- {_stance(account, voice)}{ref('testimony', voice.testimony_id)} "
        f"{plain(voice.summary_fr)} "
        f"({ref('respondent', voice.speaker_id, speaker_name(study, 'expert', voice.speaker_id, ''))}, "
        f"sur {ref('statement', voice.statement_id)})"
        for voice in spoken.itertuples()
    ]
    return "\n".join(lines) or "Le récit ne rapporte aucune parole du panel à cet endroit : non documenté."


def _stance(account: Passport, voice: Any) -> str:
    if voice.agrees:
        return ""
    return "**Réserve.** " if voice.statement_id in account.supporting else "**Réserve sur un constat contraire.** "


def limits(study: Study, account: Passport) -> str:
    """Return the discrepancies to read with a conclusion: those that name it, those that stand on its evidence."""
    known = study.discrepancies
    number = int(account.id[3:])
    text = known["summary_fr"] + " " + known["consequence_fr"]
    names = known["discrepancy_id"][text.map(lambda said: number in named_numbers(said))]
    passages = by_passage(study)
    evidence = [*account.attached["statement_id"], *account.voices["testimony_id"]]
    touched = {found for name in evidence for found in passages.get(name, ())}
    touched |= {found for name in account.attached["statement_id"] for found in register_of(study, "statement", name)}
    rows = known[known["discrepancy_id"].isin({*names} | touched)]
    lines = warning_lines(rows)
    if not lines:
        return "Aucun écart de source relevé ne nomme cette conclusion ni ne touche un passage de ses preuves."
    return "Écarts de source qui la nomment, ou qui touchent un passage de ses preuves :\n\n" + "\n".join(lines)


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


def _consequences(study: Study, conclusion: str) -> str:
    answers = study.recommendation_answers
    found = answers.loc[answers["conclusion_id"] == conclusion, "recommendation_id"]
    return facts({"Recommandations qui y répondent": refs("recommendation", found)}) or (
        "Aucune recommandation du rapport n’y répond."
    )


def _reuse(study: Study, conclusion: str) -> str:
    files = [
        f"{{download}}`{text} {conclusion}.{suffix} <{_place(study)}/{conclusion}.{suffix}>`"
        for suffix, text in (("json", "le passeport entier"), ("csv", "ses preuves, une ligne par source"))
    ]
    cited = (
        f"{study.settings.citation}, conclusion {int(conclusion[3:])} ; codage et lecture de la force : pic-analysis"
    )
    return f"- Télécharger : {enumerate_fr(files)}.\n- Citer : {plain(cited)}, passeport {conclusion}.\n- {_NO_VOTE}"


def _place(study: Study) -> str:
    name = study.settings.name
    return paths.from_book(name, paths.passports(name))
