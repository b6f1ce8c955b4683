"""Write, in French, why a claim has its confidence and not a higher one."""

from __future__ import annotations

from pic_analysis.evidence.strength import Rubric, Strength
from pic_analysis.numbers_fr import NBSP, count, enumerate_fr, integer, percent
from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS

# What each dimension counts: attribute of `Strength`, singular, plural.
_COUNTED = (
    ("cases", "cas distinct", "cas distincts"),
    ("respondents", "répondant distinct", "répondants distincts"),
    ("kinds", "nature de voix", "natures de voix"),
)


def reason(found: Strength, rubric: Rubric) -> str:
    """Return one sentence on what a level rests on, then one on what is missing for more.

    Parameters
    ----------
    found
        The strength of the claim.
    rubric
        The rule that gave it.
    """
    if found.confidence == "none":
        return _nothing(found)
    lacking = missing(found, rubric)
    said = basis(found, rubric)
    return f"{said} {lacking}" if lacking else said


def basis(found: Strength, rubric: Rubric) -> str:
    """Return the sentence on the sources that were counted."""
    sources = enumerate_fr([_counted(found, *name) for name in _COUNTED])
    said = (
        f"Confiance {CONFIDENCES[found.confidence]}{NBSP}: étendue {EXTENTS[found.extent]} "
        f"({count(found.sources, 'source indépendante', 'sources indépendantes')}, soit {sources}) "
        f"et concordance {AGREEMENTS[found.agreement]} "
    )
    everything = found.supports + found.against
    if not found.against:
        return said + f"({_all(found.supports)})."
    return said + (
        f"({count(found.supports, 'élément rattaché', 'éléments rattachés')} sur {integer(everything)} "
        f"{'vont' if found.supports > 1 else 'va'} dans son sens, soit {_share(found, rubric)})."
    )


def missing(found: Strength, rubric: Rubric) -> str:
    """Return the sentence on what a higher confidence would take; empty if there is none higher."""
    extent, agreement = [*EXTENTS].index(found.extent), [*AGREEMENTS].index(found.agreement)
    here = [*CONFIDENCES].index(found.confidence)
    steps = [
        (e, a)
        for e in range(extent, len(EXTENTS))
        for a in range(agreement, len(AGREEMENTS))
        if rubric.table[e, a] > here
    ]
    # Only the nearest ways up: none that asks as much as another on both axes.
    nearest = [s for s in steps if not any(o != s and o[0] <= s[0] and o[1] <= s[1] for o in steps)]
    ways = [_way(found, rubric, e if e > extent else None, a if a > agreement else None) for e, a in nearest]
    return f"Pour plus, il faudrait {enumerate_fr(ways, last='ou')}." if ways else ""


def _way(found: Strength, rubric: Rubric, extent: int | None, agreement: int | None) -> str:
    """Return one way to a higher confidence: the levels to reach, and what is short of them."""
    wanted = []
    if extent is not None:
        level = [*EXTENTS][extent]
        wanted.append(f"une étendue {EXTENTS[level]} ({_short(found, rubric, level)})")
    if agreement is not None:
        threshold = float(rubric.agreement[agreement - 1])
        label = AGREEMENTS[[*AGREEMENTS][agreement]]
        wanted.append(f"une concordance {label} (au moins {percent(threshold)} dans son sens)")
    return enumerate_fr(wanted)


def _nothing(found: Strength) -> str:
    if not found.supports:
        return "Aucun constat du récit ne l’appuie : la chaîne de preuve ne peut pas être reconstruite."
    several = found.supports > 1
    stated = count(found.supports, "constat l’appuie", "constats l’appuient")
    ours, them = ("leur", "ils reposent") if several else ("son", "il repose")
    return f"{stated}, sans source identifiée qui aille dans {ours} sens : le récit ne montre pas sur quoi {them}."


def _all(supports: int) -> str:
    if supports == 1:
        return "un seul constat rattaché : la concordance n’apprend rien"
    if supports == 2:
        return "deux constats rattachés seulement, dans son sens"
    return f"les {count(supports, 'constat rattaché', 'constats rattachés')} vont dans son sens"


def _counted(found: Strength, attribute: str, singular: str, plural: str) -> str:
    return count(getattr(found, attribute), singular, plural)


def _short(found: Strength, rubric: Rubric, level: str) -> str:
    """Return what is short of a level of extent, dimension by dimension."""
    thresholds = rubric.medium if level == "medium" else rubric.robust
    short = [
        (int(wanted) - getattr(found, attribute), singular, plural)
        for (attribute, singular, plural), wanted in zip(_COUNTED, thresholds, strict=True)
        if getattr(found, attribute) < wanted
    ]
    wanted = int(rubric.required) - (len(_COUNTED) - len(short))
    listed = [f"{count(n, singular, plural)} de plus" for n, singular, plural in short]
    if wanted == len(short):
        return enumerate_fr(listed)
    return ("" if wanted == 1 else f"{integer(wanted)} au choix : ") + enumerate_fr(listed, last="ou")


def _share(found: Strength, rubric: Rubric) -> str:
    """Return the share in its direction, with a decimal where rounding would tell a threshold as reached."""
    rounded = round(found.share, 2)
    return percent(found.share, 1 if any(found.share < t <= rounded for t in map(float, rubric.agreement)) else 0)
