import bodies
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.evidence.body import Body
from pic_analysis.evidence.chain import agreeing, attachments, claims, sources

STATEMENT = {"statement_id": "B1-01", "role": "change", "polarity": "supports"}


def voice(number, speaker="P11", kind="interview", statement="B1-01", case="Part", polarity="supports"):
    return {
        "testimony_id": f"tem-{number:03d}",
        "speaker_kind": kind,
        "speaker_id": speaker,
        "statement_id": statement,
        "case": case,
        "polarity": polarity,
    }


def citation(number, case="Eco", statement="B1-01"):
    return {"citation_id": f"cit-{number:03d}", "statement_id": statement, "case": case, "cell_id": f"{case}_PC1_1"}


def support(statement, relation="supports", basis="explicit", claim="CCL01"):
    return {"conclusion_id": claim, "statement_id": statement, "relation": relation, "basis": basis}


def arrow(statement, mechanism="", relation="supports", basis="explicit"):
    return {
        "link_id": "A>B",
        "mechanism_id": mechanism,
        "statement_id": statement,
        "relation": relation,
        "basis": basis,
    }


def judged(unit, variable, first, second):
    return {
        "unit_id": unit,
        "unit_kind": "conclusion_support",
        "variable": variable,
        "reading_a": first,
        "reading_b": second,
    }


def rows(frame):
    """Return the rows of a frame as a set of tuples; a repeated row would be lost, so none may be."""
    assert not frame.duplicated().any()
    return set(frame.itertuples(index=False, name=None))


def test_each_source_has_its_name_case_and_kind():
    study = bodies.study(
        statements=[STATEMENT],
        citations=[citation(1)],
        testimonies=[voice(1), voice(2, "expert-x", "expert", case=""), voice(3, "ITAB", "document", case="")],
    )
    assert rows(sources(study)) == {
        ("B1-01", "cas:Eco", "Eco", "case_study", True),
        ("B1-01", "entretien:P11", "Part", "interview", True),
        ("B1-01", "expert:expert-x", "", "expert", True),
        ("B1-01", "document:ITAB", "", "document", True),
    }


def test_ten_quotations_of_one_respondent_are_one_source():
    got = sources(bodies.study(statements=[STATEMENT], testimonies=[voice(n) for n in range(10)]))
    assert got["source"].tolist() == ["entretien:P11"]


def test_five_cells_of_one_case_are_one_case():
    got = sources(bodies.study(statements=[STATEMENT], citations=[citation(n) for n in range(5)]))
    assert got["source"].tolist() == ["cas:Eco"]


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [("sans-code-007", "interview"), ("sans-code-008", "document"), ("expert-panel", "expert")],
)
def test_voice_that_may_be_somebody_counted_already_is_no_source(speaker, kind):
    got = sources(bodies.study(statements=[STATEMENT], testimonies=[voice(1, speaker, kind, case="")]))
    assert got.empty


def test_voice_that_stands_with_no_statement_is_no_source():
    assert sources(bodies.study(statements=[STATEMENT], testimonies=[voice(1, statement="")])).empty


def test_case_quoted_through_its_own_cell_is_the_same_source():
    quoted = voice(1, "Eco_PC1_1", "document", case="Eco")
    got = sources(bodies.study(statements=[STATEMENT], citations=[citation(1)], testimonies=[quoted]))
    assert got["source"].tolist() == ["cas:Eco"]


@pytest.mark.parametrize(
    ("said", "told", "expected"),
    [
        ("supports", "supports", True),
        ("nuances", "supports", False),
        ("contradicts", "supports", False),
        ("supports", "nuances", False),
        ("nuances", "nuances", True),
        ("contradicts", "nuances", True),
        ("supports", "contradicts", False),
        ("nuances", "contradicts", False),
        ("contradicts", "contradicts", True),
    ],
)
def test_voice_agrees_that_goes_at_least_as_far_as_its_statement(said, told, expected):
    assert agreeing(pd.Series([said]), pd.Series([told])).tolist() == [expected]


