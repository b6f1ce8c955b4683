"""Name the columns of the tables that analysis tools export, in the languages that French coders meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pic_analysis.reading.grid import key


@dataclass(frozen=True)
class Layout:
    """How one tool writes one kind of table.

    ``required`` and ``optional`` give, for each role, the names of its column in any writing; ``others`` are
    columns that help to recognise the table and are not kept; ``codings`` tells a table of coded passages from a
    list of codes; ``levels`` are the marks between a code and its subcode; ``many`` says that one cell may
    list several codes.
    """

    tool: str
    codings: bool
    required: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    levels: str = ""
    many: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every column name that the layout knows."""
        roles = (*self.required.values(), *self.optional.values(), self.others)
        return tuple(name for names in roles for name in names)

    def columns(self, header: list[str]) -> dict[str, str]:
        """Return the columns found, as ``role -> name in the file``; the first role that fits has it."""
        found: dict[str, str] = {}
        for role, names in (*self.required.items(), *self.optional.items()):
            for name in names:
                column = next((c for c in header if key(c) == key(name) and c not in found.values()), None)
                if column is not None:
                    found[role] = column
                    break
        return found

    def fit(self, header: list[str]) -> int:
        """Return how many columns of a header the layout knows, -1 if a required one is missing."""
        found, others = self.columns(header), {key(name) for name in self.others}
        if not {*self.required} <= {*found}:
            return -1
        return len(found) + sum(key(name) in others for name in header if name not in found.values())


def _any(names: str) -> tuple[str, ...]:
    return tuple(names.split(" | "))


_WHO = _any(
    "Created by | Created by user | Creating user | Author | Créé par | Auteur | Codeur | Coder"
    " | Erstellt von | Autor | Modified by | Modifié par | Bearbeitet von"
)
_COMMENT = _any("Comment | Commentaire | Kommentar")
_COLOR = _any("Color | Colour | Couleur | Farbe")
_DATES = _any(
    "Created | Created on | Creation date | Créé le | Date de création | Erstellt am "
    "| Modified | Modified on | Modification date | Modifié le | Date de modification | Bearbeitet am"
)

