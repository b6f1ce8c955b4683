import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.series import long, table, walk

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.panel import panel
from pic_analysis.indicators.synthetic import synthetic, weights


def test_planted_weights_and_effect_are_recovered():
    values = walk(np.random.default_rng(1), 30, 8)
    values[:, 0] = values[:, 1:] @ [0.5, 0.3, 0.2, 0, 0, 0, 0]
    values[20:, 0] += 3.0
    got = synthetic(panel(table(values)), "t0", "2020")
    assert got.weights.to_dict() == pytest.approx({"t1": 0.5, "t2": 0.3, "t3": 0.2})
    assert got.mean_gap == pytest.approx(3)
    assert got.rank == 1
    assert got.followed > 0.999


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1e-6, 1.0, 1e6]))
def test_no_other_weights_are_nearer_whatever_the_unit(seed, unit):
    rng = np.random.default_rng(seed)
    target, others = rng.normal(size=12) * unit, rng.normal(size=(12, 6)) * unit
    got = weights(target, others)
    assert got.sum() == pytest.approx(1)
    assert (got >= 0).all()
    # Optimality (Karush, Kuhn, Tucker): the slope of the squared error is the least where there is weight, and equal.
    slope = others.T @ (others @ got - target) / unit**2
    held = got > 1e-9
    assert slope[held] == pytest.approx(slope[held].mean(), abs=1e-6)
    assert slope[~held].min(initial=np.inf) >= slope[held].mean() - 1e-6


def test_a_territory_identical_to_another_has_it_for_weight():
    assert weights(np.array([1.0, 2.0]), np.array([[1.0, 5.0], [2.0, 5.0]])).tolist() == [1, 0]


def test_a_territory_above_all_others_is_said_not_to_be_followed():
    values = walk(np.random.default_rng(2), 20, 6)
    values[:, 0] = values.max() + 20
    values[:, 0] += np.random.default_rng(3).normal(size=20)
    got = synthetic(panel(table(values)), "t0", "2012")
    assert "ne suit pas" in got.fit_fr
    assert "pas interprétable" in got.fit_fr.replace("n’est ", "")


def test_ratios_and_ranks_by_hand():
    values = walk(np.random.default_rng(4), 20, 6)
    got = synthetic(panel(table(values)), "t2", "2012")
    assert len(got.placebos) == 6
    gap = got.placebo_gaps["t4"].to_numpy()
    row = got.placebos.set_index("territory_id").loc["t4"]
    assert row["ratio"] == pytest.approx(np.sqrt((gap[12:] ** 2).mean() / (gap[:12] ** 2).mean()))
    assert got.p_value == (got.placebos["ratio"] >= got.ratio - 1e-12).sum() / 6


def test_without_each_other_territory_that_has_a_weight():
    values = walk(np.random.default_rng(5), 20, 6)
    got = synthetic(panel(table(values)), "t0", "2012")
    assert set(got.left_out["territory_id"]) >= set(got.weights.index)
    name = got.weights.index[0]
    alone = synthetic(panel(table(values)).without([name]), "t0", "2012")
    row = got.left_out.set_index("territory_id").loc[name]
    assert row["mean_gap"] == pytest.approx(alone.mean_gap)


def test_periods_that_one_territory_lacks_are_left_out_and_listed():
    values = walk(np.random.default_rng(6), 20, 6)
    values[3, 2] = np.nan
    got = synthetic(panel(table(values)), "t0", "2012")
    assert got.unused_periods == ("2003",)
    assert "2003" not in got.gap["period"].tolist()


def test_no_effect_is_found_no_more_often_than_said():
    rng = np.random.default_rng(7)
    small = sum(synthetic(panel(table(walk(rng, 16, 10))), "t0", "2010").p_value <= 0.1 for _ in range(150))
    assert small / 150 <= 0.17


def test_a_short_past_and_few_others_are_refused():
    with pytest.raises(Refusal, match="7 points"):
        synthetic(panel(table(walk(np.random.default_rng(1), 20, 6))), "t0", "2007")
    with pytest.raises(Refusal, match="Territoires de comparaison : 2"):
        synthetic(panel(long(a=[1.0] * 20, b=[2.0] * 20, c=[3.0] * 20)), "a", "2010")


def test_the_gap_is_the_value_less_its_synthetic():
    got = synthetic(panel(table(walk(np.random.default_rng(8), 20, 6))), "t0", "2012").gap
    pd.testing.assert_series_equal(got["gap"], got["value"] - got["synthetic"], check_names=False)
