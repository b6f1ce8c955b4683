import json

import pytest
import tiny

from pic_analysis.evidence.chain import CLAIM_KINDS, claims
from pic_analysis.evidence.passport import MENTION, Accounts, accounts, as_record

# A second conclusion, which rests on one respondent and on nothing else.
PLANTED = {
    "statements": [
        *tiny.ROWS["statements"],
        ("B1-03", "3.2.1", "B", "change", "supports", "un", "Une personne raconte.", "une personne"),
    ],
    "conclusions": [*tiny.ROWS["conclusions"], ("CCL02", "B", "contribution", "", "Une vie a changé.")],
    "conclusion_support": [*tiny.ROWS["conclusion_support"], ("CCL02", "B1-03", "supports", "explicit")],
}
P12 = ("tem-004", "interview", "P12", "B1-03", "3.2.1", "supports", "Ma vie a changé.", "ma vie a")


def records(study):
    """Return the accounts of every claim of a study, as plain values."""
    known = Accounts(study)
    return {(kind, account.id): as_record(account, study) for kind in CLAIM_KINDS for account in known.all(kind)}


@pytest.fixture
def with_p12(tiny_study):
    return tiny_study(**PLANTED, testimonies=[*tiny.ROWS["testimonies"], P12])


def test_planted_conclusion_falls_without_its_only_respondent(with_p12):
    got = Accounts(with_p12).of("conclusion", "CCL02")
    assert got.losses[["dimension", "removed", "confidence", "verdict"]].to_numpy().tolist() == [
        ["case", "Part", "none", "falls"],
        ["respondent", "entretien:P12", "none", "falls"],
        ["kind", "interview", "none", "falls"],
    ]
    assert got.smallest == (("entretien:P12",),)
    assert got.mention == ""


def test_respondent_who_goes_from_the_tables_takes_the_planted_conclusion_and_nothing_else(with_p12, tiny_study):
    before = records(with_p12)
    after = records(tiny_study(**PLANTED))
    planted = "conclusion", "CCL02"
    assert (before[planted]["mention_fr"], after[planted]["mention_fr"]) == ("", MENTION)
    assert after[planted]["strength"]["confidence"] == "none"
    assert len(before) == 6
    assert {key: record for key, record in before.items() if key != planted} == {
        key: record for key, record in after.items() if key != planted
    }


def test_account_of_a_conclusion_worked_out_by_hand(tiny_study):
    # B1-01 has the cells of Eco and Part, and P11 (of Part); against: B1-02, which no identified source backs.
    got = Accounts(tiny_study()).of("conclusion", "CCL01")
    assert (got.supporting, got.opposing) == (["B1-01"], ["B1-02"])
    found = got.strength
    assert (found.sources, found.cases, found.respondents, found.kinds) == (3, 2, 1, 1)
    assert (found.supports, found.against, found.share) == (1, 1, 0.5)
    # One respondent short of a medium extent; the agreement is at its threshold.
    assert (found.extent, found.agreement, found.confidence) == ("limited", "medium", "low")
    assert got.smallest == (("cas:Eco", "cas:Part", "entretien:P11"),)
    assert got.rivals[["rival_id", "fate"]].to_numpy().tolist() == [["RIV01", "completes"]]


def test_statements_come_in_the_order_of_the_story(tiny_study):
    support = [("CCL01", "C2-01", "supports", "explicit"), *reversed(tiny.ROWS["conclusion_support"])]
    got = Accounts(tiny_study(conclusion_support=support)).of("conclusion", "CCL01")
    assert got.attached["statement_id"].tolist() == ["B1-01", "B1-02", "C2-01"]


def test_every_voice_of_the_statements_is_shown_and_the_experts_who_dissent_apart(tiny_study):
    nuance = ("tem-004", "interview", "P12", "B1-01", "3.2.1", "nuances", "Cela dépend des rues.", "cela dépend")
    got = Accounts(tiny_study(testimonies=[*tiny.ROWS["testimonies"], nuance])).of("conclusion", "CCL01")
    # P11 agrees; the panel nuances, the unsigned voice repeats what contradicts, and P12 is no expert.
    assert got.voices[["testimony_id", "agrees"]].to_numpy().tolist() == [
        ["tem-001", True],
        ["tem-002", False],
        ["tem-003", True],
        ["tem-004", False],
    ]
    assert got.dissent["testimony_id"].tolist() == ["tem-002"]