LAYOUTS = (
    Layout(
        "MAXQDA (segments codés)",
        True,
        {
            "code": ("Code",),
            "source": _any("Document name | Nom du document | Nom de document | Dokumentname | Document"),
            "quote": _any(
                "Segment | Coded segment | Coded segments | Segment codé | Segments codés"
                " | Codiertes Segment | Preview | Aperçu | Vorschau"
            ),
        },
        {
            "group": _any("Document group | Groupe de documents | Dokumentgruppe"),
            "first": _any("Beginning | Begin | Début | Anfang | Position"),
            "last": _any("End | Fin | Ende"),
            "note": _COMMENT,
            "user": _WHO,
            "color": _COLOR,
        },
        others=(
            *_any(
                "Weight score | Weight | Poids | Score de pondération | Gewicht | Area | Surface | Zone"
                " | Fläche | Coverage % | Coverage | Couverture % | % de couverture | Abdeckungsgrad %"
            ),
            *_DATES,
        ),
        levels=r" > |\\",
    ),
    Layout(
        "MAXQDA (liste des codes)",
        False,
        {"code": ("Code",), "description": _any("Memo | Code memo | Mémo | Mémo du code | Code-Memo")},
        {"parent": _any("Parent code | Code parent | Obercode"), "color": _COLOR, "user": _WHO},
        others=(*_DATES,),
        levels=r" > |\\",
    ),
    Layout(
        "ATLAS.ti (citations)",
        True,
        {
            "codes": _any("Codes | Code | Code(s)"),
            "source": _any("Document | Document name | Nom du document | Primary document | Dokument"),
            "quote": _any(
                "Quotation content | Text content | Content | Quotation | Contenu de la citation"
                " | Contenu textuel | Contenu du texte | Contenu | Citation | Zitatinhalt"
            ),
        },
        {
            "first": _any("Reference | Référence | Start position | Beginning | Position de début | Début | Referenz"),
            "last": _any("End position | End | Position de fin | Fin"),
            "note": _COMMENT,
            "user": _WHO,
            "group": _any("Document groups | Groupes de documents | Dokumentgruppen"),
        },
        others=(
            *_any(
                "Density | Densité | Code groups | Groupes de codes | Quotation name | Name"
                " | Nom de la citation | Nom | Zitatname | ID | Quotation ID | Identifiant | N°"
            ),
            *_DATES,
        ),
        many=True,
    ),
    Layout(
        "ATLAS.ti (liste des codes)",
        False,
        {
            "code": _any("Code | Name | Nom"),
            "count": _any("Grounded | Groundedness | Enracinement | Fondement | Ancrage"),
        },
        {
            "description": _COMMENT,
            "color": _COLOR,
            "user": _WHO,
        },
        others=(*_any("Density | Densité | Dichte | Groups | Code groups | Groupes | Groupes de codes"), *_DATES),
    ),
    Layout(
        "NVivo (références)",
        True,
        {
            "code": _any(
                "Hierarchical name | Nom hiérarchique | Code | Code name | Nom du code | Node | Nœud"
                " | Noeud | Nodes | Codes"
            ),
            "source": _any(
                "File | File name | Source | Source name | Fichier | Nom du fichier | Nom de la source | Internals"
            ),
            "quote": _any(
                "Coded text | Reference text | Texte codé | Texte encodé | Texte de la référence"
                " | Reference | Référence | Références | Text | Texte | Content | Contenu"
            ),
        },
        {
            "user": (*_any("Coded by initials | Coded by | Codé par (initiales) | Codé par | Encodé par"), *_WHO),
            "note": _COMMENT,
        },
        others=(
            *_any(
                "Coverage | Couverture | Coverage % | Aggregate | Agrégat | Agréger | Classification"
                " | Reference number | Numéro de référence | Reference no | Number of coding references"
                " | Nombre de références de codage"
            ),
            *_DATES,
        ),
        levels=r"\\+",
    ),
    Layout(
        "NVivo (liste des codes)",
        False,
        {
            "code": _any("Name | Nom | Hierarchical name | Nom hiérarchique"),
            "files": _any("Files | Fichiers | Sources"),
            "count": ("References", "Références"),
        },
        {"description": ("Description",), "color": _COLOR, "user": _WHO},
        others=(*_DATES,),
        levels=r"\\+",
    ),
)
"""Every table that is known.

Put together from the manuals of the three tools; a column may be hidden, moved or renamed from a version to the next,
hence several names for each, and a notice for those that are not kept. Sources: MAXQDA manual,
« Liste der codierten Segmente » and « Codes und Code-Memos aus einer Excel-Tabelle importieren » (paths of
subcodes), https://www.maxqda.com/de/hilfe-mx24/segment-suche/liste-der-codierten-segmente and
https://www.maxqda.com/de/hilfe-mx22/04-codes/codes-und-code-memos-aus-einer-excel-tabelle-importieren; ATLAS.ti
manual, « Quotation Manager », https://doc.atlasti.com/QuicktourMac/Managers/ManagerForQuotations.html; NVivo help,
« Coding summary reports » and « Export a codebook », https://help-nv.qsrinternational.com.
"""


def best_layout(header: list[str]) -> tuple[Layout | None, dict[str, str]]:
    """Return the layout whose required columns are all there and that knows most of them, None without one."""
    best = max(LAYOUTS, key=lambda layout: layout.fit(header))
    return (best, best.columns(header)) if best.fit(header) > 0 else (None, {})


def nearest_layout(header: list[str]) -> tuple[Layout, list[str]]:
    """Return the layout that misses the fewest columns, and the names of those."""
    missing = [
        (layout, [names[0] for role, names in layout.required.items() if role not in layout.columns(header)])
        for layout in LAYOUTS
    ]
    return min(missing, key=lambda fit: len(fit[1]))


def known_names() -> tuple[str, ...]:
    """Return every column name of every layout: they tell a header from a title above it."""
    return tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.names))
