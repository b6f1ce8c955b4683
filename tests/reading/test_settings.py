import re

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


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('report_section: "3.2"', "report_section: 3.2", "packages, n° 1, report_section"),
        ('impact_section: "3.5"', "impact_section: 3.5", "impact_section"),
        ("page: eco", "page: ../../eco", "cases, n° 1, page"),
        ("year: 2020", "year: deux mille", "year"),
        ("printed_speakers: {}", "printed_speakers:", "printed_speakers"),
    ],
)
def test_value_of_the_wrong_kind_is_named(old, new, column):
    with pytest.raises(StudyError) as error:
        parse("essai", tiny.SETTINGS.replace(old, new))
    assert [problem.column for problem in error.value.report] == [column]


def test_missing_keys_and_wrong_values_come_together():
    text = tiny.SETTINGS.replace("year: 2020", "year: deux mille").replace("territory: Essai-la-Ville\n", "")
    with pytest.raises(StudyError) as error:
        parse("essai", text.replace("question_fr", "question"))
    got = {(problem.column, problem.value) for problem in error.value.report}
    assert {
        ("territory", ""),
        ("year", "deux mille"),
        ("cases, n° 1, question", "?"),
        ("cases, n° 1, question_fr", ""),
    } <= got


@pytest.mark.parametrize("name", ["../raw/essai", "essai/", "/etc", "Essai"])
def test_name_of_a_study_is_no_path(name, raw_folder):
    with pytest.raises(StudyError, match="sans dossier"):
        load(name)


def test_settings_in_another_encoding_are_told(raw_folder):
    (raw_folder / "study.yml").write_bytes(tiny.SETTINGS.encode("utf-16"))
    with pytest.raises(StudyError, match="UTF-8"):
        load("essai")


def test_unknown_study_names_those_that_exist(raw_folder):
    with pytest.raises(StudyError, match="essai"):
        load("autre")


def test_year_of_the_annual_state_is_optional_and_a_year():
    assert parse("essai", tiny.SETTINGS).annual_state == 0
    assert parse("essai", f"{tiny.SETTINGS}annual_state: 2025\n").annual_state == 2025
    with pytest.raises(StudyError) as error:
        parse("essai", f"{tiny.SETTINGS}annual_state: l’an dernier\n")
    assert "l’année de l’état annuel" in str(error.value)


@pytest.mark.parametrize("year", ["3", "16", "20255", "true"])
@pytest.mark.parametrize("key", ["year", "annual_state"])
def test_slip_of_the_hand_is_no_year(key, year):
    text = re.sub(r"(?m)^year: .*\n", "", tiny.SETTINGS) if key == "year" else tiny.SETTINGS
    with pytest.raises(StudyError) as error:
        parse("essai", f"{text}{key}: {year}\n")
    assert "une année de quatre chiffres" in str(error.value)
