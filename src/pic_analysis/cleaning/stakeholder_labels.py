"""Harmonise the stakeholder types that people type, by a mapping file and by nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from pic_analysis.cleaning.values import Verdict, gap, judge, one_of, plain, tidy
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import STAKEHOLDER_TYPES

FILE = "correspondance_types.csv"
FIELDS = {
    "printed_label": ("libellé", "libellé saisi", "libellé imprimé", "type saisi"),
    "stakeholder_type": ("type", "type d’acteur"),
}

_LIKE = 0.6  # difflib's own threshold: below, two labels share letters and no more


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
            said = verdict.expected or ("libellé sans lettre ni chiffre" if label else "libellé absent")
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
    """Return the reader of a typed label: its type if the mapping has it, else the nearest labels, three at most.

    Case, accents and punctuation aside, a label is the mapping's or it is unknown. The ten codes name themselves. Where
    no label is like it, all of them are told: the nearest would be noise.

    Examples
    --------
    >>> read = reader({"elu": "elus", "agent de la ville": "agents"}, {"elu": "Élu", "agent de la ville": "Agent…"})
    >>> read("ELU ").clean, read("élue").nearest
    ('elus', 'Élu (Élus)')
    """

    def read(text: str) -> Verdict:
        if empty := gap(text, required=True):
            return empty
        if text in STAKEHOLDER_TYPES:
            return Verdict(text)
        kind = types.get(fold(text))
        if kind:
            return Verdict(kind, rule=f"libellé harmonisé par {FILE}")
        near = difflib.get_close_matches(fold(text), [*types], n=3, cutoff=_LIKE)
        said = ", ".join(f"{written[key]} ({STAKEHOLDER_TYPES[types[key]]})" for key in near)
        expected = f"libellé absent de {FILE} : il n’est pas deviné"
        if not near:
            expected += f" ; libellés admis : {', '.join(written[key] for key in sorted(types)) or 'aucun'}"
        return Verdict(tidy(text), expected=expected, nearest=said)

    return read
