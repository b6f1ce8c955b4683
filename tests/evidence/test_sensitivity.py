from dataclasses import replace
from itertools import product

import bodies
import numpy as np
import pytest

from pic_analysis.evidence.sensitivity import (
    Choices,
    influence,
    number_of_specifications,
    shares,
    specifications,
)

OPTIONS = {
    "reading": ["settled", "a", "b"],
    "basis": ["all", "explicit"],
    "medium.cases": [1, 2],
    "medium.respondents": [1, 3],
    "medium.source_kinds": [0, 1],
    "robust.cases": [1, 3],  # 1 makes no sense above a medium of 2
    "robust.respondents": [2],  # nor does 2 above a medium of 3
    "robust.source_kinds": [1, 2],
    "required": [1, 2, 3],
    "agreement.medium": [0.3, 0.6],
    "agreement.strong": [0.5, 0.75],
}
# What each coder attached to the one conclusion, and how.
SETTLED = {"S1": ("supports", "explicit"), "S2": ("supports", "coder_reading"), "S3": ("opposes", "explicit")}
FIRST = {"S1": ("supports", "explicit"), "S2": ("supports", "explicit")}
SECOND = {"S1": ("supports", "coder_reading"), "S3": ("opposes", "coder_reading")}
CALLS = [
    ("S1", "cas:Eco", True),
    ("S1", "entretien:P1", True),
    ("S2", "cas:Agri", True),
    ("S2", "entretien:C1", True),
    ("S2", "expert:x", False),
    ("S3", "document:d", True),
]


def judged(variable, position):
    """Return the double coding of one variable of every attachment."""
    readings = [
        {s: told[position] for s, told in coder.items()} for coder in (FIRST, SECOND)
    ]  # empty where a coder attached nothing
    return [
        {
            "unit_id": f"CCL01.{s}",
            "unit_kind": "conclusion_support",
            "variable": variable,
            "reading_a": readings[0].get(s, ""),
            "reading_b": readings[1].get(s, ""),
        }
        for s in SETTLED
    ]


@pytest.fixture
def study():
    """Return a study of one conclusion that the two coders read otherwise, and of one that nobody attached."""
    made = bodies.study(
        statements=[{"statement_id": s, "role": "change", "polarity": "supports"} for s in SETTLED],
        conclusions=[{"conclusion_id": "CCL01", "package": "B"}, {"conclusion_id": "CCL02", "package": "B"}],
        conclusion_support=[
            {"conclusion_id": "CCL01", "statement_id": s, "relation": relation, "basis": basis}
            for s, (relation, basis) in SETTLED.items()
        ],
        double_coding=[*judged("relation", 0), *judged("basis", 1)],
        citations=[{"statement_id": s, "case": name[4:]} for s, name, _ in CALLS if name.startswith("cas:")],
        testimonies=[
            {
                "statement_id": s,
                "speaker_kind": bodies.SOURCES[name][1],
                "speaker_id": name.split(":")[1],
                "case": bodies.SOURCES[name][0],
                "polarity": "supports" if agrees else "contradicts",
            }
            for s, name, agrees in CALLS
            if not name.startswith("cas:")
        ],
    )
    return replace(made, settings=replace(made.settings, rubric={**bodies.RULE, "sensitivity": OPTIONS}))


def ruled(chosen):
    """Return the rule of one combination of choices, or nothing where it makes no sense."""
    medium, robust = (
        {name: chosen[f"{level}.{name}"] for name in ("cases", "respondents", "source_kinds")}
        for level in ("medium", "robust")
    )
    agreement = {"medium": chosen["agreement.medium"], "strong": chosen["agreement.strong"]}
    if any(medium[name] > robust[name] for name in medium) or agreement["medium"] > agreement["strong"]:
        return None
    extent = {"required": chosen["required"], "medium": medium, "robust": robust}
    return {**bodies.RULE, "extent": extent, "agreement": agreement}


