"""Find references to the monographs that are out of their place, of their form, or of any case."""

from __future__ import annotations

import json

from pic_analysis.evidence.cells import grid, misplaced_citations
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.quality.finding import Finding, Passage, report_id
from pic_analysis.quality.measure import names_fr
from pic_analysis.schemas.columns import CELL
from pic_analysis.study import Study


def misplaced(study: Study) -> list[Finding]:
    """Find cells of the grid cited out of the package or the section where they belong; one finding a statement."""
    cited = misplaced_citations(study)
    cited = cited[cited["cell_id"].isin(grid(study.settings)["cell_id"])]
    found = []
    for statement_id, own in cited.groupby("statement_id", sort=False):
        passages = _passages(study, own)
        several = len(own) > 1
        found.append(
            Finding(
                "misplaced",
                "reference",
                "mineur",
                passages[0],
                None,
                (("statement", str(statement_id)), *(("cell", cell) for cell in own["cell_id"])),
                f"Le constat {statement_id} cite {enumerate_fr([*own['cell_id']])} : la section "
                f"{own['report_section'].iloc[0]} attend {enumerate_fr(_expected(own['reason_fr']))}.",
                f"{'Ces cellules sont comptées' if several else 'Cette cellule est comptée'} là où le rapport "
                f"{'les' if several else 'la'} cite : la vérifier dans la monographie avant de s’y appuyer.",
                tuple(passages[1:]),
            )
        )
    return found


def off_grid(study: Study) -> list[Finding]:
    """Find cells that the grid of cases, packages and sections does not hold; one finding a cell."""
    known = set(grid(study.settings)["cell_id"])
    found = []
    for cell, own in study.citations[~study.citations["cell_id"].isin(known)].groupby("cell_id", sort=False):
        passages = _passages(study, own)
        found.append(
            Finding(
                "off_grid",
                "reference",
                "mineur",
                passages[0],
                None,
                (("cell", str(cell)), *(("statement", s) for s in own["statement_id"].drop_duplicates())),
                f"La cellule {cell}, citée {count(len(own), 'fois')}, n’a pas la forme que les autres cas donnent aux "
                "leurs.",
                "Ne pas filtrer les cellules sur un seul motif : celle-ci y échapperait.",
                tuple(passages[1:]),
            )
        )
    return found


def unreadable(study: Study) -> list[Finding]:
    """Find printed references that name no cell: quarantined rows of the citations."""
    found = []
    for content in study.quarantine.loc[study.quarantine["file"] == "citations.csv", "content"]:
        row = json.loads(content)
        known = row["statement_id"] in set(study.statements["statement_id"])
        found.append(
            Finding(
                "unreadable",
                "reference",
                "notable",
                Passage(report_id(study), row["report_section"], row["raw_reference"]),
                None,
                (("citation", row["citation_id"]), *((("statement", row["statement_id"]),) if known else ())),
                f"Le renvoi imprimé « {row['raw_reference']} » ne nomme aucune cellule.",
                "Ne pas inventer la cellule, ni compter ce renvoi comme une preuve que l’on peut retrouver.",
            )
        )
    return found


def signatures(study: Study) -> list[Finding]:
    """Find quotations signed by a cell where others are signed by a person; one finding a cell."""
    signed = study.testimonies[study.testimonies["speaker_id"].str.fullmatch(CELL)]
    found = []
    for cell, own in signed.groupby("speaker_id", sort=False):
        passages = [
            Passage(report_id(study), section, anchor)
            for section, anchor in own[["report_section", "anchor"]].itertuples(index=False)
        ]
        found.append(
            Finding(
                "signatures",
                "reference",
                "mineur",
                passages[0],
                None,
                (*(("testimony", voice) for voice in own["testimony_id"]), ("respondent", str(cell))),
                f"La cellule {cell} signe {count(len(own), 'parole')} : on ne sait pas qui parle.",
                "N’attribuer cette signature à aucune personne, et ne compter la cellule qu’une fois.",
                tuple(passages[1:]),
            )
        )
    return found


def prefixes(study: Study) -> list[Finding]:
    """Find respondents' codes whose prefix belongs to no case study; one finding a prefix."""
    known = {case.respondent_prefix for case in study.settings.cases}
    coded = study.testimonies[study.testimonies["speaker_id"].str.fullmatch(r"[A-Z]\d+")]
    stray = coded[~coded["speaker_id"].str[0].isin(known)]
    found = []
    for prefix, own in stray.groupby(stray["speaker_id"].str[0], sort=False):
        passages = [
            Passage(report_id(study), section, anchor)
            for section, anchor in own[["report_section", "anchor"]].itertuples(index=False)
        ]
        people = own["speaker_id"].drop_duplicates()
        found.append(
            Finding(
                "prefixes",
                "identifier",
                "notable",
                passages[0],
                None,
                (*(("respondent", code) for code in people), *(("testimony", voice) for voice in own["testimony_id"])),
                f"Le préfixe {prefix} de {count(len(people), 'code')} d’entretien ({names_fr([*people])}) n’est celui "
                "d’aucune étude de cas.",
                "Ne rattacher ces voix à aucun cas.",
                tuple(passages[1:]),
            )
        )
    return found


def _passages(study: Study, cited: object) -> list[Passage]:
    rows = cited[["report_section", "raw_reference"]].itertuples(index=False)  # type: ignore[index]
    return [Passage(report_id(study), section, raw) for section, raw in rows]


def _expected(reasons: object) -> list[str]:
    """Return the cells that the reasons say were expected, each once."""
    return [*dict.fromkeys(reason.rpartition(" attend ")[2] for reason in reasons)]  # type: ignore[attr-defined]
