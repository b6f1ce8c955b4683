"""Model how likely groups are to speak, interview by interview: a description to explore, never a proof."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis.coding.incidence import only_safe
from pic_analysis.coding.permutation import EXPLORATORY
from pic_analysis.numbers_fr import count, decimal
from pic_analysis.vocabulary import SAFE_GROUPS

EVENTS_PER_PARAMETER, FEWEST, FEW_CLUSTERS = 10, 5, 40
CAUTION = (
    f"Modèle {EXPLORATORY}. Les entretiens ont été choisis, non tirés au sort : ce modèle ne permet de dire ni quelle "
    "part de la population pense ainsi, ni que l’appartenance à un groupe fait parler ou taire, ni qu’un lien de la "
    "théorie du changement tient. Un rapport de cotes n’est pas un rapport de parts. Compter n’est pas voter."
)


@dataclass(frozen=True)
class Diagnostics:
    """What tells whether the model can be read."""

    interviews: int
    rows: int
    events: int
    parameters: int
    events_per_parameter: float
    working_correlation: float
    """Correlation that the model finds between two rows of one interview; ``nan`` if each holds one row."""
    design_effect: float
    """Largest ratio of the robust variance of a coefficient to the variance that ignores clusters."""
    largest_shift: float
    """Largest move of a coefficient when one interview is left out, in standard errors; infinite if a group then
    speaks always or never; ``nan`` if not asked for."""


@dataclass(frozen=True, eq=False)
class Logistic:
    """A fitted model, or the reasons why none is given."""

    table: pd.DataFrame
    """``group``, ``reference``, ``odds_ratio``, ``low``, ``high``, ``p``, ``status`` (always ``exploratoire``)."""
    diagnostics: Diagnostics | None
    refusals: tuple[str, ...]
    cautions: tuple[str, ...]


def spoken(present: pd.DataFrame, known: pd.Series, questioned: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row for each interview and code that it was asked about, with whether it speaks of it.

    Returns
    -------
    DataFrame
        ``interview_id``, ``group``, ``outcome``, as :func:`logistic` takes them.
    """
    held = (questioned if questioned is not None else present.notna()).to_numpy(dtype=bool)
    row, column = np.nonzero(held)
    found = pd.DataFrame({"interview_id": present.index[row], "outcome": present.to_numpy(dtype=bool)[row, column]})
    found.insert(1, "group", found["interview_id"].map(known))
    found.attrs.update(present.attrs)
    return found


def supporting(codings: pd.DataFrame, known: pd.Series) -> pd.DataFrame:
    """Return one row for each coding, with whether the passage supports what it speaks of."""
    found = pd.DataFrame({"interview_id": codings["interview_id"], "group": codings["interview_id"].map(known)})
    found = found.assign(outcome=codings["direction"].eq("supports"))[found["group"].notna()].reset_index(drop=True)
    found.attrs.update(codings.attrs)
    return found


def logistic(rows: pd.DataFrame, reference: str = "", level: float = 0.95, *, leave_out: bool = True) -> Logistic:
    """Return the odds of an outcome in each safe group against a reference group.

    Parameters
    ----------
    rows
        ``interview_id``, ``group``, ``outcome`` (boolean), as :func:`spoken` or :func:`supporting` return them.
    reference
        Group to compare with; by default the one with the most interviews.
    level
        Confidence level of the intervals.
    leave_out
        Fit again without each interview, for the diagnostics: about ten milliseconds an interview.

    Returns
    -------
    Logistic
        Refused, with the reasons in French, where groups are too few or too small, where a group always or never
        holds the outcome (separation: the odds would be infinite), where events are too few, or without convergence.

    Notes
    -----
    Generalised estimating equations, logit link, exchangeable correlation within an interview: Liang & Zeger (1986),
    Biometrika 73:13. Variance corrected for few clusters: Mancl & DeRouen (2001), Biometrics 57:126. At least ten
    events, and ten non-events, for each parameter: Peduzzi et al. (1996), Journal of Clinical Epidemiology 49:1373.
    """
    only_safe(rows["group"])
    order = [group for group in SAFE_GROUPS if rows["group"].eq(group).any()]
    refusals = _refusals(rows, order)
    if refusals:
        return Logistic(_empty(rows), None, tuple(refusals), (CAUTION,))
    sizes = rows.groupby("group")["interview_id"].nunique()
    reference = reference or max(order, key=lambda group: sizes[group])
    if reference not in order:
        raise ValueError(f"unknown reference group: {reference!r}; one of {order}")
    order = [reference, *(group for group in order if group != reference)]
    fit = _fit(rows, order)
    if not fit.converged or not np.all(np.isfinite(fit.bse)):
        return Logistic(_empty(rows), None, ("Le calcul ne converge pas : pas de modèle.",), (CAUTION,))
    ends = fit.conf_int(alpha=1 - level)
    table = pd.DataFrame(
        {
            "group": order[1:],
            "reference": reference,
            "odds_ratio": np.exp(fit.params[1:]),
            "low": np.exp(ends[1:, 0]),
            "high": np.exp(ends[1:, 1]),
            "p": fit.pvalues[1:],
            "status": EXPLORATORY,
        }
    )
    table.attrs.update(rows.attrs)
    found = _diagnostics(rows, order, fit, leave_out)
    return Logistic(table, found, (), (*_cautions(found), CAUTION))


