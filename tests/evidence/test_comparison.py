"""Studies side by side: "not asked" is not "no", counts keep their zeros, and nothing is averaged."""

from __future__ import annotations

from dataclasses import replace

import pytest
import tiny

from pic_analysis.cleaning import study as cleaning
from pic_analysis.evidence.comparison import (
    NOT_ASKED,
    NOT_TESTED,
    mechanisms,
    same_rule,
    statements,
    unknown_members,
)
from pic_analysis.reading.families import Family, Member
from pic_analysis.study import Study

ROWS = {"mechanisms": [*tiny.ROWS["mechanisms"], ("A>B-2", "A>B", "favours", "Montrer fait croire.", "7.1.2", "x", "")]}


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    tiny.write(tmp_path, ROWS)
    result = cleaning.clean("essai")
    cleaning.write(result, tmp_path / "data" / "processed" / "essai", "essai")
    return Study.load("essai")


def family(*members):
    rows = [Member(row, *member, "même levier") for row, member in enumerate(members, start=2)]
    return Family("MEC01", "Informer", tuple(rows))


def test_mechanism_that_a_study_does_not_have_is_not_asked_and_never_denied(study):
    got = mechanisms({"a": study, "b": study}, [family(("a", "A>B-1"))])
    assert got["study"].tolist() == ["a", "b"]
    assert got["confidence"].tolist() == ["medium", NOT_ASKED]
    assert got["strength_fr"].iloc[0].startswith("Confiance moyenne")
    assert got.loc[1, ["mechanism_id", "summary_fr", "strength_fr"]].tolist() == ["", "", ""]


def test_mechanism_that_no_statement_tests_is_neither_asked_about_nor_denied(study):
    got = mechanisms({"a": study}, [family(("a", "A>B-2"))])
    assert got["confidence"].tolist() == [NOT_TESTED]


def test_two_mechanisms_of_one_study_in_a_family_are_two_rows_never_merged(study):
    got = mechanisms({"a": study}, [family(("a", "A>B-1"), ("a", "A>B-2"))])
    assert got["mechanism_id"].tolist() == ["A>B-1", "A>B-2"]


def test_order_is_that_of_the_studies_whatever_their_levels(study):
    members = family(("a", "A>B-2"), ("b", "A>B-1"))
    assert mechanisms({"a": study, "b": study}, [members])["study"].tolist() == ["a", "b"]
    assert mechanisms({"b": study, "a": study}, [members])["study"].tolist() == ["b", "a"]


def test_sections_without_a_statement_count_zero(study):
    got = statements(study).set_index(["package", "section"])["statements"].to_dict()
    assert got == {
        **{("B", "1"): 2, ("B", "2"): 0, ("B", "3"): 0, ("B", "4"): 0},
        **{("C", "1"): 0, ("C", "2"): 1, ("C", "3"): 0, ("C", "4"): 0},
    }


def test_other_thresholds_are_another_rule_and_other_trials_are_not(study):
    rubric = study.settings.rubric

    def having(**changes):
        return replace(study, settings=replace(study.settings, rubric={**rubric, **changes}))

    assert same_rule([study, having(sensitivity={})])
    assert not same_rule([study, having(agreement={"medium": 0.6, "strong": 0.9})])


def test_member_that_is_nothing_is_told_with_the_nearest(study):
    members = family(("essay", "A>B-1"), ("essai", "A>B-3"), ("neuve", "X>Y-1"))
    got = [(p.row, p.column, p.nearest) for p in unknown_members([members], ["essai", "neuve"], {"essai": study})]
    assert got == [(2, "study", "essai"), (3, "mechanism_id", "A>B-2")]  # of a study not yet cleaned, nothing is known
