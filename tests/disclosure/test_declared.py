import pandas as pd

from pic_analysis.disclosure.combinations import refused
from pic_analysis.disclosure.declared import GROUPS, crossed, of_interviews, of_study
from pic_analysis.disclosure.suppression import SECRET, protect

TYPES = (
    ["elus"] * 8
    + ["agents"] * 14
    + ["habitants"] * 17
    + ["associations"] * 12
    + ["entreprises"] * 15
    + ["chercheurs"] * 9
)
INTERVIEWS = pd.DataFrame(
    {"interview_id": [f"INT{n:03d}" for n in range(75)], "stakeholder_type": TYPES, "case": "Eco"}
)


def coded(*rows):
    """Return codings of one code by the interviews of those ranks."""
    names = [f"INT{n:03d}" for n in rows]
    return pd.DataFrame({"interview_id": names, "code_id": "a_b_1"})


def row(frame, **where):
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame["shown"].item()


def test_few_who_said_are_hidden_and_so_are_those_who_did_not():
    got = protect(*of_interviews(INTERVIEWS, coded(0, 1, *range(25, 45)))).published("a_b_1")
    own = "Élus et agents"
    assert row(got, group=own, **{"code:a_b_1": "oui"}) == SECRET
    assert row(got, group=own, **{"code:a_b_1": "non"}) == SECRET  # 22 - 20 would give the two back
    assert row(got, group=own, **{"code:a_b_1": ""}) == "22"


def test_few_who_did_not_say_are_hidden_too():
    got = protect(*of_interviews(INTERVIEWS, coded(*range(20), *range(25, 35)))).published("a_b_1")
    assert row(got, group="Élus et agents", **{"code:a_b_1": "oui"}) == SECRET


def test_types_and_cases_leave_the_tables_of_interviews():
    tables, unpublished = of_interviews(INTERVIEWS, coded(1, 2))
    assert not {"stakeholder_type", "case"} & {name for table in tables for name in table.dimensions}
    assert refused(crossed(tables)) == []
    assert "stakeholder_type" in unpublished[0].dimensions


def test_groups_of_the_published_study_are_shown_whole(loos):
    got = protect(*of_study(loos)).published(GROUPS)
    assert got["shown"].tolist()[-1] == "97"
    assert SECRET not in {*got["shown"]}


def test_group_of_few_people_is_hidden_with_another(tiny_study):
    study = tiny_study(
        stakeholders=[("elus", "Élus", "8"), ("habitants", "Habitants", "17"), ("entreprises", "E", "2")]
    )
    got = protect(*of_study(study)).published(GROUPS)
    assert (got["shown"] == SECRET).sum() == 2
