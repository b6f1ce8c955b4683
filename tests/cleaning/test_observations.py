"""One line of observations.csv: what is repaired, what is refused, and how it is told."""

import pytest
import raw_indicators as raw

GOOD = raw.RATE.format(2019, "14.2")


def line(**cells):
    names = raw.HEADER.split(",")
    made = dict(zip(names, GOOD.split(","), strict=True)) | cells
    return ",".join(f'"{made[name]}"' for name in names)


def only(tmp_path, **cells):
    """Return the one error of a line."""
    found = [p for p in raw.observed(tmp_path, line(**cells)).problems if p.blocking]
    assert len(found) == 1, found
    return found[0]


def row(tmp_path, **cells):
    got = raw.observed(tmp_path, line(**cells))
    assert raw.errors(got) == []
    return got.tables["observations"].iloc[0], got


def test_sound_line_is_kept_as_it_is(tmp_path):
    got, result = row(tmp_path)
    assert ",".join(got) == GOOD
    assert result.tables["cleaning_log"].empty


def test_french_line_is_repaired_and_each_repair_is_logged(tmp_path):
    got, result = row(
        tmp_path,
        territory_id="3215",
        period=" 2019",
        value="14,2 %",
        unit="%",
        status="définitive",
        vintage="décembre 2023",
        retrieved="22/11/2026",
    )
    assert ",".join(got) == GOOD
    log = result.tables["cleaning_log"]
    assert set(log["column"]) == {"territory_id", "period", "value", "unit", "status", "vintage", "retrieved"}
    assert log.set_index("column").at["value", "raw"] == "14,2 %"


@pytest.mark.parametrize(
    ("value", "status", "kept"),
    [
        ("…", "", ("", "not_available")),
        ("", "not_available", ("", "not_available")),
        ("", "///", ("", "not_applicable")),
        ("s", "", ("", "secret")),
        ("0", "definitive", ("0", "definitive")),
        ("14,2 (p)", "", ("14.2", "provisional")),
        ("14.2", "r", ("14.2", "revised")),
    ],
)
def test_status_of_the_cell_or_of_its_column(tmp_path, value, status, kept):
    got, _ = row(tmp_path, value=value, status=status)
    assert (got["value"], got["status"]) == kept


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"value": "", "status": ""}, "status", "écrivez … si la valeur n’est pas connue"),
        ({"value": "", "status": "definitive"}, "status", "valeur absente sans statut qui le dise"),
        ({"value": "14.2", "status": "secret"}, "status", "une valeur, et un statut qui dit qu’elle manque"),
        ({"value": "14.2", "status": ""}, "status", "statut attendu"),
        ({"value": "14,2 (p)"}, "status", "la cellule de la valeur dit « provisoire »"),
        ({"value": "1.234"}, "value", "1234 ou 1,234"),
        ({"value": "14,2*"}, "value", "un appel de note va en note"),
        ({"unit": ""}, "unit", "unité obligatoire : celle du catalogue est percent (%)"),
        ({"unit": "meeting"}, "unit", "l’unité du catalogue est percent (%)"),
        ({"value": "14 ha"}, "value", "la valeur est en ha, l’unité dit %"),
        ({"period": "2019-T1"}, "period", "période annuelle attendue, par exemple 2012"),
        ({"period": "2030"}, "period", "commence après le relevé"),
        ({"vintage": "2026-11-24"}, "retrieved", "relevé avant son millésime (2026-11-24)"),
        ({"retrieved": "2027-01-01"}, "retrieved", "date à venir"),
        ({"quality": "E"}, "quality", "valeurs admises"),
        ({"quality": ""}, "quality", "absente"),
        ({"note_fr": "mot " * 41}, "note_fr", "au plus 40 mots, lus : 41"),
        (
            {"note_fr": "baisse obtenue grâce au musée"},
            "note_fr",
            "« grâce au » : un indicateur seul ne dit pas de cause",
        ),
        ({"value": "-3"}, "value", "une part va de 0 à 100 %"),
        ({"value": "142"}, "value", "une part va de 0 à 100 %"),
        ({"vintage": "2018-06"}, "status", "commence après le millésime (2018-06) : une prévision est « estimée »"),
    ],
)
def test_what_is_refused_is_told_with_what_was_expected(tmp_path, cells, column, said):
    got = only(tmp_path, **cells)
    assert (got.file, got.row, got.column) == ("indicators/observations.csv", 2, column)
    assert said in got.expected


@pytest.mark.parametrize(
    ("value", "said"),
    [("-5", "un compte ne descend pas sous zéro"), ("12,5", "un nombre entier est attendu : l’unité est réunion")],
)
def test_what_is_counted_one_by_one_is_whole_and_not_below_zero(tmp_path, value, said):
    (told,) = raw.errors(
        raw.observed(tmp_path, f'L01,COM-01004,2019,"{value}",meeting,definitive,2020,DS02,2026-11-22,C,')
    )
    assert said in told


