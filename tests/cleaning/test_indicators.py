"""A study's indicators as a whole: tables checked against each other, one report for all."""

from dataclasses import replace

import pytest
import raw_indicators as raw

from pic_analysis.cleaning.indicators import clean
from pic_analysis.reading.settings import example
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES


def with_table(tmp_path, name, *lines):
    header = ",".join(INDICATOR_TABLES[name].columns)
    return raw.cleaned(tmp_path, {f"{name}.csv": "\n".join([header, *lines]) + "\n"})


def test_sound_tables_are_as_declared(tmp_path):
    got = raw.cleaned(tmp_path)
    assert raw.errors(got) == []
    for name, table in {**INDICATOR_TABLES, **INDICATOR_RECORDS}.items():
        table.schema.validate(got.tables[name], lazy=True)
    assert got.tables["observations"]["period"].tolist() == ["2001/2008", "2019", "2020"]


@pytest.mark.parametrize("instead", ["sans objet", "sans objet ; à lire seul", "aucun", "N/A", "…"])
def test_share_without_a_denominator_is_refused(tmp_path, instead):
    catalogue = raw.FILES["catalogue.csv"].replace("population active", instead)
    (said,) = raw.errors(raw.cleaned(tmp_path, {"catalogue.csv": catalogue}))
    assert "catalogue.csv, ligne 2, colonne denominator_fr" in said
    assert "ne dit rien sans son dénominateur" in said


@pytest.mark.parametrize(
    ("value", "quality", "note", "said"),
    [
        ("202", "C", "FAI023 ; wiki", "colonne value : « 202 » ; le fait que nomme la note, FAI023, dit 220"),
        ("55", "C", "FAI045 ; presse", "colonne quality : « C » ; meilleure que celle du fait que nomme la note"),
        ("220", "C", "voir FAI032", "colonne note_fr : « FAI032 » ; aucun fait de facts.csv"),
    ],
)
def test_observation_taken_from_a_fact_says_what_it_says(tmp_path, value, quality, note, said):
    line = f"L01,COM-01004,2001/2008,{value},meeting,definitive,2016,DS02,2026-11-22,{quality},{note}"
    (told,) = raw.errors(raw.observed(tmp_path, line))
    assert said in told
    sound = "L01,COM-01004,2001/2008,220,meeting,definitive,2016,DS02,2026-11-22,D,FAI023 ; wiki"
    assert raw.errors(raw.observed(tmp_path, sound)) == []


def test_annual_state_of_a_year_to_come_is_refused(tmp_path):
    raw.write(tmp_path)
    known = clean(tmp_path, replace(example(), annual_state=2026), {}, raw.TODAY)
    assert not any("état annuel" in said for said in raw.errors(known))
    (said,) = raw.errors(clean(tmp_path, replace(example(), annual_state=2027), {}, raw.TODAY))
    assert "study.yml demande l’état annuel 2027, et rien n’est relevé depuis 2026" in said


def test_card_that_claims_a_cause_is_refused(tmp_path):
    catalogue = raw.FILES["catalogue.csv"].replace("ne dit pas pourquoi", "le musée a réduit le chômage")
    (said,) = raw.errors(raw.cleaned(tmp_path, {"catalogue.csv": catalogue}))
    assert "catalogue.csv, ligne 2, colonne caution_fr : « a réduit »" in said


def test_indicator_in_quarantine_holds_its_observations_and_says_why(tmp_path):
    catalogue = raw.FILES["catalogue.csv"].replace(",annual,", ",parfois,")
    got = raw.errors(raw.cleaned(tmp_path, {"catalogue.csv": catalogue}))
    assert sum("la ligne visée de catalogue.csv est elle-même en quarantaine" in said for said in got) == 2


