"""The contribution story: statements, the cells they call on, the voices they quote."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

TABLES = (
    Table(
        "statements",
        "Constats",
        "une affirmation atomique du récit de contribution",
        {
            "statement_id": c.key(
                "Constat", "Lettre du paquet, chiffre de la section, ordre", "B1-03", r"[A-Z]\d-\d{2}"
            ),
            "report_section": c.SECTION_COLUMN,
            "package": c.text("Paquet", "Paquet causal, ou lettre des impacts et de l’essaimage", "B", pattern="[A-Z]"),
            "role": c.code("Rôle", "Place du constat dans l’analyse de contribution", "change", v.ROLES),
            "polarity": c.POLARITY,
            "quantifier": c.text(
                "Quantificateur", "Mot de quantité ou de degré du rapport", "la plupart", required=False
            ),
            "summary_fr": c.summary(),
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "citations",
        "Renvois",
        "un renvoi du texte à une cellule de monographie, attaché au constat qu’il appuie",
        {
            "citation_id": c.key("Renvoi", "Ordre de lecture", "cit-001", r"cit-\d{3}"),
            "statement_id": c.link("Constat", "Constat que le renvoi appuie", "B1-01", "statements"),
            "cell_id": c.text("Cellule", "Cellule de monographie, forme canonique", "Eco_PC1_1", pattern=c.CELL),
            "case": c.text("Cas", "Étude de cas de la cellule", "Eco"),
            "package": c.text("Paquet", "Paquet causal de la cellule (vide : hors paquet)", "B", required=False),
            "cell_section": c.code("Section de la cellule", "Section de la monographie", "1", v.CELL_SECTIONS),
            "report_section": c.SECTION_COLUMN,
            "raw_reference": c.text("Forme imprimée", "Renvoi tel qu’imprimé, fautes comprises", "Biodiv.PC1 2"),
            "repaired": c.boolean("Réparé", "Vrai si la forme imprimée n’était pas canonique"),
        },
    ),
    Table(
        "testimonies",
        "Voix",
        "une voix citée ou rapportée : entretien, expert du panel ou document",
        {
            "testimony_id": c.key("Voix", "Ordre de lecture", "tem-000", r"tem-\d{3}"),
            "speaker_kind": c.code("Nature", "Nature de la source qui parle", "interview", v.SPEAKER_KINDS),
            "speaker_id": c.text(
                "Source",
                "Code de l’entretien, expert du panel ou document ; sans-code si le rapport n’en donne pas",
                "P00",
            ),
            "statement_id": c.link(
                "Constat",
                "Constat que la voix éclaire (vide hors du récit)",
                "B1-02",
                "statements",
                required=False,
            ),
            "report_section": c.SECTION_COLUMN,
            "case": c.text("Cas", "Étude de cas que dit le code de l’entretien (vide sinon)", "Part", required=False),
            "polarity": c.POLARITY,
            "summary_fr": c.summary(),
            "anchor": c.ANCHOR,
        },
    ),
)
