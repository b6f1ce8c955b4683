"""Write the MyST text of cards, links to them and tables; know the kinds of things the book points to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of citable thing: the role that links to it, its name in French, what its anchors begin with."""

    role: str
    label_fr: str
    prefix: str = ""


KINDS = {
    "cell": Kind("renvoi", "cellule de monographie"),
    "statement": Kind("constat", "constat"),
    "testimony": Kind("voix", "voix"),
    # The report's codes of people collide with ours: A6 is also a box, Part_PC1_1 a cell that is quoted.
    "respondent": Kind("repondant", "répondant", prefix="repondant-"),
    "conclusion": Kind("conclusion", "conclusion"),
    "lesson": Kind("enseignement", "enseignement"),
    "recommendation": Kind("recommandation", "recommandation"),
    "discrepancy": Kind("ecart", "écart de source"),
    "node": Kind("noeud", "boîte du logigramme"),
    "link": Kind("lien", "flèche du logigramme"),
    "mechanism": Kind("mecanisme", "mécanisme"),
    "rival": Kind("rival", "explication rivale"),
    "fact": Kind("fait", "fait chiffré"),
    "control": Kind("controle", "contrôle"),
    "source": Kind("source", "source"),
    "indicator": Kind("indicateur", "indicateur"),
    "table": Kind("table-de-donnees", "table de données"),
}
KIND_OF_ROLE = {kind.role: key for key, kind in KINDS.items()}

DEMO_MARK = 'data-provenance="demo"'
"""What a table or figure of fictitious data bears, in HTML: a page that cites conclusions refuses it."""

# A table of this class has the header of each row in its first column (`translator.py`).
ROW_HEADERS = "entetes-de-ligne"


def anchor(kind: str, object_id: str) -> str:
    """Return the HTML id of an object, unique in the book: its exact id, case kept, with arrows spelt out.

    >>> anchor("cell", "Eco_PC1_1"), anchor("mechanism", "A>B-2"), anchor("respondent", "A6")
    ('Eco_PC1_1', 'A-vers-B-2', 'repondant-A6')
    """
    return KINDS[kind].prefix + object_id.replace(">", "-vers-")


def ref(kind: str, object_id: str, text: str = "") -> str:
    """Return a link to an object, with its id or the given text to read.

    >>> ref("cell", "Eco_PC1_1")
    '{renvoi}`Eco_PC1_1`'
    >>> ref("link", "A>B", "de A vers B")
    '{lien}`de A vers B <A>B>`'
    """
    return f"{{{KINDS[kind].role}}}`{f'{text} <{object_id}>' if text else object_id}`"


def row_id(kind: str, object_id: str, title: str) -> str:
    """Return what declares an object in the first cell of its row: its identifier, which is also its address.

    >>> row_id("fact", "FAI001", "220 réunions publiques")
    '{ligne}`fact FAI001 220 réunions publiques`'
    """
    if kind not in KINDS:
        raise KeyError(f"{kind!r} is not a kind of row: {', '.join(KINDS)}")
    return f"{{ligne}}`{kind} {object_id} {' '.join(title.replace('`', '').split())}`"


def card(kind: str, object_id: str, title: str, body: str, level: int = 0) -> str:
    r"""Return the card that declares an object, its fence longer than any fence of the body.

    >>> print(card("statement", "B1-03", "Fierté : un regard \"neuf\"", "Texte."))
    ::::{fiche} statement B1-03
    :titre: "Fierté : un regard \"neuf\""
    <BLANKLINE>
    Texte.
    ::::
    <BLANKLINE>
    """
    if kind not in KINDS:
        raise KeyError(f"{kind!r} is not a kind of card: {', '.join(KINDS)}")
    fence = ":" * max([4, *(len(colons) + 1 for colons in re.findall(r"^\s*(:{3,})", body, re.MULTILINE))])
    # Always quoted: a colon, a hash or a leading bracket would otherwise end the option's value.
    options = [f':titre: "{_escaped(title)}"'] if title else []
    options += [f":niveau: {level}"] if level else []
    return "\n".join([f"{fence}{{fiche}} {kind} {object_id}", *options, "", body.strip(), fence, ""])


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, row_headers: bool = True) -> str:
    r"""Return a captioned table whose first column heads its rows unless said otherwise.

    Cells may hold roles; line breaks and pipes in them are neutralised.

    >>> print(table("Paquets", ["Paquet", "Constats"], [["B", "12"]]))
    ::::{table} Paquets
    :class: entetes-de-ligne
    <BLANKLINE>
    | Paquet | Constats |
    | --- | --- |
    | B | 12 |
    ::::
    <BLANKLINE>
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        [
            f"::::{{table}} {caption}",
            *([f":class: {ROW_HEADERS}"] if row_headers else []),
            "",
            *("| " + " | ".join(map(_cell, line)) + " |" for line in lines),
            "::::",
            "",
        ]
    )


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _cell(text: str) -> str:
    # Plain white space only: `str.split` would also take no-break spaces for ends of words.
    return re.sub(r"(?<!\\)\|", r"\\|", re.sub(r"[ \t\r\n]+", " ", str(text)).strip(" "))
