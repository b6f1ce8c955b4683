"""Compare quantities with each other: totals with parts, shares with terms, a value with the same one elsewhere."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce

from pic_analysis.numbers_fr import NBSP, decimal, enumerate_fr
from pic_analysis.quality.finding import Finding
from pic_analysis.quality.measure import Fact, Range, facts, period_fr, terms_fr, unit_fr
from pic_analysis.study import Study

PEOPLE = ("habitant",)
MAJOR, NOTABLE = 2.0, 1.1  # from how many times greater on is a value seriously other


def sums(study: Study) -> list[Finding]:
    """Find totals that their printed parts do not make; populations apart."""
    return [
        _sum(total, parts, "sums")
        for total, parts in _breakdowns(study)
        if total.head not in PEOPLE and _off(total, parts)
    ]


def populations(study: Study) -> list[Finding]:
    """Find populations that those of their parts do not make."""
    return [
        _sum(total, parts, "populations")
        for total, parts in _breakdowns(study)
        if total.head in PEOPLE and _off(total, parts)
    ]


def _breakdowns(study: Study) -> list[tuple[Fact, list[Fact]]]:
    known = facts(study)
    parts: dict[str, list[Fact]] = defaultdict(list)
    for fact in known.values():
        if fact.part_of:
            parts[fact.part_of].append(fact)
    return [(known[total], own) for total, own in parts.items()]


def _together(parts: list[Fact]) -> Range:
    return reduce(Range.__add__, (part.range for part in parts))


def _off(total: Fact, parts: list[Fact]) -> bool:
    """Say whether parts cannot make a total: too much; or too little, where several parts make a breakdown."""
    if {"%"} & {total.unit, *(part.unit for part in parts)} and len({total.unit, *(p.unit for p in parts)}) > 1:
        return False
    whole = _together(parts)
    return whole.low > total.range.high or (len(parts) > 1 and whole.high < total.range.low)


def _sum(total: Fact, parts: list[Fact], rule: str) -> Finding:
    whole = sum(part.value for part in parts)
    over = _together(parts).low > total.range.high
    said = f"{decimal(whole, 0)}{NBSP}{unit_fr(total.unit, whole)}"
    summary = (
        f"Les parties imprimées ({terms_fr(parts)}) font {said} ; le total annoncé est : {total.text_fr}."
        if len(parts) > 1
        else f"Une partie ({parts[0].text_fr}) dépasse le total dont elle est donnée comme partie : {total.text_fr}."
    )
    consequence = (
        "Ne calculer aucune part avec ces nombres : ils ne viennent pas du même compte."
        if over
        else "Ne pas tenir la liste pour complète, ni le total pour vérifié par ses parties."
    )
    return Finding(
        rule,
        "sum",
        "notable" if over else "mineur",
        total.passage,
        parts[0].passage,
        (total.object, *(part.object for part in parts)),
        summary,
        consequence,
        tuple(part.passage for part in parts[1:]),
    )


def units(study: Study) -> list[Finding]:
    """Find totals whose parts are not counted in one unit, that of the total."""
    found = []
    for total, parts in _breakdowns(study):
        other = next((part for part in parts if part.unit != total.unit), None)
        if other is None or "%" in (other.unit, total.unit):
            continue
        found.append(
            Finding(
                "units",
                "unit",
                "mineur",
                total.passage,
                other.passage,
                (total.object, *(part.object for part in parts)),
                f"Le total se compte ainsi : {total.text_fr} ; l’une de ses parties autrement : {other.text_fr}.",
                "Ne pas additionner ces parties comme une même unité.",
                tuple(part.passage for part in parts if part is not other),
            )
        )
    return found


def shares(study: Study) -> list[Finding]:
    """Find shares that their numerator and denominator do not give."""
    known = facts(study)
    found = []
    for share in known.values():
        if not (share.numerator and share.denominator):
            continue
        over, under = known[share.numerator], known[share.denominator]
        scale = 100.0 if share.unit == "%" else 1.0
        ratio = over.range / under.range
        computed = Range(ratio.low * scale, ratio.high * scale)
        if computed.meets(share.range):
            continue
        true = decimal(over.value / under.value * scale, 1) + (f"{NBSP}%" if share.unit == "%" else "")
        found.append(
            Finding(
                "shares",
                "share",
                _severity(computed.gap(share.range)),
                share.passage,
                over.passage,
                (share.object, over.object, under.object),
                f"{_capital(over.text_fr)} sur {under.text_fr} font {true} ; la part imprimée est : {share.text_fr}.",
                "Ne pas citer cette part : citer ses deux termes.",
                (under.passage,),
            )
        )
    return found


def bases(study: Study) -> list[Finding]:
    """Find percentages printed without what they are a percentage of; one above 100 % is no share of a whole."""
    known = facts(study)
    percentages = [fact for fact in known.values() if fact.unit == "%"]
    found = []
    for fact in percentages:
        if fact.denominator or fact.range.high > 100:
            continue
        beside = next(
            (other for other in percentages if other.denominator and other.passage.place == fact.passage.place), None
        )
        summary = f"Ce pourcentage ({fact.label_fr} : {fact.text_fr}) est imprimé sans la base sur laquelle il porte"
        if beside:
            summary += f", à côté d’un autre qui en a une ({beside.text_fr})"
        found.append(
            Finding(
                "bases",
                "share",
                "majeur" if beside else "mineur",
                fact.passage,
                beside.passage if beside else None,
                (fact.object, *((beside.object,) if beside else ())),
                f"{summary}.",
                "Ne pas comparer ces pourcentages : rien ne dit que leurs bases se ressemblent."
                if beside
                else "Ne pas recalculer de nombre à partir de ce pourcentage, ni le comparer à un autre.",
            )
        )
    return found


def values(study: Study) -> list[Finding]:
    """Find quantities that two passages give differently, for one period and one territory."""
    groups: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts(study).values():
        groups[fact.quantity, fact.unit, fact.start, fact.end].append(fact)
    found = []
    for own in groups.values():
        pairs = [(a, b) for n, a in enumerate(own) for b in own[n + 1 :] if _contradict(a, b)]
        if not pairs:
            continue
        first, second = pairs[0]
        disagreeing = [fact for fact in own if any(fact in pair for pair in pairs) and fact not in (first, second)]
        when = period_fr(first.start, first.end)
        values_fr = enumerate_fr([first.text_fr, second.text_fr, *(fact.text_fr for fact in disagreeing)])
        found.append(
            Finding(
                "values",
                "count",
                _severity(first.range.gap(second.range)),
                first.passage,
                second.passage,
                tuple(fact.object for fact in (first, second, *disagreeing)),
                f"La même grandeur ({first.label_fr}{f', {when}' if when else ''}) a plusieurs valeurs : {values_fr}.",
                "Ne citer aucune de ces valeurs sans son passage et sa date.",
                tuple(fact.passage for fact in disagreeing),
            )
        )
    return found


def _contradict(one: Fact, other: Fact) -> bool:
    """Say whether two facts of one quantity cannot both hold; parts of one total, or a part and it, may."""
    related = one.part_of == other.id or other.part_of == one.id or (one.part_of and one.part_of == other.part_of)
    same_place = not one.territory or not other.territory or one.territory == other.territory
    return bool(same_place and not related and not one.range.meets(other.range))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _severity(gap: float) -> str:
    return "majeur" if gap >= MAJOR else "notable" if gap >= NOTABLE else "mineur"
