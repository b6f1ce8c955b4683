import interviews_tiny as tiny
import numpy as np
import pandas as pd
import pytest

from pic_analysis.coding.incidence import groups, incidence, questioned
from pic_analysis.coding.voices import voices


@pytest.fixture
def parts():
    present = incidence(tiny.codings(), tiny.interviews(), tiny.codebook())
    return present, groups(tiny.interviews()), questioned(tiny.asked(), present, tiny.codebook())


def test_without_questions_every_interview_is_in_the_denominator(parts):
    present, known, _ = parts
    got = voices(present, known).set_index(["code_id", "group"])
    assert got.loc[("image", "Habitants et associations"), ["interviews", "said", "share"]].tolist() == [2, 2, 1.0]
    assert got.loc[("rival", "Élus et agents"), ["interviews", "said", "unasked"]].tolist() == [2, 1, 0]


def test_a_share_is_that_of_those_who_were_asked_and_who_speaks_unasked_stands_apart(parts):
    got = voices(*parts).set_index(["code_id", "group"])
    farmers = got.loc[("skill", "Agriculteurs et entreprises")]
    assert farmers[["interviews", "said", "unasked"]].tolist() == [0, 0, 1]
    assert np.isnan(farmers[["share", "low", "high"]].astype(float)).all()
    assert got.loc[("image", "Agriculteurs et entreprises"), ["interviews", "said", "share"]].tolist() == [2, 0, 0.0]


def test_every_code_stands_beside_every_group_that_was_met(parts):
    present, known, _ = parts
    got = voices(present, known)
    assert len(got) == present.shape[1] * known.nunique()
    assert not {"stakeholder_type", "case", "interview_id"} & {*got.columns}


def test_types_are_refused():
    with pytest.raises(ValueError, match="not a safe group"):
        voices(pd.DataFrame({"a": [True]}), pd.Series(["chercheurs"]))
