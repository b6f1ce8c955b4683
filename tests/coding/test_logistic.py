import math

import interviews_tiny as tiny
import numpy as np
import pandas as pd
import pytest

from pic_analysis.coding.incidence import groups, incidence, questioned
from pic_analysis.coding.logistic import CAUTION, logistic, spoken, supporting
from pic_analysis.vocabulary import SAFE_GROUPS

FIRST, SECOND, THIRD, _ = SAFE_GROUPS


def outcomes(*counts: tuple[str, int, int], each: int = 1) -> pd.DataFrame:
    """Return rows of (group, yes, no), so many rows to an interview."""
    rows = [(group, answer) for group, yes, no in counts for answer in [True] * yes + [False] * no]
    table = pd.DataFrame(rows, columns=["group", "outcome"])
    table.insert(0, "interview_id", [f"INT{n // each:03}" for n in range(len(table))])
    return table


def planted(rng: np.random.Generator, odds_ratio: float, interviews: int = 40, each: int = 6) -> pd.DataFrame:
    """Return two groups; within an interview answers are alike (beta-binomial, correlation 1/6)."""
    first = 0.5
    second = odds_ratio / (1 + odds_ratio)
    rows = []
    for number in range(2 * interviews):
        group, mean = ((FIRST, first), (SECOND, second))[number % 2]
        own = rng.beta(5 * mean, 5 * (1 - mean))
        rows += [(f"INT{number:03}", group, bool(answer)) for answer in rng.random(each) < own]
    return pd.DataFrame(rows, columns=["interview_id", "group", "outcome"])


def test_with_one_row_an_interview_it_is_the_odds_ratio_of_the_table():
    got = logistic(outcomes((FIRST, 40, 20), (SECOND, 25, 25)), reference=FIRST)
    assert got.refusals == ()
    row = got.table.iloc[0]
    assert row["odds_ratio"] == pytest.approx((25 / 25) / (40 / 20))
    # Woolf (1955), the standard error of a log odds ratio; ours is a little larger, corrected for few interviews.
    woolf = math.sqrt(1 / 40 + 1 / 20 + 1 / 25 + 1 / 25)
    got_error = (math.log(row["high"]) - math.log(row["low"])) / (2 * 1.959964)
    assert woolf <= got_error <= 1.05 * woolf
    assert math.isnan(got.diagnostics.working_correlation)


def test_the_planted_odds_ratio_is_found_back():
    rng = np.random.default_rng(8)
    fits = [logistic(planted(rng, 0.25), FIRST, leave_out=False) for _ in range(60)]
    ratios = np.array([fit.table["odds_ratio"].iloc[0] for fit in fits])
    assert np.exp(np.log(ratios).mean()) == pytest.approx(0.25, rel=0.12)
    held = [fit.table["low"].iloc[0] <= 0.25 <= fit.table["high"].iloc[0] for fit in fits]
    assert np.mean(held) >= 0.88
    correlations = [fit.diagnostics.working_correlation for fit in fits]
    assert np.mean(correlations) == pytest.approx(1 / 6, abs=0.04)


def test_alike_answers_within_an_interview_widen_the_interval():
    rows = planted(np.random.default_rng(8), 0.25)
    clustered = logistic(rows, FIRST, leave_out=False)
    alone = logistic(rows.assign(interview_id=[f"INT{n}" for n in range(len(rows))]), FIRST, leave_out=False)
    assert clustered.table["high"].iloc[0] > alone.table["high"].iloc[0]


def test_separation_is_refused_with_the_group_named():
    got = logistic(outcomes((FIRST, 30, 30), (SECOND, 40, 0), (THIRD, 0, 30)))
    assert got.table.empty
    assert f"{SECOND} : toujours le résultat étudié (séparation)" in " ".join(got.refusals)
    assert f"{THIRD} : jamais" in " ".join(got.refusals)


def test_too_few_events_are_refused():
    got = logistic(outcomes((FIRST, 9, 60), (SECOND, 8, 60)))
    assert got.table.empty
    assert "pour 2 paramètres : il en faut au moins 20" in got.refusals[0]


def test_too_few_interviews_are_refused_however_long_they_are():
    got = logistic(outcomes((FIRST, 30, 30), (SECOND, 30, 30), each=15))
    assert f"{FIRST} : moins de 5 entretiens, c’est trop peu." in got.refusals


def test_one_group_alone_has_nothing_to_be_compared_with():
    assert logistic(outcomes((FIRST, 30, 30))).refusals == ("Il faut au moins deux groupes pour comparer.",)


def test_one_interview_that_holds_a_result_alone_is_told():
    rows = outcomes((FIRST, 60, 60), (SECOND, 24, 96), each=8)
    own = rows[rows["group"] == SECOND].index
    # Fifteen interviews, of which one alone says yes; it says no as well.
    rows.loc[own, "outcome"] = False
    rows.loc[own[:5], "outcome"] = True
    got = logistic(rows, FIRST)
    assert math.isinf(got.diagnostics.largest_shift)
    assert any("tient à lui seul" in caution for caution in got.cautions)


def test_every_model_and_every_refusal_says_what_it_may_not_be_used_to_say():
    for rows in (outcomes((FIRST, 40, 20), (SECOND, 25, 25)), outcomes((FIRST, 1, 1))):
        assert logistic(rows, leave_out=False).cautions[-1] == CAUTION
    assert "exploratoire" in CAUTION
    assert {*logistic(outcomes((FIRST, 40, 20), (SECOND, 25, 25))).table["status"]} == {"exploratoire"}


def test_stakeholder_types_are_refused():
    with pytest.raises(ValueError, match="not a safe group"):
        logistic(outcomes(("elus", 30, 30), ("agents", 30, 30)))


def test_rows_are_the_questions_put():
    present = incidence(tiny.codings(), tiny.interviews(), tiny.codebook())
    known = groups(tiny.interviews())
    got = spoken(present, known, questioned(tiny.asked(), present, tiny.codebook()))
    assert len(got) == len(tiny.ASKED)
    assert got["outcome"].sum() == 6  # four speak of image, two of skill
    assert len(spoken(present, known)) == present.size


def test_directions_are_rows_of_their_own():
    got = supporting(tiny.codings(), groups(tiny.interviews()))
    assert (len(got), int(got["outcome"].sum())) == (10, 7)
