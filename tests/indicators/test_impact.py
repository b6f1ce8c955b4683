from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from indicators.series import long, table, walk

from pic_analysis.indicators.guards import Refusal, causal_words
from pic_analysis.indicators.impact import impact
from pic_analysis.indicators.interrupted import interrupted
from pic_analysis.indicators.panel import panel
from pic_analysis.indicators.variants import annual, logarithms, sensitivity

OBSERVATIONS = Path(__file__).parents[2] / "data/raw/loos_2016/indicators/observations.csv"


def planted(effect: float, seed: int = 1) -> pd.DataFrame:
    values = walk(np.random.default_rng(seed), 40, 22) + 30
    values[24:, 0] += effect
    return table(values)


def test_a_large_effect_stands_out_and_is_still_no_cause():
    got = impact(planted(8.0), "t0", "2024", "2039")
    assert got.differences.ranked.rank == 1
    assert got.differences.ranked.estimate == pytest.approx(8, abs=1)
    assert got.gap_change == pytest.approx(8, abs=1.2)
    assert "plus grand que celui de la plupart" in got.verdict_fr
    assert "ne peut pas descendre sous 0,045" in got.verdict_fr
    assert "ne permet pas de dire pourquoi" in got.verdict_fr


def test_no_effect_is_not_told_from_the_others():
    got = impact(planted(0.0, seed=4), "t0", "2024", "2039")
    assert "n’est pas distinguable de ce que montrent les autres territoires" in got.verdict_fr


def test_an_answer_that_hangs_on_the_end_date_says_so():
    values = walk(np.random.default_rng(2), 40, 22, echo=0) + 30
    values[34:, 0] -= 12
    got = impact(table(values), "t0", "2024", "2033", ends=["2039"])
    assert "la réponse dépend de ces choix" in got.verdict_fr
    assert got.sensitivity.set_index("variant").loc["end", "rank"] == 1


def test_a_gap_that_already_moved_is_said():
    values = walk(np.random.default_rng(3), 40, 22, echo=0) + 30
    values[:, 0] += 2 * np.arange(40)
    assert "évoluait déjà avant" in impact(table(values), "t0", "2024", "2039").verdict_fr


@pytest.mark.parametrize("effect", [0.0, 8.0])
def test_no_verdict_claims_a_cause(effect):
    assert causal_words(impact(planted(effect), "t0", "2024", "2039").verdict_fr) == []


def test_the_main_estimate_sees_nothing_after_its_end():
    frame = planted(1.0)
    late = frame["period"] > "2033"
    one, other = (
        impact(some, "t0", "2024", "2033") for some in (frame, frame.assign(value=frame["value"] + 100 * late))
    )
    assert one.verdict_fr == other.verdict_fr
    assert one.after == 10


def test_what_a_short_series_cannot_carry_is_a_refusal_in_its_place():
    got = impact(table(walk(np.random.default_rng(1), 8, 5)), "t0", "2004", "2007")
    assert isinstance(got.interrupted, Refusal)
    assert isinstance(got.synthetic, Refusal)
    assert isinstance(got.pre_trend, Refusal)
    assert not isinstance(got.differences, Refusal)


def test_too_few_others_leave_a_sentence_that_says_why():
    got = impact(long(a=[1.0] * 20, b=[2.0] * 20), "a", "2010", "2019", names={"a": "Alpha"})
    assert got.verdict_fr.startswith("Rien ne peut être dit de l’évolution comparée de Alpha : territoires")


def test_the_year_that_the_event_cuts_in_two_is_left_empty():
    quarters = [f"{2010 + n // 4}-T{n % 4 + 1}" for n in range(16)]
    laid = panel(pd.DataFrame({"territory_id": "a", "period": quarters, "value": [float(n) for n in range(16)]}))
    yearly, after = annual(laid, "2012-T3")
    assert after == "2013"
    assert yearly.values["a"].isna().tolist() == [False, False, True, False]
    assert yearly.values["a"].iloc[0] == 1.5


def test_logarithms_of_a_value_that_is_not_positive_are_refused():
    with pytest.raises(Refusal, match="logarithme"):
        logarithms(panel(long(a=[1.0, 0.0])))


def test_of_the_territories_left_out_only_the_two_extremes_are_kept():
    laid = panel(planted(1.0))
    got = sensitivity(laid, "t0", "2024", "2039", neighbours=["t1"], names={"t1": "Voisin"})
    assert got["variant"].tolist() == ["main", "log", "neighbours", "without", "without"]
    low, high = got.loc[got["variant"] == "without", "estimate"]
    assert low < high
    assert got.loc[got["variant"] == "neighbours", "label_fr"].iloc[0] == "sans les territoires voisins : Voisin"


def unemployment() -> pd.DataFrame:
    """Return the yearly rates of unemployment that the repository publishes, by employment zone of one region."""
    rows = pd.read_csv(OBSERVATIONS, dtype=str)
    zones = rows["territory_id"].str.startswith("ZE2020-32")
    rows = rows[(rows["indicator_id"] == "P03") & zones & rows["period"].str.fullmatch(r"\d{4}")]
    return rows[["territory_id", "period", "value"]].astype({"value": float})


def test_unemployment_after_the_museum_by_hand():
    frame, zone = unemployment(), "ZE2020-3215"
    wide = frame.pivot(index="period", columns="territory_id", values="value").loc[:"2019"]
    change = wide.loc["2013":].mean() - wide.loc[:"2012"].mean()
    gaps = {name: change[name] - change.drop(name).mean() for name in change.index}
    rank = sum(abs(gap) >= abs(gaps[zone]) for gap in gaps.values())
    got = impact(frame, zone, "2013", "2019", ends=["2025"])
    assert got.differences.ranked.estimate == pytest.approx(gaps[zone])
    assert (got.differences.ranked.rank, got.differences.ranked.of) == (rank, 22)
    assert (got.before, got.after) == (10, 7)
    assert "n’est pas distinguable" in got.verdict_fr
    assert "la réponse dépend de ces choix" in got.verdict_fr


def test_the_series_of_every_zone_turns_at_the_same_date():
    # A single series would show a change of slope at the opening; so would those of zones that no museum opened in.
    frame = unemployment()
    falls = [
        interrupted(frame[frame["territory_id"] == zone], "2013").term("slope")["high"] < 0
        for zone in frame["territory_id"].unique()
    ]
    assert sum(falls) > 11
