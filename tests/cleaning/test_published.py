"""What was published changes by a line of revision, or by a producer's newer extract; never alone."""

import pytest
import raw_indicators as raw
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.revision_chains import Line, State, walk

EDITION = {
    "editions/2026-11-22.csv": raw.edition(
        "P03,ZE2020-3215,2019,14.2,definitive,2023-12", "P03,ZE2020-3215,2020,13.9,definitive,2023-12"
    )
}


def study(tmp_path, *, value="14.2", lines=(), extract="", without=(), **more):
    observed = [raw.RATE.format(2019, value), raw.RATE.format(2020, "13.9")]
    files = {
        **EDITION,
        "observations.csv": "\n".join([raw.HEADER, *(o for o in observed if o.split(",")[2] not in without)]) + "\n",
        "revisions.csv": raw.revisions(*lines),
        **more,
    }
    if extract:
        files["extracts/P03_2026-11-24.csv"] = f"{raw.HEADER}\n{extract}\n"
    return raw.cleaned(tmp_path, files)


def test_unchanged_value_is_fine_and_so_is_a_new_one(tmp_path):
    assert raw.errors(study(tmp_path)) == []


def test_changed_value_without_a_line_is_refused_with_the_line_to_paste(tmp_path):
    (said,) = raw.errors(study(tmp_path, value="14.1"))
    assert "indicators/observations.csv, ligne 2, colonne value : « 14.1 »" in said
    assert "l’édition du 22 novembre 2026 dit 14.2" in said
    line = said.rpartition(" : ")[2].rstrip(".")
    assert line == "P03,ZE2020-3215,2019,2026-11-25,14.2,14.1,MOTIF"
    as_is = raw.errors(study(tmp_path, value="14.1", lines=[line]))
    assert ["écrivez pourquoi la valeur change" in said for said in as_is] == [True]
    assert raw.errors(study(tmp_path, value="14.1", lines=[line.replace("MOTIF", "faute de frappe")])) == []


def test_removed_value_is_refused(tmp_path):
    (said,) = raw.errors(study(tmp_path, without=["2020"]))
    assert "P03 ZE2020-3215 2020 : absente" in said
    line = "P03,ZE2020-3215,2020,2026-11-24,13.9,,publiée à tort"
    assert raw.errors(study(tmp_path, without=["2020"], lines=[line])) == []


def test_changed_status_alone_needs_no_line(tmp_path):
    lines = raw.FILES["observations.csv"].replace("definitive", "revised")
    assert raw.errors(raw.cleaned(tmp_path, {**EDITION, "observations.csv": lines})) == []


def test_zeros_at_the_end_are_no_change(tmp_path):
    assert raw.errors(study(tmp_path, value="14.20")) == []


def test_line_that_does_not_start_from_what_was_published(tmp_path):
    (said,) = raw.errors(study(tmp_path, value="14.1", lines=["P03,ZE2020-3215,2019,2026-11-24,14.3,14.1,faute"]))
    assert "revisions.csv, ligne 2, colonne old : « 14.3 » ; ancienne valeur attendue : 14.2" in said


def test_lines_that_do_not_join_each_other(tmp_path):
    lines = ["P03,ZE2020-3215,2019,2026-11-23,14.2,14.1,a", "P03,ZE2020-3215,2019,2026-11-24,14.0,13.8,b"]
    (said,) = raw.errors(study(tmp_path, value="13.8", lines=lines))
    assert "ligne 3, colonne old : « 14.0 » ; ancienne valeur attendue : 14.1" in said


def test_lines_that_do_not_end_on_todays_value(tmp_path):
    (said,) = raw.errors(study(tmp_path, value="14.0", lines=["P03,ZE2020-3215,2019,2026-11-24,14.2,14.1,a"]))
    assert "une valeur publiée ne change que par une ligne de révision" in said
    assert "P03,ZE2020-3215,2019,2026-11-25,14.1,14.0,MOTIF" in said


def test_line_that_changes_nothing(tmp_path):
    (said,) = raw.errors(study(tmp_path, lines=["P03,ZE2020-3215,2019,2026-11-24,14.2,14.20,a"]))
    assert "cette ligne ne change rien" in said


