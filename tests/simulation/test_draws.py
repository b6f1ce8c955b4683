from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.simulation.draws import Draws


def test_same_seed_same_draws_and_another_seed_others():
    def drawn(seed):
        draws = Draws(seed)
        return [draws.between(0, 9) for _ in range(20)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


@given(st.integers(0, 10**6), st.integers(-5, 5), st.integers(0, 9))
def test_whole_numbers_stay_between_their_bounds(seed, low, width):
    assert low <= Draws(seed).between(low, low + width) <= low + width


@given(st.integers(0, 10**6), st.lists(st.integers(), max_size=9))
def test_shuffling_loses_nothing(seed, options):
    assert Counter(Draws(seed).shuffled(options)) == Counter(options)


def test_weights_are_respected():
    draws = Draws(3)
    found = Counter(draws.weighted({"a": 0.7, "b": 0.3, "never": 0.0}) for _ in range(20_000))
    assert set(found) == {"a", "b"}
    assert abs(found["a"] / 20_000 - 0.7) < 0.015
