import pytest
import tiny

from pic_analysis.problems import StudyError
from pic_analysis.reading.settings import load, parse


def test_settings_give_cases_and_packages_in_order():
    got = parse("essai", tiny.SETTINGS)
    assert [case.id for case in got.cases] == ["Eco", "Part"]
    assert got.package("C").number == 2
    assert got.insee == "00001"


def test_every_missing_key_is_named():
    with pytest.raises(StudyError) as error:
        parse("essai", "title_fr: x\n")
    assert {problem.column for problem in error.value.report} >= {"territory", "cases", "rubric"}


def test_broken_yaml_names_its_row():
    with pytest.raises(StudyError) as error:
        parse("essai", "title_fr: x\ncases: [\n")
    assert next(iter(error.value.report)).row == 3


def test_unknown_study_names_those_that_exist(raw_folder):
    with pytest.raises(StudyError, match="essai"):
        load("autre")
