"""What the page on coding shows of the coders' agreement: never a coefficient without its name and its grid."""

from __future__ import annotations

import pandas as pd

from pic_analysis.coding import reliability
from pic_analysis.coding.disagreements import costliest
from pic_analysis.coding.paradox import ONE_CATEGORY, TOO_FEW
from pic_analysis.disclosure.suppression import SECRET
from pic_analysis.numbers_fr import count, integer, percent
from pic_analysis.publishing.blocks.interviews import LEVEL, table_of, with_interval
from pic_analysis.publishing.blocks.text import NOTHING, plain
from pic_analysis.publishing.display import Prose, Table
from pic_analysis.publishing.workshop import Workshop

NONE = "Rien à montrer : il n’y a pas d’accord à mesurer."
_ALONE = (
    "Pour en mesurer un, une autre personne code à son tour une partie des entretiens, sans voir ces codages. D’ici "
    "là, rien ne dit que la grille se lise de la même façon d’une personne à l’autre."
)
_KEPT = (
    "l’accord observé et le coefficient se contredisent, parce que presque tous les jugements sont « absent ». "
    "C’est le paradoxe du kappa : le coefficient mesure la rareté du code plus que le travail des codeurs. Les "
    "nombres sont retenus par le garde-fou, qui protège ce code."
)


def measures(workshop: Workshop) -> Table | Prose:
    """Return every coefficient on every grid of units, with the interval that whole interviews drawn again give.

    Where nobody coded what somebody else did, this says so, and the parts that follow show nothing.
    """
    if workshop.no_agreement:
        return Prose(
            workshop.no_agreement if workshop.interviews.codings.empty else f"{workshop.no_agreement} {_ALONE}"
        )
    rows = []
    for ratings in workshop.ratings:
        found = reliability.every_measure(ratings)
        values = {row.measure_fr: with_interval(row.value, row.low, row.high) for row in found.itertuples()}
        rows.append({"grid": ratings.grid, "units": integer(int(found["units"].iloc[0])), **values})
    table = pd.DataFrame(rows)
    caption = f"Accord entre codeurs avant arbitrage, par grille d’unités ; intervalle à {percent(LEVEL)}"
    return table_of(table, workshop, caption, ["Unité de calcul", "Unités", *table.columns[2:]])


def by_code(workshop: Workshop) -> Table | Prose:
    """Return the agreement on each code; that on a code whose total is hidden would let it be worked out."""
    if workshop.no_agreement:
        return Prose(NONE)
    found = reliability.reliability(workshop.ratings[0], by="code_id")
    rows = [
        (
            workshop.labels[row.Index],
            with_interval(row.value, row.low, row.high) if row.Index in workshop.open_totals else SECRET,
        )
        for row in found.itertuples()
    ]
    return table_of(rows, workshop, _named("Accord sur chaque code", workshop), ["Code", "Alpha"])


def paradoxes(workshop: Workshop) -> Prose:
    """Return why some coefficients must not be read alone; without numbers where they would tell a hidden count."""
    if workshop.no_agreement:
        return Prose(NONE)
    found = reliability.reliability(workshop.ratings[0], by="code_id")["note_fr"]
    said = [
        f"- **{plain(workshop.labels[str(code)])}** : {_warning(workshop, str(code), note)}"
        for code, note in found[found != ""].items()
    ]
    return Prose("\n".join(said) or NOTHING)


def _warning(workshop: Workshop, code: str, note: str) -> str:
    """Return what is said of a coefficient that must not be read alone: no number where it would tell a hidden one."""
    if code in workshop.open_totals or note == TOO_FEW:
        return f"{note[:1].lower()}{note[1:]}"
    return _KEPT if note != ONE_CATEGORY else "le coefficient n’est pas défini ; le garde-fou retient les nombres."


def by_pair(workshop: Workshop) -> Table | Prose:
    """Return the agreement of each pair of coders."""
    if workshop.no_agreement:
        return Prose("")
    found = reliability.by_pair(workshop.ratings[0])
    rows = [
        (f"{a} et {b}", with_interval(row.value, row.low, row.high))
        for (a, b), row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    return table_of(rows, workshop, _named("Accord de chaque paire de codeurs", workshop), ["Codeurs", "Alpha"])


def by_group(workshop: Workshop) -> Table | Prose:
    """Return the agreement on the interviews of each safe group."""
    if workshop.no_agreement:
        return Prose("")
    found = reliability.by_group(workshop.ratings[0], workshop.interviews.interviews)
    rows = [
        (group, with_interval(row.value, row.low, row.high))
        for group, row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    return table_of(rows, workshop, _named("Accord sur chaque groupe d’acteurs", workshop), ["Groupe", "Alpha"])


def costly(workshop: Workshop, most: int = 5) -> Table | Prose:
    """Return the codes on which disagreements cost the most; those that the gate protects are left out."""
    if workshop.no_agreement:
        return Prose(NONE)
    found = costliest(workshop.ratings[0], "code_id")
    if not found["disagreements"].any():
        return Prose(_same_codes(workshop))
    found = found[found.index.isin(workshop.open_totals) & (found["disagreements"] > 0)].head(most)
    if found.empty:
        return Prose("Le garde-fou retient tous les codes sur lesquels les codeurs diffèrent.")
    rows = [(workshop.labels[code], percent(share)) for code, share in found["share"].items()]
    caption = _named("Codes dont les désaccords coûtent le plus", workshop)
    return table_of(rows, workshop, caption, ["Code", "Part de ce qui manque à l’accord"])


def _same_codes(workshop: Workshop) -> str:
    """Return what is said of coders who put the same codes on the same interviews: their directions may differ."""
    left = workshop.open_readings
    turned = costliest(workshop.ratings[-1], "code_id")["disagreements"].any()
    if not turned and not left:
        return "Les codeurs ne diffèrent sur aucun code : rien à arbitrer."
    same = "Les codeurs mettent les mêmes codes aux mêmes entretiens"
    if turned:
        same += ", mais ne leur donnent pas toujours le même sens (appuie, nuance, contredit)"
    if not left:
        return f"{same} : tout est arbitré."
    return f"{same} : {count(left, 'lecture reste', 'lectures restent')} à arbitrer."


def _named(caption: str, workshop: Workshop) -> str:
    """Return a caption with the statistic and the grid, which a coefficient is never shown without."""
    return f"{caption} : {reliability.ALPHA} ; {workshop.ratings[0].grid}"
