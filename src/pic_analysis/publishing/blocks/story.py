"""Blocks of the contribution story: statements, the cells they call on, and where evidence is thin."""

from __future__ import annotations

from pic_analysis.evidence.cells import called_cells, cited_cells
from pic_analysis.evidence.story import PACKAGE_SECTIONS, support, unsupported
from pic_analysis.evidence.warnings import by_passage
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.publishing.blocks.claims import resting
from pic_analysis.publishing.blocks.text import NOTHING, directions, entries, facts, listed, locator, plain, refs
from pic_analysis.publishing.markup import card, ref
from pic_analysis.reading.settings import Settings
from pic_analysis.study import Study
from pic_analysis.vocabulary import CELL_SECTIONS, POLARITIES, ROLES


def statements(study: Study, options: dict[str, str]) -> str:
    """Return the cards, or the list, of the statements of a package (``paquet``), or of one ``section`` of it."""
    chosen = study.statements[study.statements["package"] == options["paquet"]]
    if section := options.get("section"):
        chosen = chosen[chosen["statement_id"].str[1] == section]
    if chosen.empty:
        if options["paquet"] in {p.id for p in study.settings.packages} and section in PACKAGE_SECTIONS:
            return "Aucun constat n’est codé ici."
        raise ValueError(f"aucun constat dans le paquet {options['paquet']}, section {options.get('section', '')}")
    if listed(options):
        return entries("statement", chosen["statement_id"])
    cells = called_cells(study)
    spoken = study.testimonies
    voices: dict[str, dict[str, list[str]]] = {}
    for statement, kind, voice in zip(
        spoken["statement_id"], spoken["speaker_kind"], spoken["testimony_id"], strict=True
    ):
        voices.setdefault(statement, {}).setdefault(kind, []).append(voice)
    words = dict(zip(spoken["testimony_id"], spoken["summary_fr"], strict=True))
    doubts = by_passage(study)
    claims = {
        statement: {
            **resting(study, [statement]),
            "Écarts de source sur ce passage": refs("discrepancy", doubts.get(statement, ())),
        }
        for statement in chosen["statement_id"]
    }
    return "\n".join(
        _statement(row, cells, voices, words, claims[row["statement_id"]]) for row in chosen.to_dict("records")
    )


def _statement(
    row: dict[str, str],
    cells: dict[str, list[str]],
    voices: dict[str, dict[str, list[str]]],
    words: dict[str, str],
    claims: dict[str, str],
) -> str:
    identifier = row["statement_id"]
    own = voices.get(identifier, {})
    kind = f"{ROLES[row['role']].capitalize()} ; {_sense(row)} le changement attendu"
    said = f" ; le rapport écrit « {plain(row['quantifier'])} »" if row["quantifier"] else ""
    sources = facts(
        {
            "Renvois": refs("cell", cells.get(identifier, [])),
            "Entretiens": refs("testimony", own.get("interview", [])),
            "Documents": refs("testimony", own.get("document", [])),
            **claims,
        }
    )
    # An expert's objection is not one more interview: it is read where it stands, not behind a link.
    objections = "\n".join(
        f"- **Panel d’experts :** {ref('testimony', v)} {plain(words[v])}" for v in own.get("expert", [])
    )
    sources = "\n".join(part for part in (sources, objections) if part)
    place = locator(row["report_section"], row["anchor"])
    body = f"{kind}{said}. *{place[:1].upper()}{place[1:]}*\n\n{sources}"
    return card("statement", identifier, row["summary_fr"], body)


def _sense(row: dict[str, str]) -> str:
    """Return what a statement does to the expected change; a rival that favours it explains it otherwise."""
    if row["role"] == "other_explanation" and row["polarity"] == "supports":
        return "explique autrement"
    return POLARITIES[row["polarity"]]


def cell_name(settings: Settings, case: str, package: str, section: str) -> str:
    """Return the French name of a cell: case, package, section.

    >>> from pic_analysis.reading import settings
    >>> cell_name(settings.example(), "Eco", "B", "1")
    'Ecoactivités, paquet B, changement observé'
    """
    parts = [settings.case(case).label_fr, f"paquet {package}" if package else "", CELL_SECTIONS[section]]
    return ", ".join(part for part in parts if part)


def cells(study: Study, options: dict[str, str]) -> str:
    """Return the cards of a case's cells (``cas``) in one package (``paquet``; empty: outside packages)."""
    known = cited_cells(study)
    package = options.get("paquet", "")
    numbered = known["cell_section"].isin(["1", "2", "3"])
    within = numbered & (known["package"] == package) if package else ~numbered
    chosen = known[(known["case"] == options["cas"]) & within]
    citing = study.citations.groupby("cell_id")["statement_id"].unique().to_dict()
    return "\n".join(_cell(row, citing, study) for row in chosen.to_dict("records"))


