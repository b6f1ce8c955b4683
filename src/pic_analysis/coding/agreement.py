"""Measure how far two readings of one source agree, beyond what chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pic_analysis.coding import bootstrap
from pic_analysis.coding.coefficients import Measure
from pic_analysis.coding.ratings import Ratings, from_table
from pic_analysis.coding.reliability import ALPHA, COLUMNS, reliability
from pic_analysis.coding.tallies import tally


@dataclass(frozen=True)
class Agreement:
    """Agreement of two readings on one nominal variable, over the units that both judged."""

    units: int
    percent: float
    kappa: float
    alpha: float


def agreement(first: pd.Series, second: pd.Series) -> Agreement:
    """Return the agreement of two coders on one nominal variable.

    Parameters
    ----------
    first, second
        The two coders' values for the same units, in the same order, none missing.

    Returns
    -------
    Agreement
        Share of identical judgements, Cohen's kappa and Krippendorff's nominal alpha (see ``chance`` and
        ``coincidences``); the two last are ``nan`` where every judgement falls in one category.

    Examples
    --------
    >>> yes_no = pd.Series(["y"] * 25 + ["n"] * 25), pd.Series(["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15)
    >>> round(agreement(*yes_no).kappa, 2)
    0.4
    """
    table = pd.DataFrame({"A": first.to_numpy(), "B": second.to_numpy()})
    ratings = from_table(table, grid="unités jugées par les deux lectures")
    sums, _ = tally(ratings)
    percent, kappa, alpha = (float(Measure(name).of(ratings)(sums)) for name in ("percent", "cohen", "alpha"))
    return Agreement(int(sums.units), percent, kappa, alpha)


def by_variable(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement of the two readings on each variable of a double coding.

    Parameters
    ----------
    judgements
        The table ``double_coding``: one row a judgement.

    Returns
    -------
    DataFrame
        Indexed by ``unit_kind`` and ``variable``: ``units`` judged by both, ``percent``, ``kappa``, ``alpha``, and
        ``unmatched``, the units that one reading alone holds: the agreement says nothing of these.
    """
    rows = {}
    for key, group in judgements.groupby(["unit_kind", "variable"], sort=False):
        both = group[(group["reading_a"] != "") & (group["reading_b"] != "")]
        found = agreement(both["reading_a"], both["reading_b"])
        rows[key] = (found.units, found.percent, found.kappa, found.alpha, len(group) - len(both))
    index = pd.MultiIndex.from_tuples([*rows], names=["unit_kind", "variable"])
    return pd.DataFrame([*rows.values()], index=index, columns=["units", "percent", "kappa", "alpha", "unmatched"])


def readings(judgements: pd.DataFrame) -> Ratings:
    """Return the two readings of one variable as judgements of the same units, section by section.

    Parameters
    ----------
    judgements
        Rows of ``double_coding`` on one variable.
    """
    table = judgements.set_index("judgement_id")[["reading_a", "reading_b"]].set_axis(["A", "B"], axis=1)
    grid = "unités du rapport que les deux lectures ont relevées"
    return from_table(table, grid=grid, clusters=judgements["report_section"].tolist())


def by_section(
    judgements: pd.DataFrame, measure: Measure = ALPHA, *, replicates: int = bootstrap.REPLICATES, seed: int = 0
) -> pd.DataFrame:
    """Return the agreement on each variable with an interval, whole sections of the report being drawn.

    A coder reads a section in one go: its judgements are no more independent than those of one interview.

    Parameters
    ----------
    judgements
        The table ``double_coding``.
    measure, replicates, seed
        As in `reliability`.

    Returns
    -------
    DataFrame
        Indexed by ``unit_kind`` and ``variable``, with the columns of `reliability`; ``clusters`` counts sections. No
        interval is given where fewer than five sections were read twice.
    """
    groups = judgements.groupby(["unit_kind", "variable"], sort=False)
    rows = [reliability(readings(group), measure, replicates=replicates, seed=seed) for _, group in groups]
    index = pd.MultiIndex.from_tuples([key for key, _ in groups], names=["unit_kind", "variable"])
    return pd.concat(rows).set_axis(index) if rows else pd.DataFrame(columns=COLUMNS, index=index)


def attached(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return how far two coders attached the same ties, one row a kind of tie.

    Parameters
    ----------
    judgements
        Rows of ``double_coding`` on ties: an empty reading means that the coder did not attach the tie.

    Returns
    -------
    DataFrame
        Indexed by ``unit_kind``: ties that ``both`` attached, ``only_a`` and ``only_b``, and their ``dice``.

    Notes
    -----
    Dice (1945), Ecology 26:297: twice the common ties over the sum of both coders'. What neither attached is not
    counted: among thousands of possible ties it would make any agreement look strong.

    Examples
    --------
    >>> judged = pd.DataFrame({"unit_kind": "x", "unit_id": ["1", "2", "3"], "variable": "relation"})
    >>> attached(judged.assign(reading_a=["s", "s", ""], reading_b=["s", "", "o"])).round(2).to_dict("records")
    [{'both': 1, 'only_a': 1, 'only_b': 1, 'dice': 0.5}]
    """
    ties = judgements.drop_duplicates(["unit_kind", "unit_id"])
    held = pd.DataFrame({"a": ties["reading_a"] != "", "b": ties["reading_b"] != ""})
    kinds = ties["unit_kind"]
    both = (held["a"] & held["b"]).groupby(kinds, sort=False).sum()
    sizes = held.groupby(kinds, sort=False).sum()
    return pd.DataFrame(
        {
            "both": both,
            "only_a": sizes["a"] - both,
            "only_b": sizes["b"] - both,
            "dice": 2 * both / (sizes["a"] + sizes["b"]),
        }
    )
