import pandas as pd
import pytest

from pic_analysis.cleaning.stakeholder_labels import mapping, reader
from pic_analysis.reading.sheets import Sheet


def sheet(*rows):
    frame = pd.DataFrame(rows, columns=["printed_label", "stakeholder_type"], index=range(2, 2 + len(rows)), dtype=str)
    return Sheet("correspondance_types.csv", frame)


FILE = sheet(("Élu", "elus"), ("élus municipaux", "elus"), ("agent de la ville", "Agents"), ("Riverain", "habitants"))


def read(text, file=FILE):
    types, written, _ = mapping(file)
    return reader(types, written)(text)


@pytest.mark.parametrize("text", ["Elu", "élu", " ELU ", "Élus municipaux", "elus  MUNICIPAUX"])
def test_labels_of_the_mapping_are_read_whatever_the_case_and_accents(text):
    assert read(text).clean == "elus"


def test_label_that_is_not_in_the_mapping_is_never_guessed():
    got = read("élue municipale")
    assert got.expected.startswith("libellé absent de correspondance_types.csv")
    assert got.nearest.split(" (")[0] == "élus municipaux"
    assert "agent" not in got.nearest  # nothing like it: to name it would be noise


def test_label_of_the_vocabulary_itself_needs_a_line():
    assert read("Chercheurs").expected
    assert read("chercheurs").clean == "chercheurs"  # the code is no typed label


def test_label_with_two_types_has_none():
    file = sheet(("Élu", "elus"), ("elu", "agents"))
    problem = mapping(file)[2][0]
    assert (problem.row, problem.expected) == (3, "ce libellé vaut déjà « Élus » plus haut")
    assert read("Élu", file).expected


def test_unknown_type_of_the_mapping_is_told_with_the_nearest():
    (problem,) = mapping(sheet(("Élu", "eluss")))[2]
    assert (problem.row, problem.nearest) == (2, "elus")


def test_label_like_no_other_is_told_with_those_that_are_admitted():
    got = read("zyx")
    assert got.nearest == ""
    assert got.expected.endswith("libellés admis : agent de la ville, Élu, élus municipaux, Riverain")


def test_at_most_three_labels_are_proposed():
    file = sheet(*((f"riverain {n}", "habitants") for n in range(6)))
    assert read("riverain", file).nearest.count("(") == 3


@pytest.mark.parametrize("text", ["?", "+", "…"])
def test_sign_that_is_no_label_is_not_guessed(text):
    assert read(text).expected
