import numpy as np
import pandas as pd
import pytest
from indicators.series import long

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.interrupted import interrupted
from pic_analysis.indicators.residuals import durbin_watson, ljung_box, newey_west

# Acute coronary events in Sicily, January 2002 to November 2006, and the standardised population: data published with
# Bernal, Cummins & Gasparrini (2017), Int J Epidemiol 46:348, doi 10.1093/ije/dyw098. Smoking ban: January 2005.
EVENTS = """
728 659 791 734 757 726 760 740 720 814 795 858 887 766 851 769 781 756 766 752 765 831 879 928 914 808 937 840 916
828 845 818 860 839 887 886 831 796 833 820 877 758 767 738 781 843 850 908 1021 859 976 888 962 838 810 876 843
936 912
"""
POPULATION = """
379875.3 376495.5 377040.8 377116.4 377383.4 374113.1 379513.3 376295.5 374653.2 378485.6 375955.5 378349.7
376762.4 379032.3 379360.4 376162 377972.4 381830.7 379888.6 380872.2 380966.9 381240.4 382104.9 381802.7 381656.3
383680 383504.2 386462.9 383783.1 380836.8 383483 380906.2 382926.8 384052.4 384449.6 383428.4 388153.2 388373.2
386470.1 386033.2 383686.4 385509.3 385901.9 386516.6 388436.5 383255.2 390148.7 385874.9 391613.6 391750.4
394005.6 391364.9 391664.6 389022.3 391878.5 388575.3 392989 390018.8 390712.3
"""


def sicily() -> pd.DataFrame:
    months = [f"{2002 + n // 12}-{n % 12 + 1:02d}" for n in range(59)]
    events, population = ([float(word) for word in text.split()] for text in (EVENTS, POPULATION))
    return pd.DataFrame({"territory_id": "sicily", "period": months, "value": events, "exposure": population})


def test_the_smoking_ban_in_sicily_as_published():
    got = interrupted(sicily(), "2005-01", "poisson", slope=False)
    assert [got.term("level")[key] for key in ("estimate", "low", "high")] == pytest.approx(
        [0.894, 0.864, 0.925], abs=1e-3
    )
    assert (got.before, got.after) == (36, 23)


def test_the_smoking_ban_in_sicily_with_season_and_over_dispersion_as_published():
    got = interrupted(sicily(), "2005-01", "quasipoisson", slope=False, harmonics=2)
    assert [got.term("level")[key] for key in ("estimate", "low", "high")] == pytest.approx(
        [0.885, 0.839, 0.933], abs=1e-3
    )
    assert any("Sur-dispersion" in text and "tiennent compte" in text for text in got.warnings_fr)


def test_poisson_intervals_say_that_they_are_too_narrow_where_counts_are_over_dispersed():
    got = interrupted(sicily(), "2005-01", "poisson", slope=False)
    assert any("trop étroits" in text for text in got.warnings_fr)
    assert any("Saison non modélisée" in text for text in got.warnings_fr)


def broken_line(values_before: list[float], values_after: list[float]) -> float:
    """Return the jump between two lines fitted apart, at the first period of the second."""
    slope, start = np.polyfit(np.arange(len(values_before)), values_before, 1)
    return float(np.polyfit(np.arange(len(values_after)), values_after, 1)[1] - (start + slope * len(values_before)))


def test_the_level_is_the_jump_between_two_lines_fitted_apart():
    rng = np.random.default_rng(5)
    values = list(rng.normal(size=21))
    got = interrupted(long(a=values), "2009").term("level")["estimate"]
    assert got == pytest.approx(broken_line(values[:9], values[9:]))


@pytest.mark.parametrize(("event", "place"), [("2007", "7 points avant"), ("2013", "7 points après")])
def test_fewer_than_eight_points_on_one_side_are_refused(event, place):
    with pytest.raises(Refusal, match=place):
        interrupted(long(a=[float(n) for n in range(20)]), event)


def test_missing_values_do_not_count_as_points():
    with pytest.raises(Refusal, match="7 points avant"):
        interrupted(long(a=[None, *map(float, range(19))]), "2008")


def test_a_missing_period_stays_missing_and_time_keeps_its_distance():
    values = [float(n) for n in range(10)] + [n + 5.0 for n in range(10, 20)]
    values[4] = values[15] = None
    got = interrupted(long(a=values), "2010")
    assert got.missing == ("2004", "2015")
    assert got.series["period"].tolist() == [str(2000 + n) for n in range(20)]
    assert got.series["value"].isna().sum() == 2
    assert got.term("trend")["estimate"] == pytest.approx(1)
    assert got.term("level")["estimate"] == pytest.approx(5)
    assert any("laissées vides : 2" in text for text in got.warnings_fr)


