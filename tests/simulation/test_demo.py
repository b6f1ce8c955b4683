"""The demonstration is what it says: reproducible, fictitious, messy, and its planted truth is found back."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import REPOSITORY

from pic_analysis.cleaning import study as cleaning
from pic_analysis.coding.agreement import agreement
from pic_analysis.interviews import Interviews, settled
from pic_analysis.reading import registry
from pic_analysis.simulation import demo
from pic_analysis.simulation.delivery import DOUBLE, ORIGINAL, WITHDRAWN
from pic_analysis.simulation.truth import DEMO, Coder, codes, group_of

RAW = REPOSITORY / "data" / "raw" / demo.STUDY
PROCESSED = REPOSITORY / "data" / "processed" / demo.STUDY / "entretiens"
SUBJECT = codes(DEMO)
FIELD = demo.field()


@pytest.fixture(scope="module")
def told() -> Interviews:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        return Interviews.load(demo.STUDY)


@pytest.fixture(scope="module")
def truth():
    return yaml.safe_load((RAW / "verite_plantee.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def units(told):
    """One row for each code that somebody was asked about, with what each coder read, empty where nothing."""
    readings = told.codings.pivot_table(
        index=["interview_id", "code_id"], columns="coder", values="direction", aggfunc="first"
    )
    asked = told.asked.merge(readings.reset_index(), on=["interview_id", "code_id"], how="left").fillna("")
    people = told.interviews.set_index("interview_id")["stakeholder_type"].map(group_of)
    return asked.assign(group=asked["interview_id"].map(people), subject=asked["code_id"].map(SUBJECT))


def margin(share, size, times=4.0):
    """Return so many standard errors of a share."""
    return times * math.sqrt(share * (1 - share) / size)


def test_simulation_gives_the_committed_bytes():
    made = demo.study_files()
    committed = {name: (RAW / name).read_bytes() for name in made}
    assert [name for name in made if made[name] != committed[name]] == []
    assert registry.verify(RAW) == ()


def test_cleaning_gives_the_committed_tables(monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    result = cleaning.clean(demo.STUDY)
    assert result.report.errors == ()
    assert result.tables == {}
    made = cleaning.processed_files(result.interviews, "entretiens")
    assert [name for name, content in made.items() if (PROCESSED / name).read_bytes() != content] == []


def test_everything_says_that_it_is_a_demonstration(told):
    assert {frame.attrs["provenance"] for frame in told.tables.values()} == {"demo"}
    assert "demo" in told.settings.title_fr
    assert all("demo" in case.label_fr for case in told.settings.cases)
    assert "fictif" in (RAW / "README.md").read_text(encoding="utf-8")


def test_margins_are_those_of_the_real_evaluation(told):
    # The chart of section 1.3 of the report of 2016.
    assert told.interviews["stakeholder_type"].value_counts().to_dict() == {
        "elus": 8,
        "agents": 14,
        "habitants": 17,
        "associations": 12,
        "agriculteurs": 7,
        "entreprises": 8,
        "collectivites": 10,
        "autres_acteurs_publics": 8,
        "autres_organisations": 10,
        "chercheurs": 3,
    }


def test_mess_is_as_announced():
    files = {path.name: path.read_bytes() for path in (RAW / "entretiens").iterdir()}
    register = files["registre.csv"].decode("cp1252").split("\r\n")
    assert register[0].startswith("Entretien (demo);")
    assert register[1].startswith("Code entretien;")
    with pytest.raises(UnicodeDecodeError):
        files["registre.csv"].decode("utf-8")
    assert b",0;" in files["codages_A.csv"]
    assert files["grille.csv"].startswith(b"\xef\xbb\xbf")


def test_withdrawn_interview_is_nowhere_and_the_double_only_in_quarantine(told):
    texts = {path.name: path.read_text(encoding="utf-8") for path in PROCESSED.iterdir()}
    assert [name for name, text in texts.items() if WITHDRAWN in text] == []
    assert [name for name, text in texts.items() if DOUBLE in text] == ["quarantine.csv"]
    assert told.quarantine["reason_fr"].str.contains(f"mêmes segments que {ORIGINAL}").sum() == 1


def test_cleaning_keeps_every_coding_that_was_simulated(told):
    kept = set(told.interviews["interview_id"])
    expected = {
        (
            coder,
            passage.interview,
            f"{passage.interview}:{passage.start}-{passage.end}",
            passage.code,
            passage.direction,
        )
        for coder, passages in FIELD.coded.items()
        for passage in passages
        if passage.interview in kept
    }
    columns = ["coder", "interview_id", "segment_id", "code_id", "direction"]
    assert {*told.codings[columns].itertuples(index=False, name=None)} == expected


def test_links_that_hold_are_found_back(told, truth):
    read = settled(told.codings, told.disagreements).query("reading in ['supports', 'contradicts']")
    share = read["reading"].eq("supports").groupby(read["code_id"].map(SUBJECT)).mean()
    links = share[[*DEMO.links]]
    assert sorted(links.index[links > 0.5]) == sorted(truth["liens_qui_tiennent"])
    # Of what is not a nuance: .85 / .90 where it holds, .15 / .80 where it does not.
    for link, holds in DEMO.links.items():
        expected = 0.85 / 0.90 if holds else 0.15 / 0.80
        size = int((read["code_id"].map(SUBJECT) == link).sum())
        assert abs(share[link] - expected) < margin(expected, size)


def test_true_rival_is_found_back(units, truth):
    said = units.assign(said=(units[["A", "B"]] != "").all(axis=1))
    share = said[said["subject"].isin(DEMO.rivals)].groupby("subject")["said"].mean()
    assert [share.idxmax()] == truth["rivale_vraie"]
    assert share.drop(share.idxmax()).max() < share.max() / 2


def test_silent_group_and_unasked_link_are_found_back(units, truth):
    said = units.assign(said=(units[["A", "B"]] != "").all(axis=1))
    links = said[said["subject"].isin(DEMO.links)]
    share = links.groupby(["group", "subject"])["said"].mean().unstack()
    never = share.isna().stack()
    assert [*never.index[never]] == [(truth["jamais_interroge"]["groupe"], truth["jamais_interroge"]["lien"])]
    assert share.stack().idxmin() == (truth["groupe_silencieux"]["groupe"], truth["groupe_silencieux"]["lien"])
    assert share.stack().nsmallest(2).iloc[1] > 5 * share.stack().min()


@pytest.mark.parametrize("coder", ["A", "B"])
def test_errors_of_each_coder_are_found_back(units, truth, coder):
    """Against what was truly said, which only a simulation knows."""
    planted = truth["codeurs"][coder]
    said = {(passage.interview, passage.code): passage.direction for passage in FIELD.said}
    true = [said.get(unit, "") for unit in zip(units["interview_id"], units["code_id"], strict=True)]
    marked, true = units[coder].to_numpy(), np.array(true, dtype=object)
    there, found = true != "", (true != "") & (marked != "")
    got = {
        "oublie": ((marked == "") & there).sum() / there.sum(),
        "invente": ((marked != "") & ~there).sum() / (~there).sum(),
        "se_trompe_de_sens": (marked[found] != true[found]).mean(),
    }
    sizes = {"oublie": there.sum(), "invente": (~there).sum(), "se_trompe_de_sens": found.sum()}
    for name, share in got.items():
        assert abs(share - planted[name]) < margin(planted[name], sizes[name]), name


def expected_agreement(prevalence):
    """Return the agreement on presence that the planted errors give, and its kappa.

    Errors are independent given the truth: p(both say yes) = π (1 - m_A)(1 - m_B) + (1 - π) f_A f_B, and so on.
    """
    a, b = DEMO.coders["A"], DEMO.coders["B"]
    both = prevalence * (1 - a.misses) * (1 - b.misses) + (1 - prevalence) * a.invents * b.invents
    yes = [prevalence * (1 - coder.misses) + (1 - prevalence) * coder.invents for coder in (a, b)]
    none = 1 - yes[0] - yes[1] + both
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return both + none, (both + none - chance) / (1 - chance)


def test_agreement_is_the_one_that_the_planted_errors_give(units):
    said = {(passage.interview, passage.code) for passage in FIELD.said}
    prevalence = np.mean([unit in said for unit in zip(units["interview_id"], units["code_id"], strict=True)])
    percent, kappa = expected_agreement(prevalence)
    got = agreement(units["A"].ne("").map(str), units["B"].ne("").map(str))
    assert got.units == len(units)
    assert abs(got.percent - percent) < margin(percent, got.units)
    assert abs(got.kappa - kappa) < 0.06


def test_without_errors_the_coders_agree_on_everything():
    perfect = replace(DEMO, coders=dict.fromkeys("AB", Coder(misses=0.0, invents=0.0, turns=0.0)))
    marked = [
        {(passage.interview, passage.code, passage.direction) for passage in passages}
        for passages in demo.field(perfect).coded.values()
    ]
    assert marked[0] == marked[1]


def test_another_seed_gives_other_interviews_with_the_same_margins():
    other = demo.field(replace(DEMO, seed=1))
    assert other.said != FIELD.said
    kept = pd.Series([p.stakeholder_type for p in other.people if p.id not in (WITHDRAWN, DOUBLE)])
    assert kept.value_counts().to_dict() == dict(DEMO.people)
