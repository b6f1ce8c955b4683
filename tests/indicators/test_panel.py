import numpy as np
import pandas as pd
import pytest
from indicators.series import long

from pic_analysis.indicators.guards import Refusal
from pic_analysis.indicators.panel import panel


def test_a_missing_quarter_keeps_its_place_in_time():
    frame = pd.DataFrame({"territory_id": "a", "period": ["2003-T1", "T4 2003"], "value": [1.0, 4.0]})
    got = panel(frame)
    assert got.periods == ["2003-T1", "2003-T2", "2003-T3", "2003-T4"]
    assert got.values["a"].isna().tolist() == [False, True, True, False]
    assert got.missing == {"a": ("2003-T2", "2003-T3")}


def test_an_empty_value_is_missing_and_not_zero():
    got = panel(long(a=[1.0, None, 3.0]))
    assert np.isnan(got.values["a"].iloc[1])


@pytest.mark.parametrize(
    ("column", "values", "kind"),
    [
        ("unit", ["%", "milliers"], "unit"),
        ("definition", ["BIT", "inscrits"], "definition"),
        ("quality", "AD", "quality"),
    ],
)
def test_what_cannot_be_compared_is_refused(column, values, kind):
    with pytest.raises(Refusal) as caught:
        panel(long(a=[1.0, 2.0]).assign(**{column: [*values]}))
    assert caught.value.kind == kind


def test_a_statement_may_be_shown_but_enters_no_model():
    frame = long(a=[1.0, 2.0]).assign(quality=["A", "D"])
    assert panel(frame, model=False).values["a"].tolist() == [1, 2]
    with pytest.raises(Refusal, match="qualité D"):
        panel(frame)


def test_two_frequencies_are_refused_and_named():
    frame = pd.DataFrame({"territory_id": "a", "period": ["2003", "2003-T1"], "value": [1.0, 2.0]})
    with pytest.raises(Refusal, match="« annuelle », « trimestrielle »"):
        panel(frame)


def test_one_value_given_twice_under_two_spellings_is_refused():
    frame = pd.DataFrame({"territory_id": "a", "period": ["2003-T1", "2003Q1"], "value": [1.0, 2.0]})
    with pytest.raises(Refusal, match="Deux valeurs pour a en 2003-T1"):
        panel(frame)


def test_a_series_that_goes_over_a_break_is_refused():
    frame = long(a=[1.0, 2.0, 3.0])
    with pytest.raises(Refusal, match="La définition change \\(2001\\)"):
        panel(frame, breaks=["2001"])


@pytest.mark.parametrize("first", ["2000", "2003"])
def test_a_break_before_or_after_the_series_does_not_matter(first):
    assert len(panel(long(a=[1.0, 2.0, 3.0]), breaks=[first]).values) == 3


def test_intervals_are_no_series():
    frame = pd.DataFrame({"territory_id": "a", "period": ["2001/2008"], "value": [1.0]})
    with pytest.raises(Refusal, match="plusieurs années"):
        panel(frame)


def test_an_unknown_territory_is_refused_with_those_that_are_known():
    with pytest.raises(Refusal, match="territoires connus : a, b"):
        panel(long(a=[1.0], b=[2.0])).one("c")


def test_no_value_at_all_is_refused():
    with pytest.raises(Refusal, match="Aucune valeur"):
        panel(long(a=[None]))
