import pytest
from coding.judgements import crossed, rated

from pic_analysis.coding.paradox import ONE_CATEGORY, explained, paradox
from pic_analysis.coding.tallies import tally


def found(ratings):
    return tally(ratings)[0], ratings.categories


def test_published_paradox_is_recognised_and_explained_with_its_numbers():
    ratings = crossed([[118, 5], [2, 0]], categories=["oui", "non"])
    got = paradox(*found(ratings))
    assert (got.units, got.disagreements, got.category) == (125, 7, "oui")
    assert got.kappa == pytest.approx(-0.023, abs=5e-4)
    assert got.ac1 == pytest.approx(0.941, abs=5e-4)
    for expected in (
        "94,4\u00a0%",
        "−0,023",
        "97,2\u00a0%",
        "« oui »",
        "0,941",
        "7\u00a0désaccords, à lire un par un, sur 125",
    ):
        assert expected in str(got)


@pytest.mark.parametrize(
    "counts",
    [
        [[60, 3], [4, 58]],  # both categories are common: kappa is high too
        [[20, 5], [10, 15]],  # kappa is low, but so is the agreement
        [[110, 3], [2, 10]],  # one category is rare, and found by both
    ],
)
def test_what_is_no_paradox_is_left_in_peace(counts):
    assert paradox(*found(crossed(counts))) is None
    assert explained(*found(crossed(counts))) == ""


def test_one_category_is_explained():
    assert explained(*found(rated([*"aaa"], [*"aaa"], categories=["a", "b"]))) == ONE_CATEGORY


def test_paradox_of_three_coders_counts_no_pairs_as_disagreements():
    ratings = rated([*"a" * 30, "b"], [*"a" * 31], ["b", *"a" * 30])
    assert "Il reste" not in str(paradox(*found(ratings)))