def _cell(row: dict, citing: dict[str, list[str]], study: Study) -> str:
    name = cell_name(study.settings, row["case"], row["package"], row["cell_section"])
    if not row["statements"]:
        body = "Le rapport ne cite jamais cette cellule."
    else:
        times = "une fois" if row["citations"] == 1 else count(row["citations"], "fois")
        body = f"Citée {times}. {_resting(row)} le changement attendu.\n\n"
        lines = study.statements.set_index("statement_id")["summary_fr"]
        body += "\n".join(f"- {ref('statement', s)} : {plain(lines[s])}" for s in citing[row["cell_id"]])
        if claims := facts(resting(study, [*citing[row["cell_id"]]])):
            body += f"\n\nPar ces constats, la cellule :\n\n{claims}"
    return card("cell", row["cell_id"], name, body)


def _resting(row: dict) -> str:
    """Return the directions of the statements that rest on a cell, as the head of a sentence."""
    if row["statements"] > 1:
        return f"Parmi les constats qui s’y appuient, {directions(row)}"
    verbs = {**POLARITIES, "rivals": "explique autrement"}
    return f"Un seul constat s’y appuie ; il {next(verb for sense, verb in verbs.items() if row[sense])}"


def thin_cells(study: Study, options: dict[str, str]) -> str:
    """Return, for one case (``cas``), the cells that nothing cites and those that one statement cites."""
    known = cited_cells(study)
    own = known[(known["case"] == options["cas"]) & known["cell_section"].isin(["1", "2", "3"])]
    empty, single = own[own["statements"] == 0], own[own["statements"] == 1]
    lines = []
    if len(empty):
        lines.append(
            f"- Jamais citées par le rapport ({count(len(empty), 'cellule')}) : {refs('cell', empty['cell_id'])}."
        )
    if len(single):
        lines.append(
            f"- Citées pour un seul constat ({count(len(single), 'cellule')}) : {refs('cell', single['cell_id'])}."
        )
    return "\n".join(lines) or NOTHING


def thin_statements(study: Study, options: dict[str, str]) -> str:
    """Return the statements of a package (``paquet``) that no cell and no voice backs, or only one case does."""
    bare = unsupported(study)
    bare = bare.loc[bare["package"] == options["paquet"], "statement_id"]
    backing = support(study)
    own = study.statements[
        (study.statements["package"] == options["paquet"]) & (study.statements["role"] != "key_point")
    ]
    one = backing.index[(backing["cases"] == 1) & backing.index.isin(own["statement_id"])]
    repeated = ((study.statements["package"] == options["paquet"]) & (study.statements["role"] == "key_point")).any()
    apart = " (points clés mis à part, qui répètent le récit)" if repeated else ""
    total = count(len(own), "constat")
    lines = [
        f"Sur {total}{apart} :",
        "",
        f"- sans renvoi ni voix propres, {count(len(bare), 'constat')}"
        + (f" : {refs('statement', bare)} ;" if len(bare) else " ;"),
        f"- appuyés sur un seul cas, {count(len(one), 'constat')}"
        + (f" : {refs('statement', one)}." if len(one) else "."),
        "",
        "Un renvoi est compté une fois, au constat qu’il suit : un constat sans renvoi propre peut être couvert par "
        "celui du constat suivant. L’absence de renvoi ne dit donc pas que le constat est faux ; elle dit que le "
        "rapport ne montre pas, à cet endroit, sur quoi il repose.",
    ]
    return "\n".join(lines)


def case_evidence(study: Study, options: dict[str, str]) -> str:
    """Return one sentence on what the report takes from a case (``cas``)."""
    own = study.citations[study.citations["case"] == options["cas"]]
    known = cited_cells(study)
    cited = known[(known["case"] == options["cas"]) & (known["statements"] > 0)]
    packages = [p.id for p in study.settings.packages if p.id in set(own["package"])]
    named = f"{'les paquets' if len(packages) > 1 else 'le paquet'} {enumerate_fr(packages)}"
    where = f"dans {named}" if packages else "hors des paquets"
    if own.empty:
        return "Le rapport ne renvoie jamais à cette monographie."
    return (
        f"Le rapport renvoie {count(len(own), 'fois')} à cette monographie, pour "
        f"{count(own['statement_id'].nunique(), 'constat')} et {count(len(cited), 'cellule')}, "
        f"{where}."
    )
