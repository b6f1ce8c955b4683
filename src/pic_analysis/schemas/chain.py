"""The chain from findings to the story: what each rests on, what it answers, which rivals are left."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

_STATEMENT = c.link("Constat", "Constat du récit", "B1-07", "statements")
_RELATION = c.code("Relation", "Appuie l’affirmation, ou s’y oppose", "supports", v.RELATIONS)
_BASIS = c.code("Fondement", "Le texte le redit, ou le lien est lu par le codeur", "explicit", v.BASES)

TABLES = (
    Table(
        "conclusion_support",
        "Appuis des conclusions",
        "un constat du récit qui appuie une conclusion ou s’y oppose, rattaché par lecture",
        {
            "conclusion_id": c.link("Conclusion", "Conclusion de l’évaluation", "CCL05", "conclusions"),
            "statement_id": _STATEMENT,
            "relation": _RELATION,
            "basis": _BASIS,
        },
        pair=("conclusion_id", "statement_id"),
    ),
    Table(
        "lesson_support",
        "Appuis des enseignements",
        "un constat du récit qui appuie un enseignement ou s’y oppose, rattaché par lecture",
        {
            "lesson_id": c.link("Enseignement", "Enseignement de l’évaluation", "ENS1", "lessons"),
            "statement_id": _STATEMENT,
            "relation": _RELATION,
            "basis": _BASIS,
        },
        pair=("lesson_id", "statement_id"),
    ),
    Table(
        "recommendation_answers",
        "Réponses des recommandations",
        "une conclusion à laquelle une recommandation répond",
        {
            "recommendation_id": c.link(
                "Recommandation", "Recommandation de l’évaluation", "REC-EVAL-1", "recommendations"
            ),
            "conclusion_id": c.link("Conclusion", "Conclusion à laquelle elle répond", "CCL14", "conclusions"),
            "basis": _BASIS,
        },
        pair=("recommendation_id", "conclusion_id"),
    ),
    Table(
        "link_support",
        "Mise à l’épreuve des flèches",
        "un constat du récit qui met une flèche, ou l’un de ses mécanismes, à l’épreuve",
        {
            "link_id": c.link("Flèche", "Flèche de la théorie du changement", "A>B", "theory_links"),
            "mechanism_id": c.link(
                "Mécanisme", "Mécanisme éprouvé (vide : la flèche seule)", "A>B-2", "mechanisms", required=False
            ),
            "statement_id": _STATEMENT,
            "relation": _RELATION,
            "basis": _BASIS,
        },
        pair=("link_id", "mechanism_id", "statement_id"),
    ),
    Table(
        "rivals",
        "Explications rivales",
        "un autre facteur qui pourrait expliquer le changement, que la théorie du changement ou le récit nomme",
        {
            "rival_id": c.key("Explication rivale", "Ordre des paquets", "RIV01", r"RIV\d{2}"),
            "package": c.text("Paquet", "Paquet causal dont elle expliquerait le changement", "B", pattern="[A-Z]"),
            "mechanism_id": c.link(
                "Mécanisme",
                "Mécanisme du rapport qui la prévoit (vide : le récit seul la nomme)",
                "X>B-1",
                "mechanisms",
                required=False,
            ),
            "summary_fr": c.summary(),
        },
    ),
    Table(
        "rival_fates",
        "Sort des explications rivales",
        "ce que le récit fait d’une explication rivale, face à une conclusion (absente : non examinée)",
        {
            "conclusion_id": c.link("Conclusion", "Conclusion concernée", "CCL01", "conclusions"),
            "rival_id": c.link("Explication rivale", "Autre facteur", "RIV06", "rivals"),
            "fate": c.code("Sort", "Complète, conditionne ou exclut la contribution", "completes", v.FATES),
            "statement_id": _STATEMENT,
            "basis": _BASIS,
        },
        pair=("conclusion_id", "rival_id"),
    ),
)
