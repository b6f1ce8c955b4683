import interviews_tiny as tiny
import pandas as pd
import pytest

from pic_analysis.coding.incidence import by_date, groups, incidence, only_safe, questioned, replaced
from pic_analysis.schemas.interviews import INTERVIEW_TABLES


@pytest.fixture
def present():
    return incidence(tiny.codings(), tiny.interviews(), tiny.codebook())


def held(table: pd.DataFrame) -> dict[str, list[str]]:
    return {str(row): [*table.columns[marks]] for row, marks in zip(table.index, table.to_numpy(), strict=True)}


def test_the_tiny_interviews_are_as_the_schemas_declare():
    for name, table in tiny.tables().items():
        INTERVIEW_TABLES[name].schema.validate(table)


def test_an_interview_counts_once_for_a_code_whatever_its_coders_passages_and_merged_codes(present):
    assert held(present) == {
        "INT001": ["image", "skill", "rival"],
        "INT002": ["image"],
        "INT003": ["image", "skill"],
        "INT004": ["image"],
        "INT005": ["skill"],
        "INT006": ["rival"],
        "INT007": [],
    }


def test_codes_that_nobody_used_keep_a_column_and_merged_ones_have_none(present):
    assert [*present.columns] == ["image", "skill", "rival", "unused"]


def test_a_withdrawn_interview_is_nowhere():
    register = tiny.interviews()
    register.loc[register["interview_id"] == "INT001", "consent"] = "withdrawn"
    assert "INT001" not in groups(register).index
    assert "INT001" not in incidence(tiny.codings(), register, tiny.codebook()).index


def test_groups_are_the_safe_ones_never_the_types():
    got = groups(tiny.interviews())
    assert got["INT001"] == got["INT002"] == "Élus et agents"
    only_safe(got)
    with pytest.raises(ValueError, match="elus"):
        only_safe(pd.Series(["elus"]))


def test_who_speaks_unasked_was_not_asked(present):
    got = questioned(tiny.asked(), present, tiny.codebook())
    assert present.loc["INT005", "skill"]
    assert not got.loc["INT005", "skill"]
    assert got["image"].sum() == 6


def test_codes_merged_in_a_circle_are_refused():
    book = pd.DataFrame({"code_id": ["a", "b"], "merged_into": ["b", "a"]})
    with pytest.raises(ValueError, match="circle"):
        replaced(pd.Series(["a"]), book)


def test_interviews_without_a_date_come_last(present):
    got = [*by_date(present, tiny.interviews()).index]
    assert got == ["INT003", "INT002", "INT001", "INT005", "INT006", "INT007", "INT004"]


def test_provenance_follows_the_codings():
    codings = tiny.codings()
    codings.attrs["provenance"] = "demo"
    assert incidence(codings, tiny.interviews(), tiny.codebook()).attrs["provenance"] == "demo"
