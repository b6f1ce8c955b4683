"""Map the evidence: which cells of the monographs the report calls on, how often, and for what."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pic_analysis.cleaning.references import Reference, misplaced
from pic_analysis.reading.settings import Settings
from pic_analysis.study import Study


def grid(settings: Settings) -> pd.DataFrame:
    """Return every cell that the five monographs may hold, cited or not, in reading order.

    Returns
    -------
    DataFrame
        One row a cell: ``cell_id``, ``case``, ``package`` (empty outside packages), ``cell_section``.
    """
    rows = []
    for case in settings.cases:
        rows.append((f"{case.id}_Intro", case.id, "", "Intro"))
        rows += [(f"{case.id}_PC{p.number}_{s}", case.id, p.id, s) for p in settings.packages for s in "123"]
        rows += [(f"{case.id}_{s}", case.id, "", s) for s in ("IT", "Ess")]
    return pd.DataFrame(rows, columns=["cell_id", "case", "package", "cell_section"])


def cited_cells(study: Study) -> pd.DataFrame:
    """Return every cell of the grid, and every cited cell out of it, with what rests on it.

    Returns
    -------
    DataFrame
        ``cell_id``, ``case``, ``package``, ``cell_section``, and the numbers of distinct ``statements``,
        of ``citations``, and of statements that ``supports``, ``nuances`` or ``contradicts`` the
        expected change. Other explanations are ``rivals``: they may favour the change, they do not credit
        the strategy. A cell that nothing cites has zeros: it is shown, not hidden.
    """
    return _cited_cells(study).copy(deep=False)  # what asks for it does not write in another's


@lru_cache(maxsize=4)
def _cited_cells(study: Study) -> pd.DataFrame:
    told = study.statements.set_index("statement_id")
    rivals = told["role"] == "other_explanation"
    sense = told["polarity"].mask(rivals, "rivals")
    cited = study.citations.assign(sense=study.citations["statement_id"].map(sense))
    base = grid(study.settings)
    extra = cited.loc[~cited["cell_id"].isin(base["cell_id"]), base.columns].drop_duplicates()
    cells = pd.concat([base, extra], ignore_index=True)
    pairs = cited.drop_duplicates(["cell_id", "statement_id"])
    directions = pd.crosstab(pairs["cell_id"], pairs["sense"])
    counts = pd.DataFrame(
        {
            "statements": pairs.groupby("cell_id").size(),
            "citations": cited.groupby("cell_id").size(),
            **{
                p: directions.get(p, pd.Series(dtype="int64")) for p in ("supports", "nuances", "contradicts", "rivals")
            },
        }
    )
    found = cells.merge(counts, left_on="cell_id", right_index=True, how="left")
    numbers = counts.columns.tolist()
    return found.fillna(dict.fromkeys(numbers, 0)).astype(dict.fromkeys(numbers, "int64"))


@lru_cache(maxsize=4)
def called_cells(study: Study) -> dict[str, list[str]]:
    """Return the cells that each statement calls on, once each, in the order of citations."""
    found: dict[str, dict[str, None]] = {}
    for statement, cell in zip(study.citations["statement_id"], study.citations["cell_id"], strict=True):
        found.setdefault(statement, {})[cell] = None
    return {statement: [*cells] for statement, cells in found.items()}


def evidence_map(study: Study, value: str = "statements") -> pd.DataFrame:
    """Return the evidence map: cases in rows, package x section in columns.

    Parameters
    ----------
    study
        The study.
    value
        A numeric column of `cited_cells`.

    Returns
    -------
    DataFrame
        Integers, indexed by case code; columns ``B1`` ... ``D3``, then ``IT``, ``Ess``, ``Intro``. A cell printed
        with a package before ``IT`` (``Part_PC3_IT``) counts under ``IT``.
    """
    cells = cited_cells(study)
    numbered = cells["cell_section"].isin(["1", "2", "3"])
    cells = cells.assign(column=(cells["package"] + cells["cell_section"]).where(numbered, cells["cell_section"]))
    columns = [f"{p.id}{s}" for p in study.settings.packages for s in "123"] + ["IT", "Ess", "Intro"]
    table = cells.pivot_table(index="case", columns="column", values=value, aggfunc="sum", fill_value=0)
    return table.reindex(index=[c.id for c in study.settings.cases], columns=columns, fill_value=0)


def misplaced_citations(study: Study) -> pd.DataFrame:
    """Return the citations that are readable but out of their place, with the reason.

    Returns
    -------
    DataFrame
        ``citation_id``, ``statement_id``, ``report_section``, ``raw_reference``, ``cell_id``, ``reason_fr``.
    """
    cited = study.citations
    cells = (
        Reference(*parts) for parts in cited[["case", "package", "cell_section", "cell_id"]].itertuples(index=False)
    )
    reasons = [
        misplaced(cell, section, study.settings) for cell, section in zip(cells, cited["report_section"], strict=True)
    ]
    columns = ["citation_id", "statement_id", "report_section", "raw_reference", "cell_id", "reason_fr"]
    found = cited.assign(reason_fr=reasons)
    return found.loc[found["reason_fr"] != "", columns].reset_index(drop=True)
