"""Interviews and their codings: who was met, with which codes what was said was marked, and what was asked.

No text of an interview is in these tables: a segment is a place, never words.
"""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas import record
from pic_analysis.schemas.table import Table

_INTERVIEW = c.link("Entretien", "Entretien du registre", "INT000", "interviews")
_CODE = c.link("Code", "Code de la grille", "a_b_1", "codebook")

_TABLES = (
    Table(
        "interviews",
        "Registre des entretiens",
        "un entretien, sous un code ; jamais un nom",
        {
            "interview_id": c.key("Entretien", "Code de l’entretien", "INT000", r"[A-Z]{1,4}\d{1,4}"),
            "stakeholder_type": c.code("Type d’acteur", "Dix types du rapport", "habitants", v.STAKEHOLDER_TYPES),
            "case": c.text("Cas", "Étude de cas (vide : aucune)", "Eco", required=False),
            "date": c.date("Date", "Date de l’entretien, même partielle", "2015-11-04", required=False),
            "mode": c.code("Mode", "Comment l’entretien s’est tenu", "face_to_face", v.INTERVIEW_MODES),
            "consent": c.code("Consentement", "Ce que la personne a permis", "given", v.CONSENTS),
        },
    ),
    Table(
        "codebook",
        "Grille de codage",
        "un code de la grille, dans sa dernière version",
        {
            "code_id": c.key("Code", "Identifiant, en minuscules", "a_b_1", r"[a-z0-9]+(_[a-z0-9]+)*"),
            "label_fr": c.words("Intitulé", "Intitulé du code", "informer fait apprendre", most=25),
            "parent": c.link("Parent", "Code qui le contient (vide : aucun)", "a_b", "codebook", required=False),
            "link_id": c.text(
                "Lien éprouvé", "Flèche, mécanisme ou rivale que le code éprouve", "A>B-1", required=False
            ),
            "version": c.count("Version", "Version de la grille où il est apparu", "1"),
            "merged_into": c.link("Fondu dans", "Code qui le remplace", "a_b_2", "codebook", required=False),
            "definition_fr": c.words("Définition", "Quand l’employer", "", most=60, required=False),
        },
    ),
    Table(
        "codings",
        "Codages",
        "un segment d’un entretien, marqué d’un code par un codeur",
        {
            "coding_id": c.key("Codage", "Ordre de lecture", "cod-000001", r"cod-\d{6,}"),
            "interview_id": _INTERVIEW,
            "segment_id": c.text("Segment", "Entretien, début, fin (points de code)", "INT000:120-245"),
            "code_id": _CODE,
            "direction": c.code("Sens", "Ce que le segment dit du lien", "supports", v.POLARITIES),
            "coder": c.text("Codeur", "Codeur, sous une lettre", "A", pattern=r"[A-Z]\d?"),
        },
    ),
    Table(
        "asked",
        "Questions posées",
        "un code sur lequel un entretien a été interrogé : sans cela, un silence ne dit rien",
        {"interview_id": _INTERVIEW, "code_id": _CODE},
        pair=("interview_id", "code_id"),
    ),
)

INTERVIEW_TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every clean table of a study's interviews by name, in reading order."""

_READING = r"absent|(supports|nuances|contradicts)(\+(nuances|contradicts)){0,2}"

_RECORD = (
    Table(
        "disagreements",
        "Désaccords entre codeurs",
        "un code sur lequel deux codeurs d’un entretien n’ont pas lu la même chose",
        {
            "disagreement_id": c.key("Désaccord", "Ordre des entretiens et des codes", "dis-000001", r"dis-\d{6,}"),
            "interview_id": _INTERVIEW,
            "code_id": _CODE,
            "coder_a": c.text("Codeur A", "L’un des codeurs", "A", pattern=r"[A-Z]\d?"),
            "reading_a": c.text("Lecture A", "Sens donnés à ses segments, ou absent", "supports", pattern=_READING),
            "coder_b": c.text("Codeur B", "L’autre codeur", "B", pattern=r"[A-Z]\d?"),
            "reading_b": c.text("Lecture B", "Sens donnés à ses segments, ou absent", "absent", pattern=_READING),
            "settled": c.text("Arbitrage", "Lecture retenue (vide : à arbitrer)", "supports", required=False),
            "reason_fr": c.words("Motif", "Pourquoi (arbitrages.csv)", "", most=60, required=False),
        },
    ),
    *(table for table in record.TABLES if table.name in ("cleaning_log", "quarantine")),
)

INTERVIEW_RECORDS: dict[str, Table] = {table.name: table for table in _RECORD}
"""What the cleaning of interviews leaves besides: disagreements to settle, repairs, rows held."""
