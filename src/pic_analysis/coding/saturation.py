"""Say when new interviews stop bringing new codes: base size, run length, new-information threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.coding.accumulation import ORDERS, SEED, curves
from pic_analysis.numbers_fr import count, integer, percent

BASE, RUN, THRESHOLD = 4, 2, 0.05
_PLACE = "Ce critère dit quand les codes cessent d’être nouveaux ; il ne dit pas que tout le monde a été entendu."


@dataclass(frozen=True, eq=False)
class Saturation:
    """What the criterion found along one order of interviews."""

    base: int
    run: int
    threshold: float
    base_codes: int
    runs: pd.DataFrame
    """``first``, ``last`` interview of each run, its ``new`` codes and their ``share`` of the base's codes."""
    reached: int | None
    """Interviews held when saturation is reached, before the run that shows it; ``None`` if it never is."""
    sentence: str

    @property
    def label(self) -> str:
        """The usual notation, such as ``6+2``; empty if saturation is not reached."""
        return f"{self.reached}+{self.run}" if self.reached else ""


def new_codes(present: pd.DataFrame) -> np.ndarray:
    """Return the number of codes met for the first time in each interview, in the order of the rows.

    >>> new_codes(pd.DataFrame({"a": [True, True], "b": [False, True], "c": [False, False]})).tolist()
    [1, 1]
    """
    marks = present.to_numpy(dtype=bool)
    if not len(marks):
        return np.zeros(0, dtype=np.int64)
    first = marks.argmax(axis=0)[marks.any(axis=0)]
    return np.bincount(first, minlength=len(marks))


def criterion(
    new: Sequence[int] | np.ndarray, base: int = BASE, run: int = RUN, threshold: float = THRESHOLD
) -> Saturation:
    """Return when the new codes of a run fall to a threshold of the codes of the base.

    Parameters
    ----------
    new
        New codes by interview, in the order in which the interviews are read.
    base
        First interviews, whose distinct codes are the denominator.
    run
        Consecutive interviews over which new codes are added up.
    threshold
        Largest share of the base's codes that a run may bring.

    Returns
    -------
    Saturation
        Its ``sentence`` says in French what was found, or why nothing can be.

    Notes
    -----
    Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076. Runs slide by one interview: in their example, base 4 with
    37 codes, the runs 5-6, 6-7 and 7-8 bring 7, 4 and 1 codes; saturation is reached at interview 6, and written 6+2.

    Examples
    --------
    >>> criterion([20, 9, 5, 3, 4, 3, 1, 0]).label
    '6+2'
    """
    _check(base, run)
    gained = np.asarray(new, dtype=np.int64)
    codes = int(gained[:base].sum())
    starts = np.arange(base, len(gained) - run + 1)
    sums = np.array([gained[start : start + run].sum() for start in starts], dtype=np.int64)
    shares = sums / codes if codes else np.full(len(sums), np.nan)
    runs = pd.DataFrame({"first": starts + 1, "last": starts + run, "new": sums, "share": shares})
    met = np.flatnonzero(shares <= threshold)
    reached = int(starts[met[0]]) if len(met) else None
    sentence = _sentence(len(gained), base, run, threshold, codes, runs, reached)
    return Saturation(base, run, threshold, codes, runs, reached, sentence)


def _check(base: int, run: int) -> None:
    if base < 1 or run < 1:
        raise ValueError(f"base and run must be at least one interview: got {base} and {run}")


def _sentence(
    held: int, base: int, run: int, threshold: float, codes: int, runs: pd.DataFrame, reached: int | None
) -> str:
    if held < base + run:
        return (
            f"La saturation ne peut pas être appréciée : {count(held, 'entretien') if held else 'aucun entretien'}, "
            "alors qu’une base de "
            f"{integer(base)} et une série de {run} en demandent {base + run} au moins."
        )
    if not codes:
        first = f"les {base} premiers entretiens" if base > 1 else "le premier entretien"
        return (
            f"La saturation ne peut pas être appréciée : aucun code dans {first}, il n’y a rien à quoi rapporter les "
            "nouveaux."
        )
    rule = (
        f"base de {count(base, 'entretien')} et {count(codes, 'code')}, séries de {run}, seuil de {percent(threshold)}"
    )
    if reached is None:
        last = runs.iloc[-1]
        brings = count(int(last["new"]), "code nouveau", "codes nouveaux")
        return (
            f"Saturation non atteinte en {count(held, 'entretien')} ({rule}) : la dernière série apporte encore "
            f"{brings}, soit {percent(float(last['share']))}. {_PLACE}"
        )
    return f"Saturation atteinte à {reached}+{run} ({rule}). {_PLACE}"


def over_orders(
    present: pd.DataFrame,
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
    orders: int = ORDERS,
    seed: int = SEED,
) -> pd.Series:
    """Return how the criterion moves when the interviews are read in random orders.

    Returns
    -------
    Series
        ``reached`` (share of the orders in which it is), ``median`` and ``high`` (95th percentile) of the interviews
        held when it is; ``nan`` where too few orders reach it, or where there are too few interviews.

    Notes
    -----
    Guest, Namey & Chen (2020) validate their criterion so, by resampling the order.
    """
    _check(base, run)
    nothing = pd.Series({"reached": np.nan, "median": np.nan, "high": np.nan})
    if len(present) < base + run:
        return nothing
    met = curves(present, orders, seed).astype(float)
    ends = np.arange(base + run - 1, len(present))
    brought = met[:, ends] - met[:, ends - run]
    denominator = met[:, base - 1 : base]
    below = np.divide(brought, denominator, out=np.full_like(brought, np.inf), where=denominator > 0) <= threshold
    held = np.where(below.any(axis=1), below.argmax(axis=1) + base, np.inf)
    # An order that never reaches the threshold counts as later than any other, not as absent.
    median, high = np.quantile(held, (0.5, 0.95), method="higher")
    levels = {"median": median, "high": high}
    return pd.Series({"reached": np.isfinite(held).mean(), **levels}).replace(np.inf, np.nan)