def test_claim_that_no_statement_tests_is_published_with_its_mention(tiny_study):
    got = Accounts(tiny_study()).of("link", "B>C")
    assert (got.mention, got.strength.confidence, got.smallest) == (MENTION, "none", ())
    assert (got.losses.empty, got.attached.empty, got.rivals.empty) == (True, True, True)


def test_unknown_claim_names_the_nearest(tiny_study):
    with pytest.raises(KeyError, match="CCL09.*CCL01"):
        Accounts(tiny_study()).of("conclusion", "CCL09")


def test_accounts_of_a_kind_come_in_the_order_of_its_table(tiny_study):
    assert [account.id for account in Accounts(tiny_study()).all("link")] == ["A>B", "B>C"]


def test_accounts_of_a_study_are_computed_once(tiny_study):
    study = tiny_study()
    known = accounts(study)
    assert accounts(study) is known
    assert known.of("link", "A>B") is known.of("link", "A>B")
    assert accounts(tiny_study(link_support=[])).of("link", "A>B").mention == MENTION


def test_records_are_plain_values_that_json_can_hold(tiny_study):
    for (kind, claim), record in records(tiny_study()).items():
        assert json.loads(json.dumps(record)) == record
        assert (record["kind"], record["id"]) == (kind, claim)
        assert record["summary_fr"]


AGREES = {"supports": {"supports"}, "nuances": {"nuances", "contradicts"}, "contradicts": {"contradicts"}}


def recounted(study, kind, claim):
    """Count again, by loops over the rows of the tables, what a claim rests on."""
    about = CLAIM_KINDS[kind]
    told = {row["statement_id"]: row for row in study.statements.to_dict("records")}
    own = [row for row in study.tables[about.support].to_dict("records") if row[about.key] == claim]
    own = [row for row in own if told[row["statement_id"]]["role"] != "key_point"]
    opposes = {row["statement_id"] for row in own if row["relation"] == "opposes"}
    supports = {row["statement_id"] for row in own} - opposes
    cited = [row for row in study.citations.to_dict("records") if row["statement_id"] in supports]
    favours = {("case_study", row["case"], row["case"]) for row in cited}
    dissents = set()
    for voice in study.testimonies.to_dict("records"):
        kind, name, case = voice["speaker_kind"], voice["speaker_id"], voice["case"]
        if voice["statement_id"] not in supports or name.startswith("sans-code-") or name == "expert-panel":
            continue
        if kind == "document" and case and name.startswith(f"{case}_"):  # words signed by a cell
            kind, name = "case_study", case
        agrees = voice["polarity"] in AGREES[told[voice["statement_id"]]["polarity"]]
        (favours if agrees else dissents).add((kind, name, case))
    return {
        "sources": len(favours),
        "cases": len({case for _, _, case in favours} - {""}),
        "respondents": len([kind for kind, _, _ in favours if kind == "interview"]),
        "kinds": len({kind for kind, _, _ in favours} - {"case_study"}),
        "supports": len(supports),
        "against": len(opposes) + len(dissents),
    }


@pytest.mark.parametrize("kind", [*CLAIM_KINDS])
def test_every_count_of_the_real_study_comes_from_the_rows_of_its_tables(loos, kind):
    got = {account.id: account.strength for account in accounts(loos).all(kind)}
    expected = {claim: recounted(loos, kind, claim) for claim in claims(loos, kind)}
    assert {claim: {name: getattr(found, name) for name in expected[claim]} for claim, found in got.items()} == expected


def test_every_claim_of_the_real_study_with_a_source_has_a_loss_that_weakens_it_and_others_a_mention(loos):
    for kind in CLAIM_KINDS:
        for account in accounts(loos).all(kind):
            assert bool(account.mention) == (account.strength.sources == 0)
            assert bool(account.smallest) == (account.strength.sources > 0)
            assert len({len(names) for names in account.smallest}) <= 1


def test_shares_of_each_conclusion_of_the_real_study_sum_to_one(loos):
    got = accounts(loos).shares
    assert got.index.tolist() == claims(loos, "conclusion")
    assert got.sum(axis=1).to_numpy() == pytest.approx(1)
