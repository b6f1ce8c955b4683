"""Controlled lists of the study tables: codes in English, labels in French."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable

DEMO = "demo"
"""Provenance of fictitious data."""

ROLES = {
    "change": "changement observé",
    "contribution": "indice de contribution",
    "other_explanation": "autre explication",
    "limit": "facteur limitatif",
    "impact": "impact thématique",
    "spread": "essaimage",
    "key_point": "point clé",
}
POLARITIES = {"supports": "appuie", "nuances": "nuance", "contradicts": "contredit"}
SPEAKER_KINDS = {"interview": "entretien", "expert": "expert du panel", "document": "document"}
DIRECTIONS = {
    "contribution": "contribution de la stratégie",
    "limit": "limite à la contribution de la stratégie",
    "mixed": "contribution de la stratégie, sous réserve",
}
EFFECTS = {"favours": "favorise", "hinders": "freine"}

# Types of people met, for every study. The safe groups are the only partition in which counts of people
# may be crossed with anything else (method: people's data).
STAKEHOLDER_TYPES = {
    "elus": "Élus",
    "agents": "Agents",
    "habitants": "Habitants",
    "associations": "Associations",
    "agriculteurs": "Agriculteurs",
    "entreprises": "Entreprises",
    "collectivites": "Collectivités",
    "autres_acteurs_publics": "Autres acteurs publics",
    "autres_organisations": "Autres organisations",
    "chercheurs": "Chercheurs",
}
SAFE_GROUPS = {
    "Élus et agents": ("elus", "agents"),
    "Habitants et associations": ("habitants", "associations"),
    "Agriculteurs et entreprises": ("agriculteurs", "entreprises"),
    "Collectivités, autres acteurs publics, autres organisations et chercheurs": (
        "collectivites",
        "autres_acteurs_publics",
        "autres_organisations",
        "chercheurs",
    ),
}

INTERVIEW_MODES = {
    "face_to_face": "en face à face",
    "telephone": "par téléphone",
    "video": "en visioconférence",
    "group": "en groupe",
    "written": "par écrit",
}
CONSENTS = {
    "given": "donné",
    "anonymous": "donné, sans citation",
    "withdrawn": "retiré",
}

CELL_SECTIONS = {
    "1": "changement observé",
    "2": "indices de contribution",
    "3": "autres explications",
    "IT": "impacts thématiques",
    "Ess": "essaimage",
    "Intro": "introduction",
}

# Themes of lessons and recommendations, where a study declares none of its own (`lesson_themes`).
LESSON_THEMES = {
    "conception": "Conception de l’action publique",
    "cooperation": "Coopération avec les acteurs du territoire",
    "management": "Management en interne",
}
LESSON_POINT_KINDS = {
    "observation": "Ce que le rapport décrit",
    "success_factor": "Facteur de réussite",
    "watch_point": "Point de vigilance",
}
RECOMMENDATION_THEMES = {"evaluation": "Suivi et évaluation", "social": "Action sociale"}
SOURCE_KINDS = {
    "report": "rapport",
    "monograph": "monographie",
    "press": "presse",
    "intranet": "intranet communal",
    "study": "étude",
    "academic": "publication scientifique",
    "leaflet": "dépliant",
    "web": "page web",
    "memo": "note",
    "project": "document de projet",
}
DISCREPANCY_KINDS = {
    "count": "compte annoncé",
    "sum": "somme",
    "share": "part",
    "period": "période",
    "reference": "renvoi",
    "identifier": "identifiant",
    "quotation": "citation",
    "quantifier": "quantificateur",
    "naming": "appellation",
    "page": "renvoi de page",
    "structure": "structure",
    "chain": "chaîne de preuve",
    "unit": "unité",
}
SEVERITIES = {"mineur": "mineur", "notable": "notable", "majeur": "majeur"}

CODING_UNITS = {
    "statement": "constat",
    "citation": "renvoi",
    "testimony": "voix",
    "conclusion_support": "appui d’une conclusion",
    "lesson_support": "appui d’un enseignement",
    "recommendation_answers": "réponse d’une recommandation",
    "link_support": "mise à l’épreuve d’une flèche",
    "rival_fates": "sort d’une explication rivale",
}
STORY_UNITS = ("statement", "citation", "testimony")
"""Units of the story; the others are ties of the chain, attached by reading."""

THEORY_PLACES = {"in_annex": "l’annexe", "in_chapter2": "le corps du rapport", "in_figure": "les figures"}
"""Where a report tells its theory of change, by column of ``theory_nodes``, where a study says no more."""

# The chain from findings to the story, rebuilt by reading: see the chapter on method.
RELATIONS = {"supports": "appuie", "opposes": "s’oppose"}
BASES = {"explicit": "explicite", "coder_reading": "lecture du codeur"}
FATES = {"completes": "complète", "conditions": "conditionne", "excludes": "exclut"}
NOT_EXAMINED = "non examinée"
FOLLOW_UPS = {
    "unknown": "inconnu",
    "planned": "prévu",
    "under_way": "en cours",
    "done": "réalisé",
    "dropped": "abandonné",
}

# Levels, from the weakest to the strongest.
EXTENTS = {"limited": "limitée", "medium": "moyenne", "robust": "robuste"}
AGREEMENTS = {"low": "faible", "medium": "moyenne", "strong": "forte"}
CONFIDENCES = {"none": "sans source identifiée", "low": "faible", "medium": "moyenne", "high": "élevée"}
VERDICTS = {"holds": "tient", "rises": "monte", "weakens": "s’affaiblit", "falls": "tombe"}
LOSSES = ("weakens", "falls")
"""Verdicts of a claim that loses something."""

PRECISIONS = {"exact": "exact", "about": "environ", "at_least": "au moins", "at_most": "au plus"}
QUALITIES = {
    "A": "statistique officielle",
    "B": "donnée administrative, biais connu",
    "C": "compte local, protocole à lire dans la fiche ou la note",
    "D": "déclaration ou presse",
}

# Indicators. A status says how firm a value is or, where there is none, why (signs of INSEE: …, ///, s).
STATUSES = {
    "provisional": "provisoire",
    "revised": "révisée",
    "definitive": "définitive",
    "estimated": "estimée",
    "secret": "couverte par le secret",
    "not_available": "non disponible",
    "not_applicable": "sans objet",
}
MISSING_STATUSES = {"secret": "s", "not_available": "…", "not_applicable": "///"}
"""Statuses of a value that is not there, and the sign that stands in its place."""
FIRM = ("definitive", "revised")
"""Statuses of a value that its producer does not expect to change."""

FREQUENCIES = {
    "monthly": "mensuelle",
    "quarterly": "trimestrielle",
    "annual": "annuelle",
    "irregular": "irrégulière",
    "once": "une seule fois",
}
END_FIXED = {"before": "avant que les résultats soient vus", "after": "alors que les résultats avaient été vus"}
"""When the last period of a question of effect was chosen."""
TERRITORY_KINDS = {
    "commune": "commune",
    "epci": "intercommunalité",
    "employment_zone": "zone d’emploi",
    "department": "département",
    "region": "région",
    "country": "pays",
    "facility": "équipement",
    "area": "autre périmètre",
}
INDICATOR_THEMES = {
    "population": "Population",
    "employment": "Emploi",
    "culture": "Culture et fréquentation",
    "housing": "Logement et énergie",
    "environment": "Environnement et agriculture",
    "involvement": "Implication habitante",
    "services": "Services et action sociale",
    "spread": "Essaimage",
    "finance": "Finances locales",
}
UNITS = {
    "inhabitant": "habitant",
    "percent": "%",
    "visit": "entrée",
    "visitor": "visiteur",
    "meeting": "réunion",
    "operation": "opération",
    "dwelling": "logement",
    "hectare": "ha",
    "association": "association",
    "structure": "structure",
    "job": "emploi",
    "kwh": "kWh",
    "cubic_metre": "m³",
    "species": "espèce",
    "hour": "heure",
    "household": "ménage",
    "visit_received": "visite reçue",
    "diagnosis": "diagnostic",
    "sale": "vente",
    "euro": "€",
    "euro_per_square_metre": "€/m²",
    "euro_per_inhabitant": "€/hab.",
    "agent": "agent",
}
UNIT_SIGNS = ("percent", "euro", "euro_per_square_metre", "euro_per_inhabitant", "hectare", "kwh", "cubic_metre")
"""Units that have a sign: it follows a number, in a sentence as in a table."""
RATES = ("percent", "euro_per_square_metre", "euro_per_inhabitant")
"""Units whose levels may be compared from one territory to another, whatever their sizes."""
WHOLE = (
    *("inhabitant", "visit", "visitor", "meeting", "operation", "dwelling", "association", "structure", "species"),
    *("household", "visit_received", "diagnosis", "sale"),
)
"""Units that are counted one by one: half of one is a fault of typing, or an average that has no place here."""
SIGNED = ("euro", "euro_per_square_metre", "euro_per_inhabitant")
"""Units of which there may be less than none."""


def nearest(value: str, options: Iterable[str]) -> str:
    """Return the option that looks most like a value, or an empty string.

    >>> nearest("contibution", ROLES)
    'contribution'
    >>> nearest("zzz", ROLES)
    ''
    """
    lowered = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(value.casefold(), lowered, n=1, cutoff=0.5)
    return lowered[found[0]] if found else ""


def is_date(text: str) -> bool:
    """Say whether an ISO year, month or day exists.

    >>> [is_date(text) for text in ("2001", "2016-06", "2001-02-31")]
    [True, True, False]
    """
    parts = text.split("-")
    try:
        datetime.date(*map(int, [*parts, "1", "1"][:3]))
    except (ValueError, OverflowError):
        return False
    return len(parts) <= 3


def count_words(text: str) -> int:
    """Return the number of words of a French text; punctuation standing alone is no word.

    >>> count_words("Le « label » local n’attire pas : trop peu")
    7
    """
    return sum(map(bool, map(_WORD.search, text.split())))


_WORD = re.compile(r"\w")
