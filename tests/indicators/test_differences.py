import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.series import long, table, walk

from pic_analysis.indicators.differences import clustered, differences, event_study, placebo_dates, pre_trend
from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.panel import Panel, panel


def test_employment_in_new_jersey_and_pennsylvania_as_published():
    # Card & Krueger (1994), table 3: mean full-time equivalents before and after; published difference 2.76. The three
    # copies of Pennsylvania make a comparison group whose mean is that of the table.
    got = differences(
        panel(long(nj=[20.44, 21.03], pa=[23.33, 21.17], pb=[23.33, 21.17], pc=[23.33, 21.17])), ["nj"], "2001"
    )
    assert got.ranked.estimate == pytest.approx(2.76, abs=0.011)


def by_hand(values: np.ndarray, event: int) -> float:
    change = values[event:].mean(axis=0) - values[:event].mean(axis=0)
    return float(change[0] - change[1:].mean())


def test_a_whole_table_gives_the_difference_of_four_means():
    values = walk(np.random.default_rng(1), 20, 6)
    got = differences(panel(table(values)), ["t0"], "2009")
    assert got.ranked.estimate == pytest.approx(by_hand(values, 9))
    assert (got.before, got.after) == (9, 11)


def test_each_territory_is_treated_in_turn():
    values = walk(np.random.default_rng(2), 12, 5)
    got = differences(panel(table(values)), ["t0"], "2006").placebo_units.set_index("territory_id")["estimate"]
    turned = values[:, [3, 0, 1, 2, 4]]
    assert got["t3"] == pytest.approx(by_hand(turned, 6))
    assert len(got) == 5


def test_with_missing_values_the_estimate_is_that_of_the_whole_regression():
    import statsmodels.formula.api as smf

    values = walk(np.random.default_rng(3), 20, 6)
    values[[2, 7, 15], [0, 3, 5]] = np.nan
    frame = table(values)
    after = (frame["period"] >= "2010").astype(int) * frame["territory_id"].isin(["t0", "t1"])
    fit = smf.ols("value ~ after + C(territory_id) + C(period)", frame.assign(after=after).dropna()).fit()
    assert differences(panel(frame), ["t0", "t1"], "2010").ranked.estimate == pytest.approx(fit.params["after"])


def test_the_event_study_is_the_saturated_regression():
    import statsmodels.formula.api as smf

    values = walk(np.random.default_rng(4), 10, 6)
    frame = table(values)
    lead = np.where(frame["territory_id"] == "t0", frame["period"].astype(int) - 2005, -1)
    fit = smf.ols("value ~ C(lead, Treatment(-1)) + C(territory_id) + C(period)", frame.assign(lead=lead)).fit()
    got = event_study(panel(frame), ["t0"], "2005").set_index("lead")["estimate"]
    assert got[-1] == 0
    for number in (-5, -2, 0, 4):
        assert got[number] == pytest.approx(fit.params[f"C(lead, Treatment(-1))[T.{number}]"])


def test_a_period_without_the_treated_has_no_estimate():
    values = walk(np.random.default_rng(4), 10, 6)
    values[7, 0] = np.nan
    got = event_study(panel(table(values)), ["t0"], "2005").set_index("lead")["estimate"]
    assert np.isnan(got[2])
    assert got.drop(2).notna().all()


def test_the_smallest_p_value_is_said_and_reached():
    values = walk(np.random.default_rng(5), 20, 10)
    values[10:, 0] += 50
    got = differences(panel(table(values)), ["t0"], "2010").ranked
    assert (got.rank, got.of, got.p_value, got.least_p) == (1, 10, 0.1, 0.1)
    assert (got.low, got.high) == (-np.inf, np.inf)  # 95 % is out of reach of nine placebos


def test_planted_effect_is_covered_and_no_effect_is_rarely_found():
    rng = np.random.default_rng(6)
    covered, estimates, small = 0, [], 0
    for _ in range(300):
        values = pd.DataFrame(walk(rng, 16, 20), index=range(2000, 2016))
        small += differences(Panel(values, "year"), [0], "2008").ranked.p_value <= 0.1
        values.loc[2008:, 0] += 2.0
        got = differences(Panel(values, "year"), [0], "2008").ranked
        covered += got.low <= 2.0 <= got.high
        estimates.append(got.estimate)
    assert abs(np.mean(estimates) - 2) < 0.15
    assert 0.92 <= covered / 300 <= 0.98
    assert 0.05 <= small / 300 <= 0.15


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_an_effect_leaves_the_interval_where_its_rank_becomes_rare(seed, effect):
    values = walk(np.random.default_rng(seed), 10, 20)
    found = differences(panel(table(values)), ["t0"], "2005").ranked
    values[5:, 0] -= effect
    p_value = differences(panel(table(values)), ["t0"], "2005").ranked.p_value
    near = min(abs(effect - found.low), abs(effect - found.high)) < 1e-6
    assert near or (found.low < effect < found.high) == (p_value > 0.05 + 1e-9)


