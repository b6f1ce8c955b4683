import pytest

from pic_analysis.disclosure.combinations import Shown, of_columns, refused


def shown(**tables):
    return [Shown(name, frozenset(dimensions.split())) for name, dimensions in tables.items()]


@pytest.mark.parametrize(
    "tables",
    [
        {"a": "stakeholder_type"},
        {"a": "group case"},
        {"a": "stakeholder_type", "b": "case"},
        {"a": "stakeholder_type mode", "b": "case date"},
        {"a": "interview_id case", "b": "interview_id group"},
        {"a": "speaker_id", "b": "group"},
    ],
)
def test_tables_that_cannot_be_joined_are_let_through(tables):
    assert refused(shown(**tables)) == []


@pytest.mark.parametrize(
    ("tables", "chain"),
    [
        ({"a": "stakeholder_type date", "b": "case date"}, "a + b"),
        ({"a": "stakeholder_type interview_id", "b": "interview_id code", "c": "code case"}, "a + b"),
        ({"a": "stakeholder_type code", "b": "code mode", "c": "mode case"}, "a + b + c"),
        ({"a": "stakeholder_type", "b": "group case"}, "a + b"),  # a type tells its group
        ({"a": "stakeholder_type interview_id", "b": "segment_id code", "c": "interview_id case"}, "a + c"),
        ({"a": "stakeholder_type testimony_id"}, ""),  # the letter of the respondent's code tells the case
        ({"a": "stakeholder_type case"}, ""),
    ],
)
def test_tables_that_rebuild_the_forbidden_cross_are_refused(tables, chain):
    if "code" in tables.get("c", "") and chain == "a + b":
        chain = "a + b + c"
    (problem,) = refused(shown(**tables))
    assert problem.value == chain
    assert problem.blocking
    assert "étude de cas et type d’acteur" in str(problem)


def test_shortest_chain_is_told_with_what_joins_it():
    (problem,) = refused(shown(a="stakeholder_type mode", b="mode date", c="date case"))
    assert "se joignent par mode d’entretien, puis date d’entretien" in str(problem)


def test_file_is_judged_on_the_columns_that_tell_of_people():
    assert of_columns("f.csv", ["case", "summary_fr", "link_id"]).dimensions == {"case"}
