"""The record: sources, people met, dates, discrepancies, codings and cleanings."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

TABLES = (
    Table(
        "stakeholders",
        "Entretiens par type d’acteur",
        "un type d’acteur et son nombre d’entretiens, tels que les sources les donnent",
        {
            "stakeholder_type": c.code(
                "Type d’acteur", "L’un des dix types", "habitants", v.STAKEHOLDER_TYPES, key=True
            ),
            "interviews": c.count("Entretiens", "Nombre d’entretiens", "17"),
        },
    ),
    Table(
        "sources",
        "Sources",
        "un document source, ou une pièce que le rapport cite comme preuve",
        {
            "source_id": c.key("Source", "Identifiant", "SRC01", r"SRC\d{2}"),
            "kind": c.code("Nature", "Nature du document", "report", v.SOURCE_KINDS),
            "title": c.text("Titre", "Titre, ou code imprimé dans le rapport", "Depliant_biodiv"),
            "author": c.text("Auteur", "Auteur, s’il est dit", "agence d’urbanisme", required=False),
            "date": c.date("Date", "Date ISO, même partielle", "2016-06", required=False),
            "address": c.text("Adresse", "Adresse imprimée, si elle l’est", "", required=False),
            "licence": c.text("Licence", "Ce que l’on sait des droits", "tous droits réservés", required=False),
            "note_fr": c.words("Note", "Ce que la pièce sert à prouver", "", most=40, required=False),
        },
    ),
    Table(
        "discrepancies",
        "Écarts de source",
        "deux passages des sources qui ne s’accordent pas, ou un passage qui ne s’accorde pas avec lui-même",
        {
            "discrepancy_id": c.key("Écart", "Ordre du premier passage", "ECA01", r"ECA\d{2,3}"),
            "kind": c.code("Nature", "Nature de l’écart", "sum", v.DISCREPANCY_KINDS),
            "severity": c.code("Gravité", "Conséquence pour la lecture", "notable", v.SEVERITIES),
            "first_source": c.link("Source du premier passage", "Document", "SRC01", "sources"),
            "first_section": c.text("Section du premier passage", "Section", "3.3.2", required=False),
            "first_anchor": c.ANCHOR,
            "second_source": c.link("Source du second passage", "Document", "SRC01", "sources", required=False),
            "second_section": c.text("Section du second passage", "Section", "3.3.4", required=False),
            "second_anchor": c.words(
                "Ancre du second passage",
                "Au plus six mots ; vide si l’écart tient en un passage",
                "de trois façons",
                most=6,
                required=False,
            ),
            "summary_fr": c.summary(most=30),
            "consequence_fr": c.words("Conséquence", "Ce que le lecteur ne doit pas en faire", "", most=30),
        },
    ),
    Table(
        "timeline",
        "Chronologie",
        "un événement ou une période datés par les sources",
        {
            "event_id": c.key("Événement", "Ordre chronologique", "EVT01", r"EVT\d{2}"),
            "date": c.date("Date", "Date ISO, même partielle", "2014-10-07"),
            "date_end": c.date("Fin", "Fin d’une période", "2008", required=False),
            "summary_fr": c.summary(),
            "source_id": c.link("Source", "Document qui le date", "SRC01", "sources"),
            "report_section": c.text("Section", "Section du document", "1.3", required=False),
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "double_coding",
        "Double codage",
        "une variable d’une unité, lue deux fois indépendamment puis arbitrée",
        {
            "judgement_id": c.key("Jugement", "Unité et variable", "cit-001.role", r"[\w>.-]+\.[a-z_]+"),
            "unit_id": c.text("Unité", "Identifiant de l’unité arbitrée", "cit-001"),
            "unit_kind": c.code(
                "Nature de l’unité", "Constat, renvoi, voix ou lien de la chaîne de preuve", "citation", v.CODING_UNITS
            ),
            "report_section": c.SECTION_COLUMN,
            "variable": c.text("Variable", "Ce qui est jugé", "role"),
            "reading_a": c.text("Lecture A", "Valeur (vide : unité non relevée)", "change", required=False),
            "reading_b": c.text("Lecture B", "Valeur (vide : unité non relevée)", "limit", required=False),
            "settled": c.text("Arbitrage", "Valeur retenue (vide : unité écartée)", "limit", required=False),
            "reason_fr": c.words("Motif", "Pourquoi, là où les lectures diffèrent", "", most=30, required=False),
        },
    ),
    Table(
        "cleaning_log",
        "Journal du nettoyage",
        "une valeur brute que le nettoyage a réparée, ou gardée bien qu’elle soit hors de sa place",
        {
            "entry_id": c.key("Entrée", "Table, ligne, colonne", "citations.12.raw_reference", r"\w+\.\d+\.\w+"),
            "file": c.text("Fichier", "Fichier brut", "citations.csv"),
            "row": c.count("Ligne", "Ligne du fichier brut (l’en-tête est la ligne 1)", "12"),
            "column": c.text("Colonne", "Colonne brute", "raw_reference"),
            "raw": c.text("Valeur brute", "Telle que reçue", "Biodiv.PC1 2", required=False),
            "clean": c.text("Valeur nettoyée", "Telle que publiée", "Biodiv_PC1_2", required=False),
            "rule": c.text("Règle", "Règle appliquée", "séparateur rétabli"),
        },
    ),
    Table(
        "quarantine",
        "Quarantaine",
        "une ligne brute qui n’a pas pu être lue : elle est gardée ici, entière",
        {
            "entry_id": c.key("Entrée", "Table, ligne", "citations.12", r"\w+\.\d+"),
            "file": c.text("Fichier", "Fichier brut", "citations.csv"),
            "row": c.count("Ligne", "Ligne du fichier brut (l’en-tête est la ligne 1)", "12"),
            "content": c.text("Contenu", "Ligne brute, en JSON", "{…}"),
            "reason_fr": c.text("Motif", "Pourquoi, et la lecture valable la plus proche", "cas sans cellule"),
            "decision_fr": c.text(
                "Décision",
                "Pourquoi on l’accepte (decisions.csv)",
                "le rapport ne dit pas plus",
                required=False,
            ),
        },
    ),
)
