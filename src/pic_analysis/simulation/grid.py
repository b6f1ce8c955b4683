"""The codebook of the demonstration: invented mechanisms and rivals, in two versions, one code merged."""

from __future__ import annotations

from collections.abc import Sequence

from pic_analysis.simulation.truth import Truth, code_of

FAMILIES = {
    "A>B": "La démarche change la posture des acteurs",
    "A>C": "La démarche améliore l’action publique",
    "B>C": "La posture nourrit la co-construction",
    "B>D": "La posture pousse à agir de son côté",
    "C>D": "Participer incite à agir à son tour",
    "D>E": "Les initiatives amplifient les effets",
}
_MECHANISMS = {
    "A>B": ("Informer fait apprendre", "Embellir rend fier", "Le récit donne envie"),
    "A>C": ("L’expertise éclaire les choix", "L’essai corrige le tir"),
    "B>C": ("Convaincus, ils débattent", "Outillés, ils proposent", "L’habitude installe la confiance"),
    "B>D": ("La coresponsabilité pousse à faire", "La compétence ose"),
    "C>D": ("La participation donne des idées", "Les rencontres ouvrent des possibles"),
    "D>E": ("Les actions s’additionnent", "Les initiatives se répondent"),
}
_RIVALS = {
    "RIV01": "La tendance générale suffit",
    "RIV02": "Un programme voisin l’explique",
    "RIV03": "La personnalité des porteurs l’explique",
    "RIV04": "Les acteurs étaient déjà convaincus",
}
LABELS = {
    **{code_of(link, n): label for link, labels in _MECHANISMS.items() for n, label in enumerate(labels, start=1)},
    **{code_of(rival): label for rival, label in _RIVALS.items()},
}
"""Label of each code that interviews are marked with."""

_HEADER = ("Code", "Intitulé", "Code parent", "Lien", "Version", "Fondu dans", "Définition")
_WHEN = "À employer quand la personne le dit d’elle-même\nou en réponse à la question."


def grid(truth: Truth, merged: str) -> list[Sequence[object]]:
    """Return the rows of the codebook as its authors keep it: every version, the latest last.

    Parameters
    ----------
    truth
        The arrows, their mechanisms, the rivals.
    merged
        A code of the first version that the first mechanism of the first arrow replaced.
    """
    first = next(iter(truth.links))
    rows: list[Sequence[object]] = [_HEADER]
    rows += [(code_of(link).upper(), FAMILIES[link], "", link, "1", "", "") for link in truth.links]
    rows += [("RIV", "Explications rivales", "", "", "1", "", "")]
    for link, count in truth.mechanisms.items():
        for number in range(1, count + 1):
            code, arrow = code_of(link, number), f"{link.replace('>', ' → ')}-{number}"
            rows.append((code, LABELS[code], code_of(link), arrow, "1", "", _WHEN if number == 1 else ""))
    rows += [(code_of(rival), LABELS[code_of(rival)], "riv", rival, "2", "", "") for rival in truth.rivals]
    rows.append((merged, "Informer rend curieux", code_of(first), f"{first}-1", "1", "", ""))
    rows.append((merged, "Informer rend curieux", code_of(first), f"{first}-1", "2", code_of(first, 1), ""))
    return rows
