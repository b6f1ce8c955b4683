"""The names by which pages ask for blocks and values: ``{bloc} constats``, ``{valeur}`nombre-constats```.

It imports every block. A notebook imports the modules of its own instead (``story.statements(study, {...})``): it is
then executed again when these change, and no others.
"""

from __future__ import annotations

from collections.abc import Callable

from pic_analysis.evidence.cells import evidence_map
from pic_analysis.evidence.passport import accounts
from pic_analysis.evidence.sensitivity import number_of_specifications
from pic_analysis.evidence.story import unsupported
from pic_analysis.numbers_fr import integer, percent
from pic_analysis.publishing.blocks import (
    accessibility,
    claims,
    comparison,
    conformity,
    editions,
    findings,
    gate,
    indicator_calendar,
    indicator_card,
    indicator_catalogue,
    open_data,
    overview,
    passport,
    performances,
    quality,
    record,
    reliability,
    site,
    solidity,
    story,
    theory,
    voices,
)
from pic_analysis.publishing.territory_state import State
from pic_analysis.study import Study

Block = Callable[[Study, dict[str, str]], str]


def _of_state(block: Callable[[State, dict[str, str]], str]) -> Block:
    """Return a block of the indicators as one of the study that they stand beside."""
    return lambda study, options: block(State.of(study), options)


BLOCKS: dict[str, Block] = {
    "ajouter-une-valeur": _of_state(indicator_catalogue.entry_example),
    "audit": site.audit_grid,
    "audit-en-bref": site.audit_in_brief,
    "budgets": site.budget,
    "calendrier": _of_state(lambda state, _: indicator_calendar.calendar(state)),
    "carte-des-preuves": overview.evidence_map_block,
    "catalogue-des-indicateurs": _of_state(indicator_catalogue.catalogue),
    "cas-en-bref": story.case_evidence,
    "cellules": story.cells,
    "cellules-minces": story.thin_cells,
    "chemins-causaux": theory.causal_paths,
    "chronologie": record.timeline,
    "comparaison": comparison.comparison,
    "conclusions": claims.conclusions,
    "conformite": conformity.conformity,
    "constats": story.statements,
    "constats-minces": story.thin_statements,
    "constats-par-role": overview.roles,
    "controles": quality.findings,
    "controles-en-bref": quality.in_brief,
    "dictionnaire": record.dictionary,
    "criteres-non-verifies": accessibility.unverified,
    "donnees-ouvertes": open_data.tables,
    "donnees-ouvertes-empreintes": open_data.fingerprints,
    "donnees-ouvertes-ensemble": open_data.whole,
    "donnees-ouvertes-outils": open_data.tools,
    "double-codage": overview.double_coding,
    "double-codage-de-la-chaine": overview.chain_coding,
    "double-codage-intervalles": reliability.double_coding_intervals,
    "ecarts": record.discrepancies,
    "ecarts-de-la-section": findings.section_warnings,
    "ecarts-par-nature": record.discrepancy_counts,
    "editions": site.editions,
    "enseignements": findings.lessons,
    "enseignements-en-bref": findings.lessons_in_brief,
    "entretiens": voices.interviews,
    "erreurs-connues": editions.errors,
    "etat-d-accessibilite": accessibility.state,
    "faits": quality.facts,
    "fiche-indicateur": _of_state(indicator_card.indicator),
    "fleches": theory.links,
    "force-des-fleches": solidity.arrows,
    "garde-fou-comptes": gate.counts_of_people,
    "garde-fou-noms": gate.public_figures,
    "garde-fou-recherche": gate.searched,
    "garde-fou-retenues": gate.withheld,
    "indicateurs-en-bref": _of_state(indicator_catalogue.in_brief),
    "grille-et-accord": conformity.grid_example,
    "matrice": solidity.matrix,
    "mecanismes": theory.mechanisms_towards,
    "niveaux-changes": editions.level_changes,
    "mecanismes-de-la-fleche": theory.mechanisms,
    "mecanismes-non-eprouves": solidity.untested,
    "mesures": site.weights,
    "noeuds": theory.nodes,
    "non-conformites": accessibility.broken,
    "organisme": site.publisher,
    "paradoxe-du-kappa": conformity.paradox_example,
    "passeport": passport.passport,
    "performances": performances.measures,
    "poids-des-choix": solidity.weights,
    "preuves-du-paquet": overview.package_evidence,
    "quarantaine": record.quarantine,
    "quoi-de-neuf": _of_state(lambda state, _: indicator_calendar.news(state)),
    "rappel-precision": quality.recall_and_precision,
    "recommandations": findings.recommendations,
    "renvois-hors-place": record.misplaced,
    "reparations": record.repairs,
    "repondants": voices.respondents,
    "revisions": _of_state(lambda state, _: indicator_calendar.revisions(state)),
    "rivales": claims.rivals,
    "rubrique": overview.rubric,
    "sans-chaine": claims.without_chain,
    "seuils": overview.thresholds,
    "sources": record.sources,
    "suivi-local": _of_state(indicator_catalogue.monitoring),
    "tables": record.checks,
    "tables-des-indicateurs": _of_state(indicator_catalogue.tables),
    "tenue": solidity.steadiness,
    "verdicts": solidity.verdicts,
    "verdicts-en-bref": solidity.verdict_summary,
    "voix": voices.voices,
    "voix-du-cas": voices.case_voices,
}
"""Every block by its French name."""


