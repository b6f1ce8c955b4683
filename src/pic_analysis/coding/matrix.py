"""Write interviews or cases by codes as 0 and 1, for R, CausalQueries or QCA."""

from __future__ import annotations

import pandas as pd

from pic_analysis.coding.incidence import only_safe


def by_interview(present: pd.DataFrame, questioned: pd.DataFrame) -> pd.DataFrame:
    """Return one row an interview, one column a code: 1 said, 0 asked and silent, missing where never asked.

    Parameters
    ----------
    present
        Booleans, interviews by codes.
    questioned
        Where an interview was asked, as ``incidence.questioned`` returns it.

    Returns
    -------
    DataFrame
        Nullable integers; who speaks unasked is a 1. CausalQueries reads a missing value as unobserved; QCA takes none:
        keep the complete columns. Neither a group nor a stakeholder type stands beside the code of an interview.
    """
    table = present.astype("Int64").where(questioned | present)
    table.attrs.update(present.attrs)
    return table.rename(columns=r_names(present.columns))


def by_case(present: pd.DataFrame, questioned: pd.DataFrame, interviews: pd.DataFrame, least: float) -> pd.DataFrame:
    """Return one row a case, one column a code: 1 where enough of those who were asked speak of it.

    Parameters
    ----------
    present, questioned
        As for :func:`by_interview`.
    interviews
        Clean register, which tells the case of each interview; those of no case are left out.
    least
        Share of the interviews asked in a case, above 0 and at most 1, from which the code holds for the case. It is a
        choice of calibration, so it has no default: Schneider & Wagemann (2012), Set-Theoretic Methods, chapter 1.

    Returns
    -------
    DataFrame
        Nullable integers, indexed by ``case``; missing where nobody of the case was asked.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least must be above 0 and at most 1: got {least}")
    cases = interviews.set_index("interview_id")["case"].reindex(present.index).rename("case")
    cases = cases.where(cases != "")
    return _shares(present, questioned, cases, least)


def by_group(present: pd.DataFrame, questioned: pd.DataFrame, known: pd.Series, least: float) -> pd.DataFrame:
    """Return one row a safe group, one column a code, calibrated as :func:`by_case` does."""
    if not 0 < least <= 1:
        raise ValueError(f"least must be above 0 and at most 1: got {least}")
    only_safe(known)
    return _shares(present, questioned, known.reindex(present.index), least)


def _shares(present: pd.DataFrame, questioned: pd.DataFrame, of: pd.Series, least: float) -> pd.DataFrame:
    held = questioned.groupby(of).sum()
    said = (present & questioned).groupby(of).sum()
    # Said >= least * held, with room for the rounding of a share such as 0.1 * 30.
    table = (said >= least * held - 1e-9).astype("Int64").where(held > 0)
    table.attrs.update(present.attrs)
    return table.rename(columns=r_names(present.columns))


def r_names(codes: pd.Index) -> dict[str, str]:
    """Return the name of each code as R takes it: a name that begins with a digit gets a ``c_`` before it.

    Raises
    ------
    ValueError
        If two codes would then have one name.

    Examples
    --------
    >>> r_names(pd.Index(["a_1", "2_b"]))
    {'a_1': 'a_1', '2_b': 'c_2_b'}
    """
    names = {code: f"c_{code}" if code[:1].isdigit() else code for code in codes}
    if len({*names.values()}) < len(names):
        raise ValueError("two codes have the same name in R: rename one of them in the codebook")
    return names
