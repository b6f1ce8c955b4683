"""The block of the double coding's reliability: each variable with its interval, and what must not be read alone."""

from __future__ import annotations

from pic_analysis.coding.agreement import by_section
from pic_analysis.numbers_fr import decimal, integer
from pic_analysis.publishing.blocks.overview import VARIABLES
from pic_analysis.publishing.markup import table
from pic_analysis.study import Study
from pic_analysis.vocabulary import CODING_UNITS, STORY_UNITS


def double_coding_intervals(study: Study, _: dict[str, str]) -> str:
    """Return Krippendorff's alpha of the two readings with its interval, whole sections being drawn."""
    found = by_section(study.double_coding[study.double_coding["unit_kind"].isin(STORY_UNITS)])
    rows = [
        (
            f"{CODING_UNITS[unit].capitalize()} : {VARIABLES[variable]}",
            decimal(row.value, 2),
            f"{decimal(row.low, 2)} à {decimal(row.high, 2)}" if row.replicates else "non calculé",
            integer(row.clusters),
            integer(row.units),
        )
        for (unit, variable), row in zip(found.index, found.itertuples(index=False), strict=True)
    ]
    header = ["Variable", "Alpha de Krippendorff", "Intervalle à 95 %", "Sections", "Unités"]
    notes = [f"- {note}" for note in dict.fromkeys(found["note_fr"]) if note]
    shown = table(
        "Alpha de Krippendorff (niveau nominal) et son intervalle, par rééchantillonnage des sections", header, rows
    )
    return "\n".join([shown, *notes])
