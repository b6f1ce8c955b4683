"""Check a student's answers on one conclusion against the study.

No answer is typed here: each is computed from the study when it is asked, for whatever conclusion is followed.
"""

from __future__ import annotations

import re
from numbers import Integral
from typing import Any

import pandas as pd

from pic_analysis.evidence.passport import Accounts, Passport
from pic_analysis.evidence.voices import identified
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.publishing.blocks.sources_fr import independent
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.feedback import NOT_YET, TODO, Feedback, right, same, unknown
from pic_analysis.publishing.prose import ATTRIBUTED, sentences, too_strong
from pic_analysis.vocabulary import AGREEMENTS, BASES, CONFIDENCES, EXTENTS, FATES, LOSSES, RELATIONS, VERDICTS


def count_sources(known: Accounts, conclusion: str, answer: Any) -> Feedback:
    """Check how many independent sources support a conclusion."""
    if answer is None:
        return Feedback(TODO, "Écrivez un nombre entier à la place de `None`, puis exécutez de nouveau la cellule.")
    if not isinstance(answer, Integral) or isinstance(answer, bool):
        return Feedback(NOT_YET, "il faut un nombre entier, sans guillemets.")
    account = known.of("conclusion", conclusion)
    cited, spoken = _calls(known, account)
    occurrences = len(cited) + len(spoken)
    if answer == account.strength.sources:
        return right(_why_sources(account, occurrences))
    named, cases = spoken[identified(spoken)], cited["case"].nunique()
    traps = (
        (occurrences, "plusieurs citations d’une même personne sont une seule source."),
        (
            cited["cell_id"].nunique() + named["speaker_id"].nunique(),
            "plusieurs cellules d’un cas restent un seul cas.",
        ),
        (
            len(known.body("conclusion", conclusion).names),
            "ce qui parle contre elle n’est pas un appui, ni une voix qui s’écarte du constat qu’elle accompagne.",
        ),
        (
            cases + spoken["speaker_id"].nunique(),
            "une parole sans code est peut-être celle de quelqu’un que vous comptez déjà.",
        ),
        (
            cases + named.loc[named["agrees"], "speaker_id"].nunique(),
            "une parole signée d’une cellule est celle de son étude de cas.",
        ),
    )
    hints = [hint for trap, hint in traps if trap == answer] or [
        "partez des constats qui appuient la conclusion (`account.supporting`). Réunissez leurs lignes dans "
        "`known.called`, gardez celles qui vont dans leur sens, puis retirez les répétitions de la colonne `source`."
    ]
    return Feedback(NOT_YET, " Ou bien : ".join(hints))


