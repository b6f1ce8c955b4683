"""Numbers that others have published must come out of this package. The page "Conformité" shows the same, live."""

import pytest
from coding.judgements import crossed, four_coders, value

from pic_analysis.coding.proportion import wilson
from pic_analysis.coding.richness import Frequencies, chao2_classic
from pic_analysis.coding.saturation import criterion
from pic_analysis.evidence.updating import updated
from pic_analysis.indicators.rates import rate_ratio


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_four_coders(level, published):
    assert value(four_coders(), "alpha", level=level) == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(("coefficient", "published"), [("gwet", 0.77544), ("fleiss", 0.76117)])
def test_gwet_and_fleiss_four_coders(coefficient, published):
    assert value(four_coders(), coefficient) == pytest.approx(published, abs=5e-6)


def test_cohen():
    assert value(crossed([[20, 5], [10, 15]]), "cohen") == pytest.approx(0.40)


@pytest.mark.parametrize(("coefficient", "published"), [("cohen", -0.023), ("gwet", 0.941)])
def test_kappa_paradox(coefficient, published):
    assert value(crossed([[118, 5], [2, 0]]), coefficient) == pytest.approx(published, abs=5e-4)


def test_saturation_of_guest_namey_and_chen():
    # 37 codes in the first four interviews; the runs 5-6, 6-7 and 7-8 bring 7, 4 and 1.
    got = criterion([20, 8, 5, 4, 4, 3, 1, 0], base=4, run=2, threshold=0.05)
    assert (got.base_codes, got.runs["new"].tolist(), got.label) == (37, [7, 4, 1], "6+2")


def test_chao2():
    assert chao2_classic(Frequencies(20, 30, 3, 2, 100)) == pytest.approx(32.1375)


def test_poisson_rate_ratio():
    got = rate_ratio(11, 800, 21, 3011)
    assert got.ratio == pytest.approx(1.971488, abs=5e-7)
    assert got.p_value == pytest.approx(0.07967, abs=5e-6)
    assert (got.low, got.high) == pytest.approx((0.8584, 4.2773), abs=5e-5)


def test_wilson():
    assert [*map(float, wilson(81, 263))] == pytest.approx([0.2553, 0.3662], abs=5e-5)


def test_bayes():
    got = [*updated(0.5, [(0.85, 0.70), (0.30, 0.03), (0.70, 0.50)])]
    assert got == pytest.approx([0.548, 0.924, 0.944], abs=5e-4)
