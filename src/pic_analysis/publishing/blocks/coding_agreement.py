"""What the page on coding shows of the coders' agreement: never a coefficient without its name and its grid."""

from __future__ import annotations

import pandas as pd

from pic_analysis.coding import reliability
from pic_analysis.coding.disagreements import costliest
from pic_analysis.numbers_fr import integer, percent
from pic_analysis.publishing.blocks.interviews import LEVEL, table_of, with_interval
from pic_analysis.publishing.blocks.text import NOTHING, plain
from pic_analysis.publishing.display import Prose, Table
from pic_analysis.publishing.workshop import Workshop


def measures(workshop: Workshop) -> Table:
    """Return every coefficient on every grid of units, with the interval that whole interviews drawn again give."""
    rows = []
    for ratings in workshop.ratings:
        found = reliability.every_measure(ratings)
        values = {row.measure_fr: with_interval(row.value, row.low, row.high) for row in found.itertuples()}
        rows.append({"grid": ratings.grid, "units": integer(int(found["units"].iloc[0])), **values})
    table = pd.DataFrame(rows)
    caption = f"Accord entre codeurs avant arbitrage, par grille d’unités ; intervalle à {percent(LEVEL)}"
    return table_of(table, workshop, caption, ["Unité de calcul", "Unités", *table.columns[2:]])


def by_code(workshop: Workshop) -> Table:
    """Return the agreement on each code."""
    found = reliability.reliability(workshop.ratings[0], by="code_id")
    rows = [(workshop.labels[row.Index], with_interval(row.value, row.low, row.high)) for row in found.itertuples()]
    return table_of(rows, workshop, _named("Accord sur chaque code", workshop), ["Code", "Alpha"])


def paradoxes(workshop: Workshop) -> Prose:
    """Return why some coefficients must not be read alone; without numbers where they would tell a hidden count."""
    found = reliability.reliability(workshop.ratings[0], by="code_id")["note_fr"]
    kept = (
        "l’accord observé et le coefficient se contredisent, parce que presque tous les jugements sont « absent ». "
        "C’est le paradoxe du kappa : le coefficient mesure la rareté du code plus que le travail des codeurs. Les "
        "nombres sont retenus par le garde-fou, qui protège ce code."
    )
    said = [
        f"- **{plain(workshop.labels[code])}** : {note if code in workshop.open_totals else kept}"
        for code, note in found[found != ""].items()
    ]
    return Prose("\n".join(said) or NOTHING)


def by_pair(workshop: Workshop) -> Table:
    """Return the agreement of each pair of coders."""
    found = reliability.by_pair(workshop.ratings[0])
    rows = [
        (f"{a} et {b}", with_interval(row.value, row.low, row.high))
        for (a, b), row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    return table_of(rows, workshop, _named("Accord de chaque paire de codeurs", workshop), ["Codeurs", "Alpha"])


def by_group(workshop: Workshop) -> Table:
    """Return the agreement on the interviews of each safe group."""
    found = reliability.by_group(workshop.ratings[0], workshop.interviews.interviews)
    rows = [
        (group, with_interval(row.value, row.low, row.high))
        for group, row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    return table_of(rows, workshop, _named("Accord sur chaque groupe d’acteurs", workshop), ["Groupe", "Alpha"])


def costly(workshop: Workshop, most: int = 5) -> Table:
    """Return the codes on which disagreements cost the most; those that the gate protects are left out."""
    found = costliest(workshop.ratings[0], "code_id")
    found = found[found.index.isin(workshop.open_totals)].head(most)
    rows = [(workshop.labels[code], percent(share)) for code, share in found["share"].items()]
    caption = _named("Codes dont les désaccords coûtent le plus", workshop)
    return table_of(rows, workshop, caption, ["Code", "Part de ce qui manque à l’accord"])


def _named(caption: str, workshop: Workshop) -> str:
    """Return a caption with the statistic and the grid, which a coefficient is never shown without."""
    return f"{caption} : {reliability.ALPHA} ; {workshop.ratings[0].grid}"
