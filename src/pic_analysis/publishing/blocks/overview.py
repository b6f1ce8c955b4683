"""Blocks that look at the whole study: evidence map, double coding, thin places."""

from __future__ import annotations

from pic_analysis.coding.agreement import attached, by_variable
from pic_analysis.evidence.cells import cited_cells, evidence_map
from pic_analysis.evidence.story import unsupported
from pic_analysis.evidence.voices import identified
from pic_analysis.numbers_fr import count, decimal, enumerate_fr, integer, percent
from pic_analysis.publishing.blocks.text import directions
from pic_analysis.publishing.markup import ref, table
from pic_analysis.study import Study
from pic_analysis.vocabulary import CELL_SECTIONS, CODING_UNITS, ROLES, STORY_UNITS

VARIABLES = {
    "role": "rôle",
    "polarity": "polarité",
    "quantifier": "mot de quantité (présent, absent)",
    "statement_id": "constat de rattachement",
    "speaker_kind": "nature de la source",
}


def map_by_package(study: Study, options: dict[str, str]) -> str:
    """Return the evidence map of one package (``paquet``; empty: outside packages): a table, cases in rows."""
    package = options.get("paquet", "")
    cells = cited_cells(study)
    sections = ["1", "2", "3"] if package else ["IT", "Ess", "Intro"]
    own = cells[cells["cell_section"].isin(sections)]
    if package:
        own = own[own["package"] == package]
    rows = []
    for case in study.settings.cases:
        mine = own[own["case"] == case.id]
        rows.append([case.label_fr, *(_entry(mine[mine["cell_section"] == s].to_dict("records")) for s in sections)])
    name = study.settings.package(package).label_fr if package else "Impacts, essaimage et introductions"
    caption = f"{'Paquet ' + package + ' : ' if package else ''}{name}"
    return table(caption, ["Étude de cas", *(CELL_SECTIONS[s].capitalize() for s in sections)], rows)


def _entry(cells: list[dict]) -> str:
    """Return the content of one place of the map; a case may hold two cells of one section."""
    if not any(cell["citations"] for cell in cells):
        return " ".join(f"{ref('cell', cell['cell_id'])} : aucun renvoi" for cell in cells[:1])
    lines = []
    for cell in cells:
        if cell["citations"]:
            counts = f"{count(cell['statements'], 'constat')}, {count(cell['citations'], 'renvoi')}"
            lines.append(f"{ref('cell', cell['cell_id'])} : {counts} ({directions(cell)})")
    return " ; ".join(lines)


def map_summary(study: Study, _: dict[str, str]) -> str:
    """Return the number of statements by case and package, as one small table."""
    counts = evidence_map(study)
    packages = [p.id for p in study.settings.packages]
    rows = []
    for case in study.settings.cases:
        numbers = [[int(counts.loc[case.id, f"{p}{s}"]) for s in "123"] for p in packages]
        rows.append(
            [
                case.label_fr,
                *(" + ".join(integer(n) for n in trio) + f" = {integer(sum(trio))}" for trio in numbers),
            ]
        )
    return table(
        "Constats appuyés sur chaque cas, par paquet (changement + indices + autres explications)",
        ["Étude de cas", *(f"Paquet {p}" for p in packages)],
        rows,
    )


def evidence_map_block(study: Study, _: dict[str, str]) -> str:
    """Return the whole evidence map: the summary, then one table a package."""
    parts = [map_summary(study, {})]
    parts += [map_by_package(study, {"paquet": p.id}) for p in study.settings.packages]
    return "\n".join([*parts, map_by_package(study, {})])


