from dataclasses import replace

import interviews_tiny
import pandas as pd
import pytest

from pic_analysis.coding.heard import Heard
from pic_analysis.disclosure.combinations import refused
from pic_analysis.disclosure.declared import GROUPS, crossed, of_interviews, of_study, only_heard
from pic_analysis.disclosure.suppression import SECRET, protect
from pic_analysis.interviews import Interviews
from pic_analysis.reading.settings import example
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS

TYPES = (
    ["elus"] * 8
    + ["agents"] * 14
    + ["habitants"] * 17
    + ["associations"] * 12
    + ["entreprises"] * 15
    + ["chercheurs"] * 9
)
OWN = "Élus et agents"
SAID = {"code:image": "oui"}


def interviews(speaking, types=TYPES, report=None, **tables) -> Interviews:
    """Return as many interviews as types, all asked about one code of which those of some ranks speak."""
    names = pd.Series([f"INT{n:03d}" for n in range(len(types))])
    register = pd.DataFrame({"interview_id": names, "stakeholder_type": types}).assign(
        case="Eco", date="", mode="face_to_face", consent="given"
    )
    codings = pd.DataFrame({"interview_id": names[[*speaking]]}).assign(
        coding_id="", segment_id="", code_id="image", direction="supports", coder="A"
    )
    frames = {
        "interviews": register,
        "codebook": interviews_tiny.codebook(),
        "codings": codings,
        "asked": pd.DataFrame({"interview_id": names, "code_id": "image"}),
        **{name: pd.DataFrame(columns=[*table.columns]) for name, table in INTERVIEW_RECORDS.items()},
    }
    counted = pd.DataFrame([*report.items()], columns=["stakeholder_type", "interviews"]) if report else None
    return Interviews(example(), **{**frames, **tables}, stakeholders=counted)


def shown(held: Interviews, name="image"):
    return only_heard(protect(*of_interviews(Heard.of(held))).published(name))


def row(frame, **where):
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame["shown"].item()


def test_few_who_said_are_hidden_and_so_are_those_who_did_not():
    got = shown(interviews([0, 1, *range(25, 45)]))
    assert row(got, group=OWN, **SAID) == SECRET
    assert row(got, group=OWN, **{"code:image": "non"}) == SECRET  # 22 - 20 would give the two back
    assert row(got, group=OWN, **{"code:image": ""}) == "22"


def test_few_who_did_not_say_are_hidden_too():
    assert row(shown(interviews([*range(20), *range(25, 35)])), group=OWN, **SAID) == SECRET


def test_types_and_cases_leave_the_tables_of_interviews():
    tables, unpublished = of_interviews(Heard.of(interviews([1, 2])))
    assert not {"stakeholder_type", "case"} & {name for table in tables for name in table.dimensions}
    assert refused(crossed(tables)) == []
    assert "stakeholder_type" in unpublished[0].dimensions


def test_reading_settled_as_absent_is_counted_by_nobody():
    settled = pd.DataFrame(columns=[*INTERVIEW_RECORDS["disagreements"].columns])
    settled.loc[0] = ["dis-000001", "INT000", "image", "A", "supports", "B", "absent", "absent", ""]
    got = shown(interviews([*range(10), *range(25, 45)], disagreements=settled))
    assert row(got, group=OWN, **SAID) == "9"


# --- beside the counts that the report of the same study prints

REPORT = {"elus": 8, "agents": 14, "habitants": 17, "associations": 12, "entreprises": 15, "chercheurs": 9}
SPEAKING = [*range(6), *range(8, 16), *range(25, 45), *range(52, 60), *range(66, 72)]


def test_register_of_everyone_whom_the_report_counts_is_shown_as_it_counts():
    assert shown(interviews(SPEAKING, report=REPORT), GROUPS)["shown"].tolist()[-1] == "75"


def test_alone_the_register_would_tell_how_many_withdrew():
    """What the joint ledger is for: 23 printed by the report, 22 in the register."""
    got = shown(interviews(SPEAKING), GROUPS)
    assert row(got, group=OWN) == "22"


@pytest.mark.parametrize("left", [1, 4])
def test_few_who_left_the_register_are_not_told_by_subtracting_it_from_the_report(left):
    held = interviews(SPEAKING, report={**REPORT, "agents": 14 + left})
    sizes = shown(held, GROUPS)
    assert row(sizes, group=OWN) == SECRET
    assert row(sizes, group="") == SECRET
    codes = shown(held)
    assert row(codes, group=OWN, **{"code:image": ""}) == str(22 + left), "as the report prints it"
    # Everyone of the register was asked: who neither says nor keeps silent is who left.
    assert row(codes, group=OWN, **{"code:image": "non retenu"}) == SECRET
    assert SECRET in {row(codes, group=OWN, **{"code:image": said}) for said in ("oui", "non")}


def test_many_who_left_the_register_may_be_told():
    held = interviews(SPEAKING, report={**REPORT, "agents": 14 + 5})
    assert row(shown(held, GROUPS), group=OWN) == "22"


def test_register_larger_than_the_report_is_refused():
    with pytest.raises(ValueError, match="« Élus et agents » : le registre tient plus d’entretiens que le rapport"):
        of_interviews(Heard.of(interviews(SPEAKING, report={**REPORT, "agents": 13})))


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


def test_withdrawn_consent_leaves_every_count():
    held = interviews(SPEAKING)
    register = held.interviews.assign(consent=["withdrawn"] * 5 + ["given"] * 70)
    assert row(shown(replace(held, interviews=register), GROUPS), group=OWN) == "17"