VALUES: dict[str, Callable[[Study], str]] = {
    "nombre-constats": lambda study: integer(len(study.statements)),
    "nombre-renvois": lambda study: integer(len(study.citations)),
    "nombre-voix": lambda study: integer(len(study.testimonies)),
    "nombre-voix-du-recit": lambda study: integer(int((study.testimonies["statement_id"] != "").sum())),
    "nombre-points-cles": lambda study: integer(int((study.statements["role"] == "key_point").sum())),
    "nombre-entretiens-cites": lambda study: integer(_codes(study)),
    "nombre-conclusions": lambda study: integer(len(study.conclusions)),
    "nombre-recommandations": lambda study: integer(len(study.recommendations)),
    "nombre-mecanismes": lambda study: integer(len(study.mechanisms)),
    "nombre-ecarts": lambda study: integer(len(study.discrepancies)),
    "nombre-ecarts-majeurs": lambda study: integer(int((study.discrepancies["severity"] == "majeur").sum())),
    "nombre-entretiens": lambda study: integer(int(study.stakeholders["interviews"].sum())),
    "nombre-constats-nus": lambda study: integer(len(unsupported(study))),
    "nombre-constats-releves-apres": lambda study: integer(_added(study)),
    "nombre-cellules-citees": lambda study: integer(int(evidence_map(study).gt(0).to_numpy().sum())),
    "nombre-cellules": lambda study: integer(evidence_map(study).size),
    "part-cellules-citees": lambda study: percent(float(evidence_map(study).gt(0).to_numpy().mean())),
    "conclusions-par-confiance": solidity.levels_summary,
    "conclusions-fragiles": solidity.fragile_summary,
    "combinaisons-essayees": lambda study: integer(number_of_specifications(accounts(study).specifications[0])),
    "mecanismes-eprouves": lambda study: integer(_tested(study)),
    "nombre-rivales": lambda study: integer(len(study.rivals)),
    "nombre-rattachements": lambda study: integer(len(study.conclusion_support)),
    "nombre-tables-ouvertes": open_data.number,
    "licence-des-donnees": open_data.licence,
    "citation-du-livre": open_data.citation,
    "citation-rapport": lambda study: study.settings.citation,
}
"""Every value by its French name."""


def _tested(study: Study) -> int:
    """Return the number of mechanisms that the story tests."""
    return sum(len(account.attached) > 0 for account in accounts(study).all("mechanism"))


def _added(study: Study) -> int:
    """Return the number of statements that neither of the two readings had noted."""
    return int((~study.statements["statement_id"].isin(study.double_coding["unit_id"])).sum())


def _codes(study: Study) -> int:
    """Return the number of respondents' codes that the report prints."""
    spoken = study.testimonies.loc[study.testimonies["speaker_kind"] == "interview", "speaker_id"]
    return spoken[spoken.str.fullmatch(r"[A-Z]\d+")].nunique()