def test_respondent_who_says_both_agrees_and_dissents():
    study = bodies.study(statements=[STATEMENT], testimonies=[voice(1), voice(2, polarity="contradicts")])
    assert sorted(sources(study)["agrees"]) == [False, True]


def test_key_point_adds_nothing():
    point = {"statement_id": "B4-01", "role": "key_point", "polarity": "supports"}
    table = [support("B1-01"), support("B4-01")]
    got = attachments(bodies.study(statements=[STATEMENT, point], conclusion_support=table), "conclusion")
    assert got["statement_id"].tolist() == ["B1-01"]


def test_statement_that_speaks_both_ways_to_an_arrow_opposes_it():
    table = [arrow("B1-01", "A>B-1"), arrow("B1-01", "A>B-2", "opposes", "coder_reading")]
    study = bodies.study(statements=[STATEMENT], link_support=table)
    assert attachments(study, "link")[["claim_id", "relation"]].to_numpy().tolist() == [["A>B", "opposes"]]
    assert rows(attachments(study, "mechanism")) == {
        ("A>B-1", "B1-01", "supports", "explicit"),
        ("A>B-2", "B1-01", "opposes", "coder_reading"),
    }


def test_statement_that_two_mechanisms_of_an_arrow_share_is_explicit_if_it_is_so_once():
    table = [arrow("B1-01", "A>B-1"), arrow("B1-01", "A>B-2", basis="coder_reading")]
    study = bodies.study(statements=[STATEMENT], link_support=table)
    assert rows(attachments(study, "link")) == {("A>B", "B1-01", "supports", "explicit")}


def test_statement_on_an_arrow_alone_tests_no_mechanism():
    study = bodies.study(statements=[STATEMENT], link_support=[arrow("B1-01")])
    assert attachments(study, "mechanism").empty
    assert rows(attachments(study, "link")) == {("A>B", "B1-01", "supports", "explicit")}


def test_study_without_a_chain_attaches_nothing():
    study = bodies.study(statements=[STATEMENT])
    for reading in ("settled", "a", "b"):
        assert attachments(study, "conclusion", reading).empty


def test_each_coder_alone_attaches_what_they_read():
    table = [
        judged("CCL01.B1-01", "relation", "supports", "opposes"),
        judged("CCL01.B1-01", "basis", "explicit", "coder_reading"),
        judged("CCL02.B1-02", "relation", "", "supports"),  # the first coder attached nothing
        judged("CCL02.B1-02", "basis", "", "explicit"),
        judged("CCL01.B9-99", "relation", "supports", "supports"),  # a statement withdrawn since
        judged("CCL01.B9-99", "basis", "explicit", "explicit"),
    ]
    study = bodies.study(
        statements=[STATEMENT, {**STATEMENT, "statement_id": "B1-02"}],
        conclusions=[{"conclusion_id": "CCL01"}, {"conclusion_id": "CCL02"}],
        conclusion_support=[support("B1-09")],
        double_coding=table,
    )
    assert rows(attachments(study, "conclusion", "a")) == {("CCL01", "B1-01", "supports", "explicit")}
    assert rows(attachments(study, "conclusion", "b")) == {
        ("CCL01", "B1-01", "opposes", "coder_reading"),
        ("CCL02", "B1-02", "supports", "explicit"),
    }


def test_claims_come_in_the_order_of_their_tables(tiny_study):
    study = bodies.study(conclusions=[{"conclusion_id": "CCL02"}, {"conclusion_id": "CCL01"}])
    assert claims(study, "conclusion") == ["CCL02", "CCL01"]
    expected = {"conclusion": ["CCL01"], "lesson": ["ENS1"], "link": ["A>B", "B>C"], "mechanism": ["A>B-1"]}
    assert {kind: claims(tiny_study(), kind) for kind in expected} == expected


