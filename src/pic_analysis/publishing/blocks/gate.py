"""Blocks of the gate: what may be published, what was hidden, who is named and why."""

from __future__ import annotations

from pic_analysis import paths
from pic_analysis.disclosure.combinations import LABELS_FR, refused
from pic_analysis.disclosure.declared import CODE, NOT_OFFERED, crossed, of_study
from pic_analysis.disclosure.identifying import KINDS_FR
from pic_analysis.disclosure.own_names import own_names
from pic_analysis.disclosure.public_figures import FILE, read_figures
from pic_analysis.disclosure.suppression import Protected, protect
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.publishing.blocks.text import NOTHING, plain
from pic_analysis.publishing.gate import scan
from pic_analysis.publishing.markup import table
from pic_analysis.publishing.outputs import Output
from pic_analysis.schemas import TABLES
from pic_analysis.study import Study


def counts_of_people(study: Study, _: dict[str, str]) -> str:
    """Return the tables of people of the book: what each crosses, and how many of its cells are hidden."""
    tables, unpublished = of_study(study)
    got = protect(tables, unpublished)
    return protected_tables(got)


def protected_tables(got: Protected) -> str:
    """Return the report on the tables of a build, one row a table.

    Raises
    ------
    ValueError
        If some of them, together, rebuild what is never published: the page, and the book, then fail.
    """
    rows = []
    for own in got.tables:
        cells, small, others = got.hidden_in(own.name)
        rows.append(
            (
                plain(own.title_fr),
                enumerate_fr([_dimension(name) for name in own.dimensions]),
                integer(cells),
                integer(small),
                integer(others),
                plain(own.exempt_fr) or f"seuil de {integer(FEWEST)} personnes",
            )
        )
    header = [
        "Table",
        "Croise",
        "Cases, marges comprises",
        "Masquées : trop petites",
        "Masquées : les révéleraient",
        "Règle",
    ]
    if exposed := refused(crossed(got.tables)):
        raise ValueError(" ; ".join(map(str, exposed)))
    return (
        table("Comptes de personnes publiés par ce livre", header, rows)
        + "\nAucune de ces tables, seule ou jointe à d’autres, ne croise le type d’acteur et l’étude de cas."
    )


def _dimension(name: str) -> str:
    return f"code {name.removeprefix(CODE)}" if name.startswith(CODE) else LABELS_FR.get(name, name)


def public_figures(study: Study, _: dict[str, str]) -> str:
    """Return who is named in the book, in which function, and why; then what else the list sets aside."""
    figures, _problems = read_figures(paths.raw(study.settings.name))
    if not figures:
        return f"Aucune : l’étude n’a pas de fichier {FILE}."
    rows = [(plain(f.name.split(" ; ")[0]) or "—", plain(f.function.split(" ; ")[0]), plain(f.why)) for f in figures]
    return table("Noms que le garde-fou laisse passer", ["Nom imprimé", "Fonction", "Motif"], rows)


def searched(study: Study, _: dict[str, str]) -> str:
    """Return what the search of the study's own tables finds: the build searches every file of the book likewise."""
    figures, _problems = read_figures(paths.raw(study.settings.name))
    files = [
        Output(
            name, tuple(dict.fromkeys(str(value) for column in frame for value in frame[column])), tuple(frame.columns)
        )
        for name, frame in study.tables.items()
        if name not in NOT_OFFERED
    ]
    found = scan(files, figures, own_names(study.settings))
    kinds = {kind: len({hit.text for _, hit in found.refused if hit.kind == kind}) for kind in KINDS_FR}
    waiting = [count(n, KINDS_FR[kind], f"{KINDS_FR[kind]} (formes distinctes)") for kind, n in kinds.items() if n]
    head = (
        f"Dans les {integer(found.files)} tables offertes au téléchargement, {integer(found.texts)} textes ont été "
        "lus. "
        f"{count(sum(n for _, n in found.covered), 'passage nomme', 'passages nomment')} l’une des personnes ou l’un "
        "des organismes de la liste."
    )
    waiting += [plain(str(problem)) for problem in found.joined]
    if not waiting:
        return f"{head} Rien d’autre n’a été trouvé."
    return f"{head} À juger avant toute publication : {enumerate_fr(waiting)}."


def withheld(study: Study, _: dict[str, str]) -> str:
    """Return the tables that the book does not offer."""
    names = [TABLES[name].title_fr for name in NOT_OFFERED if name in study.tables]
    return "\n".join(f"- {plain(name)}" for name in names) or NOTHING
