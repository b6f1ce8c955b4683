"""Write the notice that goes with an export: what each file is, who may have it, how to open it."""

from __future__ import annotations

from collections.abc import Collection
from textwrap import fill

from pic_analysis.disclosure.suppression import SECRET
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.numbers_fr import integer
from pic_analysis.reading.settings import Settings

README = "README.txt"
_WIDTH = 100
_FOR_ALL = {
    "codebook.qdc": "La grille de codage, pour NVivo, MAXQDA, ATLAS.ti ou QualCoder (REFI-QDA, grilles 1.0).",
    "codebook.csv": "La grille : code, intitulé, code qui le contient, lien éprouvé, version, code qui le remplace.",
    "interviews_by_group.csv": "Combien d’entretiens dans chacun des quatre groupes d’acteurs.",
    "codes_by_group.csv": (
        "Pour chaque code et chaque groupe, combien d’entretiens en parlent (oui), interrogés n’en parlent pas (non), "
        "ou ne comptent pas : question non posée, désaccord de codeurs sans arbitrage, entretien que le rapport compte "
        "et qui n’est pas au registre (non retenu). Marges comprises."
    ),
}
_FOR_NOBODY_ELSE = {
    "project.qdpx": (
        "Les codages de chaque codeur, pour les mêmes outils (REFI-QDA, projets 1.0). Le texte des entretiens est "
        "remplacé par des croix : seules les positions ont un sens."
    ),
    "interviews.csv": (
        "Le registre : une ligne par personne rencontrée. Il croise le type d’acteur et l’étude de cas, ce qui n’est "
        "jamais publié."
    ),
    "codings.csv": "Les codages : un segment, un code, un sens, un codeur.",
    "asked.csv": "Les questions posées : sans elles, un silence ne dit rien.",
    "matrix.csv": (
        "Une ligne par entretien, une colonne par code : 1, il en parle ; 0, il a été interrogé et n’en parle pas ; "
        "NA, il n’a pas été interrogé, ou les codeurs sont en désaccord et rien n’est arbitré. Pour R, CausalQueries "
        "(NA y est une donnée non observée) et QCA (qui n’admet pas de NA : gardez les colonnes complètes)."
    ),
    "matrix_names.csv": (
        "Ce que désigne chaque colonne des matrices : un nom en capitales et en chiffres, parce que CausalQueries "
        "refuse « _ » et que QCA peut lire une minuscule comme une absence."
    ),
    "matrix_by_case.csv": (
        "Une ligne par étude de cas : 1 là où une part suffisante des entretiens interrogés parle du code. Cette part "
        "est un choix (--least) : dites-la, et essayez-en d’autres."
    ),
}


def notice(about: Settings, prefix: str, made: Collection[str]) -> str:
    """Return the notice of an export, in French.

    Parameters
    ----------
    about
        The study's settings: its title and citation.
    prefix
        What begins the names of the files.
    made
        Names of the files that are there.
    """
    parts = [about.title_fr, about.citation]
    if about.demo:
        parts.append("DONNÉES FICTIVES. Aucune personne n’a dit ce que ces fichiers contiennent : n’en concluez rien.")
    kept = _described(_FOR_NOBODY_ELSE, prefix, made)
    if kept:
        parts.append("CE DOSSIER N’EST PAS À PUBLIER : certains de ses fichiers ont une ligne par personne rencontrée.")
    parts += ["FICHIERS QUI PEUVENT ÊTRE PUBLIÉS", *_described(_FOR_ALL, prefix, made)]
    parts.append(
        f"Un compte de moins de {integer(FEWEST)} personnes est masqué, et d’autres avec lui, pour qu’aucune "
        f"soustraction ne le rende : la colonne « status » porte alors {SECRET} (secret statistique) et « people » est "
        "vide. Ces comptes ne sont pas des votes : « n sur N l’ont dit » n’établit rien."
    )
    if kept:
        parts += ["FICHIERS À NE PAS PUBLIER, NI TRANSMETTRE SANS L’ACCORD DE QUI LES DÉTIENT", *kept]
        parts.append(
            "Ce sont des données personnelles, même sous un code. Gardez-les dans un dossier protégé, et détruisez-les "
            "quand vous n’en avez plus l’usage. Après un retrait, refaites l’export : une copie garde ce qui a été "
            "retiré."
        )
    parts.append("CHAQUE TABLE EST LÀ TROIS FOIS, AVEC LES MÊMES NOMBRES")
    parts.append(
        "nom.csv : pour R, Python ou un autre programme (UTF-8, virgule, point décimal).\n"
        "nom.parquet : de même, avec le type de chaque colonne.\n"
        "nom_excel.csv : pour Excel en français (point-virgule, virgule décimale). Une cellule qui commence comme une "
        "formule y porte une apostrophe."
    )
    return "\n\n".join("\n".join(fill(line, _WIDTH) for line in part.split("\n")) for part in parts) + "\n"


def _described(files: dict[str, str], prefix: str, made: Collection[str]) -> list[str]:
    return [f"{prefix}{name}\n{said}" for name, said in files.items() if f"{prefix}{name}" in made]