def double_coding(study: Study, _: dict[str, str]) -> str:
    """Return the agreement of the two readings of the story, variable by variable."""
    found = by_variable(study.double_coding[study.double_coding["unit_kind"].isin(STORY_UNITS)])
    rows = [
        (
            f"{CODING_UNITS[unit].capitalize()} : {VARIABLES[variable]}",
            integer(row.units),
            percent(row.percent, 1),
            decimal(row.kappa, 2),
            decimal(row.alpha, 2),
            integer(row.unmatched),
        )
        for (unit, variable), row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    header = [
        "Variable",
        "Unités jugées deux fois",
        "Accord",
        "Kappa de Cohen",
        "Alpha de Krippendorff",
        "Relevées une seule fois",
    ]
    section = study.settings.story_section
    told = f"du {'chapitre' if '.' not in section else 'passage'} {section}" if section else "du récit"
    return table(f"Accord des deux lectures {told}", header, rows)


def chain_coding(study: Study, _: dict[str, str]) -> str:
    """Return the agreement of the two readings of the chain: which ties both attached, and how both judged them."""
    judged = study.double_coding[~study.double_coding["unit_kind"].isin(STORY_UNITS)]
    alike = by_variable(judged)["percent"]
    rows = []
    for kind, found in attached(judged).iterrows():
        said = [f"{_TIES[name]} {percent(alike[kind, name])}" for name in _TIES if (kind, name) in alike.index]
        numbers = [integer(int(found[name])) for name in ("both", "only_a", "only_b")]
        rows.append((CODING_UNITS[str(kind)].capitalize(), *numbers, decimal(found["dice"], 2), ", ".join(said)))
    header = [
        "Lien",
        "Relevé par les deux",
        "Par A seule",
        "Par B seule",
        "Indice de Dice",
        "Accord là où les deux lisent",
    ]
    return table("Accord des deux lectures de la chaîne de preuve", header, rows)


_TIES = {"relation": "relation", "fate": "sort", "basis": "fondement"}


def roles(study: Study, _: dict[str, str]) -> str:
    """Return the number of statements by role, package by package."""
    counts = study.statements.groupby(["role", "package"]).size().unstack(fill_value=0)
    packages = [*counts.columns]
    rows = [
        [
            label.capitalize(),
            *(integer(int(counts.loc[role, p])) for p in packages),
            integer(int(counts.loc[role].sum())),
        ]
        for role, label in ROLES.items()
        if role in counts.index
    ]
    return table("Constats par rôle et par paquet", ["Rôle", *(f"Paquet {p}" for p in packages), "Ensemble"], rows)


_ROLES = {
    "change": "changements observés",
    "contribution": "indices de contribution",
    "other_explanation": "autres explications",
    "limit": "facteurs limitatifs",
    "impact": "impacts thématiques",
    "spread": "constats d’essaimage",
}


def package_evidence(study: Study, options: dict[str, str]) -> str:
    """Return one sentence on what the story of a package (``paquet``) rests on; counts, never a verdict."""
    package = study.statements[study.statements["package"] == options["paquet"]]
    own = package[package["role"] != "key_point"]
    bare = unsupported(study)["statement_id"].isin(own["statement_id"]).sum()
    cited = study.citations[study.citations["statement_id"].isin(own["statement_id"])]
    spoken = study.testimonies[study.testimonies["statement_id"].isin(own["statement_id"])]
    people = spoken.loc[identified(spoken) & (spoken["speaker_kind"] == "interview"), "speaker_id"].nunique()
    numbers = own.groupby("role").size().reindex([*ROLES], fill_value=0)
    roles = enumerate_fr([count(int(n), ROLES[role], _ROLES[role]) for role, n in numbers.items() if n])
    apart = ", points clés mis à part" if len(own) < len(package) else ""
    return (
        f"Le récit tient en {count(len(own), 'constat')}{apart} : {roles}. "
        f"Il renvoie à {count(cited['cell_id'].nunique(), 'cellule')} de "
        f"{count(cited['case'].nunique(), 'étude de cas', 'études de cas')} et cite "
        f"{count(people, 'personne interrogée', 'personnes interrogées')}. "
        f"{count(int(bare), 'constat n’a', 'constats n’ont')} ni renvoi ni voix propres. "
        "Ces comptes ne sont pas des votes : ils disent où lire, non qui a raison."
    )


def rubric(study: Study, _: dict[str, str]) -> str:
    """Return the rule by which confidence is read from extent and agreement, as ``study.yml`` states it."""
    levels = {"low": "faible", "medium": "moyenne", "high": "élevée"}
    extents = {"limited": "Étendue limitée", "medium": "Étendue moyenne", "robust": "Étendue robuste"}
    agreements = {"low": "Concordance faible", "medium": "Concordance moyenne", "strong": "Concordance forte"}
    chosen = study.settings.rubric["confidence"]
    rows = [[label, *(levels[chosen[key][a]] for a in agreements)] for key, label in extents.items()]
    return table("Confiance lue dans l’étendue et la concordance", ["Étendue", *agreements.values()], rows)


def thresholds(study: Study, _: dict[str, str]) -> str:
    """Return the thresholds of the rubric, as ``study.yml`` states them."""
    names = {
        "cases": ("cas distinct", "cas distincts"),
        "respondents": ("répondant distinct", "répondants distincts"),
        "source_kinds": ("nature de voix", "natures de voix"),
    }
    extent, agreement = study.settings.rubric["extent"], study.settings.rubric["agreement"]
    lines = [
        f"- Étendue {label} : au moins "
        + enumerate_fr([count(extent[key][n], *name) for n, name in names.items()])
        + "."
        for key, label in (("medium", "moyenne"), ("robust", "robuste"))
    ]
    wanted = extent["required"]
    lines.append(f"- {'Les trois seuils sont exigés' if wanted == 3 else f'Seuils exigés : {wanted} sur trois'}.")
    lines.append(
        f"- Concordance moyenne à partir de {percent(agreement['medium'])} d’éléments de même sens, "
        f"forte à partir de {percent(agreement['strong'])}."
    )
    return "\n".join(lines)
