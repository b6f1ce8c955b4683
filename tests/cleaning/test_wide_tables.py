import office_files
import pytest
import raw_indicators as raw

COMMON = "Indicateur;Territoire;Unité;Statut;Millésime;Jeu de données;Relevé le;Qualité"
ROW = "P03;3215;%;{};2023-12;DS01;22/11/2026;A"


def values(result):
    table = result.tables["observations"]
    own = table[table["territory_id"] == "ZE2020-3215"]
    return dict(zip(own["period"], zip(own["value"], own["status"], strict=True), strict=True))


def wide(tmp_path, text):
    catalogue = raw.FILES["catalogue.csv"]
    if "T1" in text:
        catalogue = catalogue.replace(",annual,", ",quarterly,")
    files = {"observations.csv": raw.HEADER + "\n", "catalogue.csv": catalogue, "observations_large.csv": text}
    return raw.cleaned(tmp_path, files)


def test_one_column_a_year(tmp_path):
    got = wide(tmp_path, f"{COMMON};2019;2020\n{ROW.format('définitive')};14,2;13,9\n")
    assert raw.errors(got) == []
    assert values(got) == {"2019": ("14.2", "definitive"), "2020": ("13.9", "definitive")}


def test_letter_in_the_header_is_the_status_of_its_column(tmp_path):
    got = wide(tmp_path, f"{COMMON};2019;2020 (p)\n{ROW.format('')};14,2 d;13,9\n")
    assert raw.errors(got) == []
    assert values(got) == {"2019": ("14.2", "definitive"), "2020": ("13.9", "provisional")}


@pytest.mark.parametrize(
    "text",
    [
        f"{COMMON};2019;;2020;\n;;;;;;;;T1;T2;T1;T2\n{ROW.format('')};14,2 d;14,0 d;…;13,9 d\n",
        f";;;;;;;;2019;;2020;\n{COMMON};T1;T2;T1;T2\n{ROW.format('')};14,2 d;14,0 d;…;13,9 d\n",
    ],
    ids=["quarters under years", "years over quarters"],
)
def test_header_on_two_lines(tmp_path, text):
    got = wide(tmp_path, text)
    assert raw.errors(got) == []
    assert values(got) == {
        "2019-T1": ("14.2", "definitive"),
        "2019-T2": ("14.0", "definitive"),
        "2020-T1": ("", "not_available"),
        "2020-T2": ("13.9", "definitive"),
    }


def test_cell_that_cannot_be_read_is_held_alone(tmp_path):
    got = wide(tmp_path, f"{COMMON};2019;2020;2018\n{ROW.format('d')};14,2*;?;13,9\n")
    assert values(got) == {"2018": ("13.9", "definitive")}
    held = got.tables["quarantine"]
    assert held["row"].tolist() == [2, 2]
    assert held["entry_id"].is_unique


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbook_in_columns(tmp_path, kind):
    rows = [[*COMMON.split(";"), "2019", "2020"], [*ROW.format("d").split(";"), "14,2", "13,9"]]
    (tmp_path / "raw").mkdir()
    getattr(office_files, kind)(tmp_path / "raw" / f"observations_2.{kind}", {"Feuil1": rows})
    got = raw.cleaned(tmp_path / "raw", {"observations.csv": raw.HEADER + "\n"})
    assert raw.errors(got) == []
    assert values(got) == {"2019": ("14.2", "definitive"), "2020": ("13.9", "definitive")}


def test_years_merged_over_quarters_in_a_workbook(tmp_path):
    first = [*COMMON.split(";"), 2019, None, 2020, None]
    second = [None] * 8 + ["T1", "T2", "T1", "T2"]
    rows = [first, second, [*ROW.format("d").split(";"), 14.2, 14.0, 13.9, 13.5]]
    (tmp_path / "raw").mkdir()
    office_files.xlsx(tmp_path / "raw" / "observations_2.xlsx", {"Feuil1": rows}, merged=("I1:J1", "K1:L1"))
    quarterly = raw.FILES["catalogue.csv"].replace(",annual,", ",quarterly,")
    got = raw.cleaned(tmp_path / "raw", {"observations.csv": raw.HEADER + "\n", "catalogue.csv": quarterly})
    assert raw.errors(got) == []
    assert {period: value for period, (value, _) in values(got).items()} == {
        "2019-T1": "14.2",
        "2019-T2": "14",
        "2020-T1": "13.9",
        "2020-T2": "13.5",
    }


def test_column_that_is_no_period_is_told_and_left(tmp_path):
    got = wide(tmp_path, f"{COMMON};2019;Commentaires du service\n{ROW.format('d')};14,2;à revoir\n")
    assert raw.errors(got) == []
    assert any(problem.column == "Commentaires du service" for problem in got.problems)


def test_wide_table_without_a_column_that_is_needed_is_refused(tmp_path):
    got = wide(tmp_path, "Indicateur;Territoire;2019\nP03;3215;14,2\n")
    assert any("colonne attendue, absente" in said and "unité" in said for said in raw.errors(got))


@pytest.mark.parametrize("header", ["2020*", "2020 (1)", "2019"])
def test_period_with_a_note_or_twice_is_not_left_aside_in_silence(tmp_path, header):
    got = wide(tmp_path, f"{COMMON};2019;{header}\n{ROW.format('d')};14,2;13,9\n")
    assert ["appel de note, ou écrite deux fois" in said for said in raw.errors(got)] == [True]


def test_status_of_a_row_is_that_of_its_numbers(tmp_path):
    got = wide(tmp_path, f"{COMMON};2018;2019;2020\n{ROW.format('définitive')};14,2;…;s\n")
    assert raw.errors(got) == []
    assert values(got) == {"2018": ("14.2", "definitive"), "2019": ("", "not_available"), "2020": ("", "secret")}


@pytest.mark.parametrize(
    "text",
    [
        f"{COMMON};2019;2020\n{ROW.format('d')};14,2;13,9\nChamp : France.\nSource : INSEE, 2026.\n",
        f"{COMMON};Période;Valeur\n{ROW.format('d')};2019;14,2\n{ROW.format('d')};2020;13,9\nSource : INSEE;;;;;;;;;\n",
    ],
    ids=["columns", "rows"],
)
def test_notes_under_the_table_are_put_aside_and_told(tmp_path, text):
    got = wide(tmp_path, text)
    assert raw.errors(got) == []
    assert {period: value for period, (value, _) in values(got).items()} == {"2019": "14.2", "2020": "13.9"}
    told = [problem.value for problem in got.problems if "mise de côté" in problem.expected]
    assert told[-1].startswith("Source : INSEE")


def test_row_that_holds_more_than_a_note_is_kept(tmp_path):
    got = wide(tmp_path, f"{COMMON};2019\nSource : INSEE;3215;;;;;;;14,2\n")
    assert any("Source : INSEE" in said for said in raw.errors(got))
