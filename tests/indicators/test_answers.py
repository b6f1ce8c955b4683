import pandas as pd
import pytest
from observatory_tiny import observation, observations

from pic_analysis.indicators.answers import answer


def test_references_become_todays_figures():
    rows = observations(
        observation("2019", "14.20"),
        observation("2020", "", "secret"),
        observation("2020", "1234567", indicator_id="P01", unit="inhabitant"),
    )
    facts = pd.DataFrame({"fact_id": ["FAI023"], "value": ["220"]})
    text = "Taux {P03 ZE2020-3215 2019} puis {P03 ZE2020-3215 2020} ; {P01 ZE2020-3215 2020} ; {FAI023}."
    got = answer(text, rows, facts)
    assert got == "Taux 14,20\u00a0% puis s ; 1\u202f234\u202f567 ; 220."


def test_reference_that_resolves_to_nothing_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        answer("{P03 ZE2020-3215 1999}", observations(observation("2019", "1")))
