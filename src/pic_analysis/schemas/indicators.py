"""Indicators of a territory: what each measures, its values by vintage, their revisions and their calendar.

An observation is one value of one indicator, for one territory and one period, in one vintage.
"""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas import record
from pic_analysis.schemas.table import Table

INDICATOR = r"[LP]\d{2}"
TERRITORY = r"(COM-\d[\dAB]\d{3}|EPCI-\d{9}|ZE2020-\d{4}|DEP-(\d[\dAB]|97\d)|REG-\d{2}|FRANCE-F|EQP-\w+|ZON-\w+)"
_PLAIN_PERIOD = r"\d{4}(-T[1-4]|-(0[1-9]|1[0-2]))?"
PERIOD = rf"{_PLAIN_PERIOD}(/{_PLAIN_PERIOD})?"

_INDICATOR = c.link("Indicateur", "Fiche de l’indicateur", "P03", "catalogue")
_TERRITORY = c.link("Territoire", "Territoire ou équipement observé", "COM-01004", "territories")
_PERIOD = c.text("Période", "Année, trimestre, mois ou intervalle (2001/2008)", "2003-T1", pattern=PERIOD)
_DATASET = c.link("Jeu de données", "D’où vient la valeur", "DS01", "datasets")
_VALUE = c.number("Valeur", "Telle que publiée (vide : le statut dit pourquoi)", "14.1", required=False)

