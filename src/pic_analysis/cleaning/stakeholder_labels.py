"""Harmonise the stakeholder types that people type, by a mapping file and by nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from pic_analysis.cleaning.values import Verdict, absent, is_missing, judge, one_of, plain, tidy
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import STAKEHOLDER_TYPES

FILE = "correspondance_types.csv"
FIELDS = {
    "printed_label": ("libellé", "libellé saisi", "libellé imprimé", "type saisi"),
    "stakeholder_type": ("type", "type d’acteur"),
}


def mapping(sheet: Sheet) -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    """Return the types by folded label, the labels as written by folded label, and the problems of the file.

    A label that two lines give to two types is given to none.
    """
    raw = sheet.frame
    labels = judge(raw["printed_label"], plain).values
    types = judge(raw["stakeholder_type"], one_of(STAKEHOLDER_TYPES))
    problems = list(sheet.problems)
    found: dict[str, str] = {}
    written: dict[str, str] = {}
    for position, (row, label) in enumerate(zip(raw.index, labels, strict=True)):
        verdict = types.verdicts[types.which[position]]
        key = fold(label)
        if verdict.expected or not key:
            said = verdict.expected or "libellé absent"
            problems.append(
                Problem(
                    sheet.file,
                    int(row),
                    "stakeholder_type" if key else "printed_label",
                    str(verdict.clean if key else label),
                    said,
                    "Corrigez la ligne : sans elle, ce libellé n’est pas reconnu",
                    verdict.nearest,
                )
            )
        elif found.setdefault(key, verdict.clean) != verdict.clean:
            said = f"ce libellé vaut déjà « {STAKEHOLDER_TYPES[found[key]]} » plus haut"
            problems.append(Problem(sheet.file, int(row), "printed_label", label, said, "Gardez une seule ligne"))
            found[key] = ""
        written.setdefault(key, label)
    return {key: kind for key, kind in found.items() if kind}, written, problems


def reader(types: Mapping[str, str], written: Mapping[str, str]) -> Callable[[str], Verdict]:
    """Return the reader of a typed label: its type if the mapping has it, else the three nearest labels.

    Case, accents and punctuation aside, a label is the mapping's or it is unknown. The ten codes name themselves.

    Examples
    --------
    >>> read = reader({"elu": "elus", "agent de la ville": "agents"}, {"elu": "Élu", "agent de la ville": "Agent…"})
    >>> read("ELU ").clean, read("élue").nearest
    ('elus', 'Élu (Élus), Agent… (Agents)')
    """

    def read(text: str) -> Verdict:
        if is_missing(text):
            return absent(text, required=True)
        if text in STAKEHOLDER_TYPES:
            return Verdict(text)
        kind = types.get(fold(text))
        if kind:
            return Verdict(kind, rule=f"libellé harmonisé par {FILE}")
        near = difflib.get_close_matches(fold(text), [*types], n=3, cutoff=0.0)
        said = ", ".join(f"{written[key]} ({STAKEHOLDER_TYPES[types[key]]})" for key in near)
        return Verdict(tidy(text), expected=f"libellé absent de {FILE} : il n’est pas deviné", nearest=said)

    return read
