"""Blocks that test the whole: the matrix of strength, what a missing source changes, which of our choices weigh."""

from __future__ import annotations

from itertools import product

from pic_analysis.evidence.passport import Passport, accounts
from pic_analysis.numbers_fr import count, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.claims import level
from pic_analysis.publishing.blocks.passport import CHOICES, verdict_fr
from pic_analysis.publishing.blocks.sources_fr import KINDS
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS


def matrix(study: Study, _: dict[str, str]) -> str:
    """Return the conclusions in the table of extent and agreement, those without a source apart."""
    known = accounts(study)
    every = known.all("conclusion")
    levels = [*CONFIDENCES.values()]
    placed: dict[tuple[int, int], list[Passport]] = {}
    for account in every:
        if not account.mention:
            place = [*EXTENTS].index(account.strength.extent), [*AGREEMENTS].index(account.strength.agreement)
            placed.setdefault(place, []).append(account)
    rows = []
    for e, extent in enumerate(EXTENTS.values()):
        cells = [f"*{levels[known.rubric.table[e, a]]}* : {_listed(placed.get((e, a), []))}" for a in range(3)]
        rows.append([f"Étendue {extent}", *cells])
    header = ["Étendue des preuves", *(f"Concordance {name}" for name in AGREEMENTS.values())]
    caption = "Où se place chaque conclusion : en italique, la confiance de la case ; entre parenthèses, les sources"
    apart = [account for account in every if account.mention]
    said = f"\n\nSans source identifiée, donc hors du tableau : {_listed(apart)}." if apart else ""
    return table(caption, header, rows) + said


def _listed(every: list[Passport]) -> str:
    return enumerate_fr([f"{ref(a.kind, a.id)} ({integer(a.strength.sources)})" for a in every]) or "aucune"


def verdicts(study: Study, _: dict[str, str]) -> str:
    """Return what becomes of each conclusion without each case and each kind of source, and without which interview."""
    cases, kinds = [case.id for case in study.settings.cases], [*KINDS]
    removals = [*product(["case"], cases), *product(["kind"], kinds)]
    rows = []
    for account in accounts(study).all("conclusion"):
        if account.mention:
            continue
        said = {(r.dimension, r.removed): verdict_fr(r.verdict) for r in account.losses.itertuples()}
        people = account.losses[(account.losses["dimension"] == "respondent") & (account.losses["verdict"] != "holds")]
        needed = enumerate_fr([ref("respondent", name.partition(":")[2]) for name in people["removed"]])
        rows.append([ref("conclusion", account.id), *(said.get(r, "tient") for r in removals), needed or "aucun"])
    names = [f"Sans {study.settings.case(case).id}" for case in cases]
    names += [f"Sans les {KINDS[kind]}" for kind in kinds]
    header = ["Conclusion", *names, "Entretien sans lequel elle faiblit"]
    return table("Ce que devient chaque conclusion si une source manque", header, rows)


def verdict_summary(study: Study, _: dict[str, str]) -> str:
    """Return one sentence on how many conclusions survive every single removal."""
    judged = [account for account in accounts(study).all("conclusion") if not account.mention]
    firm = [a for a in judged if (a.losses["verdict"] == "holds").all()]
    one = [a for a in judged if a.smallest and len(a.smallest[0]) == 1]
    return (
        f"{_many(firm, 'tient', 'tiennent')} quand on retire n’importe quel cas, n’importe quel entretien ou n’importe "
        f"quelle nature de source, sur {integer(len(judged))} que l’on peut juger. "
        f"{_many(one, 'perd', 'perdent')} un niveau dès qu’une seule source manque : {_names(one)}."
    )


def levels_summary(study: Study) -> str:
    """Return one sentence on how many conclusions reach each level of confidence, from the highest."""
    every = accounts(study).all("conclusion")
    numbers = {level: sum(a.strength.confidence == level for a in every) for level in reversed(CONFIDENCES)}
    bare = numbers.pop("none")
    best, *others = ((CONFIDENCES[level], number) for level, number in numbers.items())
    reached = "aucune n’atteint" if not best[1] else f"{integer(best[1])} {'atteignent' if best[1] > 1 else 'atteint'}"
    parts = [f"{integer(number)} le niveau « {level} »" for level, number in others if number]
    said = enumerate_fr([f"{reached} le niveau « {best[0]} »", *parts])
    without = "n’ont" if bare > 1 else "n’a"
    rest = f" ; {integer(bare)} {without} pas de source identifiée dans le récit" if bare else ""
    return f"Sur {count(len(every), 'conclusion')}, {said}{rest}."


