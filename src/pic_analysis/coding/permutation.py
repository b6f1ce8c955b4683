"""Ask whether groups differ more than chance would make them, without any model: exploratory by nature."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pic_analysis.coding.incidence import only_safe
from pic_analysis.numbers_fr import NBSP, count, decimal
from pic_analysis.vocabulary import SAFE_GROUPS

EXPLORATORY = "exploratoire"
PERMUTATIONS, SEED = 9999, 1
_WHY = "les entretiens ont été choisis, non tirés au sort : c’est une piste à suivre, non une preuve"


def differences(
    present: pd.DataFrame,
    known: pd.Series,
    questioned: pd.DataFrame | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return, for each code, a permutation test that every group speaks of it equally often.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    known
        Safe group of each interview, as ``incidence.groups`` returns it.
    questioned
        Where an interview was asked, as ``incidence.questioned`` returns it; without it, everywhere. Labels are only
        permuted among these: groups that were not asked the same questions would otherwise differ by the questions.
    permutations, seed
        Permutations drawn for each code, and the seed that makes them the same at each build.

    Returns
    -------
    DataFrame
        ``code_id``, ``interviews``, ``said``, ``statistic`` (chi-square of groups by said or not), ``p``, ``p_holm``,
        and ``status``, always ``exploratoire``. A code that nobody or everybody speaks of, or that one group alone was
        asked about, has no test: its values are ``nan``, and it does not weigh on the correction.

    Notes
    -----
    Fisher (1935), The Design of Experiments, chapter 3. Permuting labels leaves both margins as they are, so the
    numbers of voices by group follow a multivariate hypergeometric law: this is what is drawn. p = (1 + b) / (1 + N),
    where b of N permutations are at least as uneven: Phipson & Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39.
    """
    only_safe(known)
    labels = known.reindex(present.index)
    marks = np.column_stack([labels.eq(group) for group in SAFE_GROUPS]).astype(np.int64)
    held = (questioned if questioned is not None else present.notna()).to_numpy(dtype=bool)
    sizes = marks.T @ held
    counts = marks.T @ (present.to_numpy(dtype=bool) & held)
    tests = [
        _test(sizes[:, n], counts[:, n], permutations, np.random.default_rng([seed, n])) for n in range(held.shape[1])
    ]
    table = pd.DataFrame(
        {"code_id": present.columns, "interviews": sizes.sum(axis=0), "said": counts.sum(axis=0)},
    )
    table[["statistic", "p"]] = np.array(tests, dtype=float).reshape(-1, 2)
    table["p_holm"] = holm(table["p"].to_numpy())
    table["status"] = EXPLORATORY
    table.attrs.update(present.attrs)
    return table


def _test(sizes: np.ndarray, counts: np.ndarray, permutations: int, rng: np.random.Generator) -> tuple[float, float]:
    held, said = int(sizes.sum()), int(counts.sum())
    if said in (0, held) or (sizes > 0).sum() < 2:
        return float("nan"), float("nan")
    asked = sizes > 0
    drawn = rng.multivariate_hypergeometric(sizes[asked], said, size=permutations)
    mean = sizes[asked] * said / held
    # With both margins fixed, this is Pearson's chi-square of the table groups x (said, not said).
    scale = held**2 / (said * (held - said)) / sizes[asked]
    whole = (scale * (counts[asked] - mean) ** 2).sum()
    others = (scale * (drawn - mean) ** 2).sum(axis=1)
    as_uneven = int((others >= whole * (1 - 1e-9)).sum())  # equal tables may differ by a rounding
    return float(whole), (1 + as_uneven) / (1 + permutations)


def holm(p: np.ndarray) -> np.ndarray:
    """Return p-values corrected for their number; ``nan`` stays, and does not count.

    Notes
    -----
    Holm (1979), Scandinavian Journal of Statistics 6:65.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03, 0.005])).round(3).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    corrected = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    steps = p[order] * np.arange(len(order), 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return corrected


def sentences(tests: pd.DataFrame, codebook: pd.DataFrame, threshold: float = 0.05) -> list[str]:
    """Return in French what the tests suggest, code by code; each sentence says that it is exploratory."""
    names = codebook.set_index("code_id")["label_fr"]
    number = int(tests["p"].notna().sum())
    said = []
    for row in tests.itertuples(index=False):
        name = names.get(row.code_id, row.code_id)
        if np.isnan(row.p):
            said.append(f"À titre {EXPLORATORY}, « {name} » : pas de comparaison possible entre les groupes.")
            continue
        differ = (
            "les groupes ne parlent pas tous aussi souvent de"
            if row.p_holm <= threshold
            else "rien ne distingue les groupes quant à"
        )
        said.append(
            f"À titre {EXPLORATORY}, {differ} « {name} » (p{NBSP}{_told(row.p_holm)} après correction de "
            f"Holm sur {count(number, 'code')}) ; {_WHY}."
        )
    return said


def _told(p: float) -> str:
    """Return a p-value with its sign; one that rounds to zero is told to be small, not null."""
    return f"<{NBSP}0,001" if p < 0.0005 else f"={NBSP}{decimal(p, 3)}"
