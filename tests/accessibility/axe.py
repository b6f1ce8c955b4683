"""Run axe-core on built pages, at two widths and in two modes, and judge what it finds."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from accessibility.axe_fr import RULES

WIDTHS, MODES = (1280, 320), ("light", "dark")
# Experimental in axe, so that its tag alone would leave them out.
FORCED = (
    *("css-orientation-lock", "focus-order-semantics", "p-as-heading", "table-fake-caption", "td-has-header"),
    "label-content-name-mismatch",
)
_FORCED_RULES = {rule: {"enabled": True} for rule in FORCED}
EVERYTHING: dict[str, Any] = {"runOnly": {"type": "tag", "values": ["RGAAv4"]}, "rules": _FORCED_RULES}
# A mode changes variables that hold colours and nothing else (tests/publishing/test_theme.py).
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"]}

# What is folded is read too: hidden, axe would not look at it.
_UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
_RUN = """options => axe.run(document, {...options, resultTypes: ['violations']}).then(found =>
    found.violations.flatMap(rule =>
        rule.nodes.map(node => [rule.id, node.target.join(' '), node.html.slice(0, 160)])))"""


@dataclass(frozen=True, order=True)
class Finding:
    """One element of one page that breaks one rule."""

    rule: str
    page: str
    target: str
    html: str
    states: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in French."""
        return f"{self.page} ({', '.join(self.states)}) : {self.rule}. {RULES[self.rule]}\n    {self.html}"


@dataclass(frozen=True)
class Allowed:
    """A fault that is let pass until a day, for a reason; ``page`` and ``target`` may be ``*``."""

    rule: str
    page: str
    target: str
    reason_fr: str
    expires: datetime.date

    def covers(self, finding: Finding) -> bool:
        """Say whether a finding is this one."""
        return self.rule == finding.rule and self.page in ("*", finding.page) and self.target in ("*", finding.target)


def examine(view: Any, address: str, page: str, *, search: str = "") -> list[Finding]:
    """Return what breaks a rule on a page, at each width and in each mode.

    The rules are all run in the light mode; those on colours are run again in the dark one.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    view.emulate_media(color_scheme=MODES[0])
    view.goto(f"{address}/{page}{search}")
    view.evaluate(AXE_SCRIPT)
    view.evaluate(_UNFOLD)
    states: dict[tuple[str, str, str], list[str]] = {}
    for width, mode in product(WIDTHS, MODES):
        view.set_viewport_size({"width": width, "height": 900})
        view.emulate_media(color_scheme=mode)
        for found in view.evaluate(_RUN, EVERYTHING if mode == MODES[0] else COLOURS):
            states.setdefault(tuple(found), []).append(f"{width} px, {'clair' if mode == 'light' else 'sombre'}")
    return [Finding(rule, page, target, html, tuple(said)) for (rule, target, html), said in states.items()]


def read_allowed(path: Path) -> list[Allowed]:
    """Return the faults that are let pass.

    Raises
    ------
    ValueError
        If one has no reason or no day.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if not row["reason_fr"].strip() or not row["expires"].strip():
                raise ValueError(f"{path.name}, ligne {line} : une exception a une raison et une date de fin")
            found.append(Allowed(**{**row, "expires": datetime.date.fromisoformat(row["expires"])}))
    return found


def faults(findings: Iterable[Finding], allowed: Iterable[Allowed], today: datetime.date) -> Iterator[str]:
    """Yield what must be mended: findings that nothing allows, exceptions out of date or of no use."""
    findings, allowed = sorted(findings), [*allowed]
    for one in findings:
        if not any(exception.covers(one) for exception in allowed):
            yield str(one)
    for exception in allowed:
        about = f"exception {exception.rule} ({exception.page})"
        if exception.expires < today:
            yield f"{about} : périmée depuis le {exception.expires.isoformat()}"
        if not any(exception.covers(one) for one in findings):
            yield f"{about} : ne sert plus, à retirer"
