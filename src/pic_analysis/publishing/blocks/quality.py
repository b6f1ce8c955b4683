"""Blocks of the quality control: what the rules find, how it compares with the register, the quantities of a source."""

from __future__ import annotations

from itertools import groupby

from pic_analysis.numbers_fr import MISSING, count, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.text import NOTHING, entries, listed, locator, plain
from pic_analysis.publishing.markup import KINDS, ref, row_id, table
from pic_analysis.quality.finding import Finding, Passage
from pic_analysis.quality.measure import period_fr, value_fr
from pic_analysis.quality.register import about, controls
from pic_analysis.quality.rules import RULES
from pic_analysis.study import Study
from pic_analysis.vocabulary import DISCREPANCY_KINDS, QUALITIES, SEVERITIES

NEW = "non relevé"


def findings(study: Study, options: dict[str, str]) -> str:
    """Return what the rules find, or one of them (``regle``): a table a rule, a row a finding.

    Or those that look for some kinds of discrepancy (``natures``); their list if it is asked for.
    """
    found, compared = controls(study)
    wanted, kinds = options.get("regle", ""), options.get("natures", "").split()
    if wanted and wanted not in RULES:
        raise ValueError(f"règle inconnue : {wanted} ; attendu : {', '.join(RULES)}")
    if unknown := [kind for kind in kinds if kind not in DISCREPANCY_KINDS]:
        raise ValueError(f"nature inconnue : {unknown[0]} ; attendu : {', '.join(DISCREPANCY_KINDS)}")
    if kinds:
        found = tuple(finding for finding in found if RULES[finding.rule].kind in kinds)
    if listed(options):
        return entries("control", [finding.id for finding in found])
    parts = []
    for name, own in groupby(found, key=lambda finding: finding.rule):
        if wanted in ("", name):
            rows = [_row(finding, compared.discrepancy_of.get(finding.id, "")) for finding in own]
            header = ["Contrôle", "Ce qui ne s’accorde pas", "Passages", "Concerne", "Gravité, et écart relevé"]
            title = "" if wanted else f"## {RULES[name].title_fr}\n\n"
            parts.append(f"{title}{RULES[name].about_fr}\n\n{table(RULES[name].title_fr, header, rows)}")
    return "\n".join(parts) or NOTHING


def _row(finding: Finding, discrepancy: str) -> tuple[str, ...]:
    return (
        row_id("control", finding.id, RULES[finding.rule].title_fr),
        f"{plain(finding.summary_fr)} *{plain(finding.consequence_fr)}*",
        _passages(finding.first, finding.second),
        enumerate_fr([ref(kind, name) if kind in KINDS else name for kind, name in finding.objects]),
        f"{SEVERITIES[finding.severity]} ; {ref('discrepancy', discrepancy) if discrepancy else NEW}",
    )


def _passages(first: Passage, second: Passage | None) -> str:
    """Return where the passages stand; their source is named once if it is the same."""
    said = f"{ref('source', first.source_id)}, {_place(first)}"
    if second is None or not _place(second):
        return said
    source = "" if second.source_id == first.source_id else f"{ref('source', second.source_id)}, "
    return f"{said} ; face à : {source}{_place(second)}"


def _place(passage: Passage) -> str:
    return locator("" if passage.section == "texte" else passage.section, passage.anchor)


def in_brief(study: Study, _: dict[str, str]) -> str:
    """Return the number of findings of each rule, and how many of them the register holds."""
    compared = controls(study)[1]
    numbers = compared.by_rule
    rows = [
        (rule.title_fr, *(integer(int(numbers.at[name, column])) for column in ("found", "matched", "new")))
        for name, rule in RULES.items()
    ]
    rows.append(("Ensemble", *(integer(int(numbers[column].sum())) for column in ("found", "matched", "new"))))
    return table(
        "Contrôles par règle, et ce que le registre relevé à la lecture en tient déjà",
        ["Règle", "Contrôles", "Dans le registre", "Non relevés"],
        rows,
    )


