"""Blocks that test the whole: the matrix of strength, what a missing source changes, which of our choices weigh."""

from __future__ import annotations

from pic_analysis.evidence.passport import Passport, accounts
from pic_analysis.numbers_fr import count, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.claims import level
from pic_analysis.publishing.blocks.fragility import CHOICES, verdict_fr
from pic_analysis.publishing.blocks.sources_fr import KINDS
from pic_analysis.publishing.blocks.text import NOTHING, plain
from pic_analysis.publishing.markup import ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS, LOSSES


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
    """Return what becomes of each conclusion without each case, then without each kind of source or one interview."""
    by_case, by_kind = [], []
    for account in _judged(study):
        said = {(r.dimension, r.removed): verdict_fr(r.verdict) for r in account.losses.itertuples()}
        people = account.losses[(account.losses["dimension"] == "respondent") & account.losses["verdict"].isin(LOSSES)]
        needed = enumerate_fr([ref("respondent", name.partition(":")[2]) for name in people["removed"]])
        name = ref("conclusion", account.id)
        by_case.append([name, *(said.get(("case", case.id), "tient") for case in study.settings.cases)])
        by_kind.append([name, *(said.get(("kind", kind), "tient") for kind in KINDS), needed or "aucun seul"])
    cases = [case.id for case in study.settings.cases]
    kinds = [f"Sans les {name}" for name in KINDS.values()]
    return "\n".join(
        [
            table("Ce que devient chaque conclusion sans un cas", ["Conclusion", *cases], by_case),
            table(
                "Ce que devient chaque conclusion sans une nature de source, ou sans un entretien",
                ["Conclusion", *kinds, "Faiblit sans l’entretien"],
                by_kind,
            ),
        ]
    )


def _judged(study: Study) -> list[Passport]:
    """Return the conclusions that rest on some source: the others have nothing to lose."""
    return [account for account in accounts(study).all("conclusion") if not account.mention]


def verdict_summary(study: Study, _: dict[str, str]) -> str:
    """Return two sentences on how many conclusions survive every single removal, and which do not."""
    judged = _judged(study)
    firm = [a for a in judged if not a.losses["verdict"].isin(LOSSES).any()]
    low = [a for a in firm if a.strength.confidence == "low"]
    already = f" ; {_names(low)}, déjà au plus bas, ne pouvaient que tomber" if low else ""
    verb = "tiennent" if len(firm) > 1 else "tient"
    return (
        f"Sur {count(len(judged), 'conclusion')} que l’on peut juger, {integer(len(firm))} {verb} quand on retire "
        f"n’importe quel cas, n’importe quel entretien ou n’importe quelle nature de source{already}. "
        f"{fragile_summary(study)} Ce sont : {_names(_fragile(study))}."
    )


def levels_summary(study: Study) -> str:
    """Return one sentence on how many conclusions have each level of confidence, from the highest."""
    every = accounts(study).all("conclusion")
    numbers = {level: sum(a.strength.confidence == level for a in every) for level in reversed(CONFIDENCES)}
    bare = numbers.pop("none")
    best, *others = ((CONFIDENCES[level], number) for level, number in numbers.items())
    reached = "aucune n’a" if not best[1] else f"{integer(best[1])} {'ont' if best[1] > 1 else 'a'}"
    parts = [f"{integer(number)} un niveau {_masculine(level)}" for level, number in others if number]
    said = enumerate_fr([f"{reached} un niveau {_masculine(best[0])}", *parts])
    without = "n’ont" if bare > 1 else "n’a"
    rest = f" ; {integer(bare)} {without} pas de source identifiée dans le récit" if bare else ""
    return f"Sur {count(len(every), 'conclusion')}, {said}{rest}."


def _masculine(level: str) -> str:
    """Return a level as it agrees with « un niveau ».

    >>> [_masculine(level) for level in ("faible", "moyenne", "élevée")]
    ['faible', 'moyen', 'élevé']
    """
    return {"moyenne": "moyen", "élevée": "élevé"}.get(level, level)


def fragile_summary(study: Study) -> str:
    """Return one sentence on how many conclusions weaken by the loss of one source."""
    one = _fragile(study)
    if not one:
        return "Aucune conclusion ne perd un niveau par la perte d’une seule source."
    verb = "peuvent" if len(one) > 1 else "peut"
    return f"{count(len(one), 'conclusion')} {verb} perdre un niveau par la perte d’une seule source."


def _fragile(study: Study) -> list[Passport]:
    return [a for a in _judged(study) if a.smallest and len(a.smallest[0]) == 1]


def _names(every: list[Passport]) -> str:
    return enumerate_fr([ref(a.kind, a.id) for a in every]) or "aucune"


def steadiness(study: Study, _: dict[str, str]) -> str:
    """Return which conclusions would mostly have another level, had we chosen otherwise."""
    levels = [*CONFIDENCES]
    shares = accounts(study).shares
    higher, bare = [], []
    for account in _judged(study):
        own, here = shares.loc[account.id], levels.index(account.strength.confidence)
        higher += [account] if own.iloc[here + 1 :].sum() > 0.5 else []
        bare += [account] if own["none"] >= 0.5 else []
    parts = []
    if higher:
        parts.append(f"Pour {_names(higher)}, la plupart des combinaisons donnent plus que le niveau publié.")
    if bare:
        parts.append(
            f"Pour {_names(bare)}, la moitié au moins ne laissent aucune source : sans les rattachements lus par le "
            "codeur, plus aucune source ne les appuie."
        )
    return " ".join(parts) or "Aucune conclusion n’aurait, le plus souvent, un niveau plus haut que celui publié."


def weights(study: Study, _: dict[str, str]) -> str:
    """Return how much each of our choices weighs, over all conclusions, and where it weighs most."""
    known = accounts(study)
    levels, choices = known.specifications
    found = {claim: known.influence(claim) for claim in levels}
    if not found:
        return NOTHING
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
