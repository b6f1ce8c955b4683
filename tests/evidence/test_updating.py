import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.evidence.updating import updated

chances = st.floats(0.01, 0.99)


@given(chances, chances)
def test_item_as_likely_if_the_claim_is_false_teaches_nothing(prior, chance):
    assert [*updated(prior, [(chance, chance)])] == pytest.approx([prior])


@given(chances, st.lists(st.tuples(chances, chances), min_size=1, max_size=5))
def test_order_of_items_does_not_matter_at_the_end(prior, items):
    assert [*updated(prior, items)][-1] == pytest.approx([*updated(prior, items[::-1])][-1])


def test_impossible_item_and_what_is_no_probability_are_refused():
    with pytest.raises(ValueError, match="impossible"):
        [*updated(0.5, [(0, 0)])]
    with pytest.raises(ValueError, match="probabilities"):
        [*updated(0.5, [(1.2, 0.1)])]