def _calls(known: Accounts, account: Passport) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the citations and the voices of the statements that support a claim, repetitions included."""
    cited, spoken = known.study.citations, account.voices
    return cited[cited["statement_id"].isin(account.supporting)], spoken[
        spoken["statement_id"].isin(account.supporting)
    ]


def _why_sources(account: Passport, occurrences: int) -> str:
    if not account.supporting:
        return "aucun constat du récit n’appuie cette conclusion : il n’y a aucune source à compter."
    if not account.strength.sources:
        return "les constats qui l’appuient n’ont ni renvoi, ni voix identifiée qui aille dans leur sens."
    return (
        f"les constats qui l’appuient portent {count(occurrences, 'renvoi ou voix', 'renvois ou voix')}. Sans les "
        "répétitions, les paroles sans code et les voix qui s’écartent du constat, il reste "
        f"{independent(account.strength.sources)}."
    )


def classify_statement(known: Accounts, conclusion: str, statement: Any, answer: Any) -> Feedback:
    """Check what a statement does to a conclusion: it supports it, opposes it, or has no tie with it."""
    relations = {same(label): relation for relation, label in RELATIONS.items()} | {"aucun lien": ""}
    options = enumerate_fr([f"« {label} »" for label in (*RELATIONS.values(), "aucun lien")], last="ou")
    if statement is None or answer is None:
        return Feedback(TODO, f"Choisissez un constat, puis écrivez {options}.")
    about = known.study.statements.set_index("statement_id")
    if not isinstance(statement, str) or statement not in about.index:
        return unknown("un constat du récit", statement, about.index)
    if same(answer) not in relations:
        return Feedback(NOT_YET, f"la réponse est {options}, entre guillemets.")
    account = known.of("conclusion", conclusion)
    own = account.attached.set_index("statement_id")
    found = str(own.at[statement, "relation"]) if statement in own.index else ""
    said = relations[same(answer)]
    if said == found:
        return right(_why_relation(statement, own, found, about.at[statement, "role"] == "key_point"))
    polarity = {"supports": "supports", "contradicts": "opposes"}.get(str(about.at[statement, "polarity"]))
    confused = "la polarité se lit envers le changement attendu ; ici, lisez envers la conclusion. Donc, "
    return Feedback(
        NOT_YET,
        (confused if said == polarity else "") + "supposez le constat faux. La conclusion y perd-elle, y gagne-t-elle, "
        "ou reste-t-elle ce qu’elle est ? Si vous maintenez votre lecture, notez-la : un rattachement se discute.",
    )


def _why_relation(statement: str, own: pd.DataFrame, relation: str, repeats: bool) -> str:
    if repeats and not relation:
        return f"{statement} est un point clé : il répète le récit, et n’ajoute pas de preuve."
    if not relation:
        return f"ni vous ni nous ne lisons de lien entre {statement} et cette conclusion."
    verb = {"supports": "appuie la conclusion", "opposes": "s’oppose à la conclusion"}[relation]
    return f"nous lisons nous aussi que {statement} {verb} (fondement : {BASES[own.at[statement, 'basis']]})."


def read_confidence(known: Accounts, conclusion: str, answer: Any) -> Feedback:
    """Check the confidence that the table of the rubric gives to a conclusion."""
    levels = {same(label): level for level, label in CONFIDENCES.items()}
    options = enumerate_fr([f"« {label} »" for label in CONFIDENCES.values()], last="ou")
    if answer is None:
        return Feedback(TODO, f"Écrivez {options}.")
    found = known.of("conclusion", conclusion).strength
    extent, agreement = f"étendue {EXTENTS[found.extent]}", f"concordance {AGREEMENTS[found.agreement]}"
    if levels.get(same(answer)) == found.confidence:
        if found.confidence == "none":
            return right("aucune source identifiée ne l’appuie : la table n’a rien à lire.")
        return right(f"la table croise {extent} et {agreement} : confiance {CONFIDENCES[found.confidence]}.")
    if same(answer) not in levels:
        return Feedback(NOT_YET, f"la confiance se dit {options}, entre guillemets.")
    return Feedback(
        NOT_YET,
        "voyez d’abord si une source, au moins, l’appuie. Si oui, la ligne de la table est celle de son étendue, la "
        "colonne celle de sa concordance, et la réponse est à leur croisement.",
    )


def unexamined_rival(known: Accounts, conclusion: str, answer: Any) -> Feedback:
    """Check the name of a rival explanation that the story does not examine for a conclusion."""
    if answer is None:
        return Feedback(TODO, "Écrivez l’identifiant d’une explication rivale, ou « aucune ».")
    fates = known.of("conclusion", conclusion).rivals.set_index("rival_id")["fate"].to_dict()
    left = [rival for rival, fate in fates.items() if not fate]
    if same(answer) in ("aucune", "aucun"):
        if left:
            return Feedback(NOT_YET, "il en reste. Affichez `account.rivals` et cherchez un sort vide.")
        if not fates:
            return right("aucune n’est connue pour ce paquet. Cela ne prouve pas qu’il n’y en ait pas.")
        return right("le récit examine chacune de celles que nous lui connaissons.")
    if not isinstance(answer, str) or answer not in fates:
        return unknown("une explication rivale de ce paquet", answer, fates)
    if fates[answer]:
        told = f"selon notre lecture du récit, {answer} {FATES[fates[answer]]} la contribution"
        return Feedback(NOT_YET, f"{told} : elle est examinée. Cherchez dans `account.rivals` un sort vide.")
    return right(
        f"le récit ne dit pas ce que {answer} devient face à cette conclusion. Elle n’est ni retenue ni écartée : elle "
        f"reste ouverte, {'comme ' + count(len(left) - 1, 'autre') if len(left) > 1 else 'et c’est la seule'}.",
    )


def weakening_case(known: Accounts, conclusion: str, answer: Any) -> Feedback:
    """Check the name of a case without which the confidence in a conclusion goes down."""
    cases = {case.id: case.label_fr for case in known.study.settings.cases}
    if answer is None:
        return Feedback(TODO, f"Écrivez le code d’un cas ({enumerate_fr([*cases], last='ou')}), ou « aucun ».")
    account = known.of("conclusion", conclusion)
    losses = account.losses[account.losses["dimension"] == "case"].set_index("removed")
    decisive = losses[losses["verdict"].isin(LOSSES)]
    if same(answer) in ("aucun", "aucune"):
        if len(decisive):
            return Feedback(NOT_YET, "un cas y suffit. Retirez-les un à un, et relisez la force à chaque fois.")
        if account.strength.confidence == "none":
            return right("aucune source identifiée ne l’appuie : elle n’a rien à perdre.")
        return right(
            "la confiance reste la même, quel que soit le cas retiré. Sans deux à la fois, elle pourrait baisser."
        )
    if not isinstance(answer, str) or answer not in cases:
        return unknown("le code d’un cas", answer, cases)
    if answer not in decisive.index:
        return Feedback(NOT_YET, "sans ce cas, la confiance ne baisse pas. Regardez quels cas les appuis citent.")
    before, after = (CONFIDENCES[level] for level in (account.strength.confidence, decisive.at[answer, "confidence"]))
    verdict = VERDICTS[decisive.at[answer, "verdict"]]
    return right(
        f"sans le cas {plain(cases[answer])}, la confiance passe de « {before} » à « {after} » : elle {verdict}."
    )


def measured_sentence(known: Accounts, conclusion: str, answer: Any) -> Feedback:
    """Check that the verbs of a sentence say no more than the confidence in a conclusion allows."""
    if answer is None:
        return Feedback(TODO, "Écrivez votre verdict, en une phrase, entre guillemets.")
    if not same(answer):
        return Feedback(NOT_YET, "il faut une phrase, entre guillemets.")
    level, verbs = known.of("conclusion", conclusion).strength.confidence, known.study.settings.verbs
    for said in sentences(answer.replace("'", "’")):
        if verb := too_strong(said, level, verbs):
            return Feedback(
                NOT_YET,
                f"« {plain(verb)} » dit plus que « {CONFIDENCES[level]} », la confiance de la conclusion. Prenez un "
                "verbe plus prudent, dans la table `verbs` de `study.yml`.",
            )
    admitted = (ATTRIBUTED, *[*CONFIDENCES][: [*CONFIDENCES].index(level) + 1])
    patterns = [pattern for name in admitted for pattern in verbs.get(name, ())]
    if not any(re.search(rf"\b(?:{pattern})(?!\w)", answer.replace("'", "’"), re.IGNORECASE) for pattern in patterns):
        return Feedback(
            NOT_YET, "aucun de ses verbes n’est dans la table `verbs` de `study.yml`, à ce niveau ni plus bas."
        )
    return right(
        f"aucun de ses verbes ne dépasse la confiance, qui est « {CONFIDENCES[level]} ». Ce contrôle ne lit que les "
        "verbes : l’étendue, les objections et ce qui reste ouvert sont à votre charge.",
    )