def by_hand():
    """Return the confidence of the conclusion under each combination, in plain Python; nothing where senseless."""
    found = {}
    for place in product(*(range(len(options)) for options in OPTIONS.values())):
        chosen = {name: options[n] for (name, options), n in zip(OPTIONS.items(), place, strict=True)}
        told = {"settled": SETTLED, "a": FIRST, "b": SECOND}[chosen["reading"]]
        relations = {s: r for s, (r, basis) in told.items() if chosen["basis"] == "all" or basis == "explicit"}
        rule = ruled(chosen)
        found[place] = None if rule is None else bodies.confidence(bodies.left(relations, CALLS), rule)
    return found


def test_every_combination_is_that_of_a_loop_in_plain_python(study):
    levels, choices = specifications(study)
    expected = by_hand()
    assert {name: [*options] for name, options in choices.options.items()} == OPTIONS
    assert levels["CCL01"].shape == (3, 2, 2, 2, 2, 2, 1, 2, 3, 2, 2)
    assert {place: levels["CCL01"][place] for place in expected} == {
        place: -1 if level is None else level for place, level in expected.items()
    }
    assert len({level for level in expected.values() if level is not None}) == 4  # the example tells all levels apart


def test_combinations_that_make_no_sense_are_left_out(study):
    levels, _ = specifications(study)
    sensible = sum(level is not None for level in by_hand().values())
    # Cases: 3 pairs of 4. Respondents: 1 of 2. Kinds: all 4. Agreement: 3 of 4. Times 3 readings, 2 bases, 3 required.
    assert number_of_specifications(levels) == sensible == 3 * 1 * 4 * 3 * 3 * 2 * 3


def test_claim_that_nobody_attached_has_no_confidence_in_any_specification(study):
    levels, _ = specifications(study)
    assert shares(levels).loc["CCL02"].to_dict() == {"none": 1, "low": 0, "medium": 0, "high": 0}


def test_shares_of_each_claim_sum_to_one(study):
    got = shares(specifications(study)[0])
    expected = [level for level in by_hand().values() if level is not None]
    assert got.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert got.loc["CCL01"].tolist() == pytest.approx([expected.count(n) / len(expected) for n in range(4)])


def test_shares_leave_senseless_combinations_out():
    got = shares({"CCL01": np.array([[0, 2], [2, -1]])})
    assert got.loc["CCL01"].tolist() == pytest.approx([1 / 3, 0, 2 / 3, 0])


def test_choice_that_decides_everything_and_choice_that_decides_nothing():
    choices = Choices({"idle": (1, 2), "decisive": (1, 2)})
    got = influence(np.array([[1, 3], [1, 3]]), choices)
    assert got.to_dict() == {"decisive": 1, "idle": 0}
    assert got.index[0] == "decisive"


def test_influence_is_a_share_of_the_pairs_of_options():
    # Of the three pairs of the options 1, 2 and 3, two differ.
    got = influence(np.array([[1], [1], [2]]), Choices({"three": (1, 2, 3), "one": (1,)}))
    assert got.to_dict() == {"three": pytest.approx(2 / 3), "one": 0}


def test_influence_leaves_senseless_pairs_out():
    # Along the rows, one pair makes sense and differs; along the columns, one makes sense and does not.
    got = influence(np.array([[1, 1], [2, -1]]), Choices({"rows": (1, 2), "columns": (1, 2)}))
    assert got.to_dict() == {"rows": 1, "columns": 0}


def test_influence_of_choices_that_all_make_no_sense_is_none():
    assert influence(np.array([-1, -1]), Choices({"any": (1, 2)})).to_dict() == {"any": 0}


def test_only_thresholds_of_a_higher_level_below_a_lower_one_make_no_sense():
    options = {name: (values[0],) for name, values in OPTIONS.items()}
    _, sensible = Choices({**options, "robust.cases": (0, 1, 2)}).thresholds()
    assert sensible.tolist() == [False, True, True]
