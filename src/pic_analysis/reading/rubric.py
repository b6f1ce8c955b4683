"""Check the rule of strength that a ``study.yml`` states: every threshold, level, option and verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pic_analysis.vocabulary import AGREEMENTS, CONFIDENCES, EXTENTS

DIMENSIONS = ("cases", "respondents", "source_kinds")
READINGS, BASES = ("settled", "a", "b"), ("all", "explicit")

Fault = tuple[str, str, str]
"""Key, value read, what was expected."""

_WHOLE, _SHARE = "un nombre entier, au moins 0", "une part entre 0 et 1"


def choices() -> dict[str, str]:
    """Return the choices that the sensitivity analysis tries, and what each option must be."""
    thresholds = {f"{level}.{name}": _WHOLE for level in ("medium", "robust") for name in DIMENSIONS}
    shares = {"agreement.medium": _SHARE, "agreement.strong": _SHARE}
    named = {"reading": _one_of(READINGS), "basis": _one_of(BASES)}
    return {**named, **thresholds, "required": _WHOLE, **shares}


def rubric_faults(rubric: dict[str, Any]) -> list[Fault]:
    """Return the keys of a rubric that are missing or not as expected.

    >>> rubric_faults({"extent": {}})[0]
    ('rubric, extent, medium, cases', '', 'un nombre entier, au moins 0')
    """
    faults = [*_thresholds(rubric), *_table(rubric), *_options(rubric)]
    return faults or [*_order(rubric), *_unlisted(rubric)]


def verb_faults(verbs: dict[str, Any]) -> list[Fault]:
    """Return the levels of confidence whose verbs are missing or cannot be read.

    >>> verb_faults({"none": [], "low": ["semble"], "medium": ["contribue"], "high": ["(prouve"]})
    [('verbs, high', '(prouve', 'une expression régulière lisible')]
    """
    faults = []
    for level in CONFIDENCES:
        patterns = verbs.get(level)
        if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
            faults.append((f"verbs, {level}", _shown(patterns), "une liste de verbes entre guillemets"))
            continue
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error:
                faults.append((f"verbs, {level}", pattern, "une expression régulière lisible"))
    return faults


def _thresholds(rubric: dict[str, Any]) -> Iterator[Fault]:
    paths: list[tuple[str, ...]] = [("extent", level, name) for level in ("medium", "robust") for name in DIMENSIONS]
    for path in [*paths, ("extent", "required")]:
        if not _is(_WHOLE, value := _at(rubric, *path)):
            yield ", ".join(("rubric", *path)), _shown(value), _WHOLE
    for level in ("medium", "strong"):
        if not _is(_SHARE, value := _at(rubric, "agreement", level)):
            yield f"rubric, agreement, {level}", _shown(value), _SHARE


def _table(rubric: dict[str, Any]) -> Iterator[Fault]:
    levels = [*CONFIDENCES][1:]
    for extent in EXTENTS:
        for agreement in AGREEMENTS:
            if (value := _at(rubric, "confidence", extent, agreement)) not in levels:
                yield f"rubric, confidence, {extent}, {agreement}", _shown(value), _one_of(levels)


def _options(rubric: dict[str, Any]) -> Iterator[Fault]:
    for name, expected in choices().items():
        options = _at(rubric, "sensitivity", name)
        if not isinstance(options, list) or not options:
            yield f"rubric, sensitivity, {name}", _shown(options), "une liste d’au moins une option"
            continue
        for option in options:
            if not _is(expected, option):
                yield f"rubric, sensitivity, {name}", _shown(option), expected


def _order(rubric: dict[str, Any]) -> Iterator[Fault]:
    """Yield the levels that would be easier to reach than a lower one, and a confidence that evidence would lower."""
    pairs = [(("extent", "medium", name), ("extent", "robust", name)) for name in DIMENSIONS]
    for low, high in [*pairs, (("agreement", "medium"), ("agreement", "strong"))]:
        if _at(rubric, *high) < _at(rubric, *low):
            yield (
                ", ".join(("rubric", *high)),
                _shown(_at(rubric, *high)),
                f"au moins {_at(rubric, *low)}, comme {low[1]}",
            )
    if not 1 <= rubric["extent"]["required"] <= len(DIMENSIONS):
        yield "rubric, extent, required", _shown(rubric["extent"]["required"]), f"de 1 à {len(DIMENSIONS)}"
    levels = [*CONFIDENCES]
    table = [[levels.index(_at(rubric, "confidence", e, a)) for a in AGREEMENTS] for e in EXTENTS]
    for e, extent in enumerate(EXTENTS):
        for a, agreement in enumerate(AGREEMENTS):
            before = max([table[e - 1][a]] * (e > 0) + [table[e][a - 1]] * (a > 0), default=0)
            if table[e][a] < before:
                key = f"rubric, confidence, {extent}, {agreement}"
                yield (
                    key,
                    levels[table[e][a]],
                    f"au moins {levels[before]} : plus de preuves n’abaisse pas la confiance",
                )


def _unlisted(rubric: dict[str, Any]) -> Iterator[Fault]:
    """Yield the published choices that the sensitivity analysis does not try: its shares would leave them out."""
    for name in choices():
        level, _, threshold = name.partition(".")
        path = ("agreement", threshold) if level == "agreement" else ("extent", level, *([threshold] * bool(threshold)))
        stated = {"reading": READINGS[0], "basis": BASES[0]}.get(name, _at(rubric, *path))
        if stated not in rubric["sensitivity"][name]:
            yield f"rubric, sensitivity, {name}", _shown(stated), "une liste qui contient la valeur publiée"


def _at(mapping: Any, *path: str) -> Any:
    for key in path:
        mapping = mapping.get(key) if isinstance(mapping, dict) else None
    return mapping


def _is(expected: str, value: Any) -> bool:
    if expected == _WHOLE:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if expected == _SHARE:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return isinstance(value, str) and value in expected.removeprefix("l’un de : ").split(", ")


def _one_of(options: Any) -> str:
    return "l’un de : " + ", ".join(options)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:60]