def _empty(rows: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(columns=["group", "reference", "odds_ratio", "low", "high", "p", "status"])
    table.attrs.update(rows.attrs)
    return table


def _refusals(rows: pd.DataFrame, order: list[str]) -> list[str]:
    if len(order) < 2:
        return ["Il faut au moins deux groupes pour comparer."]
    said = []
    for group in order:
        own = rows[rows["group"] == group]
        if own["interview_id"].nunique() < FEWEST:
            # The number itself is never said: it is that of a group too small to be published.
            said.append(f"{group} : moins de {FEWEST} entretiens, c’est trop peu.")
        # Of so few people, what all of them say is not told either.
        elif own["outcome"].all() or not own["outcome"].any():
            always = "toujours" if own["outcome"].any() else "jamais"
            said.append(
                f"{group} : {always} le résultat étudié (séparation) ; le rapport de cotes serait infini ou nul."
            )
    events = int(rows["outcome"].sum())
    rarer = min(events, len(rows) - events)
    if rarer < EVENTS_PER_PARAMETER * len(order):
        said.append(
            f"Trop peu d’observations du cas le plus rare pour {len(order)} paramètres : il en faut au moins "
            f"{EVENTS_PER_PARAMETER * len(order)}."
        )
    return said


def _fit(rows: pd.DataFrame, order: list[str], start: np.ndarray | None = None, variance: str = "bias_reduced") -> Any:
    # Heavy, and few pages need it: imported where it is used.
    from statsmodels.genmod.cov_struct import Exchangeable, Independence
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_estimating_equations import GEE

    cluster = pd.factorize(rows["interview_id"])[0]
    sorted_rows = np.argsort(cluster, kind="stable")
    place = rows["group"].map({group: n for n, group in enumerate(order)}).to_numpy()[sorted_rows]
    design = np.column_stack([np.ones(len(rows)), *(place == n for n in range(1, len(order)))]).astype(float)
    within = Exchangeable() if len(rows) > cluster.max() + 1 else Independence()
    outcome = rows["outcome"].to_numpy(dtype=float)[sorted_rows]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # convergence is read from the result, and told in French
        model = GEE(outcome, design, groups=cluster[sorted_rows], family=Binomial(), cov_struct=within)
        return model.fit(cov_type=variance, start_params=start)


def _diagnostics(rows: pd.DataFrame, order: list[str], fit: Any, leave_out: bool) -> Diagnostics:
    events, parameters = int(rows["outcome"].sum()), len(order)
    clustered = type(fit.model.cov_struct).__name__ == "Exchangeable"
    return Diagnostics(
        interviews=int(rows["interview_id"].nunique()),
        rows=len(rows),
        events=events,
        parameters=parameters,
        events_per_parameter=min(events, len(rows) - events) / parameters,
        working_correlation=float(fit.model.cov_struct.dep_params) if clustered else float("nan"),
        design_effect=float(np.max(np.diag(fit.cov_robust_bc) / np.diag(fit.cov_naive))),
        largest_shift=_largest_shift(rows, order, fit) if leave_out else float("nan"),
    )


def _largest_shift(rows: pd.DataFrame, order: list[str], fit: Any) -> float:
    """Return how far the coefficients move when the interview that weighs most is left out."""
    largest = 0.0
    totals = rows.groupby("group")["outcome"].agg(["sum", "size"])
    for _, own in rows.groupby("interview_id", sort=False):
        group = own["group"].iloc[0]
        said, held = totals.loc[group, "sum"] - own["outcome"].sum(), totals.loc[group, "size"] - len(own)
        if said in (0, held):
            return float("inf")
        without = _fit(rows.drop(own.index), order, fit.params, "naive")
        largest = max(largest, float(np.max(np.abs(without.params - fit.params) / fit.bse)))
    return largest


def _cautions(found: Diagnostics) -> list[str]:
    said = []
    if found.interviews < FEW_CLUSTERS:
        said.append(
            f"{count(found.interviews, 'entretien')} seulement : même corrigés, les intervalles sont sans doute trop "
            "étroits."
        )
    if found.largest_shift > 1:
        how = (
            "tient à lui seul"
            if np.isinf(found.largest_shift)
            else f"bouge de {decimal(found.largest_shift)} erreur type"
        )
        said.append(f"Un seul entretien pèse lourd : sans lui, un coefficient {how}.")
    return said
