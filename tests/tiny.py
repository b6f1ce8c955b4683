"""A study of a few rows, written where a test asks: small enough to be read whole in a failure."""

from __future__ import annotations

import csv
from pathlib import Path

from pic_analysis.cleaning.study import raw_columns
from pic_analysis.reading import registry
from pic_analysis.schemas import TABLES

SETTINGS = """\
title_fr: Essai
territory: Essai-la-Ville
insee: "00001"
year: 2020
citation: Personne, 2020, Rapport
cases:
  - {id: Eco, label_fr: Éco-activités, page: eco, question_fr: "?", respondent_prefix: E, labels: [Ecoactivités]}
  - {id: Part, label_fr: Implication, page: part, question_fr: "?", respondent_prefix: P, labels: [Participation]}
packages:
  - {id: B, number: 1, label_fr: Posture, page: paquet-b, question_fr: "?", report_section: "3.2"}
  - {id: C, number: 2, label_fr: Qualité, page: paquet-c, question_fr: "?", report_section: "3.3"}
impact_section: "3.5"
spread_section: "3.6"
conclusions_section: "4"
conclusions_mark: "CCL"
unattached_prefixes: {C: "?"}
printed_speakers: {}
rubric:
  extent:
    required: 3
    medium: {cases: 2, respondents: 2, source_kinds: 1}
    robust: {cases: 3, respondents: 4, source_kinds: 2}
  agreement: {medium: 0.5, strong: 0.8}
  confidence:
    limited: {low: low, medium: low, strong: medium}
    medium: {low: low, medium: medium, strong: medium}
    robust: {low: medium, medium: medium, strong: high}
  sensitivity:
    reading: [settled, a, b]
    basis: [all, explicit]
    medium.cases: [1, 2]
    medium.respondents: [1, 2]
    medium.source_kinds: [1]
    robust.cases: [3]
    robust.respondents: [4]
    robust.source_kinds: [2]
    required: [1, 3]
    agreement.medium: [0.5]
    agreement.strong: [0.8]
verbs:
  none: [ne permet pas de]
  low: [a pu contribuer]
  medium: [contribue]
  high: [contribue nettement, prouve]
"""

