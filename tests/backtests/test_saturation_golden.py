"""Numbers published elsewhere on saturation and on shares must still come out."""

import numpy as np
import pandas as pd
import pytest

from pic_analysis.coding.accumulation import expected
from pic_analysis.coding.proportion import wilson
from pic_analysis.coding.richness import Frequencies, chao2_classic, chao2_corrected, coverage
from pic_analysis.coding.saturation import criterion


# Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076: interviews 1 to 4 give 37 codes; the runs 5-6, 6-7 and 7-8 bring
# 7, 4 and 1. Two sequences of interviews 5 to 8 have these runs.
@pytest.mark.parametrize("after", [[4, 3, 1, 0], [3, 4, 0, 1]])
def test_guest_namey_chen_reach_saturation_at_6_plus_2(after):
    got = criterion([20, 9, 5, 3, *after], base=4, run=2, threshold=0.05)
    assert got.base_codes == 37
    assert got.runs["new"].tolist() == [7, 4, 1]
    assert got.runs["share"].round(2).tolist() == [0.19, 0.11, 0.03]
    assert got.label == "6+2"
    assert "Saturation atteinte à 6+2" in got.sentence


def test_chao2():
    found = Frequencies(interviews=20, observed=30, once=3, twice=2, incidences=200)
    assert chao2_classic(found) == pytest.approx(32.1375)
    # The corrected form by hand: 30 + 19/20 * 3 * 2 / (2 * 3).
    assert chao2_corrected(found) == pytest.approx(30.95)


# Ants of five elevations in Costa Rica (Longino & Colwell 2011), as the R package iNEXT (Hsieh, Ma & Chao 2016) prints
# them: sampling units T, incidences U, species observed, uniques Q1, duplicates Q2; coverage and asymptotic richness.
@pytest.mark.parametrize(
    ("units", "incidences", "species", "once", "twice", "covered", "richness"),
    [
        (599, 5976, 227, 49, 23, 0.9918134, 279.108514),
        (230, 2943, 241, 71, 34, 0.9759754, 314.810038),
        (150, 1730, 122, 28, 16, 0.9839382, 146.336667),
        (200, 1170, 56, 13, 4, 0.9889231, 77.019375),
        (200, 271, 14, 1, 2, 0.9963827, 14.248750),
    ],
)
def test_coverage_and_chao2_of_published_incidences(units, incidences, species, once, twice, covered, richness):
    found = Frequencies(units, species, once, twice, incidences)
    assert coverage(found) == pytest.approx(covered, abs=5e-8)
    assert chao2_classic(found) == pytest.approx(richness, abs=5e-7)


def test_rarefaction_to_one_unit_is_the_mean_number_of_species_a_unit():
    # Same source, 2,000 m: 271 incidences in 200 units make 1.355 species a unit.
    times = [1, 2, 2, 3, 4, 8, 8, *[34] * 6, 39]
    assert (len(times), sum(times)) == (14, 271)
    marks = np.zeros((200, len(times)), dtype=bool)
    for species, n in enumerate(times):
        marks[:n, species] = True
    assert expected(pd.DataFrame(marks))[0] == pytest.approx(1.355)


def test_wilson():
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
