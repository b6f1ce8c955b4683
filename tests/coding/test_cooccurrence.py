import interviews_tiny as tiny
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.cooccurrence import in_interviews
from pic_analysis.coding.incidence import incidence


def met(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(row.code_a, row.code_b): row.both for row in table.itertuples()}


def test_pairs_that_meet_in_interviews():
    got = in_interviews(incidence(tiny.codings(), tiny.interviews(), tiny.codebook()))
    assert met(got) == {("image", "skill"): 2, ("image", "rival"): 1, ("skill", "rival"): 1}


def test_codes_that_never_meet_give_no_row():
    assert in_interviews(pd.DataFrame({"a": [True, False], "b": [False, True]})).empty


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_counts_add_up_and_no_pair_meets_more_than_its_rarer_code(rows):
    present = pd.DataFrame(rows, columns=["a", "b", "c"])
    for row in in_interviews(present).itertuples():
        assert row.both + row.only_a == present[row.code_a].sum()
        assert row.both + row.only_b == present[row.code_b].sum()
        assert row.jaccard == row.both / (present[row.code_a] | present[row.code_b]).sum()
