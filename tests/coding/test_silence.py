import interviews_tiny as tiny
import pandas as pd
import pytest

from pic_analysis.coding.silence import silence
from pic_analysis.vocabulary import SAFE_GROUPS

FIRST, SECOND, THIRD, FOURTH = SAFE_GROUPS


@pytest.fixture
def table():
    return silence(tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked())


def states(table: pd.DataFrame, link: str) -> dict[str, tuple[str, bool]]:
    own = table[table["link_id"] == link]
    return {row.group: (row.state, bool(row.contested)) for row in own.itertuples()}


def test_the_four_states(table):
    assert states(table, "A>B") == {
        FIRST: ("confirms", False),
        SECOND: ("denies", True),  # one supports, one contradicts: a tie is never read in favour of the theory
        THIRD: ("silent", False),
        FOURTH: ("never_asked", False),
    }


def test_nuances_alone_confirm_with_reserves(table):
    assert states(table, "B>C")[SECOND] == ("confirms", True)


def test_who_speaks_unasked_is_neither_silent_nor_never_asked(table):
    assert states(table, "RIV01")[THIRD] == ("confirms", False)
    assert states(table, "B>C")[THIRD] == ("confirms", True)


def test_an_interview_counts_once_whatever_its_coders_and_merged_codes(table):
    row = table[(table["link_id"] == "A>B") & (table["group"] == FIRST)].iloc[0]
    assert row[["interviews", "asked", "supports", "nuances", "contradicts"]].tolist() == [2, 2, 2, 0, 0]


def test_codes_of_no_link_are_left_out_and_links_of_no_code_are_shown():
    got = silence(tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked(), ["C>D", "A>B"])
    assert [*dict.fromkeys(got["link_id"])] == ["C>D", "A>B", "B>C", "RIV01"]
    assert {state for state, _ in states(got, "C>D").values()} == {"never_asked"}


def test_a_larger_number_of_supports_confirms_and_the_contradiction_still_shows():
    codings = tiny.codings().assign(interview_id=["INT003"] * 5 + ["INT004"] * 5, code_id="image")
    codings["direction"] = ["supports"] * 9 + ["contradicts"]
    got = silence(codings, tiny.interviews(), tiny.codebook(), tiny.asked())
    assert states(got, "A>B")[SECOND] == ("confirms", True)


def test_a_withdrawn_interview_leaves_no_voice():
    register = tiny.interviews().assign(consent="withdrawn")
    got = silence(tiny.codings(), register, tiny.codebook(), tiny.asked())
    assert {*got["state"]} == {"never_asked"}


def test_nobody_was_ever_asked_anything():
    got = silence(tiny.codings()[:0], tiny.interviews(), tiny.codebook(), tiny.asked()[:0])
    assert {*got["state"]} == {"unrecorded"}  # without a trace of the questions, nobody knows


def test_without_a_trace_of_the_questions_only_those_who_spoke_have_a_state():
    got = silence(tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked()[:0])
    assert {state for state, _ in states(got, "A>B").values()} == {"confirms", "denies", "unrecorded"}
    assert states(got, "A>B")[THIRD] == ("unrecorded", False)


def test_a_group_that_nobody_met_was_never_asked_whatever_the_trace():
    met = tiny.interviews()[:6]  # nobody of the fourth group
    got = silence(tiny.codings(), met, tiny.codebook(), tiny.asked()[:0])
    assert states(got, "A>B")[FOURTH] == ("never_asked", False)


def test_types_cases_and_interviews_never_come_out(table):
    assert not {"stakeholder_type", "case", "interview_id"} & {*table.columns}
    assert {*table["group"]} == {*SAFE_GROUPS}


def test_a_direction_that_is_not_known_is_refused_rather_than_read_as_silence():
    with pytest.raises(ValueError, match="perhaps"):
        silence(tiny.codings().assign(direction="perhaps"), tiny.interviews(), tiny.codebook(), tiny.asked())


def test_a_mixed_reading_both_supports_and_contradicts():
    codings = tiny.codings()[:1].assign(direction="mixed")
    got = silence(codings, tiny.interviews(), tiny.codebook(), tiny.asked())
    assert states(got, "A>B")[FIRST] == ("denies", True)


def test_the_mechanisms_of_an_arrow_speak_of_the_arrow():
    book = tiny.codebook()
    book.loc[book["code_id"] == "skill", ["parent", "link_id"]] = ["image", "A>B-1"]
    got = silence(tiny.codings(), tiny.interviews(), book, tiny.asked())
    assert states(got, "A>B")[THIRD] == ("confirms", True)  # through skill alone
    row = got[(got["link_id"] == "A>B") & (got["group"] == FIRST)].iloc[0]
    assert row[["asked", "supports", "voices"]].tolist() == [2, 2, 2]
    assert states(got, "A>B-1") == states(silence(*everything()), "B>C")


def everything():
    return tiny.codings(), tiny.interviews(), tiny.codebook(), tiny.asked()


def test_where_two_voices_are_asked_for_a_lone_one_neither_breaks_a_silence_nor_shows():
    got = silence(*everything(), fewest=2)
    assert states(got, "B>C")[FIRST] == ("silent", False)
    assert states(got, "RIV01")[THIRD] == ("never_asked", False)
    assert states(got, "A>B")[FIRST] == ("confirms", False)
    assert states(got, "A>B")[SECOND] == ("denies", False)
    assert got["voices"].tolist() == silence(*everything())["voices"].tolist()
