import pandas as pd
import pytest

from pic_analysis.cleaning.arbitration import FIELDS, Decision, disagreements, read_decisions
from pic_analysis.reading.sheets import Sheet


def read(*rows):
    frame = pd.DataFrame(rows, columns=[*FIELDS], index=range(2, 2 + len(rows)), dtype=str)
    return read_decisions(Sheet("arbitrages.csv", frame), lambda code: code if code in ("a", "b") else "")


def coded(*rows):
    return pd.DataFrame(rows, columns=["interview_id", "code_id", "direction", "coder"])


def test_decisions_of_each_kind():
    got = read(
        ("INT004 a", "Absent", "réécoute"),
        ("int-005", "doublon", "même bande"),
        ("codages_A.csv 27", "écarter", "illisible"),
        ("sens par défaut", "appuie", "grille sans sens"),
    )
    assert got.problems == []
    assert got.codes == {("INT004", "a"): Decision("absent", "réécoute", 2)}
    assert got.twins["INT005"].choice == "duplicate"
    assert ("codages_A.csv", 27) in got.rows
    assert got.direction.choice == "supports"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("INT004 a", "absent", ""), "le motif est obligatoire"),
        (("INT004 z", "absent", "x"), "n’est pas dans la grille"),
        (("INT004 a", "peut-être", "x"), "décision attendue : absent, appuie"),
        (("INT004", "écarter", "x"), "décision attendue : doublon, ou distinct"),
        (("codages_A.csv 27", "garder", "x"), "décision attendue : écarter"),
        (("n’importe quoi", "écarter", "x"), "objet attendu"),
        (("sens par défaut", "absent", "x"), "décision attendue : appuie"),
    ],
)
def test_decision_that_cannot_be_read_is_told(row, said):
    (problem,) = read(row).problems
    assert problem.row == 2
    assert said in problem.expected


def test_same_thing_decided_twice_is_told():
    (problem,) = read(("INT004 a", "absent", "x"), ("INT004 a", "appuie", "y")).problems
    assert (problem.row, problem.expected) == (3, "déjà décidé à la ligne 2")


def test_interview_that_one_coder_alone_read_has_no_disagreement():
    assert disagreements(coded(("INT001", "a", "supports", "A"), ("INT002", "a", "supports", "B"))).empty


def test_several_directions_of_one_coder_make_one_reading():
    rows = [("INT001", "a", direction, "A") for direction in ("contradicts", "supports", "supports")]
    got = disagreements(coded(*rows, ("INT001", "a", "supports", "B")))
    assert got[["reading_a", "reading_b"]].to_numpy().tolist() == [["supports+contradicts", "supports"]]


def test_three_coders_are_compared_two_by_two():
    rows = [("INT001", "a", "supports", "A"), ("INT001", "a", "supports", "B"), ("INT001", "a", "nuances", "C")]
    got = disagreements(coded(*rows), {("INT001", "a"): Decision("supports", "réécoute", 2)})
    assert [*zip(got["coder_a"], got["coder_b"], strict=True)] == [("A", "C"), ("B", "C")]
    assert set(got["settled"]) == {"supports"}


def test_no_codings_no_disagreements():
    assert disagreements(coded()).empty
