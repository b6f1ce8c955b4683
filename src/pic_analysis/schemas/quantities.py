"""What the sources count and announce, so that rules can compare it (``quality``)."""

from __future__ import annotations

from pic_analysis import vocabulary as v
from pic_analysis.schemas import columns as c
from pic_analysis.schemas.table import Table

_SOURCE = c.link("Source", "Document", "SRC01", "sources")
_PLACE = c.text("Section", "Section du document", "3.5.4", required=False)
_OTHER_ANCHOR = c.words("Ancre de la liste", "Au plus six mots de la source", "de trois façons", most=6, required=False)


def _fact(title: str, description: str) -> object:
    return c.link(title, description, "FAI001", "facts", required=False)


TABLES = (
    Table(
        "facts",
        "Faits chiffrés",
        "une quantité imprimée dans une source, telle qu’imprimée",
        {
            "fact_id": c.key("Fait", "Ordre de lecture", "FAI001", r"FAI\d{3}"),
            "source_id": _SOURCE,
            "section": _PLACE,
            "anchor": c.ANCHOR,
            "quantity": c.text(
                "Grandeur", "Ce qui est mesuré : même nom, même définition", "public_meetings", pattern=r"[a-z0-9_]+"
            ),
            "label_fr": c.words("Libellé", "Ce qui est compté, dans nos mots", "réunions publiques", most=25),
            "value": c.number("Valeur", "Telle qu’imprimée", "220"),
            "value_max": c.number("Valeur haute", "Haut d’une fourchette imprimée", "40000", required=False),
            "precision": c.code("Précision", "Exacte, approchée ou bornée", "exact", v.PRECISIONS),
            "unit": c.text("Unité", "Unité imprimée ou nom de ce qui est compté", "réunion"),
            "period_start": c.date("Début", "Date ISO, même partielle", "2001", required=False),
            "period_end": c.date("Fin", "Date ISO, même partielle", "2008", required=False),
            "territory": c.text("Territoire", "Tel qu’imprimé", "la commune", required=False),
            "part_of": _fact("Partie de", "Fait dont il est annoncé comme une partie"),
            "numerator_id": _fact("Numérateur", "Fait au numérateur d’une part"),
            "denominator_id": _fact("Dénominateur", "Fait au dénominateur d’une part"),
            "rate_of": _fact("Rythme de", "Fait qui compte la même chose sur une période"),
            "quality": c.code("Qualité", "De A, statistique officielle, à D, déclaration", "D", v.QUALITIES),
            "caution_fr": c.words("Précaution", "Ce que la valeur ne permet pas", "", most=25, required=False),
        },
    ),
    Table(
        "announced_counts",
        "Comptes annoncés",
        "un nombre d’éléments que le texte annonce, et la liste à laquelle il se confronte",
        {
            "count_id": c.key("Compte", "Ordre de lecture", "ANN01", r"ANN\d{2,3}"),
            "source_id": _SOURCE,
            "section": _PLACE,
            "anchor": c.ANCHOR,
            "label_fr": c.words("Libellé", "Ce qui est annoncé, dans nos mots", "formes de contribution", most=25),
            "announced": c.count("Annoncé", "Nombre annoncé", "2"),
            "listed": c.count("Listé", "Nombre d’éléments de la liste", "3"),
            "listed_section": _PLACE,
            "listed_anchor": _OTHER_ANCHOR,
            "note_fr": c.words("Note", "Comment on a compté", "", most=25, required=False),
        },
    ),
    Table(
        "page_references",
        "Renvois de page",
        "un renvoi imprimé à une page, et la page où commence vraiment ce qu’il vise",
        {
            "page_ref_id": c.key("Renvoi de page", "Ordre de lecture", "PAG01", r"PAG\d{2}"),
            "source_id": _SOURCE,
            "section": _PLACE,
            "anchor": c.ANCHOR,
            "printed_page": c.count("Page imprimée", "Numéro imprimé", "48"),
            "target_fr": c.words("Cible", "Ce qui est visé, dans nos mots", "enseignement 3", most=25),
            "target_section": _PLACE,
            "target_anchor": _OTHER_ANCHOR,
            "counted_page": c.number(
                "Page comptée", "Comptée depuis les pieds de page (vide : inconnue)", "50", required=False
            ),
        },
    ),
    Table(
        "repeated_quotations",
        "Paroles citées deux fois",
        "une parole imprimée en deux endroits, et les mêmes mots dans chacun",
        {
            "repeat_id": c.key("Répétition", "Ordre de lecture", "REP01", r"REP\d{2}"),
            "first_section": _PLACE,
            "first_anchor": c.ANCHOR,
            "second_section": _PLACE,
            "second_anchor": c.ANCHOR,
            "testimony_id": c.link("Voix", "Voix de la première citation", "tem-000", "testimonies", required=False),
        },
    ),
)
