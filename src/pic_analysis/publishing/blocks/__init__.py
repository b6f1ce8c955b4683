"""What pages and notebooks may show of a study: named blocks of Markdown, and named values.

A page writes ``{bloc} constats`` or ``{valeur}`nombre-constats```; a notebook calls
``BLOCKS["constats"](study, {...})``.
"""

from __future__ import annotations

from collections.abc import Callable

from pic_analysis.evidence.cells import cited_cells, misplaced_citations
from pic_analysis.evidence.story import unsupported
from pic_analysis.numbers_fr import integer, percent
from pic_analysis.publishing.blocks import findings, overview, record, story, theory, voices
from pic_analysis.study import Study

Block = Callable[[Study, dict[str, str]], str]

BLOCKS: dict[str, Block] = {
    "carte-des-preuves": overview.evidence_map_block,
    "cas-en-bref": story.case_evidence,
    "cellules": story.cells,
    "cellules-minces": story.thin_cells,
    "chemins-causaux": theory.causal_paths,
    "chronologie": record.timeline,
    "conclusions": findings.conclusions,
    "constats": story.statements,
    "constats-minces": story.thin_statements,
    "constats-par-role": overview.roles,
    "dictionnaire": record.dictionary,
    "double-codage": overview.double_coding,
    "ecarts": record.discrepancies,
    "ecarts-par-nature": record.discrepancy_counts,
    "enseignements": findings.lessons,
    "entretiens": voices.interviews,
    "fleches": theory.links,
    "mecanismes": theory.mechanisms_towards,
    "mecanismes-de-la-fleche": theory.mechanisms,
    "noeuds": theory.nodes,
    "preuves-du-paquet": overview.package_evidence,
    "quarantaine": record.quarantine,
    "recommandations": findings.recommendations,
    "renvois-hors-place": record.misplaced,
    "repondants": voices.respondents,
    "reparations": record.repairs,
    "rubrique": overview.rubric,
    "seuils": overview.thresholds,
    "sources": record.sources,
    "tables": record.checks,
    "voix": voices.voices,
    "voix-du-cas": voices.case_voices,
}
"""Every block by its French name."""


def _share_of_grid(study: Study) -> str:
    cells = cited_cells(study)
    return percent((cells["citations"] > 0).mean())


VALUES: dict[str, Callable[[Study], str]] = {
    "nombre-constats": lambda study: integer(len(study.statements)),
    "nombre-renvois": lambda study: integer(len(study.citations)),
    "nombre-renvois-repares": lambda study: integer(int(study.citations["repaired"].sum())),
    "nombre-renvois-hors-place": lambda study: integer(len(misplaced_citations(study))),
    "nombre-voix": lambda study: integer(len(study.testimonies)),
    "nombre-entretiens-cites": lambda study: integer(_speakers(study, "interview")),
    "nombre-experts": lambda study: integer(_speakers(study, "expert")),
    "nombre-conclusions": lambda study: integer(len(study.conclusions)),
    "nombre-enseignements": lambda study: integer(len(study.lessons)),
    "nombre-recommandations": lambda study: integer(len(study.recommendations)),
    "nombre-mecanismes": lambda study: integer(len(study.mechanisms)),
    "nombre-ecarts": lambda study: integer(len(study.discrepancies)),
    "nombre-ecarts-majeurs": lambda study: integer(int((study.discrepancies["severity"] == "majeur").sum())),
    "nombre-entretiens": lambda study: integer(int(study.stakeholders["interviews"].sum())),
    "nombre-cas": lambda study: integer(len(study.settings.cases)),
    "nombre-tables": lambda study: integer(len(study.tables)),
    "nombre-sources": lambda study: integer(len(study.sources)),
    "nombre-constats-nus": lambda study: integer(len(unsupported(study))),
    "nombre-cellules-citees": lambda study: integer(int((cited_cells(study)["citations"] > 0).sum())),
    "nombre-cellules": lambda study: integer(len(cited_cells(study))),
    "part-cellules-citees": _share_of_grid,
    "territoire": lambda study: study.settings.territory,
    "citation-rapport": lambda study: study.settings.citation,
}
"""Every value by its French name."""


def _speakers(study: Study, kind: str) -> int:
    chosen = study.testimonies[study.testimonies["speaker_kind"] == kind]
    return chosen["speaker_id"].nunique()
