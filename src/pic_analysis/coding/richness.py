"""Estimate how many codes remain unheard, from those that were met in one or two interviews only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pic_analysis.coding.accumulation import EVERYONE
from pic_analysis.coding.incidence import only_safe
from pic_analysis.numbers_fr import integer
from pic_analysis.vocabulary import SAFE_GROUPS

NAN = float("nan")
ESTIMATORS = {
    "chao2_classic": "Chao2, forme classique",
    "chao2_corrected": "Chao2, corrigé du biais",
    "jackknife_1": "Jackknife d’ordre 1",
    "jackknife_2": "Jackknife d’ordre 2",
    "coverage": "Couverture de l’échantillon",
}


@dataclass(frozen=True)
class Frequencies:
    """In how many interviews codes were met: all that the estimators need."""

    interviews: int
    observed: int
    """Codes met at least once."""
    once: int
    """Codes met in exactly one interview (Q1)."""
    twice: int
    """Codes met in exactly two interviews (Q2)."""
    incidences: int
    """Sum over codes of the interviews in which each was met (U)."""

    @classmethod
    def of(cls, present: pd.DataFrame) -> Frequencies:
        """Return the frequencies of a table of booleans, interviews by codes."""
        times = present.to_numpy(dtype=bool).sum(axis=0)
        observed, once, twice = (int(kept.sum()) for kept in (times > 0, times == 1, times == 2))
        return cls(len(present), observed, once, twice, int(times.sum()))


def chao2_classic(found: Frequencies) -> float:
    """Return the classic Chao2; ``nan`` where it divides by zero (codes met once, none met twice).

    Notes
    -----
    Chao (1987), Biometrics 43:783, with the factor (m - 1) / m of Chao & Chiu (2016): S + (m - 1) / m * Q1² / (2 Q2).

    Examples
    --------
    >>> round(chao2_classic(Frequencies(20, 30, 3, 2, 200)), 4)
    32.1375
    """
    if found.interviews < 2 or (found.once and not found.twice):
        return NAN
    unseen = found.once**2 / (2 * found.twice) if found.once else 0.0
    return found.observed + _part(found) * unseen


def chao2_corrected(found: Frequencies) -> float:
    """Return the bias-corrected Chao2, which exists without codes met twice.

    Notes
    -----
    Chao (2005), Encyclopedia of Statistical Sciences, "Species estimation and applications":
    S + (m - 1) / m * Q1 (Q1 - 1) / (2 (Q2 + 1)).

    Examples
    --------
    >>> round(chao2_corrected(Frequencies(20, 30, 3, 2, 200)), 4)  # 30 + .95 x 3 x 2 / 6
    30.95
    """
    if found.interviews < 2:
        return NAN
    return found.observed + _part(found) * found.once * (found.once - 1) / (2 * (found.twice + 1))


def jackknife_1(found: Frequencies) -> float:
    """Return the first-order jackknife, S + Q1 (m - 1) / m: Burnham & Overton (1979), Ecology 60:927.

    >>> round(jackknife_1(Frequencies(20, 30, 3, 2, 200)), 4)  # 30 + 3 x .95
    32.85
    """
    return found.observed + found.once * _part(found) if found.interviews > 1 else NAN


def jackknife_2(found: Frequencies) -> float:
    """Return the second-order jackknife: S + Q1 (2m - 3) / m - Q2 (m - 2)² / (m (m - 1)).

    Notes
    -----
    Smith & van Belle (1984), Biometrics 40:119.

    Examples
    --------
    >>> round(jackknife_2(Frequencies(20, 30, 3, 2, 200)), 4)  # 30 + 3 x 37 / 20 - 2 x 18² / 380
    33.8447
    """
    m = found.interviews
    if m < 2:
        return NAN
    return found.observed + found.once * (2 * m - 3) / m - found.twice * (m - 2) ** 2 / (m * (m - 1))


def coverage(found: Frequencies) -> float:
    """Return the share of what people say, weighted by how often it is said, that the codes met make up.

    Notes
    -----
    Chao & Jost (2012), Ecology 93:2533, for incidences; where no code is met twice, with the bias-corrected Chao2
    in place of the classic one, as in Chao et al. (2014), Ecological Monographs 84:45, appendix.

    Examples
    --------
    >>> round(coverage(Frequencies(20, 30, 3, 2, 200)), 4)  # 1 - 3 / 200 x 57 / 61
    0.986
    """
    if found.interviews < 2 or not found.incidences:
        return NAN
    if not found.once:
        return 1.0
    rest = found.interviews - 1
    if found.twice:
        seen = rest * found.once / (rest * found.once + 2 * found.twice)
    else:
        seen = rest * (found.once - 1) / (rest * (found.once - 1) + 2)
    return 1 - found.once / found.incidences * seen


def _part(found: Frequencies) -> float:
    return (found.interviews - 1) / found.interviews


def estimates(found: Frequencies) -> dict[str, float]:
    """Return every estimate, under the names of ``ESTIMATORS``."""
    every = (chao2_classic, chao2_corrected, jackknife_1, jackknife_2, coverage)
    return {name: estimate(found) for name, estimate in zip(ESTIMATORS, every, strict=True)}


def cautions(found: Frequencies, codes: int | None = None) -> list[str]:
    """Return in French what the estimates cannot say here: the degenerate cases, and what holds of them all.

    Parameters
    ----------
    codes
        Codes of the codebook: no estimate can promise more of them.
    """
    if found.interviews < 2:
        return ["Moins de deux entretiens : rien ne permet d’estimer ce qui n’a pas été entendu."]
    if not found.observed:
        return ["Aucun code relevé : rien ne permet d’estimer ce qui n’a pas été entendu."]
    said = []
    if not found.once:
        said.append(
            "Aucun code n’a été relevé dans un seul entretien : Chao2 et le jackknife d’ordre 1 rendent le nombre "
            "observé. Rien ne montre qu’il manque un code ; rien ne prouve qu’il n’en manque pas."
        )
    elif not found.twice:
        said.append(
            "Aucun code n’a été relevé dans exactement deux entretiens : la forme classique de Chao2 diviserait par "
            "zéro, elle n’est pas donnée ; lire la forme corrigée du biais."
        )
        if found.once == 1:
            said.append(
                "Un seul code relevé une seule fois, aucun deux fois : la couverture vaut 100 % par construction."
            )
    if found.once == found.observed:
        said.append("Chaque code n’a été relevé qu’une fois : l’échantillon est trop mince pour ces estimations.")
    if not found.once and found.twice and jackknife_2(found) < found.observed:
        said.append("Le jackknife d’ordre 2 passe sous le nombre observé : il ne s’emploie pas ici.")
    highest = np.nanmax([chao2_classic(found), chao2_corrected(found)])
    if codes is not None and highest > codes:
        said.append(
            f"Chao2 dépasse les {integer(codes)} codes de la grille : il estime des idées que la grille ne nomme pas, "
            "non des codes à venir."
        )
    said.append("Chao2 est une borne inférieure, et suppose des entretiens tirés au hasard : ceux-ci ont été choisis.")
    return said


def richness(present: pd.DataFrame, known: pd.Series | None = None) -> pd.DataFrame:
    """Return the frequencies and every estimate, over everyone and by safe group.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    known
        Safe group of each interview; without it, one row for everyone.

    Returns
    -------
    DataFrame
        ``group``, ``interviews``, ``observed``, ``once``, ``twice``, ``incidences``, the estimates, and ``cautions``
        (French).
    """
    parts = {EVERYONE: present}
    if known is not None:
        only_safe(known)
        labels = known.reindex(present.index)
        parts |= {group: present[labels.eq(group)] for group in SAFE_GROUPS if labels.eq(group).any()}
    rows = []
    for group, own in parts.items():
        found = Frequencies.of(own)
        said = " ".join(cautions(found, present.shape[1]))
        rows.append({"group": group, **vars(found), **estimates(found), "cautions": said})
    table = pd.DataFrame(rows)
    table.attrs.update(present.attrs)
    return table
