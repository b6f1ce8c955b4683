import interviews_tiny as tiny
import pandas as pd
import pytest

from pic_analysis.coding.incidence import groups, incidence, questioned
from pic_analysis.coding.matrix import by_case, by_group, by_interview, r_names


@pytest.fixture
def parts():
    present = incidence(tiny.codings(), tiny.interviews(), tiny.codebook())
    return present, questioned(tiny.asked(), present, tiny.codebook())


def written(table: pd.DataFrame) -> dict[str, list[str]]:
    rows = table.to_csv(lineterminator="\n").splitlines()[1:]
    return {row.split(",")[0]: row.split(",")[1:] for row in rows}


def test_silence_is_0_only_where_the_question_was_put(parts):
    got = written(by_interview(*parts))
    assert got["INT002"] == ["1", "0", "", ""]  # image said; skill asked in vain; nobody asked about the others
    assert got["INT006"] == ["0", "", "1", ""]  # rival said unasked
    assert got["INT007"] == ["", "", "", ""]


def test_neither_group_nor_type_nor_case_stands_beside_an_interview(parts):
    assert [*by_interview(*parts).columns] == ["image", "skill", "rival", "unused"]


def test_a_case_holds_a_code_from_the_share_that_the_analyst_chose(parts):
    # Eco: INT001, INT002 and INT005 were asked about image, two of them speak of it. INT006 is of no case.
    assert written(by_case(*parts, tiny.interviews(), least=0.5))["Eco"] == ["1", "1", "", ""]
    assert written(by_case(*parts, tiny.interviews(), least=0.7))["Eco"] == ["0", "0", "", ""]
    assert [*by_case(*parts, tiny.interviews(), least=0.5).index] == ["Eco", "Part"]


def test_a_share_reached_exactly_is_reached():
    present = pd.DataFrame({"a": [True] * 3 + [False] * 7})
    register = pd.DataFrame({"interview_id": range(10), "case": "Eco"})
    assert by_case(present, present.notna(), register, least=0.3).loc["Eco", "a"] == 1


@pytest.mark.parametrize("least", [0, -1, 1.5])
def test_a_calibration_out_of_bounds_is_refused(parts, least):
    with pytest.raises(ValueError, match="least"):
        by_case(*parts, tiny.interviews(), least=least)


def test_groups_are_the_safe_ones(parts):
    got = by_group(*parts, groups(tiny.interviews()), least=0.5)
    assert got.loc["Agriculteurs et entreprises", "image"] == 0
    with pytest.raises(ValueError, match="not a safe group"):
        by_group(*parts, tiny.interviews().set_index("interview_id")["stakeholder_type"], least=0.5)


def test_two_codes_cannot_take_one_name_in_r():
    with pytest.raises(ValueError, match="same name"):
        r_names(pd.Index(["1_a", "c_1_a"]))
