import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.agreement import agreement, by_section, by_variable


def coders(table):
    """Return the two coders' judgements of a contingency table given as {(first, second): units}."""
    pairs = [pair for pair, units in table.items() for _ in range(units)]
    return pd.Series([a for a, _ in pairs], dtype=str), pd.Series([b for _, b in pairs], dtype=str)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.40),
        # Kappa's paradox: near-perfect agreement on a rare category.
        ({("y", "y"): 118, ("y", "n"): 5, ("n", "y"): 2, ("n", "n"): 0}, -0.023),
    ],
)
def test_published_kappas(table, kappa):
    assert agreement(*coders(table)).kappa == pytest.approx(kappa, abs=5e-4)


def test_published_nominal_alpha_of_two_coders():
    # Krippendorff (2011), Computing Krippendorff's alpha-reliability, section A: 10 units, binary, alpha = .095.
    meg = pd.Series([*"0100000000"])
    owen = pd.Series([*"1110010010"])
    got = agreement(meg, owen)
    assert got.percent == pytest.approx(0.6)
    assert got.alpha == pytest.approx(0.095, abs=5e-4)


def test_one_category_only_gives_no_chance_corrected_value():
    got = agreement(pd.Series(["a", "a"]), pd.Series(["a", "a"]))
    assert got.percent == 1
    assert math.isnan(got.kappa)
    assert math.isnan(got.alpha)


def test_no_unit_gives_no_value():
    got = agreement(pd.Series([], dtype=str), pd.Series([], dtype=str))
    assert got.units == 0
    assert math.isnan(got.percent)


judgements = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


@given(judgements)
def test_neither_the_order_of_units_nor_that_of_coders_matters(pairs):
    first, second = (pd.Series(values) for values in zip(*pairs, strict=True))
    got = agreement(first, second)
    for other in (agreement(second, first), agreement(first[::-1], second[::-1])):
        assert other.percent == got.percent
        assert other.kappa == pytest.approx(got.kappa, nan_ok=True)
        assert other.alpha == pytest.approx(got.alpha, nan_ok=True)


def test_units_that_one_reading_alone_holds_are_counted_apart():
    rows = [("citation", "role", "a", "a"), ("citation", "role", "b", ""), ("citation", "role", "b", "a")]
    got = by_variable(pd.DataFrame(rows, columns=["unit_kind", "variable", "reading_a", "reading_b"]))
    assert got.loc[("citation", "role"), ["units", "percent", "unmatched"]].tolist() == [2, 0.5, 1]


def double_coding(sections):
    rows = [
        (f"{s}.{n}.role", f"{s}.{n}", "statement", s, "role", a, b)
        for s, pairs in sections.items()
        for n, (a, b) in enumerate(pairs)
    ]
    columns = ["judgement_id", "unit_id", "unit_kind", "report_section", "variable", "reading_a", "reading_b"]
    return pd.DataFrame(rows, columns=columns)


def test_interval_of_a_double_coding_draws_whole_sections():
    judged = double_coding({f"3.{n}": ["xx", "yy", "xy" if n < 2 else "xx", "x"[:1] + " "] for n in range(6)})
    judged["reading_b"] = judged["reading_b"].str.strip()
    got = by_section(judged, replicates=200).loc[("statement", "role")]
    assert got[["clusters", "units"]].tolist() == [6, 18]
    assert got["value"] == pytest.approx(by_variable(judged)["alpha"].iloc[0])
    assert got["low"] < got["value"] < got["high"] <= 1
    assert got["grid_fr"] == "unités du rapport que les deux lectures ont relevées"


def test_double_coding_of_few_sections_has_no_interval():
    got = by_section(double_coding({"3.1": ["xx", "xy", "yy"]})).iloc[0]
    assert got[["low", "high"]].isna().all()