def test_line_about_a_value_that_nobody_published(tmp_path):
    got = study(tmp_path, lines=["P03,ZE2020-3215,2012,2026-11-24,14.2,14.1,a"])
    assert any("personne n’a publié cette ancienne valeur" in said for said in raw.errors(got))


def test_decimal_commas_of_a_line_are_read(tmp_path):
    line = 'P03,ZE2020-3215,2019,2026-11-24,"14,2","14,1",a'
    got = study(tmp_path, value="14.1", lines=[line])
    assert raw.errors(got) == []
    assert got.tables["revisions"].loc[0, ["old", "new"]].tolist() == ["14.2", "14.1"]


def test_newer_extract_of_the_producer_revises_by_itself_and_says_so(tmp_path):
    extract = "P03,ZE2020-3215,2019,14.0,percent,revised,2024-12,DS01,2026-11-24,A,"
    got = study(tmp_path, extract=extract)
    assert raw.errors(got) == []
    (line,) = got.tables["revisions"].itertuples(index=False)
    assert (line.revised_on, line.old, line.new) == ("2026-11-24", "14.2", "14.0")
    assert line.reason_fr == "nouvelle diffusion du producteur (extrait du 24 novembre 2026)"
    assert any("1\u00a0valeur publiée révisée par cet extrait" in str(problem) for problem in got.problems)


def test_extract_that_contradicts_its_own_vintage_is_no_revision(tmp_path):
    extract = "P03,ZE2020-3215,2019,14.0,percent,revised,2023-12,DS01,2026-11-24,A,"
    (said,) = raw.errors(study(tmp_path, extract=extract))
    assert "extracts/P03_2026-11-24.csv" in said
    assert "pour la même période et le même millésime" in said


def test_revision_by_an_extract_is_remembered_after_the_next_edition(tmp_path):
    extract = "P03,ZE2020-3215,2019,14.0,percent,revised,2024-12,DS01,2026-11-24,A,"
    later = raw.edition("P03,ZE2020-3215,2019,14.0,revised,2024-12", "P03,ZE2020-3215,2020,13.9,definitive,2023-12")
    got = study(tmp_path, extract=extract, **{"editions/2026-11-25.csv": later})
    assert raw.errors(got) == []
    assert got.tables["revisions"]["new"].tolist() == ["14.0"]


def test_value_that_waits_in_quarantine_is_not_said_to_be_gone(tmp_path):
    got = raw.errors(study(tmp_path, value="14.2*"))
    assert len(got) == 1
    assert "appel de note" in got[0]


def test_editions_that_differ_without_a_line_are_told(tmp_path):
    later = raw.edition("P03,ZE2020-3215,2019,14.1,definitive,2023-12", "P03,ZE2020-3215,2020,13.9,definitive,2023-12")
    (said,) = raw.errors(study(tmp_path, value="14.1", **{"editions/2026-11-24.csv": later}))
    assert said.startswith("indicators/editions/2026-11-24.csv")


@pytest.mark.parametrize("name", ["editions/novembre.csv", "editions/2026-13-40.csv", "editions/2026.csv"])
def test_edition_whose_name_is_no_date_is_told(tmp_path, name):
    (said,) = raw.errors(study(tmp_path, **{name: raw.edition()}))
    assert "une édition porte sa date pour nom" in said


@pytest.mark.parametrize(("published", "value"), [("14.2", "14.1"), ("14.1", "14.1")])
def test_line_of_the_very_day_of_an_edition_comes_before_or_after_it(published, value):
    line = Line(2, "2026-11-22", "14.2", "14.1")
    got = walk([State("2026-11-22", published), State("", value)], [line], ["14.2"])
    assert (got.broken, got.silent) == ([], [])


@given(st.lists(st.sampled_from(["14.0", "14.1", "14.2", ""]), min_size=2, max_size=6))
def test_chain_that_follows_every_change_is_accepted_and_one_without_its_last_line_is_not(values):
    changes = [(old, new) for old, new in zip(values, values[1:], strict=False) if old != new]
    lines = [Line(n, f"2026-11-{n + 1:02d}", old, new) for n, (old, new) in enumerate(changes, start=2)]
    states = [State("2026-11-01", values[0]), State("", values[-1])]
    whole = walk(states, lines)
    assert (whole.broken, whole.silent, whole.automatic) == ([], [], [])
    if lines:
        assert walk(states, lines[:-1]).silent
