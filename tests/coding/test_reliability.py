import numpy as np
import pandas as pd
import pytest
from coding.judgements import crossed, rated, slow_alpha, value
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.bootstrap import draws, interval
from pic_analysis.coding.coefficients import COEFFICIENTS, Measure
from pic_analysis.coding.ratings import Ratings
from pic_analysis.coding.reliability import by_group, by_pair, every_measure, reliability
from pic_analysis.coding.tallies import tally
from pic_analysis.vocabulary import SAFE_GROUPS, STAKEHOLDER_TYPES


def simulated(interviews, codes, sensitivity, specificity, seed, frequency=0.3):
    """Return what two coders see of codes that are there or not, more often in some interviews than in others."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(2, 2 / frequency - 2, size=(interviews, 1, 1))
    there = rng.random((interviews, codes, 1)) < chance
    seen = np.where(
        there, rng.random((interviews, codes, 2)) < sensitivity, rng.random((interviews, codes, 2)) > specificity
    )
    names = [f"INT{n:03d}" for n in range(interviews)]
    units = pd.DataFrame(
        {"interview_id": np.repeat(names, codes), "code_id": np.tile([f"c{n}" for n in range(codes)], interviews)}
    )
    units.insert(0, "unit_id", units["interview_id"] + units["code_id"])
    values = seen.reshape(-1, 2).astype(int)
    return Ratings(units, values, ("A", "B"), ("absent", "présent"), "entretien × code", "interview_id")


def test_result_names_what_it_is_and_what_it_was_computed_on():
    got = reliability(simulated(20, 5, 0.9, 0.9, seed=0), Measure("gwet", weights="linear"), replicates=50).iloc[0]
    assert got["measure_fr"] == "AC2 de Gwet, pondération linéaire"
    assert got["grid_fr"] == "entretien × code"
    assert got[["coders", "clusters", "units", "replicates"]].tolist() == [2, 20, 100, 50]
    assert got["low"] < got["value"] < got["high"]


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_replicate_is_the_coefficient_of_the_interviews_drawn(coefficient):
    ratings = simulated(8, 3, 0.8, 0.8, seed=1)
    sums, _ = tally(ratings, "interview_id")
    times = draws(8, 5, seed=3)
    got = Measure(coefficient).of(ratings)(sums.drawn(times))
    names = ratings.units["interview_id"].unique()
    for replicate, own in zip(got, times, strict=True):
        rows = np.concatenate(
            [
                np.flatnonzero(ratings.units["interview_id"] == n)
                for n, t in zip(names, own, strict=True)
                for _ in range(int(t))
            ]
        )
        drawn = Ratings(
            ratings.units.iloc[rows].reset_index(drop=True),
            ratings.values[rows],
            ratings.coders,
            ratings.categories,
            "essai",
        )
        assert replicate == pytest.approx(value(drawn, coefficient))


def test_same_seed_gives_the_same_interval_and_another_seed_another():
    ratings = simulated(20, 5, 0.9, 0.9, seed=0)
    bounds = [reliability(ratings, replicates=100, seed=seed).loc[0, ["low", "high"]].tolist() for seed in (1, 1, 2)]
    assert bounds[0] == bounds[1] != bounds[2]


def test_slices_do_not_change_the_interval(monkeypatch):
    ratings = simulated(10, 4, 0.9, 0.9, seed=0)
    whole = reliability(ratings, by="code_id", replicates=40)
    monkeypatch.setattr("pic_analysis.coding.bootstrap._AT_ONCE", 1)
    pd.testing.assert_frame_equal(reliability(ratings, by="code_id", replicates=40), whole)


def test_interviews_of_a_kind_promise_less_than_as_many_units_apart():
    # Each interview is one judgement, written twenty times: fifteen interviews are not three hundred.
    one = simulated(15, 1, 0.8, 0.8, seed=2)
    repeated = Ratings(
        pd.concat([one.units] * 20, ignore_index=True),
        np.tile(one.values, (20, 1)),
        one.coders,
        one.categories,
        "essai",
        "interview_id",
    )
    repeated.units["unit_id"] = [*map(str, range(300))]
    apart = Ratings(repeated.units, repeated.values, one.coders, one.categories, "essai", "unit_id")
    wide, narrow = (
        np.ptp(reliability(ratings).loc[0, ["low", "high"]].to_numpy(float)) for ratings in (repeated, apart)
    )
    assert wide > 3 * narrow


def test_interval_covers_the_planted_agreement():
    sensitivity, specificity, frequency = 0.85, 0.95, 0.3
    found = frequency * sensitivity + (1 - frequency) * (1 - specificity)
    differ = 2 * (frequency * sensitivity * (1 - sensitivity) + (1 - frequency) * specificity * (1 - specificity))
    planted = 1 - differ / (2 * found * (1 - found))
    runs = [
        reliability(simulated(60, 12, sensitivity, specificity, seed=seed), replicates=300, seed=seed).iloc[0]
        for seed in range(200)
    ]
    covered = np.mean([run["low"] <= planted <= run["high"] for run in runs])
    assert np.mean([run["value"] for run in runs]) == pytest.approx(planted, abs=0.01)
    assert 0.89 <= covered <= 0.99


def test_each_code_has_its_own_row():
    ratings = simulated(20, 3, 0.9, 0.9, seed=4)
    got = reliability(ratings, by="code_id", replicates=20)
    assert got.index.tolist() == ["c0", "c1", "c2"]
    for code, row in got.iterrows():
        assert row["value"] == pytest.approx(slow_alpha(ratings.keep(ratings.units["code_id"] == code)))


def test_fewer_than_five_interviews_give_a_value_and_no_interval():
    got = reliability(simulated(4, 10, 0.8, 0.8, seed=0)).iloc[0]
    assert got[["low", "high"]].isna().all()
    assert (got["clusters"], got["replicates"]) == (4, 0)


def test_each_pair_of_coders_is_compared_on_what_both_judged():
    got = by_pair(rated([*"abab."], [*"abbab"], [*"..abb"]), Measure("cohen"), replicates=0)
    assert got.index.tolist() == [("C0", "C1"), ("C0", "C2"), ("C1", "C2")]
    assert got["units"].tolist() == [4, 2, 3]


def people(ratings, kinds):
    names = ratings.units["interview_id"].unique()
    return pd.DataFrame({"interview_id": names, "stakeholder_type": [kinds[n % len(kinds)] for n in range(len(names))]})


def test_groups_are_the_safe_ones_and_never_one_type_alone():
    ratings = simulated(60, 4, 0.9, 0.9, seed=0)
    got = by_group(ratings, people(ratings, [*STAKEHOLDER_TYPES]), replicates=20)
    assert got.index.tolist() == [*SAFE_GROUPS]
    assert got["clusters"].tolist() == [12, 12, 12, 24]


def test_small_group_is_left_out_with_the_next_one_so_that_the_total_does_not_give_it_back():
    ratings = simulated(24, 4, 0.9, 0.9, seed=0)
    kinds = ["elus"] * 3 + ["habitants"] * 6 + ["agriculteurs"] * 7 + ["chercheurs"] * 8
    got = by_group(ratings, people(ratings, kinds), replicates=20)
    assert got.index.tolist() == [[*SAFE_GROUPS][2], [*SAFE_GROUPS][3]]


def test_every_measure_is_shown_beside_the_others():
    got = every_measure(crossed([[118, 5], [2, 0]]), replicates=0)
    assert got["measure_fr"].tolist() == [
        "Accord observé",
        "Kappa de Cohen",
        "Kappa de Fleiss",
        "AC1 de Gwet",
        "Coefficient de Brennan et Prediger",
        "Alpha de Krippendorff, niveau nominal",
    ]
    # What corrects for prevalence carries the warning; what does not has no paradox.
    assert [note.startswith("Paradoxe du kappa") for note in got["note_fr"]] == [False, True, True, False, False, True]


def test_no_unit_judged_twice_says_so():
    got = reliability(rated([*"a."], [*".a"])).iloc[0]
    assert np.isnan(got["value"])
    assert got["note_fr"] == "Aucune unité n’a été jugée par deux codeurs."


@given(
    st.lists(
        st.tuples(st.sampled_from("ab."), st.sampled_from("ab."), st.sampled_from("xyzuv")), min_size=1, max_size=30
    )
)
def test_interval_lies_within_the_values_that_were_drawn(rows):
    *coders, clusters = map(list, zip(*rows, strict=True))
    ratings = rated(*coders, categories=["a", "b"])
    ratings.units["cluster"] = clusters
    sums, _ = tally(ratings, "cluster")
    coefficient = Measure("percent").of(ratings)
    got = interval(sums, coefficient, replicates=30)
    assert np.isnan(got.low) or 0 <= got.low <= got.high <= 1
    assert np.isnan(got.undefined) or 0 <= got.undefined <= 1
