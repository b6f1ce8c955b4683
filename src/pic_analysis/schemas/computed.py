"""What is computed of the claims of a study and published beside its tables: their evidence, strength, fragility."""

from __future__ import annotations

from typing import Any

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

CLAIMS = {"conclusion": "conclusion", "lesson": "enseignement", "link": "flèche", "mechanism": "mécanisme"}
_SOURCES = {"case": "étude de cas", "respondent": "répondant", "kind": "nature de voix"}
_VOICES = "|".join(["case_study", *v.SPEAKER_KINDS])

_CLAIM = c.text("Affirmation", "Identifiant, dans la table de sa nature", "CCL01")
_CONFIDENCE = c.code("Confiance", "Niveau lu dans la grille de la méthode", "medium", v.CONFIDENCES)


def _kind() -> Any:
    return c.code("Nature", "Ce qu’est l’affirmation", "conclusion", CLAIMS)


def _share(title: str, description: str) -> Any:
    return c.number(title, description, "0.6000")


_TABLES = (
    Table(
        "evidence",
        "Preuves de chaque affirmation",
        "un constat rattaché à une affirmation, et une source qui le porte (vide : le récit n’en donne pas)",
        {
            "kind_of_claim": _kind(),
            "claim_id": _CLAIM,
            "statement_id": c.link("Constat", "Constat rattaché à l’affirmation", "B1-03", "statements"),
            "relation": c.code("Relation", "Sens du constat envers l’affirmation", "supports", v.RELATIONS),
            "basis": c.code("Fondement", "Rattaché par le rapport, ou par lecture du codeur", "explicit", v.BASES),
            "source": c.text(
                "Source", "Source indépendante : cas, entretien, expert, document", "cas:Eco", required=False
            ),
            "case": c.text("Cas", "Étude de cas de la source", "Eco", required=False),
            "kind": c.text("Nature de voix", "Ce qu’est la source", "case_study", required=False, pattern=_VOICES),
            "agrees": c.text(
                "Concorde", "La source va dans le sens du constat", "true", required=False, pattern="true|false"
            ),
            "statement_summary_fr": c.text("Constat, en bref", "Contenu du constat, dans nos mots", ""),
        },
        pair=("kind_of_claim", "claim_id", "statement_id", "source"),
    ),
    Table(
        "strength",
        "Force des affirmations",
        "une affirmation, sa force et ce qui la fonde",
        {
            "kind": _kind(),
            "claim_id": _CLAIM,
            "confidence": _CONFIDENCE,
            "extent": c.code("Étendue", "Étendue des preuves", "medium", v.EXTENTS),
            "agreement": c.code("Concordance", "Concordance des preuves", "medium", v.AGREEMENTS),
            "sources": c.count("Sources", "Sources indépendantes qui vont dans son sens", "6"),
            "cases": c.count("Cas", "Études de cas distinctes", "4"),
            "respondents": c.count("Répondants", "Répondants distincts", "2"),
            "kinds": c.count("Natures", "Natures de voix distinctes", "1"),
            "supports": c.count("Pour", "Éléments rattachés qui vont dans son sens", "6"),
            "against": c.count("Contre", "Éléments rattachés qui n’y vont pas", "4"),
            "share": _share("Part", "Part des éléments rattachés qui vont dans son sens, de 0 à 1"),
            "mention_fr": c.text("Mention", "Avertissement publié avec l’affirmation", "", required=False),
            "reason_fr": c.text("Raison", "Pourquoi ce niveau, et pourquoi pas plus", ""),
        },
        pair=("kind", "claim_id"),
    ),
    Table(
        "fragility",
        "Fragilité des affirmations",
        "une affirmation, et ce qu’elle devient sans une source",
        {
            "kind_of_claim": _kind(),
            "claim_id": _CLAIM,
            "dimension": c.code("Retrait", "Ce que l’on retire", "case", _SOURCES),
            "removed": c.text("Retiré", "Le cas, le répondant ou la nature de voix retirés", "Agri"),
            "sources": c.count("Sources", "Sources indépendantes qui restent", "5"),
            "confidence": _CONFIDENCE,
            "verdict": c.code("Verdict", "Ce que devient l’affirmation", "holds", v.VERDICTS),
        },
        pair=("kind_of_claim", "claim_id", "dimension", "removed"),
    ),
    Table(
        "smallest_losses",
        "Plus petites pertes",
        "un plus petit ensemble de sources dont le retrait affaiblit une affirmation",
        {
            "kind_of_claim": _kind(),
            "claim_id": _CLAIM,
            "size": c.count("Taille", "Nombre de sources à retirer", "1"),
            "sources": c.text("Sources", "Sources à retirer, séparées par des espaces", "entretien:P10"),
        },
        pair=("kind_of_claim", "claim_id", "sources"),
    ),
    Table(
        "sensitivity",
        "Sensibilité aux choix",
        "une conclusion, et la part des choix possibles qui lui donne chaque niveau de confiance",
        {
            "conclusion_id": c.link("Conclusion", "Conclusion du rapport", "CCL01", "conclusions"),
            **{
                level: _share(f"Confiance : {label}", "Part des combinaisons essayées qui donnent ce niveau, de 0 à 1")
                for level, label in v.CONFIDENCES.items()
            },
        },
        pair=("conclusion_id",),
    ),
)

COMPUTED_TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every table computed of the claims, by name, in reading order."""