_TABLES = (
    Table(
        "territories",
        "Territoires",
        "un territoire, ou un équipement, dont on observe quelque chose",
        {
            "territory_id": c.key("Territoire", "Nature et code, comme l’INSEE les écrit", "COM-01004", TERRITORY),
            "kind": c.code("Nature", "Maille", "commune", v.TERRITORY_KINDS),
            "label_fr": c.text("Nom", "Nom officiel", "Ambérieu-en-Bugey"),
            "within": c.link(
                "Dans", "Territoire qui le contient (vide : aucun)", "DEP-62", "territories", required=False
            ),
            "note_fr": c.words("Note", "Périmètre, date du découpage", "", most=40, required=False),
        },
    ),
    Table(
        "datasets",
        "Jeux de données",
        "un jeu de données, ou un document, d’où des valeurs sont transcrites",
        {
            "dataset_id": c.key("Jeu de données", "Identifiant", "DS01", r"DS\d{2}"),
            "title": c.text("Titre", "Titre donné par le producteur", "Populations légales"),
            "producer": c.text("Producteur", "Qui le produit", "INSEE"),
            "address": c.text("Adresse", "Où il se trouve", "", required=False),
            "licence": c.text("Licence", "Droits de réutilisation", "Licence Ouverte 2.0"),
            "source_id": c.text(
                "Source",
                "Document de l’évaluation, si c’en est un",
                "SRC01",
                required=False,
                pattern=r"SRC\d{2}",
            ),
            "note_fr": c.words("Note", "Ce qu’il faut savoir pour le lire", "", most=60, required=False),
        },
    ),
    Table(
        "catalogue",
        "Catalogue des indicateurs",
        "un indicateur : ce qu’il mesure, qui le produit, ce qu’il ne dit pas",
        {
            "indicator_id": c.key("Indicateur", "P : série publique ; L : suivi local", "P03", INDICATOR),
            "theme": c.code("Thème", "Ce dont il parle", "employment", v.INDICATOR_THEMES),
            "label_fr": c.words("Libellé", "Nom court", "taux de chômage localisé", most=20),
            "definition_fr": c.words("Définition", "Ce qui est compté, et comment", "", most=60),
            "question_fr": c.words("Question", "À quelle question il répond", "", most=30),
            "unit": c.code("Unité", "Unité de la valeur", "percent", v.UNITS),
            "denominator_fr": c.words(
                "Dénominateur", "Rapporté à quoi, ou « sans objet »", "population active", most=20
            ),
            "frequency": c.code("Périodicité", "Rythme des valeurs", "quarterly", v.FREQUENCIES),
            "producer_fr": c.text("Producteur", "Qui établit la valeur", "INSEE"),
            "collected_by_fr": c.words("Qui renseigne", "Qui porte la valeur dans la table", "", most=20),
            "reference_fr": c.words("Date de référence", "À quel moment la valeur se rapporte", "", most=30),
            "release_fr": c.words("Diffusion", "Quand la valeur paraît", "", most=30),
            "method_fr": c.words("Méthode", "Comment elle est établie ; protocole d’un compte local", "", most=80),
            "caution_fr": c.words("Précautions", "Ce que l’indicateur ne permet pas de dire", "", most=60),
            "revision_policy_fr": c.words("Révisions", "Comment une valeur change", "", most=40),
            "quality": c.code("Qualité", "De A, statistique officielle, à D, déclaration", "A", v.QUALITIES),
            "address": c.text("Adresse", "Où trouver la suite", "", required=False),
            "licence": c.text("Licence", "Droits de réutilisation", "Licence Ouverte 2.0"),
        },
    ),
    Table(
        "breaks",
        "Ruptures de série",
        "un changement de définition : avant et après ne se tracent pas d’un même trait",
        {
            "indicator_id": _INDICATOR,
            "territory_id": c.link(
                "Territoire", "Territoire concerné (vide : tous)", "COM-01004", "territories", required=False
            ),
            "period": c.text("Période", "Première période de la nouvelle définition", "2020", pattern=PERIOD),
            "reason_fr": c.words("Motif", "Ce qui change", "", most=40),
            "dataset_id": _DATASET,
        },
        pair=("indicator_id", "territory_id", "period"),
    ),
    Table(
        "observations",
        "Observations",
        "une valeur d’un indicateur, pour un territoire et une période, dans un millésime",
        {
            "indicator_id": _INDICATOR,
            "territory_id": _TERRITORY,
            "period": _PERIOD,
            "value": _VALUE,
            "unit": c.code("Unité", "La même que dans le catalogue", "percent", v.UNITS),
            "status": c.code("Statut", "Provisoire, définitive…, ou pourquoi elle manque", "definitive", v.STATUSES),
            "vintage": c.date("Millésime", "Date de la diffusion d’où vient la valeur", "2023-12"),
            "dataset_id": _DATASET,
            "retrieved": c.date("Relevé le", "Date où la valeur a été relevée", "2026-11-22"),
            "quality": c.code("Qualité", "De A, statistique officielle, à D, déclaration", "A", v.QUALITIES),
            "note_fr": c.words("Note", "Ce que cette valeur a de particulier", "", most=40, required=False),
        },
        pair=("indicator_id", "territory_id", "period", "vintage"),
    ),
    Table(
        "revisions",
        "Révisions",
        "un changement d’une valeur déjà publiée",
        {
            "indicator_id": _INDICATOR,
            "territory_id": _TERRITORY,
            "period": _PERIOD,
            "revised_on": c.date("Révisée le", "Date du changement", "2026-11-22"),
            "old": c.number("Ancienne valeur", "Valeur publiée jusque-là (vide : manquante)", "14.2", required=False),
            "new": c.number("Nouvelle valeur", "Valeur publiée désormais (vide : manquante)", "14.1", required=False),
            "reason_fr": c.words("Motif", "Pourquoi elle change", "", most=40),
        },
        pair=("indicator_id", "territory_id", "period", "revised_on", "old"),
    ),
    Table(
        "releases",
        "Calendrier de diffusion",
        "une valeur attendue, et quand elle l’est",
        {
            "indicator_id": _INDICATOR,
            "period": _PERIOD,
            "expected_on": c.date("Attendue", "Date, même partielle (vide : non annoncée)", "2026-12", required=False),
            "basis_fr": c.words("D’où vient la date", "Calendrier du producteur, ou rythme passé", "", most=30),
        },
        pair=("indicator_id", "period"),
    ),
    Table(
        "comparators",
        "Comparaisons",
        "un territoire auquel on en compare un autre, pour un indicateur",
        {
            "indicator_id": _INDICATOR,
            "territory_id": _TERRITORY,
            "comparator_id": c.link("Comparé à", "Territoire ou équipement comparable", "REG-32", "territories"),
            "reason_fr": c.words("Motif", "Pourquoi il est comparable, et ses limites", "", most=40),
        },
        pair=("indicator_id", "territory_id", "comparator_id"),
    ),
    Table(
        "impact_questions",
        "Questions d’effet",
        "une question que l’on pose à une série : a-t-elle bougé autrement après un événement ?",
        {
            "question_id": c.key("Question", "Identifiant", "QEF01", r"QEF\d{2}"),
            "question_fr": c.words("Question", "Posée sans en supposer la réponse", "", most=40),
            "indicator_id": _INDICATOR,
            "territory_id": _TERRITORY,
            "event_fr": c.words("Événement", "Ce qui s’est passé", "ouverture du musée", most=20),
            "event_on": c.date("Date", "Date de l’événement", "2012-12-04"),
            "first_period": c.text("Première période d’après", "Première période entière", "2013-T1", pattern=PERIOD),
            "last_period": c.text("Dernière période", "Où s’arrête l’estimation principale", "2019-T4", pattern=PERIOD),
            "last_reason_fr": c.words("Motif", "Pourquoi elle s’arrête là", "avant les fermetures", most=40),
            "last_fixed_on": c.date("Fixée le", "Date à laquelle cette borne a été choisie", "2026-11-23"),
            "last_fixed": c.code(
                "Quand elle a été fixée", "Avant ou après avoir vu les résultats", "after", v.END_FIXED
            ),
            "near_fr": c.text(
                "Voisins", "Territoires que l’événement a pu toucher, séparés par des espaces", "", required=False
            ),
            "dataset_id": _DATASET,
        },
    ),
    Table(
        "annual_questions",
        "Questions de l’état annuel",
        "une question que se posent les partenaires, et ce que les données permettent d’en dire",
        {
            "question_id": c.key("Question", "Ordre de lecture", "QEA01", r"QEA\d{2}"),
            "question_fr": c.words("Question", "Dans les mots des partenaires", "", most=30),
            "answer_fr": c.words(
                "Réponse",
                "Sans cause ; les chiffres y sont des renvois : {P03 ZE2020-3215 2019}, {FAI023}",
                "",
                most=90,
            ),
            "unknown_fr": c.words("Ce qu’on ne sait pas", "Ce qui manque pour mieux répondre", "", most=60),
        },
    ),
)

INDICATOR_TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every clean table of a study's indicators by name, in reading order."""

EDITIONS = Table(
    "editions",
    "Éditions",
    "une valeur telle qu’une édition de l’état annuel l’a publiée",
    {
        "edition": c.date("Édition", "Date de l’édition", "2026-11-22"),
        "indicator_id": c.text("Indicateur", "Indicateur publié", "P03", pattern=INDICATOR),
        "territory_id": c.text("Territoire", "Territoire observé", "COM-01004", pattern=TERRITORY),
        "period": _PERIOD,
        "value": _VALUE,
        "status": c.code("Statut", "Statut de la valeur ce jour-là", "definitive", v.STATUSES),
        "vintage": c.date("Millésime", "Date de la diffusion d’où venait la valeur", "2023-12"),
    },
    pair=("edition", "indicator_id", "territory_id", "period"),
)
"""What each edition of the annual state published."""

INDICATOR_RECORDS: dict[str, Table] = {
    EDITIONS.name: EDITIONS,
    **{table.name: table for table in record.TABLES if table.name in ("cleaning_log", "quarantine")},
}
"""What the cleaning of indicators leaves besides: editions, repairs, rows held."""
