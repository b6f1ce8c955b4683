"""Compare quantities with time: rates with counts, periods with each other, durations with dates."""

from __future__ import annotations

from functools import reduce
from itertools import combinations

from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.quality.finding import Finding
from pic_analysis.quality.measure import (
    Fact,
    Range,
    facts,
    first_day,
    last_day,
    period_fr,
    rough,
    terms_fr,
    unit_fr,
)
from pic_analysis.quality.quantities import MAJOR
from pic_analysis.study import Study

# Days of one unit of time, as quantities per unit of time name it.
DAYS = {"jour": 1.0, "semaine": 7.0, "mois": 30.4375, "an": 365.25, "année": 365.25}


def rates(study: Study) -> list[Finding]:
    """Find rates that the counts over a period, of which they are the rate, do not give."""
    known = facts(study)
    found = []
    for rate in known.values():
        days = DAYS.get(rate.unit.partition("/")[2])
        if not rate.rate_of or days is None:
            continue
        counted = _counted(known[rate.rate_of], known)
        if not counted:
            continue
        span = _span(counted)
        total = reduce(Range.__add__, (fact.range for fact in counted))
        computed = total / Range(span.low / days, span.high / days)
        if computed.meets(rate.range):
            continue
        whole = sum(fact.value for fact in counted)
        start, end = min(fact.start for fact in counted), max(fact.end for fact in counted)
        sum_fr = f"{decimal(whole, 0)}{NBSP}{unit_fr(counted[0].unit, whole)}"
        terms = f" ({terms_fr(counted)})" if len(counted) > 1 else ""
        found.append(
            Finding(
                "rates",
                "sum",
                "majeur" if computed.gap(rate.range) >= MAJOR else "notable",
                counted[0].passage,
                rate.passage,
                (rate.object, *(fact.object for fact in counted)),
                f"Le compte imprimé, {sum_fr}{terms} {period_fr(start, end)}, fait {rough(computed, rate.unit)} ; "
                f"le rythme imprimé est : {rate.text_fr}.",
                "Ne pas citer ce rythme : citer les nombres et leur période.",
                tuple(fact.passage for fact in counted[1:]),
            )
        )
    return found


def _counted(one: Fact, known: dict[str, Fact]) -> list[Fact]:
    """Return the facts that count the same thing over periods that follow each other, in order of time."""
    same = [
        fact
        for fact in known.values()
        if (fact.quantity, fact.unit, fact.territory) == (one.quantity, one.unit, one.territory)
        and fact.start
        and fact.end
    ]
    same.sort(key=lambda fact: (first_day(fact.start), fact.id))
    for earlier, later in zip(same, same[1:], strict=False):
        if (first_day(later.start) - last_day(earlier.end)).days > 1 or _nested(earlier, later):
            return [one] if one.start and one.end else []
    return same


def _nested(one: Fact, other: Fact) -> bool:
    return first_day(other.start) >= first_day(one.start) and last_day(other.end) <= last_day(one.end)


def _span(counted: list[Fact]) -> Range:
    """Return how many days the periods cover together: bounds left out, at least; bounds included, at most."""
    first, last = counted[0], max(counted, key=lambda fact: last_day(fact.end))
    least = (first_day(last.end) - last_day(first.start)).days
    most = (last_day(last.end) - first_day(first.start)).days + 1
    return Range(max(float(least), 1.0), float(most))


def overlaps(study: Study) -> list[Finding]:
    """Find counts of one thing over two periods that have some days in common, without one holding the other."""
    known = [fact for fact in facts(study).values() if fact.start and fact.end]
    found = []
    for one, other in combinations(known, 2):
        if (one.quantity, one.unit, one.territory) != (other.quantity, other.unit, other.territory):
            continue
        first, second = sorted((one, other), key=lambda fact: first_day(fact.start))
        apart = first_day(second.start) > last_day(first.end)
        if apart or _nested(first, second) or _nested(second, first):
            continue
        found.append(
            Finding(
                "overlaps",
                "period",
                "mineur",
                first.passage,
                second.passage,
                (second.object, first.object),
                f"Deux comptes de la même chose ({first.label_fr}, puis {second.label_fr}) se recouvrent : "
                f"{period_fr(first.start, first.end)}, {period_fr(second.start, second.end)}.",
                "Ne pas additionner ces comptes au jour près, ni en tirer une moyenne annuelle exacte.",
            )
        )
    return found


def durations(study: Study) -> list[Finding]:
    """Find durations that the dates of their start and end do not give, bounds included, to one unit."""
    found = []
    for fact in facts(study).values():
        days = DAYS.get(fact.unit)
        if days is None or not (fact.start and fact.end):
            continue
        true = ((last_day(fact.end) - first_day(fact.start)).days + 1) / days
        if fact.range.meets(Range(true - 1, true + 1)):
            continue
        found.append(
            Finding(
                "durations",
                "period",
                "mineur",
                fact.passage,
                None,
                (fact.object,),
                f"La durée imprimée est : {fact.text_fr} ; ses bornes, {period_fr(fact.start, fact.end)}, font "
                f"{decimal(true, 0)}{NBSP}{unit_fr(fact.unit, true)}.",
                "Ne pas dater le début ou la fin d’après cette durée.",
            )
        )
    return found
