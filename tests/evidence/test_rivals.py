import bodies
import pytest

from pic_analysis.evidence.rivals import fates

CONCLUSIONS = [{"conclusion_id": "CCL01", "package": "B"}, {"conclusion_id": "CCL02", "package": "C"}]
RIVALS = [{"rival_id": "RIV01", "package": "B"}, {"rival_id": "RIV02", "package": "B"}]


def examined(conclusion, rival, fate="completes"):
    return {
        "conclusion_id": conclusion,
        "rival_id": rival,
        "fate": fate,
        "statement_id": "B3-01",
        "basis": "explicit",
    }


def rows(conclusions, rivals, *told):
    study = bodies.study(conclusions=conclusions, rivals=rivals, rival_fates=[*told])
    return fates(study).to_numpy().tolist()


def test_rival_that_the_story_does_not_examine_is_there_with_an_empty_fate():
    assert rows(CONCLUSIONS, RIVALS, examined("CCL01", "RIV02", "conditions")) == [
        ["CCL01", "RIV01", "", "", ""],
        ["CCL01", "RIV02", "conditions", "B3-01", "explicit"],
    ]


def test_rival_of_another_package_is_there_only_where_it_is_examined():
    got = rows(CONCLUSIONS, RIVALS[:1], examined("CCL02", "RIV01", "excludes"))
    assert got == [["CCL01", "RIV01", "", "", ""], ["CCL02", "RIV01", "excludes", "B3-01", "explicit"]]


@pytest.mark.parametrize(("conclusions", "rivals"), [([], RIVALS), (CONCLUSIONS, []), (CONCLUSIONS[1:], RIVALS)])
def test_no_pair_where_no_package_is_shared(conclusions, rivals):
    assert rows(conclusions, rivals) == []


def test_examined_pair_is_told_once(tiny_study):
    got = fates(tiny_study())
    assert got.to_numpy().tolist() == [["CCL01", "RIV01", "completes", "B1-01", "explicit"]]


def test_pairs_come_in_the_order_of_conclusions_then_rivals():
    conclusions = [{"conclusion_id": name, "package": "B"} for name in ("CCL01", "CCL02")]
    told = [examined("CCL02", "RIV02"), examined("CCL01", "RIV02")]
    got = [row[:2] for row in rows(conclusions, RIVALS, *told)]
    assert got == [["CCL01", "RIV01"], ["CCL01", "RIV02"], ["CCL02", "RIV01"], ["CCL02", "RIV02"]]
