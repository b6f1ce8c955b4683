"""Make the demonstration study, whole: a raw folder that the pipeline takes as it takes any other."""

from __future__ import annotations

from pathlib import Path

from pic_analysis.files import write_atomically
from pic_analysis.paths import INTERVIEWS
from pic_analysis.reading import registry
from pic_analysis.simulation.delivery import DOUBLE, WITHDRAWN, files
from pic_analysis.simulation.field import Field, simulate
from pic_analysis.simulation.truth import DEMO, Truth, as_yaml

STUDY = "demo_entretiens"
CASES = {"Verger": "Verger communal", "Atelier": "Atelier partagé", "Toits": "Toits solaires"}
"""Case studies of the demonstration, and their labels."""
_BESIDES = {WITHDRAWN: "habitants", DOUBLE: "agents"}

README = """\
# `demo_entretiens` : tout est fictif

Aucune personne n’a été interrogée. Ces 99 lignes de registre, ces codages et ces questions sont tirés au hasard par
`python -m pic_analysis.simulation`, avec une graine : les refaire donne les mêmes octets. Rien d’ici ne peut servir à
appuyer une conclusion ; ce que l’on en montre porte le mot « demo ».

## À quoi cela sert

À voir la chaîne entière travailler sur des fichiers tels qu’on les reçoit, et à vérifier qu’elle retrouve ce que l’on y
a mis. `verite_plantee.yml` dit ce qui a été mis : quelles flèches tiennent, quelle explication rivale est vraie, quel
groupe se tait, sur quoi un groupe n’a pas été interrogé, combien chaque codeur se trompe.

## Ce qui est vrai

Une seule chose : le nombre d’entretiens par type d’acteur, une fois le nettoyage fait (97 en tout), est celui d’une
évaluation réelle. Les cas, les dates, les modes, les codes et les passages sont inventés.

## Ce que les fichiers ont de désordonné, exprès

- `registre.csv` : Windows-1252, points-virgules, deux lignes d’en-tête, une ligne vide, dates écrites de quatre façons
  (dont le numéro de série d’Excel), durées à virgule, types d’acteur comme on les tape, valeurs manquantes ;
- `grille.csv` : UTF-8 avec marque, deux versions d’un code, un code fondu dans un autre, cellules sur deux lignes ;
- `codages_A.csv` : positions écrites `120,0`, code fondu encore employé, lignes répétées, trois lignes illisibles ;
- `codages_B.csv` : virgules, passage en une colonne, intitulés à la place des codes ;
- un entretien importé deux fois sous deux codes ; un entretien retiré (`retraits.txt`) ;
- `arbitrages.csv` : le doublon, les lignes écartées et quarante désaccords sont tranchés ; les autres restent ouverts.
"""

SETTINGS = """\
# Étude de démonstration : tout est fictif. Fait par `python -m pic_analysis.simulation`.
title_fr: "Démonstration (demo) : entretiens fictifs"
territory: "Commune fictive (demo)"
insee: "00000"
year: 2016
citation: "Données fictives (demo), simulées ; aucune personne n’a été interrogée"
cases:
{cases}
packages:
  - {{id: B, number: 1, label_fr: "Posture (demo)", page: demo-b, question_fr: "?", report_section: "0.1"}}
  - {{id: C, number: 2, label_fr: "Action publique (demo)", page: demo-c, question_fr: "?", report_section: "0.2"}}
  - {{id: D, number: 3, label_fr: "Initiatives (demo)", page: demo-d, question_fr: "?", report_section: "0.3"}}
impact_section: "0.4"
spread_section: "0.5"
unattached_prefixes: {{}}
printed_speakers: {{}}
# Aucune affirmation ne repose sur ces entretiens : ces règles ne servent qu’à ce que le fichier soit entier.
rubric:
  extent:
    required: 3
    medium: {{cases: 2, respondents: 2, source_kinds: 1}}
    robust: {{cases: 3, respondents: 4, source_kinds: 2}}
  agreement: {{medium: 0.5, strong: 0.8}}
  confidence:
    limited: {{low: low, medium: low, strong: medium}}
    medium: {{low: low, medium: medium, strong: medium}}
    robust: {{low: medium, medium: medium, strong: high}}
  sensitivity:
    reading: [settled, a, b]
    basis: [all, explicit]
    medium.cases: [2]
    medium.respondents: [2]
    medium.source_kinds: [1]
    robust.cases: [3]
    robust.respondents: [4]
    robust.source_kinds: [2]
    required: [3]
    agreement.medium: [0.5]
    agreement.strong: [0.8]
verbs:
  none: ["ne permet pas de"]
  low: ["a pu contribuer"]
  medium: ["contribue"]
  high: ["contribue nettement"]
"""


def field(truth: Truth = DEMO) -> Field:
    """Return what happened in the demonstration's fictitious field."""
    return simulate(truth, tuple(CASES), _BESIDES)


def study_files(truth: Truth = DEMO) -> dict[str, bytes]:
    """Return every file of the raw folder of the demonstration, the registry apart, by path."""
    cases = "\n".join(
        f'  - {{id: {case}, label_fr: "{label} (demo)", page: demo-{case.lower()}, question_fr: "?", '
        f'respondent_prefix: {case[0]}, labels: ["{label}"]}}'
        for case, label in CASES.items()
    )
    made = {"README.md": README, "study.yml": SETTINGS.format(cases=cases), "verite_plantee.yml": as_yaml(truth)}
    interviews = files(truth, field(truth), CASES)
    return {
        **{name: text.encode("utf-8") for name, text in made.items()},
        **{f"{INTERVIEWS}/{name}": content for name, content in interviews.items()},
    }


def write(folder: Path) -> int:
    """Write the demonstration and its registry in a raw folder; return how many files it has."""
    made = study_files()
    for name, content in made.items():
        write_atomically(folder / name, content)
    registry.write(folder)
    return len(made)
