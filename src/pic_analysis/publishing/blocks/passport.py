"""The passport of a conclusion, in the form of a traceable account: every part has its place, even when empty."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pic_analysis import paths
from pic_analysis.evidence.cells import called_cells
from pic_analysis.evidence.passport import Passport, accounts, summary
from pic_analysis.evidence.warnings import by_passage
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.publishing.blocks.findings import named_numbers, warning_lines
from pic_analysis.publishing.blocks.fragility import fragility, sensitivity
from pic_analysis.publishing.blocks.quality import register_of
from pic_analysis.publishing.blocks.sources_fr import speaker
from pic_analysis.publishing.blocks.text import facts, locator, plain, refs
from pic_analysis.publishing.blocks.voices import speaker_name
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.quality.finding import printed_number
from pic_analysis.study import Study
from pic_analysis.vocabulary import BASES, DIRECTIONS, FATES, NOT_EXAMINED

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
    place = locator(about.conclusions_section, printed_number(study, conclusion))
    return " ; ".join(filter(None, (place, about.conclusions_note)))


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
    rivals = int(own["statement_id"].isin(_told(study)[1]).sum())
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
    words, rival = _told(study)
    voices = [*account.voices.itertuples()]
    lines = [
        f"- {ref('statement', row.statement_id)} {plain(words[row.statement_id])} "
        f"*({BASES[row.basis]}{' ; autre explication' if row.statement_id in rival else ''})* "
        f"{_backing(study, row.statement_id, [voice for voice in voices if voice.statement_id == row.statement_id])}"
        for row in own.itertuples()
    ]
    return "\n".join([*lines, "", reserves])


@lru_cache(maxsize=4)
def _told(study: Study) -> tuple[dict[str, str], set[str]]:
    """Return what each statement says, and those that the report files under other explanations."""
    told = study.statements
    words = dict(zip(told["statement_id"], told["summary_fr"], strict=True))
    return words, {*told.loc[told["role"] == "other_explanation", "statement_id"]}


def _reserves(account: Passport) -> str:
    """Return the voices that count against a claim though they stand with statements that support it."""
    own = account.voices[~account.voices["agrees"] & account.voices["statement_id"].isin(account.supporting)]
    if own.empty:
        return ""
    head = "Une voix émet" if len(own) == 1 else f"{integer(len(own))} voix émettent"
    return f"{head} une réserve sur les constats qui l’appuient : {refs('testimony', own['testimony_id'])}."


def _backing(study: Study, statement: str, voices: list[Any]) -> str:
    """Return the sources that one statement calls on: the cells that it cites, and its own voices."""
    parts = [ref("cell", cell) for cell in called_cells(study).get(statement, ())]
    for voice in voices:
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
    return "\n".join(lines) or "Le récit ne rapporte aucune parole d’expert à cet endroit : non documenté."


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
    about = study.settings
    source = f"{about.citation.strip() or about.title_fr}, conclusion {int(conclusion[3:])}"
    cited = source + (f" ; codage et lecture de la force : {about.coder}" if about.coder else "")
    return f"- Télécharger : {enumerate_fr(files)}.\n- Citer : {plain(cited)}, passeport {conclusion}.\n- {_NO_VOTE}"


def _place(study: Study) -> str:
    name = study.settings.name
    return paths.from_book(name, paths.passports(name))