def recall_and_precision(study: Study, _: dict[str, str]) -> str:
    """Return how far rules and register find the same things, by kind, and how to read it."""
    compared = controls(study)[1]
    kinds = compared.by_kind
    reachable, apart = kinds[kinds["reachable"]], kinds[~kinds["reachable"] & (kinds["rows"] > 0)]
    seen, rows_known = int(reachable["matched"].sum()), int(reachable["rows"].sum())
    alone = int(((compared.matches["discrepancy_id"] != "") & (compared.matches["words"] == 0)).sum())
    total, matched = int(compared.by_rule["found"].sum()), int(compared.by_rule["matched"].sum())
    rows = [
        (
            DISCREPANCY_KINDS[kind].capitalize(),
            *(integer(int(row[column])) for column in ("rows", "matched", "missed")),
            percent(row["matched"] / row["rows"]) if row["rows"] else MISSING,
        )
        for kind, row in reachable.iterrows()
    ]
    header = ["Nature", "Dans le registre", "Retrouvés par une règle", "Manqués", "Rappel"]
    outside = enumerate_fr(
        [f"{DISCREPANCY_KINDS[kind]} ({integer(int(apart.at[kind, 'rows']))})" for kind in apart.index]
    )
    hold = "tiennent" if alone > 1 else "tient"
    return "\n".join(
        [
            f"**Rappel : {percent(compared.recall)}.** Sur {count(rows_known, 'écart')} du registre, d’une nature "
            f"qu’une règle peut chercher, {integer(seen)} ont été retrouvés.",
            f"**Précision : {percent(compared.precision)}.** Sur {count(total, 'contrôle')}, {integer(matched)} sont "
            "un écart du registre ; les autres sont des écarts nouveaux ou de fausses alertes, et sont tous publiés.",
            "",
            "Un contrôle et un écart sont le même quand ils ont la même nature, ou une nature voisine, et les mêmes "
            f"passages ; {count(alone, 'rapprochement')} ne {hold} qu’au lieu, sans mot commun entre les ancres. "
            "Un rappel faible dit que les écarts de cette nature demandent de lire, non de compter ; une précision "
            "faible, que les règles trouvent ce que la lecture n’avait pas relevé, ou se trompent.",
            "",
            table("Rappel des règles par nature d’écart", header, rows),
            f"Écarts d’une nature qu’aucune règle ne cherche, comptés à part : {outside}." if outside else "",
        ]
    )


def facts(study: Study, options: dict[str, str]) -> str:
    """Return the quantities that one source prints (``source``), with their place and what to read with them."""
    printed = study.facts[study.facts["source_id"] == options.get("source", "SRC01")]
    if printed.empty:
        return NOTHING
    if listed(options):
        return entries("fact", printed["fact_id"])
    rows = []
    for row in printed.to_dict("records"):
        value = value_fr(row["value"], row["value_max"], row["precision"], row["unit"])
        territory = f"« {plain(row['territory'])} »" if row["territory"] else ""  # as printed
        known = [part for part in (period_fr(row["period_start"], row["period_end"]), territory) if part]
        said = ", ".join([f"**{plain(value)}** ({plain(row['label_fr'])})", *known])
        caution = f" {_sentence(row['caution_fr'])}" if row["caution_fr"] else ""
        passage = Passage(row["source_id"], row["section"], row["anchor"])
        rows.append(
            (
                row_id("fact", row["fact_id"], f"{row['label_fr']} : {value}"),
                f"{said}. Qualité {row['quality']}, {QUALITIES[row['quality']]}.{caution}",
                _place(passage),
                _to_read_with(study, row["fact_id"], passage),
            )
        )
    title = study.sources.set_index("source_id").at[printed["source_id"].iloc[0], "title"]
    header = ["Fait", "Valeur lue", "Passage", "À lire avec"]
    return table(f"Faits chiffrés : {plain(title)}", header, rows)


def _sentence(text: str) -> str:
    return plain(f"{text[:1].upper()}{text[1:]}") + ("" if text.endswith(".") else ".")


def _to_read_with(study: Study, fact_id: str, passage: Passage) -> str:
    """Return the controls that concern a fact, and the discrepancies that they match or that stand at its place."""
    found, compared = controls(study)
    own = [finding.id for finding in found if ("fact", fact_id) in finding.objects]
    known = [compared.discrepancy_of[name] for name in own if name in compared.discrepancy_of]
    rows = [*dict.fromkeys([*known, *about(study, passage)])]
    return enumerate_fr([*(ref("control", name) for name in own), *(ref("discrepancy", row) for row in rows)])


def concerning(study: Study, kind: str, object_id: str) -> list[str]:
    """Return the identifiers of the controls that concern an object, for any card to link to them."""
    return [finding.id for finding in controls(study)[0] if (kind, object_id) in finding.objects]


def register_of(study: Study, kind: str, object_id: str) -> list[str]:
    """Return the discrepancies of the register that a rule found too, and that concern an object."""
    compared = controls(study)[1]
    found = (compared.discrepancy_of.get(name, "") for name in concerning(study, kind, object_id))
    return [discrepancy for discrepancy in found if discrepancy]