@given(st.integers(0, 10_000), st.floats(-100, 100), st.floats(-100, 100))
@settings(max_examples=25, deadline=None)
def test_what_is_common_to_a_period_or_a_territory_changes_nothing(seed, level, shock):
    values = walk(np.random.default_rng(seed), 8, 5)
    moved = values.copy()
    moved[:, 2] += level
    moved[6, :] += shock
    one, other = (differences(panel(table(some)), ["t0"], "2004").ranked.estimate for some in (values, moved))
    assert one == pytest.approx(other, abs=1e-8)


def test_a_gap_that_already_moved_is_seen_before_the_event():
    values = walk(np.random.default_rng(7), 20, 20, echo=0)
    values[:, 0] += 2.0 * np.arange(20)
    got = pre_trend(panel(table(values)), ["t0"], "2012")
    assert got.slope.rank == got.spread.rank == 1
    assert got.slope.estimate == pytest.approx(2, abs=0.3)


def test_a_gap_that_curves_is_seen_by_its_spread_though_it_has_no_slope():
    values = np.random.default_rng(8).normal(size=(21, 12))
    values[:11, 0] += 4 * np.abs(np.arange(11) - 5)
    got = pre_trend(panel(table(values)), ["t0"], "2011")
    assert got.slope.rank > 1
    assert got.spread.rank == 1


def test_too_short_a_past_has_no_pre_trend():
    with pytest.raises(Refusal, match="7 points avant"):
        pre_trend(panel(table(walk(np.random.default_rng(1), 20, 5))), ["t0"], "2007")


def test_false_dates_use_nothing_from_after_the_event():
    values = walk(np.random.default_rng(9), 30, 8)
    moved = values.copy()
    moved[20:] += 1000
    one, other = (placebo_dates(panel(table(some)), ["t0"], "2020") for some in (values, moved))
    pd.testing.assert_frame_equal(one, other)
    assert one["event"].tolist() == ["2008", "2009", "2010", "2011", "2012"]


def test_a_past_too_short_for_false_dates_has_none():
    assert len(placebo_dates(panel(table(walk(np.random.default_rng(9), 20, 8))), ["t0"], "2010")) == 0


@pytest.mark.parametrize(("number", "treated"), [(39, 10), (60, 4), (60, 57)])
def test_clustered_errors_are_refused_with_few_territories(number, treated):
    laid = panel(table(walk(np.random.default_rng(1), 6, number)))
    with pytest.raises(Refusal, match="Erreurs groupées refusées"):
        clustered(laid, [f"t{n}" for n in range(treated)], "2003")


def test_clustered_errors_are_those_of_statsmodels():
    import statsmodels.formula.api as smf

    values = walk(np.random.default_rng(2), 6, 42)
    values[1, 5] = np.nan
    frame = table(values)
    treated = [f"t{n}" for n in range(20)]
    after = ((frame["period"] >= "2003") & frame["territory_id"].isin(treated)).astype(int)
    rows = frame.assign(after=after).dropna()
    groups = rows["territory_id"].astype("category").cat.codes
    fit = smf.ols("value ~ after + C(territory_id) + C(period)", rows).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    got = clustered(panel(frame), treated, "2003")
    assert (got.estimate, got.error) == pytest.approx((fit.params["after"], fit.bse["after"]))
    assert (got.low, got.high) == pytest.approx(tuple(fit.conf_int().loc["after"]))


def test_several_treated_are_ranked_among_drawn_groups_the_same_at_each_run():
    values = walk(np.random.default_rng(3), 10, 14)
    laid = panel(table(values))
    one, other = (differences(laid, ["t0", "t1", "t2", "t3"], "2005").ranked for _ in range(2))
    assert one.placebos == other.placebos
    assert one.of == 1000  # 1 001 groups of four exist


@pytest.mark.parametrize(
    ("treated", "event", "expected"),
    [
        (["x"], "2003", "n’a aucune valeur"),
        (["t0"], "2000", "Aucune période avant"),
        (["t0"], "2030", "ou aucune après"),
    ],
)
def test_what_cannot_be_compared_is_refused(treated, event, expected):
    with pytest.raises(Refusal, match=expected):
        differences(panel(table(walk(np.random.default_rng(1), 6, 5))), treated, event)


def test_fewer_than_three_others_are_refused():
    with pytest.raises(Refusal, match="Territoires de comparaison : 2"):
        differences(panel(table(walk(np.random.default_rng(1), 6, 3))), ["t0"], "2003")
