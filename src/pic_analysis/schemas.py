"""Declare every processed table once: schema, data dictionary and Table Schema all come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandera.pandas as pa

from pic_analysis import vocabulary as v

CELL = r"\w+_(PC\d_)?([1-3]|IT|Ess|Intro)"
SECTION = r"(\d(\.\d){0,2}|resume|avant-propos)"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def _text(title: str, description: str, example: str, *, required: bool = True, pattern: str = "") -> Any:
    checks = []
    if required:
        checks.append(pa.Check.str_length(min_value=1))
    if pattern:
        checks.append(pa.Check.str_matches(rf"^(?:{pattern}){'' if required else '?'}$"))
    return _column(str, checks, title, description, example, required=required, pattern=pattern)


def _date(title: str, description: str, example: str, *, required: bool = True) -> Any:
    real = pa.Check(lambda text: text.map(lambda date: not date or v.is_date(date)), error="une date qui existe")
    return _column(str, [real], title, description, example, required=required, pattern=PARTIAL_DATE, date=True)


def _words(title: str, description: str, example: str, *, most: int, required: bool = True) -> Any:
    checks = [pa.Check(lambda text: text.map(v.count_words) <= most, error=f"au plus {most} mots")]
    return _column(str, checks, title, description, example, required=required, most_words=most)


def _code(title: str, description: str, example: str, labels: dict[str, str], *, key: bool = False) -> Any:
    checks = [pa.Check.isin([*labels])]
    return _column(str, checks, title, description, example, required=True, labels=labels, key=key)


def _key(title: str, description: str, example: str, pattern: str) -> Any:
    checks = [pa.Check.str_matches(rf"^(?:{pattern})$")]
    return _column(str, checks, title, description, example, required=True, pattern=pattern, key=True)


def _link(title: str, description: str, example: str, to: str, *, required: bool = True) -> Any:
    return _column(str, [], title, description, example, required=required, to=to)


def _column(kind: type, checks: list[Any], title: str, description: str, example: str, **more: Any) -> Any:
    return pa.Column(
        kind,
        checks=checks,
        title=title,
        description=description,
        unique=bool(more.get("key")),
        metadata={"example": example, **more},
    )


def _boolean(title: str, description: str) -> Any:
    return _column(bool, [], title, description, "true", required=True, boolean=True)


def _count(title: str, description: str, example: str) -> Any:
    return _column(int, [pa.Check.ge(0)], title, description, example, required=True, count=True)


_SECTION = _text("Section du rapport", "Section où se trouve le passage", "3.2.1", pattern=SECTION)
_ANCHOR = _words(
    "Ancre",
    "Au plus six mots de la source, dans leur graphie, pour retrouver le passage",
    "quel que soit leur profil",
    most=6,
)
_POLARITY = _code("Polarité", "Sens du passage envers le changement que la théorie attend", "supports", v.POLARITIES)


def _summary(description: str = "Contenu, dans nos mots", most: int = 25) -> Any:
    return _words(
        "Résumé",
        f"{description} (au plus {most} mots)",
        "",
        most=most,
    )


@dataclass(frozen=True)
class Table:
    """One processed table: its key, what one row is, and its columns in order."""

    name: str
    title_fr: str
    row_fr: str
    columns: dict[str, Any]

    @property
    def key(self) -> str:
        """Name of the column that identifies a row."""
        return next(iter(self.columns))

    @property
    def links(self) -> dict[str, str]:
        """Columns that hold the identifier of another table's row, as ``column -> table``."""
        return {name: c.metadata["to"] for name, c in self.columns.items() if "to" in c.metadata}

    @property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema: exactly these columns, in this order."""
        return pa.DataFrameSchema(self.columns, strict=True, ordered=True, name=self.name)


_TABLES = (
    Table(
        "statements",
        "Constats",
        "une affirmation atomique du récit de contribution (sections 3.2 à 3.6 du rapport)",
        {
            "statement_id": _key(
                "Constat", "Lettre du paquet, chiffre de la section, ordre", "B1-03", r"[A-Z]\d-\d{2}"
            ),
            "report_section": _SECTION,
            "package": _code(
                "Paquet",
                "Paquet causal ; E : impacts et essaimage",
                "B",
                {"B": "B", "C": "C", "D": "D", "E": "E"},
            ),
            "role": _code("Rôle", "Place du constat dans l’analyse de contribution", "change", v.ROLES),
            "polarity": _POLARITY,
            "quantifier": _text(
                "Quantificateur", "Mot de quantité ou de degré du rapport", "la plupart", required=False
            ),
            "summary_fr": _summary(),
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "citations",
        "Renvois",
        "un renvoi du texte à une cellule de monographie, attaché au constat qu’il appuie",
        {
            "citation_id": _key("Renvoi", "Ordre de lecture", "cit-001", r"cit-\d{3}"),
            "statement_id": _link("Constat", "Constat que le renvoi appuie", "B1-01", "statements"),
            "cell_id": _text("Cellule", "Cellule de monographie, forme canonique", "Eco_PC1_1", pattern=CELL),
            "case": _text("Cas", "Étude de cas de la cellule", "Eco"),
            "package": _text("Paquet", "Paquet causal de la cellule (vide : hors paquet)", "B", required=False),
            "cell_section": _code("Section de la cellule", "Section de la monographie", "1", v.CELL_SECTIONS),
            "report_section": _SECTION,
            "raw_reference": _text("Forme imprimée", "Renvoi tel qu’imprimé, fautes comprises", "Biodiv.PC1 2"),
            "repaired": _boolean("Réparé", "Vrai si la forme imprimée n’était pas canonique"),
        },
    ),
    Table(
        "testimonies",
        "Voix",
        "une voix citée ou rapportée : entretien, expert du panel ou document",
        {
            "testimony_id": _key("Voix", "Ordre de lecture", "tem-001", r"tem-\d{3}"),
            "speaker_kind": _code("Nature", "Nature de la source qui parle", "interview", v.SPEAKER_KINDS),
            "speaker_id": _text(
                "Source",
                "Code de l’entretien, expert du panel ou document ; sans-code si le rapport n’en donne pas",
                "P11",
            ),
            "statement_id": _link(
                "Constat",
                "Constat que la voix éclaire (vide hors du récit)",
                "B1-02",
                "statements",
                required=False,
            ),
            "report_section": _SECTION,
            "case": _text("Cas", "Étude de cas que dit le code de l’entretien (vide sinon)", "Part", required=False),
            "polarity": _POLARITY,
            "summary_fr": _summary(),
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "conclusions",
        "Conclusions",
        "une des conclusions de l’évaluation (chapitre 4), sous son numéro imprimé",
        {
            "conclusion_id": _key("Conclusion", "Numéro du rapport", "CCL05", r"CCL\d{2}"),
            "package": _text("Paquet", "Question évaluative à laquelle elle répond", "B", pattern="[B-D]"),
            "direction": _code("Sens", "Ce que la conclusion dit de la contribution", "contribution", v.DIRECTIONS),
            "summary_fr": _summary(),
        },
    ),
    Table(
        "theory_nodes",
        "Boîtes de la théorie du changement",
        "une boîte du logigramme, ou le paquet qui la contient",
        {
            "node_id": _key("Boîte", "Lettre du paquet, numéro de boîte", "B1", r"[A-EX]\d?"),
            "parent": _link(
                "Paquet",
                "Paquet qui contient la boîte (vide pour un paquet)",
                "B",
                "theory_nodes",
                required=False,
            ),
            "label_fr": _summary("Intitulé, dans nos mots"),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
            "in_annex": _boolean("Annexe", "Présente dans l’annexe 7.1.2"),
            "in_chapter2": _boolean("Chapitre 2", "Présente au chapitre 2"),
            "in_figure": _boolean("Figure", "Présente dans une figure du rapport"),
            "note_fr": _words("Différence", "Ce qui diffère d’un endroit à l’autre", "", most=40, required=False),
        },
    ),
    Table(
        "theory_links",
        "Flèches de la théorie du changement",
        "une relation causale supposée entre deux paquets, ou entre deux boîtes d’un paquet",
        {
            "link_id": _key("Flèche", "Départ > arrivée", "A>B", r"[A-EX]\d?>[A-EX]\d?"),
            "source_id": _link("Départ", "Boîte ou paquet de départ", "A", "theory_nodes"),
            "target_id": _link("Arrivée", "Boîte ou paquet d’arrivée", "B", "theory_nodes"),
            "label_fr": _summary("Relation supposée, dans nos mots"),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "mechanisms",
        "Mécanismes",
        "un mécanisme causal de l’annexe 7.1.2, sur lequel repose une flèche",
        {
            "mechanism_id": _key("Mécanisme", "Flèche, ordre", "A>B-2", r"[A-EX]>[A-EX]-\d"),
            "link_id": _link("Flèche", "Flèche qui repose sur lui", "A>B", "theory_links"),
            "effect": _code("Effet", "Favorise ou freine le changement attendu", "favours", v.EFFECTS),
            "summary_fr": _summary(),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
            "difference_fr": _words(
                "Différence",
                "Où le chapitre 2, les figures ou le récit le disent autrement",
                "",
                most=40,
                required=False,
            ),
        },
    ),
    Table(
        "lessons",
        "Enseignements",
        "un enseignement du chapitre 6 : dans tel contexte, tel mécanisme peut produire tel résultat",
        {
            "lesson_id": _key("Enseignement", "Numéro du rapport", "ENS1", r"ENS\d"),
            "theme": _code("Volet", "Volet du chapitre 6", "conception", v.LESSON_THEMES),
            "context_fr": _summary("Contexte"),
            "mechanism_fr": _summary("Mécanisme"),
            "outcome_fr": _summary("Résultat"),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "lesson_points",
        "Points des enseignements",
        "un point observé, facteur de réussite ou point de vigilance d’un enseignement",
        {
            "point_id": _key("Point", "Enseignement, nature, ordre", "ENS1-F1", r"ENS\d-[OFV]\d{1,2}"),
            "lesson_id": _link("Enseignement", "Enseignement qu’il détaille", "ENS1", "lessons"),
            "kind": _code(
                "Nature",
                "Observation, facteur de réussite ou vigilance",
                "success_factor",
                v.LESSON_POINT_KINDS,
            ),
            "summary_fr": _summary(),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "recommendations",
        "Recommandations",
        "une recommandation de la section 5.3",
        {
            "recommendation_id": _key(
                "Recommandation",
                "Thème et numéro imprimé (deux séries R1…)",
                "REC-EVAL-1",
                r"REC-(EVAL|SOC)-\d",
            ),
            "printed_label": _text("Numéro imprimé", "Tel qu’imprimé", "R1"),
            "theme": _code("Thème", "Enjeu auquel elle répond", "evaluation", v.RECOMMENDATION_THEMES),
            "summary_fr": _summary(),
            "addressee_fr": _text("Destinataire", "Ce que le texte permet d’en dire", "commune"),
            "report_section": _SECTION,
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "recommendation_points",
        "Étapes des recommandations",
        "une étape concrète d’une recommandation",
        {
            "point_id": _key("Étape", "Recommandation, ordre", "REC-EVAL-1-P1", r"REC-(EVAL|SOC)-\d-P\d{1,2}"),
            "recommendation_id": _link("Recommandation", "Recommandation détaillée", "REC-EVAL-1", "recommendations"),
            "summary_fr": _summary(),
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "stakeholders",
        "Entretiens par type d’acteur",
        "un type d’acteur et son nombre d’entretiens, tels que le graphique de la section 1.3 les donne",
        {
            "stakeholder_type": _code(
                "Type d’acteur", "Dix types du rapport", "habitants", v.STAKEHOLDER_TYPES, key=True
            ),
            "interviews": _count("Entretiens", "Nombre d’entretiens", "17"),
        },
    ),
    Table(
        "sources",
        "Sources",
        "un document source, ou une pièce que le rapport cite comme preuve",
        {
            "source_id": _key("Source", "Identifiant", "SRC01", r"SRC\d{2}"),
            "kind": _code("Nature", "Nature du document", "report", v.SOURCE_KINDS),
            "title": _text("Titre", "Titre, ou code imprimé dans le rapport", "Depliant_biodiv"),
            "author": _text("Auteur", "Auteur, s’il est dit", "Quadrant Conseil", required=False),
            "date": _date("Date", "Date ISO, même partielle", "2016-06", required=False),
            "address": _text("Adresse", "Adresse imprimée, si elle l’est", "", required=False),
            "licence": _text("Licence", "Ce que l’on sait des droits", "tous droits réservés", required=False),
            "note_fr": _words("Note", "Ce que la pièce sert à prouver", "", most=40, required=False),
        },
    ),
    Table(
        "discrepancies",
        "Écarts de source",
        "deux passages des sources qui ne s’accordent pas, ou un passage qui ne s’accorde pas avec lui-même",
        {
            "discrepancy_id": _key("Écart", "Ordre du premier passage", "ECA01", r"ECA\d{2,3}"),
            "kind": _code("Nature", "Nature de l’écart", "sum", v.DISCREPANCY_KINDS),
            "severity": _code("Gravité", "Conséquence pour la lecture", "notable", v.SEVERITIES),
            "first_source": _link("Source du premier passage", "Document", "SRC01", "sources"),
            "first_section": _text("Section du premier passage", "Section", "3.3.2", required=False),
            "first_anchor": _ANCHOR,
            "second_source": _link("Source du second passage", "Document", "SRC01", "sources", required=False),
            "second_section": _text("Section du second passage", "Section", "3.3.4", required=False),
            "second_anchor": _words(
                "Ancre du second passage",
                "Au plus six mots ; vide si l’écart tient en un passage",
                "de trois façons",
                most=6,
                required=False,
            ),
            "summary_fr": _summary(most=30),
            "consequence_fr": _words("Conséquence", "Ce que le lecteur ne doit pas en faire", "", most=30),
        },
    ),
    Table(
        "timeline",
        "Chronologie",
        "un événement ou une période datés par les sources",
        {
            "event_id": _key("Événement", "Ordre chronologique", "EVT01", r"EVT\d{2}"),
            "date": _date("Date", "Date ISO, même partielle", "2014-10-07"),
            "date_end": _date("Fin", "Fin d’une période", "2008", required=False),
            "summary_fr": _summary(),
            "source_id": _link("Source", "Document qui le date", "SRC01", "sources"),
            "report_section": _text("Section", "Section du document", "1.3", required=False),
            "anchor": _ANCHOR,
        },
    ),
    Table(
        "double_coding",
        "Double codage",
        "une variable d’une unité du chapitre 3, lue deux fois indépendamment puis arbitrée",
        {
            "judgement_id": _key("Jugement", "Unité et variable", "cit-001.role", r"[\w-]+\.[a-z_]+"),
            "unit_id": _text("Unité", "Identifiant de l’unité arbitrée", "cit-001"),
            "unit_kind": _code("Nature de l’unité", "Constat, renvoi ou voix", "citation", v.CODING_UNITS),
            "report_section": _SECTION,
            "variable": _text("Variable", "Ce qui est jugé", "role"),
            "reading_a": _text("Lecture A", "Valeur (vide : unité non relevée)", "change", required=False),
            "reading_b": _text("Lecture B", "Valeur (vide : unité non relevée)", "limit", required=False),
            "settled": _text("Arbitrage", "Valeur retenue (vide : unité écartée)", "limit", required=False),
            "reason_fr": _words("Motif", "Pourquoi, là où les lectures diffèrent", "", most=30, required=False),
        },
    ),
    Table(
        "cleaning_log",
        "Journal du nettoyage",
        "une valeur brute que le nettoyage a réparée, ou gardée bien qu’elle soit hors de sa place",
        {
            "entry_id": _key("Entrée", "Table, ligne, colonne", "citations.12.raw_reference", r"\w+\.\d+\.\w+"),
            "file": _text("Fichier", "Fichier brut", "citations.csv"),
            "row": _count("Ligne", "Ligne du fichier brut (l’en-tête est la ligne 1)", "12"),
            "column": _text("Colonne", "Colonne brute", "raw_reference"),
            "raw": _text("Valeur brute", "Telle que reçue", "Biodiv.PC1 2", required=False),
            "clean": _text("Valeur nettoyée", "Telle que publiée", "Biodiv_PC1_2", required=False),
            "rule": _text("Règle", "Règle appliquée", "séparateur rétabli"),
        },
    ),
    Table(
        "quarantine",
        "Quarantaine",
        "une ligne brute qui n’a pas pu être lue : elle est gardée ici, entière",
        {
            "entry_id": _key("Entrée", "Table, ligne", "citations.12", r"\w+\.\d+"),
            "file": _text("Fichier", "Fichier brut", "citations.csv"),
            "row": _count("Ligne", "Ligne du fichier brut (l’en-tête est la ligne 1)", "12"),
            "content": _text("Contenu", "Ligne brute, en JSON", "{…}"),
            "reason_fr": _text("Motif", "Pourquoi, et la lecture valable la plus proche", "cas sans cellule"),
            "decision_fr": _text(
                "Décision",
                "Pourquoi on l’accepte (decisions.csv)",
                "le rapport ne dit pas plus",
                required=False,
            ),
        },
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
"""Every processed table by name, in reading order."""


def table_schema(table: Table) -> dict[str, Any]:
    r"""Return the Frictionless Table Schema of a table, with French titles and examples.

    Source: Table Schema, version 1 (https://specs.frictionlessdata.io/table-schema/).

    >>> table_schema(TABLES["conclusions"])["fields"][0]["constraints"]
    {'required': True, 'unique': True, 'pattern': '^(?:CCL\\d{2})$'}
    """
    fields = []
    for name, column in table.columns.items():
        about = column.metadata
        constraints: dict[str, Any] = {"required": True} if about["required"] else {}
        if about.get("key"):
            constraints["unique"] = True
        if about.get("pattern"):
            constraints["pattern"] = f"^(?:{about['pattern']})$"
        if about.get("labels"):
            constraints["enum"] = [*about["labels"]]
        kind = "boolean" if about.get("boolean") else "integer" if about.get("count") else "string"
        field = {"name": name, "title": column.title, "description": column.description, "type": kind}
        if about["example"]:
            field["example"] = about["example"]
        fields.append({**field, "constraints": constraints})
    keys = [
        {
            "fields": column,
            "reference": {"resource": to if to != table.name else "", "fields": TABLES[to].key},
        }
        for column, to in table.links.items()
    ]
    return {"fields": fields, "primaryKey": table.key, "foreignKeys": keys}
