import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.graph import cycles

ARROWS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")), max_size=8)


def links(pairs):
    rows = [(f"{a}>{b}", a, b) for a, b in pairs]
    return pd.DataFrame(rows, columns=["link_id", "source_id", "target_id"])


@given(ARROWS)
def test_arrows_that_all_go_forward_never_turn_in_circles(pairs):
    assert cycles(links([(a, b) for a, b in pairs if a < b])) == []


@given(ARROWS)
def test_order_of_arrows_does_not_matter(pairs):
    assert cycles(links(pairs)) == cycles(links(pairs[::-1]))


def test_box_pointing_at_itself_is_a_cycle():
    assert cycles(links([("A", "A")])) == [["A", "A"]]
