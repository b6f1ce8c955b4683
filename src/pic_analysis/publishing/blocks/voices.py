"""Blocks of the voices: what each quoted source says, and what rests on it."""

from __future__ import annotations

from pic_analysis.evidence.chain import agreeing
from pic_analysis.evidence.voices import safe_groups, speakers
from pic_analysis.numbers_fr import count, integer
from pic_analysis.publishing.blocks.claims import resting
from pic_analysis.publishing.blocks.text import entries, facts, listed, locator, person, plain, refs
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import POLARITIES, SPEAKER_KINDS


def speaker_name(study: Study, kind: str, speaker: str, case: str) -> str:
    """Return the French name of a source that speaks: its kind, code and case, never its stakeholder type."""
    if speaker.startswith("sans-code-"):
        return f"{SPEAKER_KINDS[kind]} sans code"
    if kind == "expert":
        name = speaker.removeprefix("expert-")
        return "le panel d’experts" if name == "panel" else person(name)
    if speaker in study.settings.printed_speakers.values() and kind == "interview":
        return f"le {speaker}"
    about = f", {study.settings.case(case).label_fr}" if case else ""
    return f"{SPEAKER_KINDS[kind]} {speaker}{about}"


def voices(study: Study, options: dict[str, str]) -> str:
    """Return the cards, or the list, of the voices of one kind (``nature``), in reading order."""
    chosen = study.testimonies[study.testimonies["speaker_kind"] == options["nature"]]
    if listed(options):
        return entries("testimony", chosen["testimony_id"])
    return "\n".join(_voice(study, row) for row in chosen.to_dict("records"))


def _voice(study: Study, row: dict[str, str]) -> str:
    name = speaker_name(study, row["speaker_kind"], row["speaker_id"], row["case"])
    about = facts(
        {
            "Qui": ref("respondent", row["speaker_id"], name),
            "Constat éclairé": ref("statement", row["statement_id"])
            if row["statement_id"]
            else "aucun (hors du récit)",
            "Sens": f"{POLARITIES[row['polarity']]} le changement attendu",
            "Passage": locator(row["report_section"], row["anchor"]),
        }
    )
    return card("testimony", row["testimony_id"], row["summary_fr"], about)


def respondents(study: Study, options: dict[str, str]) -> str:
    """Return the cards, or the list, of the sources of a kind (``nature``), with voices and what rests on them."""
    known = speakers(study)
    chosen = known[known["speaker_kind"] == options["nature"]]
    if listed(options):
        return entries("respondent", chosen["speaker_id"])
    told = study.testimonies["statement_id"].map(study.statements.set_index("statement_id")["polarity"])
    own = study.testimonies.assign(agrees=agreeing(study.testimonies["polarity"], told)).groupby("speaker_id")
    cards = []
    for kind, speaker, case in chosen[["speaker_kind", "speaker_id", "case"]].itertuples(index=False):
        said = own.get_group(speaker)
        shed = [(row.statement_id, row.agrees) for row in said.itertuples() if row.statement_id]
        body = facts(
            {
                "Voix": refs("testimony", said["testimony_id"]),
                "Constats éclairés": refs("statement", dict.fromkeys(statement for statement, _ in shed)),
                **_standing(study, shed),
            }
        )
        title = speaker_name(study, kind, speaker, case)
        cards.append(card("respondent", speaker, title[:1].upper() + title[1:], body))
    return "\n".join(cards)


def _standing(study: Study, shed: list[tuple[str, bool]]) -> dict[str, str]:
    """Return the claims near a speaker: by the statements that their voices agree with, then by the others.

    A voice sheds light on a statement, with which it agrees or not: it has neither backed nor opposed a conclusion.
    """
    near = resting(study, [statement for statement, agrees in shed if agrees])
    apart = resting(study, [statement for statement, agrees in shed if not agrees])
    reserved = {f"Avec réserve ; {label[:1].lower()}{label[1:]}": claims for label, claims in apart.items()}
    return {f"Par les constats éclairés ; {label[:1].lower()}{label[1:]}": c for label, c in near.items()} | reserved


def case_voices(study: Study, options: dict[str, str]) -> str:
    """Return the interviews whose code tells one case (``cas``), one line a voice."""
    own = study.testimonies[
        (study.testimonies["case"] == options["cas"]) & (study.testimonies["speaker_kind"] == "interview")
    ]
    if own.empty:
        return "Aucun entretien cité ne porte le code de ce cas."
    lines = [
        f"- {ref('testimony', r.testimony_id)} (entretien {ref('respondent', r.speaker_id)}) : {plain(r.summary_fr)}"
        for r in own.itertuples()
    ]
    who = count(own["speaker_id"].nunique(), "personne interrogée", "personnes interrogées")
    head = (
        f"Le rapport cite {who} sous le code de ce cas, en {count(len(own), 'passage')}. "
        "Ces citations sont un choix des auteurs, non un échantillon."
    )
    return head + "\n\n" + "\n".join(lines)


def interviews(study: Study, _: dict[str, str]) -> str:
    """Return the numbers of interviews in the four groups in which they may be published."""
    groups = safe_groups(study)
    rows = [(row.group, integer(row.interviews)) for row in groups.itertuples(index=False)]
    total = integer(int(groups["interviews"].sum()))
    return table("Entretiens par groupe d’acteurs", ["Groupe", "Entretiens"], [*rows, ("Ensemble", total)])
