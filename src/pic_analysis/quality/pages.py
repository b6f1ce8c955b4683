"""Compare printed page references with the pages where their targets begin."""

from __future__ import annotations

from pic_analysis.numbers_fr import decimal, integer
from pic_analysis.quality.finding import Finding, Passage
from pic_analysis.study import Study


def pages(study: Study) -> list[Finding]:
    """Find references to a page on which their target does not begin; a page that cannot be counted is no finding."""
    found = []
    for row in study.page_references.to_dict("records"):
        if not row["counted_page"] or float(row["counted_page"]) == row["printed_page"]:
            continue
        found.append(
            Finding(
                "pages",
                "page",
                "mineur",
                Passage(row["source_id"], row["section"], row["anchor"]),
                Passage(row["source_id"], row["target_section"], row["target_anchor"]),
                (("page_reference", row["page_ref_id"]),),
                f"La page imprimée est {integer(row['printed_page'])} ; d’après les pieds de page, la cible "
                f"({row['target_fr']}) commence page {decimal(float(row['counted_page']), 0)}.",
                "Ne pas reprendre ce numéro de page : citer la section.",
            )
        )
    return found