def test_forecast_is_told_as_one(tmp_path):
    assert row(tmp_path, vintage="2018-06", status="estimated")[0]["value"] == "14.2"


def test_note_may_say_who_affirms_a_cause(tmp_path):
    said = "selon le musée : baisse due aux travaux"
    assert row(tmp_path, note_fr=said)[0]["note_fr"] == said


def test_firm_value_of_a_year_that_is_not_over_is_told_and_kept(tmp_path):
    got = raw.observed(tmp_path, line(period="2026", vintage="2026-06"))
    assert raw.errors(got) == []
    assert got.tables["observations"]["period"].tolist() == ["2026"]
    assert ["n’était pas finie au relevé (2026-11-22) : provisoire ?" in str(p) for p in got.problems] == [True]
    assert raw.observed(tmp_path, line(period="2026", vintage="2026-06", status="provisional")).problems == ()


def test_quality_better_than_the_catalogue_allows(tmp_path):
    found = raw.observed(tmp_path, "L01,COM-01004,2019,12,meeting,definitive,2020,DS02,2026-11-22,A,")
    (said,) = raw.errors(found)
    assert "meilleure que celle du catalogue, qui est C" in said


@pytest.mark.parametrize(
    ("cells", "nearest"),
    [
        ({"indicator_id": "P04"}, "P03"),
        ({"dataset_id": "DS03"}, "DS0"),
        ({"territory_id": "ZE2020-3216"}, "ZE2020-3215 (Lens - Hénin)"),
    ],
)
def test_identifier_that_nothing_declares_is_told_with_the_nearest(tmp_path, cells, nearest):
    found = [p for p in raw.observed(tmp_path, line(**cells)).problems if p.blocking and p.column == [*cells][0]]
    assert found[0].nearest.startswith(nearest)


def test_every_fault_of_every_line_is_told_at_once(tmp_path):
    got = raw.observed(tmp_path, line(unit="meeting", period="T1"), line(value="x", dataset_id="DS9"))
    places = {(p.row, p.column) for p in got.problems if p.blocking}
    assert places == {(2, "unit"), (2, "period"), (3, "value"), (3, "dataset_id")}


def test_decimal_comma_that_shifts_the_line_is_explained(tmp_path):
    got = raw.observed(tmp_path, raw.RATE.format(2019, "14,2"))
    assert any("s’écrit 14.1, ou entre guillemets" in said for said in raw.errors(got))


def test_same_line_twice_is_kept_once_and_logged(tmp_path):
    got = raw.observed(tmp_path, line(), line(value="14.20"), line(period="2020"))
    assert raw.errors(got) == []
    assert got.tables["observations"]["period"].tolist() == ["2019", "2020"]
    (entry,) = got.tables["cleaning_log"].itertuples()
    assert (entry.row, entry.rule) == (3, "observation répétée : une autre ligne dit la même chose")


def test_same_key_and_vintage_with_two_values_is_refused(tmp_path):
    got = raw.observed(tmp_path, line(), line(value="14.3"))
    (said,) = raw.errors(got)
    assert "ligne 3, colonne value : « 14.3 »" in said
    assert "observations.csv, ligne 2, dit 14.2 (définitive)" in said


def test_two_vintages_of_one_value_are_both_kept(tmp_path):
    got = raw.observed(tmp_path, line(), line(value="14.3", vintage="2024-12"))
    assert got.tables["observations"]["vintage"].tolist() == ["2023-12", "2024-12"]


def test_lost_zero_of_a_commune(tmp_path):
    got = raw.observed(tmp_path, "L01,1004,2019,12,meeting,definitive,2020,DS02,2026-11-22,C,")
    assert got.tables["observations"]["territory_id"].tolist() == ["COM-01004"]


def test_windows_file_with_french_headers_titles_and_semicolons(tmp_path):
    text = (
        "État annuel de la zone ;;;;;;;;;;\n"
        "Indicateur;Territoire;Période;Valeur;Unité;Statut;Millésime;Jeu de données;Relevé le;Qualité;Note\n"
        "P03;3215;2019;14,2;%;définitive;2023-12;DS01;22/11/2026;A;saisie à la main\n"
    )
    got = raw.cleaned(tmp_path, {"observations.csv": text.encode("cp1252")})
    assert raw.errors(got) == []
    assert got.tables["observations"].loc[0, ["value", "unit", "note_fr"]].tolist() == [
        "14.2",
        "percent",
        "saisie à la main",
    ]


def test_two_files_are_one_table_and_each_row_keeps_its_place(tmp_path):
    more = raw.HEADER + "\n" + raw.RATE.format(2021, "x") + "\n"
    got = raw.cleaned(tmp_path, {"observations_saisie.csv": more})
    (problem,) = [p for p in got.problems if p.blocking]
    assert (problem.file, problem.row) == ("indicators/observations_saisie.csv", 2)
