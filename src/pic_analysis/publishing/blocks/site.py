"""Blocks on the site itself: who publishes it, what its pages cost, what an audit of it found."""

from __future__ import annotations

from itertools import groupby

from pic_analysis import paths
from pic_analysis.numbers_fr import count, integer
from pic_analysis.publishing import accessibility, audit, budgets, organisation, publication, sobriety
from pic_analysis.publishing.blocks.text import facts, plain
from pic_analysis.publishing.markup import table
from pic_analysis.study import Study
from pic_analysis.vocabulary import nearest

GRIDS = {"rgaa": (accessibility.FILE, "RGAA 4.1.2"), "rgesn": ("audit_rgesn.csv", "RGESN 2024")}
"""Grids that pages may show: their file and their short name."""


def publisher(study: Study, options: dict[str, str]) -> str:
    """Return what is known of the body that publishes (``champs``), and say what it still has to fill."""
    name = study.settings.name
    known = organisation.read(paths.site_files(name) / organisation.FILE, name)
    names = options["champs"].split()
    if unknown := [name for name in names if name not in known]:
        guess = nearest(unknown[0], known)
        raise ValueError(f"champ inconnu : {unknown[0]}" + (f" ; le plus proche : {guess}" if guess else ""))
    return facts({known[name].label_fr: plain(known[name].shown) for name in names})


def weights(_: Study, __: dict[str, str]) -> str:
    """Leave the place where the site says what its pages cost; a printed edition says where to read it."""
    elsewhere = "Ces mesures sont faites sur les pages du site, à sa construction : elles s’y lisent, non ici."
    return f"```{{raw}} html\n{sobriety.OPENS}<p>{elsewhere}</p>{sobriety.CLOSES}\n```\n"


def editions(_: Study, __: dict[str, str]) -> str:
    """Leave the place where the published site links to the PDF and the archive; elsewhere, say how they are made."""
    return f"```{{raw}} html\n{publication.OPENS}{publication.ELSEWHERE}{publication.CLOSES}\n```\n"


def budget(study: Study, _: dict[str, str]) -> str:
    """Return the budget of a page, and those of the pages that have their own, with their reason."""
    own = budgets.read(paths.site_files(study.settings.name) / budgets.FILE)
    rows = [
        (page, integer(b.bytes), integer(b.requests), integer(b.elements), plain(b.reason_fr))
        for page, b in (("toute page", budgets.COMMON), *((f"`{page}`", b) for page, b in own.items()))
    ]
    header = ["Page", "Octets, au plus", "Requêtes, au plus", "Éléments, au plus", "Pourquoi un budget à part"]
    return table("Budget d’une page", header, [(*row[:4], row[4] or "budget commun") for row in rows])


def audit_in_brief(study: Study, options: dict[str, str]) -> str:
    """Return how many criteria of a grid (``grille``) are kept, by theme, and what that does not say."""
    criteria, name = _grid(study, options)
    total = audit.counts(criteria)
    applicable = total["C"] + total["NC"] + total["NT"]
    rows = [
        (theme, *(integer(n) for n in audit.counts(own).values()))
        for theme, own in ((theme, [*own]) for theme, own in groupby(criteria, key=lambda one: one.theme_fr))
    ]
    rows.append(("Ensemble", *(integer(n) for n in total.values())))
    header = ["Thème", *(label.capitalize() for label in audit.STATUSES.values())]
    return (
        f"Sur {count(len(criteria), 'critère')}, {integer(applicable)} s’appliquent à ce site : "
        f"{integer(total['C'])} sont tenus, {integer(total['NC'])} ne le sont pas, {integer(total['NT'])} n’ont pas "
        "été vérifiés.\n\n" + table(f"{name} : critères par thème", header, rows)
    )


def audit_grid(study: Study, options: dict[str, str]) -> str:
    """Return the whole grid of an audit (``grille``): a table a theme, a line a criterion."""
    criteria, name = _grid(study, options)
    parts = []
    for theme, own in groupby(criteria, key=lambda one: one.theme_fr):
        rows = [
            (
                one.number,
                plain(one.title_fr),
                audit.STATUSES[one.status],
                " ".join(plain(text) for text in (one.checked_fr, one.note_fr) if text),
            )
            for one in own
        ]
        header = ["Critère", "Objet", "Résultat", "Comment on le sait"]
        parts.append(f"## {theme}\n\n" + table(f"{name}, {theme[:1].lower()}{theme[1:]}", header, rows))
    return "\n".join(parts)


def _grid(study: Study, options: dict[str, str]) -> tuple[tuple[audit.Criterion, ...], str]:
    if (wanted := options["grille"]) not in GRIDS:
        raise ValueError(f"grille inconnue : {wanted} ; attendu : {', '.join(GRIDS)}")
    file, name = GRIDS[wanted]
    return audit.read(paths.site_files(study.settings.name) / file), name
