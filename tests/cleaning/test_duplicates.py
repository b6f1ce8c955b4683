import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.duplicates import duplicates

COLUMNS = ["interview_id", "start", "end", "code_id"]
MARKS = [(10, 20, "a"), (30, 45, "b"), (50, 61, "a"), (70, 88, "c"), (90, 95, "a")]


def found(order=("INT001", "INT002", "INT003"), **marks):
    rows = [(name, *mark) for name, own in marks.items() for mark in own]
    got = duplicates(pd.DataFrame(rows, columns=COLUMNS), order)
    return [*zip(got["first"], got["second"], strict=True)]


def test_same_segments_under_another_name():
    assert found(INT002=MARKS, INT001=MARKS) == [("INT001", "INT002")]


def test_order_of_the_register_says_which_is_the_original():
    assert found(order=["INT002", "INT001"], INT001=MARKS, INT002=MARKS) == [("INT002", "INT001")]


def test_double_to_which_one_coding_was_added_is_still_one():
    assert found(INT001=MARKS, INT002=[*MARKS, (500, 600, "b")]) == [("INT001", "INT002")]


def test_two_interviews_that_share_a_passage_are_two():
    other = [(7, 9, "a"), (11, 13, "b"), (17, 19, "c")]
    assert found(INT001=MARKS, INT002=[*MARKS[:2], *other]) == []


def test_two_passages_alike_may_be_chance():
    assert found(INT001=MARKS[:2], INT002=MARKS[:2]) == []


def test_three_imports_of_one_interview_point_to_the_first():
    assert found(INT001=MARKS, INT002=MARKS, INT003=MARKS) == [("INT001", "INT002"), ("INT001", "INT003")]


def test_whole_interview_coded_by_pages_everybody_shares_is_found_by_its_whole():
    many = {f"INT{n:03d}": [(0, 100, "a"), (100, 200, "b"), (200, 300, "c")] for n in range(1, 8)}
    many["INT008"] = [(0, 100, "a"), (100, 200, "b"), (200, 300, "d")]
    got = found(order=[*many], **many)
    assert [second for _, second in got] == [f"INT{n:03d}" for n in range(2, 8)]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9), st.sampled_from("xy")), max_size=30))
def test_rows_repeated_or_in_another_order_change_nothing(coded):
    rows = [(f"INT00{'ABC'.index(who) + 1}", start, start + 5, code) for who, start, code in coded]
    order = ["INT001", "INT002", "INT003"]
    expected = duplicates(pd.DataFrame(rows, columns=COLUMNS), order)
    again = duplicates(pd.DataFrame([*reversed(rows), *rows], columns=COLUMNS), order)
    assert again.to_dict("records") == expected.to_dict("records")