def fragile_summary(study: Study) -> str:
    """Return one sentence on how many conclusions weaken without a single source."""
    judged = [account for account in accounts(study).all("conclusion") if not account.mention]
    one = [a for a in judged if a.smallest and len(a.smallest[0]) == 1]
    verb = "perdent" if len(one) > 1 else "perd"
    return (
        f"{count(len(one), 'conclusion')} {verb} un niveau dès qu’une seule source manque."
        if one
        else "Aucune conclusion ne perd un niveau quand une seule source manque."
    )


def _many(every: list[Passport], singular: str, plural: str) -> str:
    return f"{count(len(every), 'conclusion')} {plural if len(every) > 1 else singular}"


def _names(every: list[Passport]) -> str:
    return enumerate_fr([ref(a.kind, a.id) for a in every]) or "aucune"


def weights(study: Study, _: dict[str, str]) -> str:
    """Return how much each of our choices weighs, over all conclusions, and where it weighs most."""
    known = accounts(study)
    levels, choices = known.specifications
    found = {claim: known.influence(claim) for claim in levels}
    mean = {name: sum(w[name] for w in found.values()) / len(found) for name in choices.options}
    rows = []
    for name, weight in sorted(mean.items(), key=lambda pair: -pair[1]):
        most = max(found, key=lambda claim: found[claim][name])
        where = f"{ref('conclusion', most)} ({percent(found[most][name])})" if found[most][name] else "nulle part"
        label = CHOICES[name]
        rows.append([label[:1].upper() + label[1:], _options(choices.options[name]), percent(weight), where])
    header = ["Choix", "Options essayées", "Change le niveau", "Où il pèse le plus"]
    return table("Ce que pèse chacun de nos choix, toutes conclusions confondues", header, rows)


def _options(options: tuple[object, ...]) -> str:
    words = {"settled": "arbitrée", "a": "A", "b": "B", "all": "avec", "explicit": "sans"}
    return enumerate_fr([words.get(str(o), percent(o) if isinstance(o, float) else str(o)) for o in options], last="ou")


def arrows(study: Study, _: dict[str, str]) -> str:
    """Return the strength of each arrow of the theory, and how many of its mechanisms the story tests."""
    known = accounts(study)
    rows = []
    for link in study.theory_links.itertuples():
        account = known.of("link", link.link_id)
        own = study.mechanisms.loc[study.mechanisms["link_id"] == link.link_id, "mechanism_id"]
        tried = [m for m in own if len(known.of("mechanism", m).attached)]
        rows.append(
            (
                f"{ref('link', link.link_id)} {plain(link.label_fr)}",
                f"{integer(len(tried))} sur {integer(len(own))}",
                level(account) if len(account.attached) else "Non éprouvée",
                account.reason if len(account.attached) else "Aucun constat du récit ne la met à l’épreuve.",
            )
        )
    header = ["Flèche", "Mécanismes éprouvés", "Confiance", "Raison"]
    return table("Force des flèches de la théorie du changement", header, rows)


def untested(study: Study, _: dict[str, str]) -> str:
    """Return which mechanisms of the annex the story never tests."""
    known = accounts(study)
    bare = [m for m in study.mechanisms["mechanism_id"] if known.of("mechanism", m).attached.empty]
    if not bare:
        return "Le récit met chaque mécanisme à l’épreuve."
    lines = "\n".join(
        f"- {ref('mechanism', row.mechanism_id)} : {plain(row.summary_fr)}"
        for row in study.mechanisms[study.mechanisms["mechanism_id"].isin(bare)].itertuples()
    )
    said = count(len(bare), "mécanisme supposé n’est", "mécanismes supposés ne sont")
    return f"{said} jamais mis à l’épreuve par le récit, sur {integer(len(study.mechanisms))} :\n\n{lines}"
