import pandas as pd
import pytest
from coding.judgements import slow_alpha, value
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.coding.grids import directions, passage_of, passages, presence

COLUMNS = ["interview_id", "code_id", "coder", "segment_id"]


def codings(*rows):
    """Return codings written as `INT001 a A 0-10`."""
    parts = [row.split() for row in rows]
    return pd.DataFrame([(i, code, coder, f"{i}:{where}") for i, code, coder, where in parts], columns=COLUMNS)


def test_same_codings_agree_or_disagree_with_the_units_that_nobody_coded():
    # 100 interviews, 25 codes; one code is put by both coders in 44 interviews and by one alone in 56.
    rows = [f"INT{i:03d} a {coder} 0-9" for i in range(100) for coder in ("AB" if i < 44 else "A" if i < 72 else "B")]
    read = pd.DataFrame(
        [(f"INT{i:03d}", coder) for i in range(100) for coder in "AB"], columns=["interview_id", "coder"]
    )
    codes = ["a", *(f"b{n}" for n in range(24))]
    counted, left_out = (presence(codings(*rows), codes, silent=silent, read=read) for silent in (True, False))
    # By hand, 144 judgements "présent" out of 2 x 2500, or of 2 x 100: 1 - observed / expected disagreement.
    assert value(counted, "alpha") == pytest.approx(1 - (56 / 2500) / (2 * 144 * 4856 / (5000 * 4999)))
    assert value(left_out, "alpha") == pytest.approx(1 - (56 / 100) / (2 * 144 * 56 / (200 * 199)))
    assert [round(value(ratings, "alpha"), 2) for ratings in (counted, left_out)] == [0.60, -0.38]
    assert (counted.grid, left_out.grid) == (
        "entretien × code, avec les unités que personne n’a codées",
        "entretien × code, sans les unités que personne n’a codées",
    )
    assert value(left_out, "percent") == pytest.approx(0.44)


def test_coder_who_did_not_read_an_interview_judged_nothing_there():
    got = presence(codings("INT001 a A 0-9", "INT001 b B 0-9", "INT002 a A 0-9"), ["a", "b"])
    assert got.units["unit_id"].tolist() == ["INT001/a", "INT001/b", "INT002/a", "INT002/b"]
    assert got.values.tolist() == [[1, 0], [0, 1], [1, -1], [0, -1]]


def test_who_read_what_may_be_given():
    read = pd.DataFrame({"interview_id": ["INT001", "INT001"], "coder": ["A", "B"]})
    assert presence(codings("INT001 a A 0-9"), ["a"], read=read).values.tolist() == [[1, 0]]


def test_code_out_of_the_codebook_is_refused():
    with pytest.raises(ValueError, match=r"\['z'\] are not among the 1 codes"):
        presence(codings("INT001 z A 0-9"), ["a"])


def test_passage_is_what_overlaps_in_one_interview():
    got = passage_of(
        codings("INT001 a A 0-10", "INT001 a B 5-20", "INT001 b A 19-30", "INT001 b A 30-31", "INT002 a A 5-20")
    )
    assert got.tolist() == ["INT001:0-30", "INT001:0-30", "INT001:0-30", "INT001:30-31", "INT002:5-20"]


def test_passages_follow_the_text_and_not_the_letters_of_their_numbers():
    got = passages(codings("INT001 a A 100-110", "INT001 a B 9-20"), ["a"])
    assert got.units["passage"].tolist() == ["INT001:9-20", "INT001:100-110"]
    assert got.values.tolist() == [[0, 1], [1, 0]]
    assert got.grid == "passage × code, avec les unités que personne n’a codées"


def test_two_codes_on_one_passage_are_two_units_and_a_silent_code_a_third():
    coded = codings("INT001 a A 0-10", "INT001 b B 5-20")
    assert passages(coded, ["a", "b", "c"]).values.tolist() == [[1, 0], [0, 1], [0, 0]]
    assert passages(coded, ["a", "b", "c"], silent=False).values.tolist() == [[1, 0], [0, 1]]


def test_segment_without_offsets_is_refused():
    with pytest.raises(ValueError, match=r"INT001:9-3"):
        passages(codings("INT001 a A 9-3"), ["a"])


segments = st.lists(
    st.tuples(
        st.sampled_from(["INT001", "INT002"]),
        st.sampled_from("ab"),
        st.sampled_from("AB"),
        st.integers(0, 40),
        st.integers(1, 9),
    ),
    max_size=15,
)


@given(segments, st.randoms())
def test_passages_are_apart_and_cover_every_segment_in_any_order(rows, random):
    coded = codings(*(f"{i} {code} {coder} {start}-{start + long}" for i, code, coder, start, long in rows))
    got = passage_of(coded)
    for segment, passage in zip(coded["segment_id"], got, strict=True):
        (i, s), (j, p) = segment.split(":"), passage.split(":")
        inside = [*map(int, s.split("-"))]
        around = [*map(int, p.split("-"))]
        assert i == j
        assert around[0] <= inside[0] < inside[1] <= around[1]
    covered = [(p.split(":")[0], place) for p in {*got} for place in range(*map(int, p.split(":")[1].split("-")))]
    assert len(covered) == len({*covered})
    shuffled = coded.sample(frac=1, random_state=random.randrange(1000))
    assert passage_of(shuffled).reindex(coded.index).tolist() == got.tolist()


@given(segments)
def test_grids_never_lose_a_coding(rows):
    coded = codings(*(f"{i} {code} {coder} {start}-{start + long}" for i, code, coder, start, long in rows))
    for grid in (presence, passages):
        silent, spoken = (grid(coded, ["a", "b"], silent=kept) for kept in (True, False))
        assert (silent.values == 1).sum() == (spoken.values == 1).sum()
    found = coded.drop_duplicates(["interview_id", "code_id", "coder"])
    assert (presence(coded, ["a", "b"]).values == 1).sum() == len(found)


def test_directions_are_compared_where_both_found_the_code_and_ordered():
    coded = codings("INT001 a A 0-9", "INT001 a B 0-9", "INT001 b A 0-9", "INT002 a A 0-9", "INT002 a B 0-9")
    coded["direction"] = ["supports", "nuances", "supports", "contradicts", "contradicts"]
    got = directions(coded)
    assert got.values.tolist() == [[2, 1], [2, -1], [0, 0]]
    assert value(got, "alpha", level="ordinal") == pytest.approx(slow_alpha(got, "ordinal"))
