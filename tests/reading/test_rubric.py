import pytest
import tiny
import yaml

from pic_analysis.problems import StudyError
from pic_analysis.reading.rubric import rubric_faults, verb_faults
from pic_analysis.reading.settings import parse

WHOLE, SHARE = "un nombre entier, au moins 0", "une part entre 0 et 1"
LEVELS = "l’un de : low, medium, high"


def told(*changes):
    """Return key, value and expectation of each problem of the tiny study.yml, some of its text replaced."""
    text = tiny.SETTINGS
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} must stand once in study.yml"
        text = text.replace(old, new)
    with pytest.raises(StudyError) as error:
        parse("essai", text)
    return [(problem.column, problem.value, problem.expected) for problem in error.value.report]


def test_sound_rule_and_verbs_have_no_fault():
    read = yaml.safe_load(tiny.SETTINGS)
    assert (rubric_faults(read["rubric"]), verb_faults(read["verbs"])) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "key", "value", "expected"),
    [
        ("required: 3", "required: trois", "extent, required", "trois", WHOLE),
        ("required: 3", "required: 2.5", "extent, required", "2.5", WHOLE),
        ("required: 3", "required: true", "extent, required", "True", WHOLE),
        ("medium: {cases: 2, ", "medium: {cases: -1, ", "extent, medium, cases", "-1", WHOLE),
        ("medium: {cases: 2, ", "medium: {", "extent, medium, cases", "", WHOLE),
        ("respondents: 4, source", "respondents: four, source", "extent, robust, respondents", "four", WHOLE),
        ("source_kinds: 2}", "source_kinds: [2]}", "extent, robust, source_kinds", "[2]", WHOLE),
        ("agreement: {medium: 0.5,", "agreement: {medium: 50,", "agreement, medium", "50", SHARE),
        (", strong: 0.8}", ", strong: -0.1}", "agreement, strong", "-0.1", SHARE),
        (", strong: 0.8}", ", strong: 80 %}", "agreement, strong", "80 %", SHARE),
        (", strong: 0.8}", ", strong: .nan}", "agreement, strong", "nan", SHARE),
        (", strong: 0.8}", "}", "agreement, strong", "", SHARE),
        ("strong: high}", "strong: élevée}", "confidence, robust, strong", "élevée", LEVELS),
        ("strong: high}", "strong: none}", "confidence, robust, strong", "none", LEVELS),
        ("limited: {low: low, ", "limited: {", "confidence, limited, low", "", LEVELS),
        ("reading: [settled, a, b]", "reading: [settled, c]", "sensitivity, reading", "c", "l’un de : settled, a, b"),
        ("basis: [all, explicit]", "basis: [tout]", "sensitivity, basis", "tout", "l’un de : all, explicit"),
        ("medium.cases: [1, 2]", "medium.cases: [1, 2.5]", "sensitivity, medium.cases", "2.5", WHOLE),
        ("required: [1, 3]", "required: [un]", "sensitivity, required", "un", WHOLE),
        ("agreement.strong: [0.8]", "agreement.strong: [1.8]", "sensitivity, agreement.strong", "1.8", SHARE),
        ("robust.cases: [3]", "robust.cases: []", "sensitivity, robust.cases", "[]", "une liste d’au moins une option"),
        ("robust.cases: [3]", "robust.cases: 3", "sensitivity, robust.cases", "3", "une liste d’au moins une option"),
        ("    robust.cases: [3]\n", "", "sensitivity, robust.cases", "", "une liste d’au moins une option"),
    ],
)
def test_fault_of_the_rule_names_its_key_value_and_expectation(old, new, key, value, expected):
    assert told((old, new)) == [(f"rubric, {key}", value, f"attendu : {expected}")]


@pytest.mark.parametrize(
    ("old", "new", "level", "value", "expected"),
    [
        ("low: [a pu contribuer]", "low: a pu contribuer", "low", "a pu contribuer", "une liste de verbes"),
        ("low: [a pu contribuer]", "low: [1]", "low", "[1]", "une liste de verbes"),
        ("  low: [a pu contribuer]\n", "", "low", "", "une liste de verbes"),
        ("low: [a pu contribuer]", "low: ['(a pu']", "low", "(a pu", "une expression régulière lisible"),
    ],
)
def test_fault_of_the_verbs_names_its_level_value_and_expectation(old, new, level, value, expected):
    ((key, got, message),) = told((old, new))
    assert (key, got) == (f"verbs, {level}", value)
    assert message.startswith(f"attendu : {expected}")


def test_every_unreadable_verb_is_told():
    verbs = {"none": ["("], "low": ["semble", "[", "aide"], "medium": [], "high": ["*"]}
    assert [(key, value) for key, value, _ in verb_faults(verbs)] == [
        ("verbs, none", "("),
        ("verbs, low", "["),
        ("verbs, high", "*"),
    ]


def test_all_the_faults_of_a_study_come_together():
    got = told(
        ("required: 3", "required: trois"),
        (", strong: 0.8}", ", strong: 8}"),
        ("strong: high}", "strong: haute}"),
        ("robust.cases: [3]", "robust.cases: [x, 3, y]"),
        ("high: [contribue nettement, prouve]", "high: prouve"),
        ("year: 2020", "year: deux mille"),
    )
    assert {(key, value) for key, value, _ in got} == {
        ("rubric, extent, required", "trois"),
        ("rubric, agreement, strong", "8"),
        ("rubric, confidence, robust, strong", "haute"),
        ("rubric, sensitivity, robust.cases", "x"),
        ("rubric, sensitivity, robust.cases", "y"),
        ("verbs, high", "prouve"),
        ("year", "deux mille"),
    }


@pytest.mark.parametrize("part", ["extent", "agreement", "confidence", "sensitivity"])
def test_part_that_is_no_mapping_has_each_of_its_keys_told(part):
    sound = yaml.safe_load(tiny.SETTINGS)["rubric"]
    got = [key for key, _, _ in rubric_faults({**sound, part: "?"})]
    # Seven thresholds of extent, two of agreement, nine pairs of levels, eleven choices.
    expected = {"extent": 7, "agreement": 2, "confidence": 9, "sensitivity": 11}[part]
    assert len(got) == expected
    assert all(key.startswith(f"rubric, {part}, ") for key in got)


def test_whole_shares_are_shares():
    sound = yaml.safe_load(tiny.SETTINGS)["rubric"]
    tried = {**sound["sensitivity"], "agreement.medium": [0], "agreement.strong": [1]}
    assert rubric_faults({**sound, "agreement": {"medium": 0, "strong": 1}, "sensitivity": tried}) == []


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("extent", "robust", "cases"), 1, "rubric, extent, robust, cases"),
        (("agreement", "strong"), 0.2, "rubric, agreement, strong"),
        (("extent", "required"), 4, "rubric, extent, required"),
        (("confidence", "robust", "strong"), "low", "rubric, confidence, robust, strong"),
        (("sensitivity", "required"), [1], "rubric, sensitivity, required"),
    ],
)
def test_rule_that_makes_no_sense_is_told(path, value, key):
    rubric = yaml.safe_load(tiny.SETTINGS)["rubric"]
    place = rubric
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert key in [name for name, *_ in rubric_faults(rubric)]