KNOWN = ["B1-01", "B1-02", "B1-03"]
stories = st.fixed_dictionaries(
    {
        "statements": st.tuples(*(st.sampled_from(["change", "limit", "key_point"]) for _ in KNOWN)),
        "citations": st.lists(st.tuples(st.sampled_from(["Eco", "Part"]), st.sampled_from(KNOWN)), max_size=5),
        "testimonies": st.lists(
            st.tuples(
                st.sampled_from(["P11", "P12", "E1", "sans-code-003", "expert-x", "expert-panel"]),
                st.sampled_from(["", *KNOWN]),
                st.sampled_from(["supports", "nuances"]),
            ),
            max_size=6,
        ),
        "conclusion_support": st.dictionaries(st.sampled_from(KNOWN), st.sampled_from(["supports", "opposes"])),
    }
)


def tables(story):
    """Return the rows of a study from a story drawn at random; every statement supports the change."""

    def quoted(number, speaker, statement, polarity):
        kind = "expert" if speaker.startswith("expert") else "interview"
        case = {"P": "Part", "E": "Eco"}.get(speaker[0], "")
        return voice(number, speaker, kind, statement, case, polarity)

    return {
        "statements": [
            {"statement_id": s, "role": role, "polarity": "supports"}
            for s, role in zip(KNOWN, story["statements"], strict=True)
        ],
        "citations": [citation(n, *row) for n, row in enumerate(story["citations"])],
        "testimonies": [quoted(n, *row) for n, row in enumerate(story["testimonies"])],
        "conclusion_support": [support(*pair) for pair in story["conclusion_support"].items()],
    }


def counted(rows_of):
    """Return what the body of the conclusion of a story counts."""
    study = bodies.study(**rows_of)
    body = Body(attachments(study, "conclusion"), sources(study))
    counts = body.count(body.everything())
    return {name: int(getattr(counts, name)[0]) for name in ("sources", "cases", "respondents", "supports", "against")}


@bodies.unhurried
@given(stories)
def test_body_of_a_story_is_that_of_plain_python(story):
    roles = dict(zip(KNOWN, story["statements"], strict=True))
    relations = {s: r for s, r in story["conclusion_support"].items() if roles[s] != "key_point"}
    signed = [v for v in story["testimonies"] if v[0] not in ("sans-code-003", "expert-panel")]
    supporting = {s for s, relation in relations.items() if relation == "supports"}
    people = {who for who, s, said in signed if s in supporting and said == "supports"}
    cases = {case for case, s in story["citations"] if s in supporting}
    respondents = people - {"expert-x"}
    dissenting = {who for who, s, said in signed if s in supporting and said == "nuances"}
    assert counted(tables(story)) == {
        "sources": len(people) + len(cases),
        "cases": len(cases | {"Part" if who[0] == "P" else "Eco" for who in respondents}),
        "respondents": len(respondents),
        "supports": len(supporting),
        "against": len(relations) - len(supporting) + len(dissenting),
    }


@bodies.unhurried
@given(stories, st.randoms(use_true_random=False))
def test_order_of_rows_and_repeated_quotations_change_nothing(story, chance):
    expected = tables(story)
    got = {name: [*found] for name, found in expected.items()}
    got["citations"] *= 2
    got["testimonies"] *= 3
    for found in got.values():
        chance.shuffle(found)
    assert counted(got) == counted(expected)


@bodies.unhurried
@given(stories)
def test_key_points_and_unsigned_voices_change_nothing(story):
    expected = tables(story)
    point = {"statement_id": "B4-01", "role": "key_point", "polarity": "supports"}
    got = {
        "statements": [*expected["statements"], point],
        "citations": [*expected["citations"], citation(98, "Agri", "B4-01")],
        "testimonies": [
            *expected["testimonies"],
            voice(98, "P99", statement="B4-01"),
            voice(99, "sans-code-099", case=""),
        ],
        "conclusion_support": [*expected["conclusion_support"], support("B4-01")],
    }
    assert counted(got) == counted(expected)