ROWS: dict[str, list[tuple[str, ...]]] = {
    "statements": [
        (
            "B1-01",
            "3.2.1",
            "B",
            "change",
            "supports",
            "la plupart",
            "Beaucoup voient la ville en bien.",
            "la plupart des",
        ),
        ("B1-02", "3.2.1", "B", "change", "contradicts", "", "Un quartier la voit en mal.", "toutefois des"),
        (
            "C2-01",
            "3.3.2",
            "C",
            "contribution",
            "nuances",
            "",
            "Des experts aident parfois.",
            "recours à l’expertise",
        ),
    ],
    "citations": [
        ("cit-001", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_1"),
        ("cit-002", "B1-01", "3.2.1", "Participation Part_ PCI_1"),
        ("cit-003", "C2-01", "3.3.2", "Part_PC2_3"),
    ],
    "testimonies": [
        ("tem-001", "interview", "P1I", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée"),
        (
            "tem-002",
            "expert",
            "Les experts",
            "B1-02",
            "3.2.1",
            "nuances",
            "Le mot est trop fort.",
            "ne pas parler",
        ),
        (
            "tem-003",
            "interview",
            "",
            "B1-02",
            "3.2.1",
            "contradicts",
            "Le quartier déplaît.",
            "quartier pourri",
        ),
    ],
    "conclusions": [("CCL01", "B", "contribution", "la plupart", "Le récit convainc.")],
    "theory_nodes": [
        ("A", "", "Ce que fait la commune", "1.3", "le paquet A", "true", "true", "true", ""),
        ("B", "", "Posture", "1.3", "le paquet B", "true", "false", "true", ""),
        ("B1", "B", "Image du territoire", "7.1.2", "partagent une", "true", "false", "true", ""),
        ("C", "", "Qualité", "1.3", "le paquet C", "true", "false", "true", ""),
    ],
    "theory_links": [
        ("A>B", "A", "B", "La commune agit sur la posture", "7.1.2", "A—B"),
        ("B>C", "B", "C", "La posture agit sur la qualité", "7.1.2", "B—C"),
    ],
    "mechanisms": [("A>B-1", "A>B", "favours", "Informer fait apprendre.", "7.1.2", "actions de", "")],
    "lessons": [
        (
            "ENS1",
            "conception",
            "Petite commune.",
            "Agir à plusieurs échelles.",
            "Plus de moyens.",
            "6.1",
            "Pour une",
        )
    ],
    "lesson_points": [("ENS1-F1", "ENS1", "success_factor", "Un mandat aide.", "6.1", "le mandat")],
    "recommendations": [
        ("REC-EVAL-1", "R1", "evaluation", "Suivre l’essentiel.", "commune", "", "5.3.1", "Identifier les")
    ],
    "recommendation_points": [("REC-EVAL-1-P1", "REC-EVAL-1", "Choisir.", "Un atelier")],
    "follow_up": [("REC-EVAL-1", "2020", "unknown", "aucune trace dans les sources lues", "", "2021-01-04")],
    "conclusion_support": [
        ("CCL01", "B1-01", "supports", "explicit"),
        ("CCL01", "B1-02", "opposes", "coder_reading"),
    ],
    "lesson_support": [("ENS1", "B1-01", "supports", "coder_reading")],
    "recommendation_answers": [("REC-EVAL-1", "CCL01", "coder_reading")],
    "link_support": [("A>B", "A>B-1", "B1-01", "supports", "explicit")],
    "rivals": [("RIV01", "B", "", "Le maire emporte l’adhésion.")],
    "rival_fates": [("CCL01", "RIV01", "completes", "B1-01", "explicit")],
    "facts": [
        (
            "FAI001",
            "SRC01",
            "2.2",
            "220 réunions",
            "public_meetings",
            "réunions publiques",
            "220",
            "",
            "exact",
            "réunion",
            "2001",
            "2008",
            "Essai-la-Ville",
            "",
            "",
            "",
            "",
            "D",
            "",
        )
    ],
    "announced_counts": [("ANN01", "SRC01", "3.3.2", "deux formes", "formes", "2", "3", "3.3.4", "de trois", "")],
    "page_references": [("PAG01", "SRC01", "4", "voir p. 48", "48", "enseignement 3", "6.1", "Pour une", "50")],
    "repeated_quotations": [("REP01", "3.2.1", "je suis tombée", "6.2", "je suis tombé", "")],
    "stakeholders": [("elus", "Élus", "8"), ("habitants", "Habitants", "17")],
    "sources": [("SRC01", "report", "Rapport", "Personne", "2020", "", "tous droits réservés", "")],
    "discrepancies": [
        (
            "ECA01",
            "sum",
            "majeur",
            "SRC01",
            "2.2",
            "220 réunions",
            "SRC01",
            "7.1.2",
            "plus de 200",
            "Sommes différentes.",
            "Ne pas additionner.",
        )
    ],
    "timeline": [("EVT01", "2001", "", "La charte est signée.", "SRC01", "1.1.2", "charte du cadre")],
    "double_coding": [("B1-01.role", "B1-01", "statement", "3.2.1", "role", "change", "change", "change", "")],
}


def write(root: Path, rows: dict[str, list[tuple[str, ...]]] | None = None, *, register: bool = True) -> Path:
    """Write a compendium that holds one study, ``essai``; return its raw folder."""
    (root / "_config.yml").touch()
    folder = root / "data" / "raw" / "essai"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "decisions.csv").write_text("file,identifier,reason_fr\n", encoding="utf-8")
    for name in (name for name in TABLES if name not in ("cleaning_log", "quarantine")):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(raw_columns(name))
            writer.writerows({**ROWS, **(rows or {})}[name])
    if register:
        registry.write(folder)
    return folder
