import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.columns import clean_column

TEXT = {"required": True, "example": "x"}


def cleaned(values, **about):
    return clean_column(pd.Series(values, index=range(2, 2 + len(values)), dtype=str), {**TEXT, **about})


def test_spaces_are_repaired_and_logged():
    got = cleaned(["  deux  mots ", "deux mots"])
    assert got.values.tolist() == ["deux mots", "deux mots"]
    assert got.repairs == {2: "espaces normalisées"}


def test_unknown_code_is_a_fault_with_the_nearest():
    got = cleaned(["suports"], labels={"supports": "", "nuances": ""})
    assert got.faults[2].nearest == "supports"


@pytest.mark.parametrize(("text", "faulty"), [("", True), (" ", True), ("a", False)])
def test_required_cell_may_not_be_empty(text, faulty):
    assert bool(cleaned([text]).faults) == faulty
    assert not cleaned([text], required=False).faults


def test_too_many_words_are_counted():
    fault = cleaned(["un deux trois"], most_words=2).faults[2]
    assert fault.expected == "au plus 2 mots, lus : 3"


def test_form_is_told_by_an_example_before_its_pattern():
    fault = cleaned(["b1"], pattern=r"[A-Z]\d", example="B1").faults[2]
    assert fault.expected.startswith("forme attendue : celle de « B1 »")


def test_booleans_and_counts_have_their_type():
    assert cleaned(["true", "Faux"], boolean=True).values.tolist() == [True, False]
    assert cleaned(["12", "1 200"], count=True).values.tolist() == [12, 1200]
    assert set(cleaned(["oui", "-3"], count=True).faults) == {2, 3}


def test_date_that_does_not_exist_is_a_fault():
    got = cleaned(["2001", "2001-02-31", "2016-13"], pattern=r"\d{4}(-\d{2}(-\d{2})?)?", date=True)
    assert set(got.faults) == {3, 4}


def test_number_beyond_any_count_of_people_is_a_fault():
    assert set(cleaned(["9" * 20], count=True).faults) == {2}


@given(st.lists(st.text(max_size=12), max_size=6), st.booleans())
def test_cleaning_twice_changes_nothing(values, required):
    once = cleaned(values, required=required)
    assert clean_column(once.values, {**TEXT, "required": required}).repairs == {}
