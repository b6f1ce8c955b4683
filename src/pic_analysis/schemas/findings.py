"""What the evaluation concludes: conclusions, lessons, recommendations."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

_THEME = "[a-z][a-z0-9_]*"

TABLES = (
    Table(
        "conclusions",
        "Conclusions",
        "une des conclusions de l’évaluation, sous son numéro imprimé",
        {
            "conclusion_id": c.key("Conclusion", "Numéro du rapport", "CCL05", r"CCL\d{2}"),
            "package": c.text("Paquet", "Question évaluative à laquelle elle répond", "B", pattern="[A-Z]"),
            "direction": c.code("Sens", "Ce que la conclusion dit de la contribution", "contribution", v.DIRECTIONS),
            "quantifier": c.text(
                "Quantificateur", "Mot de quantité ou de degré du rapport", "une large majorité", required=False
            ),
            "summary_fr": c.summary(),
        },
    ),
    Table(
        "lessons",
        "Enseignements",
        "un enseignement : dans tel contexte, tel mécanisme peut produire tel résultat",
        {
            "lesson_id": c.key("Enseignement", "Numéro du rapport", "ENS1", r"ENS\d{1,2}"),
            "theme": c.text(
                "Volet", "Volet des enseignements (`lesson_themes` de study.yml)", "conception", pattern=_THEME
            ),
            "context_fr": c.summary("Contexte"),
            "mechanism_fr": c.summary("Mécanisme"),
            "outcome_fr": c.summary("Résultat"),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "lesson_points",
        "Points des enseignements",
        "un point observé, facteur de réussite ou point de vigilance d’un enseignement",
        {
            "point_id": c.key("Point", "Enseignement, nature, ordre", "ENS1-F1", r"ENS\d{1,2}-[OFV]\d{1,2}"),
            "lesson_id": c.link("Enseignement", "Enseignement qu’il détaille", "ENS1", "lessons"),
            "kind": c.code(
                "Nature",
                "Observation, facteur de réussite ou vigilance",
                "success_factor",
                v.LESSON_POINT_KINDS,
            ),
            "summary_fr": c.summary(),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "recommendations",
        "Recommandations",
        "une recommandation de l’évaluation",
        {
            "recommendation_id": c.key(
                "Recommandation",
                "Thème et numéro imprimé (deux séries R1…)",
                "REC-EVAL-1",
                r"REC-[A-Z]+-\d{1,2}",
            ),
            "printed_label": c.text("Numéro imprimé", "Tel qu’imprimé", "R1"),
            "theme": c.text(
                "Thème", "Enjeu auquel elle répond (`recommendation_themes` de study.yml)", "evaluation", pattern=_THEME
            ),
            "summary_fr": c.summary(),
            "addressee_fr": c.text("Destinataire", "Ce que le texte permet d’en dire", "commune"),
            "horizon_fr": c.text("Horizon", "Échéance imprimée (vide : aucune)", "d’ici à 2020", required=False),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "recommendation_points",
        "Étapes des recommandations",
        "une étape concrète d’une recommandation",
        {
            "point_id": c.key("Étape", "Recommandation, ordre", "REC-EVAL-1-P1", r"REC-[A-Z]+-\d{1,2}-P\d{1,2}"),
            "recommendation_id": c.link("Recommandation", "Recommandation détaillée", "REC-EVAL-1", "recommendations"),
            "summary_fr": c.summary(),
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "follow_up",
        "Suites des recommandations",
        "ce qu’une année a fait d’une recommandation, ou l’aveu qu’on ne le sait pas",
        {
            "recommendation_id": c.link("Recommandation", "Recommandation suivie", "REC-EVAL-1", "recommendations"),
            "year": c.text("Année", "Année dont il s’agit", "2016", pattern=r"\d{4}"),
            "status": c.code("Suites données", "Où elle en était, ou « inconnu »", "unknown", v.FOLLOW_UPS),
            "evidence_fr": c.words(
                "Preuve", "Ce qui le montre, ou « aucune trace dans les sources lues »", "", most=40
            ),
            "source": c.text("Source", "Document ou adresse (vide : inconnu)", "SRC04", required=False),
            "noted_on": c.date("Noté le", "Date du constat", "2026-11-22"),
        },
        pair=("recommendation_id", "year"),
    ),
)
