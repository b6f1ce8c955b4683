import pytest
from coding.judgements import rated, slow_alpha, value
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.weights import LEVELS


def test_published_nominal_alpha_of_two_coders():
    # Krippendorff (2011), Computing Krippendorff's alpha-reliability, section A: 10 units, binary.
    assert value(rated([*"0100000000"], [*"1110010010"]), "alpha") == pytest.approx(0.095, abs=5e-4)


judged = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from("0127."), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


@given(judged, st.sampled_from([*LEVELS]))
def test_alpha_is_that_of_its_definition(units, level):
    ratings = rated(*map(list, zip(*units, strict=True)), categories=[*"0127"])
    assert value(ratings, "alpha", level=level) == pytest.approx(slow_alpha(ratings, level), nan_ok=True)


def test_interval_of_words_is_refused():
    with pytest.raises(ValueError, match="interval level needs numbers"):
        value(rated([*"ab"], [*"ab"]), "alpha", level="interval")


def test_ratio_of_negative_values_is_refused():
    with pytest.raises(ValueError, match="at least zero, got -1"):
        value(rated(["-1", "2"], ["-1", "2"]), "alpha", level="ratio")


def test_scale_of_an_interval_and_of_a_ratio_does_not_matter():
    one, ten = rated([*"124"], [*"142"]), rated(["10", "20", "40"], ["10", "40", "20"])
    for level in ("interval", "ratio"):
        assert value(ten, "alpha", level=level) == pytest.approx(value(one, "alpha", level=level))
