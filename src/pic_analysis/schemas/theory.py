"""The theory of change: boxes, arrows, mechanisms."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

TABLES = (
    Table(
        "theory_nodes",
        "Boîtes de la théorie du changement",
        "une boîte du logigramme, ou le paquet qui la contient",
        {
            "node_id": c.key("Boîte", "Lettre du paquet, numéro de boîte", "B1", r"[A-Z]\d?"),
            "parent": c.link(
                "Paquet",
                "Paquet qui contient la boîte (vide pour un paquet)",
                "B",
                "theory_nodes",
                required=False,
            ),
            "label_fr": c.summary("Intitulé, dans nos mots"),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
            "in_annex": c.boolean("Annexe", "Présente dans une annexe du rapport"),
            "in_chapter2": c.boolean("Corps du rapport", "Présente dans le corps du rapport"),
            "in_figure": c.boolean("Figure", "Présente dans une figure du rapport"),
            "note_fr": c.words("Différence", "Ce qui diffère d’un endroit à l’autre", "", most=40, required=False),
        },
    ),
    Table(
        "theory_links",
        "Flèches de la théorie du changement",
        "une relation causale supposée entre deux paquets, ou entre deux boîtes d’un paquet",
        {
            "link_id": c.key("Flèche", "Départ > arrivée", "A>B", r"[A-Z]\d?>[A-Z]\d?"),
            "source_id": c.link("Départ", "Boîte ou paquet de départ", "A", "theory_nodes"),
            "target_id": c.link("Arrivée", "Boîte ou paquet d’arrivée", "B", "theory_nodes"),
            "label_fr": c.summary("Relation supposée, dans nos mots"),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
        },
    ),
    Table(
        "mechanisms",
        "Mécanismes",
        "un mécanisme causal que le rapport énonce, et sur lequel repose une flèche",
        {
            "mechanism_id": c.key("Mécanisme", "Flèche, ordre", "A>B-2", r"[A-Z]>[A-Z]-\d{1,2}"),
            "link_id": c.link("Flèche", "Flèche qui repose sur lui", "A>B", "theory_links"),
            "effect": c.code("Effet", "Favorise ou freine le changement attendu", "favours", v.EFFECTS),
            "summary_fr": c.summary(),
            "report_section": c.SECTION_COLUMN,
            "anchor": c.ANCHOR,
            "difference_fr": c.words(
                "Différence",
                "Où le rapport, les figures ou le récit le disent autrement",
                "",
                most=40,
                required=False,
            ),
        },
    ),
)
