"""What a withdrawal is said to change is counted as the book counts it: on settled readings, not on raw codings."""

import pandas as pd
from disclosure.test_declared import interviews

from pic_analysis.cleaning.study import CleaningResult
from pic_analysis.disclosure.withdrawal import effects
from pic_analysis.problems import Report
from pic_analysis.reading.settings import example
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS

TYPES = ["elus"] * 12 + ["habitants"] * 14 + ["entreprises"] * 14
SPEAKING = [*range(6), *range(12, 19), *range(26, 33)]


def cleaned(without: str = "", absent: str = "") -> CleaningResult:
    """Return a cleaned study without one interview, one reading of which may be settled as absent."""
    settled = pd.DataFrame(columns=[*INTERVIEW_RECORDS["disagreements"].columns])
    if absent:
        settled.loc[0] = ["dis-000001", absent, "image", "A", "supports", "B", "absent", "absent", ""]
    held = interviews(SPEAKING, TYPES, disagreements=settled)
    tables = dict(held.tables)
    for name in ("interviews", "codings", "asked"):
        tables[name] = tables[name][tables[name]["interview_id"] != without].reset_index(drop=True)
    return CleaningResult({}, Report(), tables)


def lines(**more) -> list[str]:
    return effects(cleaned(**more), cleaned("INT001", **more), example(), ["INT001"]).lines()


def test_six_who_speak_may_lose_one():
    assert [line for line in lines() if "code image" in line] == []


def test_count_that_settled_readings_already_bring_to_five_is_told_to_be_hidden():
    assert "Ne sera plus montré : code image, Élus et agents" in lines(absent="INT000")


def test_size_of_the_group_is_told_before_and_after():
    assert "Élus et agents : 12 → 11" in lines()


def test_withdrawn_consent_was_never_counted():
    before, after = cleaned(), cleaned("INT001")
    for result in (before, after):
        register = result.interviews["interviews"]
        consent = register["interview_id"].isin(["INT002", "INT003"]).map({True: "withdrawn", False: "given"})
        result.interviews["interviews"] = register.assign(consent=consent)
    assert "Élus et agents : 10 → 9" in effects(before, after, example(), ["INT001"]).lines()