def test_the_counterfactual_begins_at_the_event_and_goes_on_as_before():
    values = [float(n) for n in range(10)] + [n + 5.0 for n in range(10, 20)]
    got = interrupted(long(a=values), "2010").series
    assert got["counterfactual"].notna().tolist() == [False] * 10 + [True] * 10
    assert got["counterfactual"].tolist()[10:] == pytest.approx([*range(10, 20)])


def test_a_planted_season_is_taken_out_by_its_harmonics():
    months = [f"{2000 + n // 12}-{n % 12 + 1:02d}" for n in range(96)]
    t = np.arange(96)
    season = 4 * np.sin(2 * np.pi * t / 12) - 2 * np.cos(4 * np.pi * t / 12)
    frame = pd.DataFrame({"territory_id": "a", "period": months, "value": 0.1 * t + 3.0 * (t >= 48) + season})
    got = interrupted(frame, "2004-01", harmonics=2)
    assert got.term("level")["estimate"] == pytest.approx(3)
    assert got.term("trend")["estimate"] == pytest.approx(1.2)


@pytest.mark.parametrize(("echo", "least", "most"), [(0.0, 0.84, 0.97), (0.5, 0.7, 0.9)])
def test_planted_level_and_slope_are_covered_as_often_as_the_warning_says(echo, least, most):
    rng = np.random.default_rng(7)
    t = np.arange(60)
    truth = 10 + 0.05 * t + 2.0 * (t >= 30) - 0.1 * (t - 30) * (t >= 30)
    covered, levels = np.zeros(2), []
    for _ in range(200):
        noise = rng.normal(size=60)
        for n in range(1, 60):
            noise[n] += echo * noise[n - 1]
        got = interrupted(long(a=list(truth + noise)), "2030")
        levels.append(got.term("level")["estimate"])
        for place, (name, planted) in enumerate((("level", 2.0), ("slope", -0.1))):
            covered[place] += got.term(name)["low"] <= planted <= got.term(name)["high"]
    assert abs(np.mean(levels) - 2) < 0.25
    assert ((covered / 200 > least) & (covered / 200 < most)).all()
    assert any("8 à 9 fois sur 10" in text for text in got.warnings_fr)


def test_a_planted_rate_ratio_is_covered_as_often_as_said():
    rng = np.random.default_rng(8)
    t, covered = np.arange(40), 0
    exposure = 1000.0 + 10 * t
    mean = exposure * np.exp(-3 + 0.01 * t + np.log(0.8) * (t >= 20))
    for _ in range(200):
        frame = long(a=list(rng.poisson(mean).astype(float))).assign(exposure=exposure)
        got = interrupted(frame, "2020", "poisson", slope=False).term("level")
        covered += got["low"] <= 0.8 <= got["high"]
    assert 0.91 <= covered / 200 <= 0.99


def test_residuals_that_follow_each_other_are_said_in_words():
    rng = np.random.default_rng(9)
    walk = list(rng.normal(size=60).cumsum())
    assert any("Autocorrélation" in text for text in interrupted(long(a=walk), "2030").warnings_fr)


@pytest.mark.parametrize("exposure", [0.0, None])
def test_counts_without_a_positive_population_are_refused(exposure):
    frame = long(a=[5.0] * 20).assign(exposure=[exposure] + [10.0] * 19)
    with pytest.raises(Refusal, match="population"):
        interrupted(frame, "2010", "poisson")


def test_more_waves_than_the_season_has_are_a_programming_error():
    with pytest.raises(ValueError, match="at most 0 harmonics"):
        interrupted(long(a=[float(n) for n in range(20)]), "2010", harmonics=1)


def test_diagnostics_are_those_of_statsmodels_where_nothing_is_missing():
    import statsmodels.api as sm
    from statsmodels.stats.diagnostic import acorr_ljungbox
    from statsmodels.stats.stattools import durbin_watson as theirs

    data = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
    design = sm.add_constant(np.arange(100.0))
    fit = sm.OLS(data, design).fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True})
    assert newey_west(design, fit.resid, 4) == pytest.approx(fit.cov_params())
    assert durbin_watson(fit.resid) == pytest.approx(theirs(fit.resid))
    centred = data - data.mean()
    assert ljung_box(centred, 10) == pytest.approx(acorr_ljungbox(centred, [10])["lb_pvalue"].iloc[0])


def test_nothing_can_be_said_of_residuals_that_are_all_zero():
    assert np.isnan(ljung_box(np.zeros(20)))
    assert np.isnan(durbin_watson(np.zeros(20)))
