import pytest

from pic_analysis.problems import Problem
from pic_analysis.reading.imported import COLUMNS, Imported, rows

CODINGS = rows(
    "codings",
    [
        {"coding_id": "1", "user_id": "u1", "unit": "characters", "start": 3, "end": 9},
        {"coding_id": "2", "user_id": "u2", "unit": "page", "start": 1, "end": 1},
        {"coding_id": "3", "user_id": "u1", "unit": "characters", "start": 0, "end": 2},
        {"coding_id": "4", "user_id": ""},
    ],
)


def codes(*parents: tuple[str, str]):
    return rows("codes", [{"code_id": code, "parent_id": parent} for code, parent in parents])


def test_every_frame_of_an_empty_import_has_its_columns():
    got = Imported("f", "outil")
    assert {name: tuple(getattr(got, name).columns) for name in COLUMNS} == COLUMNS
    assert got.is_empty


def test_empty_import_says_that_nothing_was_read():
    assert Imported("f.qdpx", "REFI-QDA").summary() == ("f.qdpx : REFI-QDA", "  rien n’a pu être lu")


def test_unknown_number_is_minus_one_and_unknown_text_is_empty():
    row = rows("codings", [{"coding_id": "1"}]).iloc[0]
    assert (row["start"], row["end"], row["quote_length"], row["unit"], row["note"]) == (-1, -1, -1, "", "")


def test_frame_with_other_columns_is_a_programming_error():
    with pytest.raises(ValueError, match="users"):
        Imported("f", "outil", users=rows("cases", ()))


def test_depth_counts_levels():
    assert Imported("f", "o", codes=codes(("a", ""), ("b", "a"), ("c", "b"), ("d", "a"))).depth == 3


def test_codes_that_contain_each_other_are_walked_once():
    assert Imported("f", "o", codes=codes(("a", "b"), ("b", "a"))).depth == 2


def test_summary_tells_codings_by_coder_and_by_place():
    users = rows("users", [{"user_id": "u1", "name": "Ana"}, {"user_id": "u2", "name": ""}])
    lines = Imported("f", "o", users=users, codings=CODINGS).summary()
    got = [line.strip().replace("\xa0", " ") for line in lines]
    assert [line for line in got if line.startswith(("Ana", "u2", "codeur"))] == [
        "Ana : 2 codages",
        "codeur non dit : 1 codage",
        "u2 : 1 codage",
    ]
    assert {"sur du texte : 2 codages", "sur une page : 1 codage"} <= {*got}


def test_summary_leaves_the_members_of_a_case_out_of_the_sets():
    sets = rows("sets", [{"set_id": "c1", "member_id": "s1"}, {"set_id": "e1"}, {"set_id": "e1", "member_id": "s1"}])
    lines = Imported("f", "o", cases=rows("cases", [{"case_id": "c1"}]), sets=sets).summary()
    assert lines[-1].replace("\xa0", " ") == "  1 ensemble"


def test_summary_does_not_tell_problems_twice():
    problem = Problem("f", 0, "", "", "perdu")
    assert not [line for line in Imported("f", "o", problems=(problem,)).summary() if "perdu" in line]