@pytest.mark.parametrize(
    ("name", "line", "column", "said"),
    [
        ("releases", "P03,2024-T1,2026-12,calendrier", "period", "période annuelle attendue"),
        ("releases", "P03,2024,2026-02-31,calendrier", "expected_on", "cette date n’existe pas"),
        ("releases", "P04,2024,2026-12,calendrier", "indicator_id", "aucune ligne de catalogue.csv"),
        ("breaks", "P03,,2020-T1,autre calcul,DS01", "period", "période annuelle attendue"),
        ("breaks", "P03,COM-99999,2020,autre calcul,DS01", "territory_id", "aucune ligne de territories.csv"),
        ("comparators", "P03,ZE2020-3215,ZE2020-3215,soi-même", "comparator_id", "un autre territoire"),
        ("datasets", "DS01,T,P,,L,SRC99,", "source_id", "aucune ligne de sources.csv"),
        (
            "impact_questions",
            "QEF01,?,P03,ZE2020-3215,ouverture,2012-12-04,2012,2019,fermetures,2026-11-23,after,,DS01",
            "first_period",
            "première période entière après l’événement",
        ),
        (
            "impact_questions",
            "QEF01,?,P03,ZE2020-3215,ouverture,2012-12-04,2013,2019,fermetures,2026-11-23,after,ZE2020-3216,DS01",
            "near_fr",
            "aucune ligne de territories.csv",
        ),
        (
            "impact_questions",
            "QEF01,?,P03,ZE2020-3215,ouverture,2012-12-04,2013,2012,fermetures,2026-11-23,after,,DS01",
            "last_period",
            "ne finit pas avant la première",
        ),
        (
            "impact_questions",
            "QEF01,?,P03,ZE2020-3215,ouverture,2012-12-04,2013,2019-T4,fermetures,2026-11-23,after,,DS01",
            "last_period",
            "période annuelle attendue",
        ),
        ("annual_questions", "QEA01,?,Le taux est de 14 %.,rien", "answer_fr", "chiffre écrit à la main"),
        ("annual_questions", "QEA01,?,Grâce à lui,rien", "answer_fr", "ne dit pas de cause"),
    ],
)
def test_tables_that_do_not_agree_are_told(tmp_path, name, line, column, said):
    found = [p for p in with_table(tmp_path, name, line).problems if p.blocking and p.file == f"indicators/{name}.csv"]
    assert [(p.row, p.column) for p in found] == [(2, column)]
    assert said in found[0].expected


def test_answer_whose_references_resolve_is_kept(tmp_path):
    answer = "QEA01,?,En 2019 {P03 ZE2020-3215 2019} ; {FAI023}.,rien"
    assert raw.errors(with_table(tmp_path, "annual_questions", answer)) == []


@pytest.mark.parametrize(("name", "near"), [("observation.csv", "observations.csv"), ("relases.csv", "releases.csv")])
def test_file_that_nothing_reads_is_told_with_the_nearest(tmp_path, name, near):
    (problem,) = [p for p in raw.cleaned(tmp_path, {name: "a,b\n"}).problems if p.blocking]
    assert (problem.file, problem.nearest) == (f"indicators/{name}", near)


@pytest.mark.parametrize("name", ["territories", "datasets", "catalogue", "observations"])
def test_table_that_is_needed_is_asked_for(tmp_path, name):
    got = raw.cleaned(tmp_path, {f"{name}.csv": None})
    assert any(p.file == f"indicators/{name}.csv" and "absent" in p.expected for p in got.problems)


def test_row_that_a_decision_leaves_out_no_longer_stops_the_build(tmp_path):
    bad = f"{raw.HEADER}\n{raw.RATE.format(2019, '14.2*')}\n"
    decision = "file,identifier,reason_fr\nobservations.csv,P03 ZE2020-3215 2019 2023-12,appel de note illisible\n"
    got = raw.cleaned(tmp_path, {"observations.csv": bad, "decisions.csv": decision})
    assert raw.errors(got) == []
    assert got.tables["quarantine"]["decision_fr"].tolist() == ["appel de note illisible"]
    assert got.tables["observations"].empty


def test_decision_about_nothing_is_told(tmp_path):
    decision = "file,identifier,reason_fr\nobservations.csv,P03 ZE2020-3215 1999 2023-12,rien\n"
    (said,) = raw.errors(raw.cleaned(tmp_path, {"decisions.csv": decision}))
    assert "cette décision ne concerne aucune ligne en quarantaine" in said


def test_tables_saved_by_excel_are_read(tmp_path):
    releases = "Indicateur;Période;Attendue;D’où vient la date\nP03;2024;2026-12;calendrier de l’INSEE\n"
    got = raw.cleaned(tmp_path, {"releases.csv": releases.encode("cp1252")})
    assert raw.errors(got) == []
    assert got.tables["releases"].loc[0, "basis_fr"] == "calendrier de l’INSEE"


def test_every_row_is_clean_held_or_logged(tmp_path):
    lines = [raw.RATE.format(year, value) for year, value in ((2018, "1"), (2018, "1"), (2019, "x"), (2020, "3"))]
    got = raw.observed(tmp_path, *lines)
    repeated = got.tables["cleaning_log"]["rule"].str.startswith("observation répétée").sum()
    assert len(got.tables["observations"]) + len(got.tables["quarantine"]) + repeated == len(lines)


def test_siren_of_an_agglomeration_is_not_masked_as_a_telephone_number(tmp_path):
    line = "P03,EPCI-200033579,2019,14.2,percent,definitive,2023-12,DS01,2026-11-22,A,"
    held = raw.observed(tmp_path, line).tables["quarantine"]
    assert "EPCI-200033579" in held.loc[0, "content"]
