import csv
import io
import re
from dataclasses import replace

import interviews_tiny as tiny
import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.interviews import Interviews
from pic_analysis.publishing import gate
from pic_analysis.publishing.export_notice import README
from pic_analysis.publishing.interview_exports import (
    ALL,
    PUBLIC_TABLES,
    RESTRICTED_TABLES,
    files,
    group_tables,
    matrices,
    misplaced,
    plain_names,
    public_files,
    refusals,
    restricted_files,
    write,
)
from pic_analysis.publishing.refi_export import restored
from pic_analysis.publishing.table_formats import FORMATS, excel_twin, formats, parquet
from pic_analysis.publishing.workshop import Workshop
from pic_analysis.reading.delimited import read_delimited
from pic_analysis.reading.refi import read_refi
from pic_analysis.reading.settings import Settings, example
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES
from pic_analysis.study import read_processed

ABOUT = Settings("essai", "Étude d’essai", "", "", 2016, "Source", (), (), "", "", {}, {}, {}, {})
DISAGREEMENTS = [
    ("dis-000001", "INT001", "skill", "A", "supports", "B", "absent", "absent", "réécoute"),
    ("dis-000002", "INT001", "rival", "A", "absent", "B", "supports", "", ""),
    ("dis-000003", "INT002", "image", "A", "supports", "B", "contradicts", "", ""),
]


def study(name: str = "essai", **tables: pd.DataFrame) -> Interviews:
    none = {key: pd.DataFrame(columns=[*table.columns]) for key, table in INTERVIEW_RECORDS.items()}
    split = pd.DataFrame(DISAGREEMENTS, columns=[*INTERVIEW_RECORDS["disagreements"].columns])
    return Interviews(replace(ABOUT, name=name), **{**tiny.tables(), **none, "disagreements": split, **tables})


@pytest.fixture
def demo_interviews(monkeypatch) -> Interviews:
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    return Interviews.load("demo_entretiens")


def crowd(sizes: dict[str, tuple[int, int]]) -> Interviews:
    """Return as many interviews of each type as told, all asked about ``image``: the second number speak of it."""
    kinds = [kind for kind, (people, _) in sizes.items() for _ in range(people)]
    speak = [n < said for people, said in sizes.values() for n in range(people)]
    register = pd.DataFrame({"interview_id": [f"INT{n:03d}" for n in range(len(kinds))], "stakeholder_type": kinds})
    register = register.assign(case="", date="", mode="face_to_face", consent="given")
    who = register.loc[speak, "interview_id"].reset_index(drop=True)
    codings = pd.DataFrame(
        {
            "coding_id": [f"cod-{n:06d}" for n in range(len(who))],
            "interview_id": who,
            "segment_id": who + ":0-10",
            "code_id": "image",
            "direction": "supports",
            "coder": "A",
        }
    )
    asked = register[["interview_id"]].assign(code_id="image")
    return study(interviews=register, codings=codings, asked=asked, disagreements=study().disagreements.iloc[:0])


def rows(content: bytes, separator: str = ",") -> list[list[str]]:
    return [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)]


# --- the formats


TABLE = pd.DataFrame(
    {
        "code": ["a", "b", "c"],
        "words": ["=SOMME(A1)", "virgule, point-virgule ; « guillemet »", "deux\nlignes"],
        "people": pd.array([12, None, 0], dtype="Int64"),
        "share": [0.5, 1234.25, None],
    }
)


def test_twin_holds_the_same_numbers_with_decimal_commas():
    exact, twin = rows(formats("t", TABLE, "x")["t.csv"]), rows(excel_twin(TABLE), ";")
    assert [row[2:] for row in exact] == [["people", "share"], ["12", "0.5"], ["", "1234.25"], ["0", ""]]
    assert [row[2:] for row in twin] == [["people", "share"], ["12", "0,5"], ["", "1234,25"], ["0", ""]]


def test_twin_opens_in_french_excel():
    content = excel_twin(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 4


@pytest.mark.parametrize("sign", "=+-@")
def test_twin_neutralises_what_a_spreadsheet_would_compute_even_in_a_header(sign):
    table = pd.DataFrame({f"{sign}head": [f"{sign}cmd|'/c calc'!A1", "sain", "-3"]})
    got = [row[0] for row in rows(excel_twin(table), ";")]
    assert got == [f"'{sign}head", f"'{sign}cmd|'/c calc'!A1", "sain", "-3"]


def test_no_other_format_changes_a_cell():
    got = formats("t", TABLE, "x")
    assert rows(got["t.csv"])[1][1] == "=SOMME(A1)"
    assert pq.read_table(io.BytesIO(got["t.parquet"]))["words"].to_pylist() == TABLE["words"].tolist()


def test_parquet_keeps_types_and_nulls_without_the_index_nor_a_word_of_pandas():
    got = pq.read_table(io.BytesIO(parquet(TABLE.set_index(pd.Index([7, 8, 9])), "demo")))
    assert got.column_names == [*TABLE.columns]
    assert [str(kind) for kind in got.schema.types] == ["string", "string", "int64", "double"]
    assert got["people"].to_pylist() == [12, None, 0]
    assert got.schema.metadata == {b"provenance": b"demo"}


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(_CELL, st.integers(-(2**53), 2**53)), max_size=8))
def test_every_format_gives_any_table_back(cells):
    table = pd.DataFrame(cells, columns=["words", "number"]).astype({"words": "str", "number": "int64"})
    got = formats("t", table, "x")
    expected = [[words, str(number)] for words, number in cells]
    assert rows(got["t.csv"])[1:] == expected
    twin = rows(got["t_excel.csv"], ";")[1:]
    assert [[re.sub("^'(?=[=+@＝＋－＠-])", "", words), number] for words, number in twin] == [
        [re.sub("^'(?=[=+@＝＋－＠-])", "", words), number] for words, number in expected
    ]
    assert pq.read_table(io.BytesIO(got["t.parquet"])).to_pylist() == table.to_dict("records")


# --- what is exported comes back equal


@pytest.fixture
def taken(tmp_path):
    """Return the folder of a restricted export."""
    write(files(study(), restricted=True, least=0.5), study(), tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [*INTERVIEW_TABLES])
def test_csv_comes_back_as_the_clean_table(taken, name):
    tables, problems = read_processed(taken, {name: INTERVIEW_TABLES[name]})
    got = tables[name]
    assert problems == []
    pd.testing.assert_frame_equal(got, tiny.tables()[name], check_dtype=False)


@pytest.mark.parametrize("name", [*INTERVIEW_TABLES])
def test_parquet_comes_back_as_the_clean_table(taken, name):
    assert pq.read_table(taken / f"{name}.parquet").to_pylist() == tiny.tables()[name].to_dict("records")


@pytest.mark.parametrize("name", [*INTERVIEW_TABLES])
def test_twin_is_read_back_by_the_reader_of_french_spreadsheets(taken, name):
    got = read_delimited(taken / f"{name}_excel.csv")
    assert [p for p in got.problems if p.blocking] == []
    assert got.frame.to_numpy().tolist() == tiny.tables()[name].astype(str).to_numpy().tolist()


def test_project_and_codebook_come_back_equal(taken):
    got = read_refi(taken / "project.qdpx")
    back = restored(got.codes, got.codings, got.users, got.sources)
    order = ["segment_id", "coder", "code_id"]
    expected = tiny.codings()[["interview_id", *order, "direction"]].sort_values(order, ignore_index=True)
    found = back["codings"][[*expected.columns]].sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    alone = read_refi(taken / "codebook.qdc")
    codes = restored(alone.codes, alone.codings, alone.users, alone.sources)["codebook"]
    pd.testing.assert_frame_equal(codes, tiny.codebook(), check_dtype=False)


def test_two_runs_give_the_same_bytes_whatever_the_order_of_memory():
    first = files(study(), restricted=True, least=0.5)
    again = study(**{name: table.copy().set_index(table.index[::-1]) for name, table in tiny.tables().items()})
    assert files(again, restricted=True, least=0.5) == first


# --- matrices


def test_matrix_says_missing_as_r_does_and_agrees_with_the_other_formats(taken):
    exact = pd.read_csv(taken / "matrix.csv").astype({"IMAGE": "Int64", "SKILL": "Int64"})
    assert exact.loc[exact["interview_id"] == "INT003", ["IMAGE", "SKILL"]].to_numpy().tolist() == [[1, 1]]
    cells = rows((taken / "matrix.csv").read_bytes())
    assert cells[-1] == ["INT007", "NA", "NA", "NA", "NA"]
    twin = rows((taken / "matrix_excel.csv").read_bytes(), ";")
    assert twin == [["" if cell == "NA" else cell for cell in row] for row in cells]
    stored = [[*row.values()] for row in pq.read_table(taken / "matrix.parquet").to_pylist()]
    assert [["NA" if cell is None else str(cell) for cell in row] for row in stored] == cells[1:]


def test_matrix_follows_arbitration():
    got = matrices(study())["matrix"].set_index("interview_id")
    assert got.at["INT001", "SKILL"] == 0  # settled as absent, and asked
    assert got.at["INT001", "RIVAL"] is pd.NA  # nobody has settled whether it is there
    assert got.at["INT002", "IMAGE"] == 1  # coders differ on the sense, not on its being there


def test_case_matrix_is_only_made_on_a_stated_calibration():
    assert "matrix_by_case" not in matrices(study())
    # Eco: three were asked about image, INT001 and INT002 speak of it.
    assert matrices(study(), 0.6)["matrix_by_case"].set_index("case").at["Eco", "IMAGE"] == 1
    assert matrices(study(), 0.7)["matrix_by_case"].set_index("case").at["Eco", "IMAGE"] == 0


def test_columns_of_matrices_are_explained(taken):
    names = pd.read_csv(taken / "matrix_names.csv", keep_default_na=False)
    assert [*names["name"]] == [*pd.read_csv(taken / "matrix.csv").columns[1:]]
    assert names.set_index("name").at["RIVAL", "link_id"] == "RIV01"


@given(st.lists(st.from_regex(r"[a-z0-9]{1,3}(_[a-z0-9]{1,2}){0,2}", fullmatch=True), unique=True))
def test_names_suit_causalqueries_and_qca_and_never_meet(codes):
    names = [*plain_names(codes).values()]
    assert len({*names}) == len(codes)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]*", name) for name in names)


# --- what may leave


def test_by_default_only_the_codebook_and_the_counts_by_group_leave():
    expected = {f"{name}{suffix}" for name in PUBLIC_TABLES for suffix in FORMATS}
    assert {*files(study())} == expected | {"codebook.qdc", README}


def test_no_public_file_names_an_interview_a_type_or_a_case():
    said = b"\n".join(public_files(study()).values()).decode("utf-8", errors="ignore")
    assert not re.search(r"INT\d{3}|Eco|Part\b|stakeholder_type|2015-", said)


def test_counts_too_small_are_hidden_with_what_would_give_them_back():
    held = crowd({"elus": (9, 2), "habitants": (20, 10), "agriculteurs": (20, 9), "chercheurs": (20, 8)})
    got = group_tables(held)["codes_by_group"].set_index(["group", "said"])
    assert got.at[("Élus et agents", "oui"), "status"] == "s"
    assert got.at[("Élus et agents", "oui"), "people"] is pd.NA
    # 9 are met and 7 do not say it: one of the two numbers must go too.
    assert "s" in {got.at[("Élus et agents", said), "status"] for said in ("non", ALL)}
    assert got["status"].isin(["", "s"]).all()
    assert (got["people"].isna() == (got["status"] == "s")).all()


def test_large_counts_are_told_with_their_margins():
    held = crowd({"elus": (20, 10), "habitants": (20, 10), "agriculteurs": (20, 9), "chercheurs": (20, 8)})
    got = group_tables(held)
    assert got["interviews_by_group"].set_index("group")["people"].to_dict()[ALL] == 80
    assert got["codes_by_group"].set_index(["group", "said"]).at[(ALL, "oui"), "people"] == 37


def test_counts_are_those_of_the_page_on_coding_so_that_nothing_is_left_to_subtract():
    held = crowd({"elus": (9, 2), "habitants": (20, 10), "agriculteurs": (20, 9), "chercheurs": (20, 8)})
    page = Workshop.of(held).protected.published("image")
    assert group_tables(held)["codes_by_group"]["people"].tolist() == page["people"].tolist()


def test_study_without_codings_has_an_empty_table_of_counts():
    got = public_files(study(codings=tiny.codings().iloc[:0], asked=tiny.asked().iloc[:0]))
    assert rows(got["codes_by_group.csv"]) == [["code_id", "label_fr", "group", "said", "people", "status"]]


CASES = tuple(case for case in example().cases if case.id in ("Eco", "Part"))


def refused(tmp_path, **columns: str) -> list[tuple[str, int, str, str]]:
    """Return what the gate refuses of an export whose first code is written so: file, row, column, value."""
    book = tiny.codebook()
    for column, text in columns.items():
        book.loc[0, column] = text
    held = study(codebook=book)
    held = replace(held, settings=replace(ABOUT, cases=CASES))
    return [(p.file, p.row, p.column, p.value) for p in refusals(files(held), held, tmp_path)]


@pytest.mark.parametrize("column", ["label_fr", "definition_fr"])
@pytest.mark.parametrize("text", ["03 21 00 00 00", "Mme Durand", "la directrice de la régie"])
def test_gate_refuses_a_codebook_that_names_somebody(tmp_path, column, text):
    assert refused(tmp_path, **{column: f"Dit par {text} hier"}) == [("codebook.csv", 2, column, text)]


def test_export_and_book_give_the_same_advice(tmp_path):
    held = study(codebook=tiny.codebook().assign(definition_fr="Voir Mme Durand"))
    assert {problem.hint for problem in refusals(files(held), held, tmp_path)} == {gate.HINT}


@pytest.mark.parametrize(
    "text",
    [
        "trois élus",
        "3 habitantes",
        "un seul agriculteur",
        "l’unique chercheuse",
        "11 élus sur 12",
        "onze des douze agents",
        "2 autres personnes",
        "moins de 5 entretiens",
        "n = 4",
    ],
)
def test_small_count_written_in_a_definition_does_not_go_out(tmp_path, text):
    assert refused(tmp_path, definition_fr=f"Relevé chez {text}") == [("codebook.csv", 2, "definition_fr", text)]


@pytest.mark.parametrize(
    ("columns", "value"),
    [
        ({"label_fr": "Les élus du cas Eco"}, "élus + cas Eco"),
        ({"label_fr": "Élus (Eco)"}, "Élus + Eco"),
        ({"label_fr": "Parole d’élus", "definition_fr": "Pour le cas Participation"}, "élus + cas Participation"),
        ({"label_fr": "Parole d’élus", "parent": "unused"}, "élus + Eco-activités du site"),
    ],
)
def test_type_of_actor_beside_a_case_does_not_go_out(tmp_path, columns, value):
    eco = replace(CASES[0], labels=("Eco-activités du site",))
    book = tiny.codebook()
    book.loc[4, "label_fr"] = "Eco-activités du site"
    for column, text in columns.items():
        book.loc[0, column] = text
    held = replace(study(codebook=book), settings=replace(ABOUT, cases=(eco, CASES[1])))
    got = [(p.file, p.row, p.column, p.value) for p in refusals(files(held), held, tmp_path)]
    assert got == [("codebook.csv", 2, "label_fr", value)]


@pytest.mark.parametrize(
    "text",
    [
        "À employer quand la personne le dit d’elle-même ou en réponse à la question.",
        "Les agriculteurs participent à la décision",
        "Plusieurs habitants le disent ; 97 entretiens ont été menés",
        "Les 2/3 des habitants, ou deux tiers",
        "Entretien de 3 heures",
        "En 2014, 220 réunions",
    ],
)
def test_ordinary_definition_goes_out(tmp_path, text):
    assert refused(tmp_path, definition_fr=text) == []


def test_export_of_the_demonstration_goes_out(tmp_path, demo_interviews):
    assert refusals(files(demo_interviews), demo_interviews, tmp_path) == []


def test_restricted_tables_are_not_read_by_the_gate(tmp_path):
    assert refusals(files(study(), restricted=True), study(), tmp_path) == []


@pytest.fixture
def compendium(tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "_config.yml").touch()
    return tmp_path


@pytest.mark.parametrize("place", ["book", "data/processed/essai", "", "data/raw/essai", "data/raw/restricted/../x"])
def test_rows_of_people_never_enter_a_compendium(compendium, place):
    assert "dépôt" in misplaced(compendium / place, study(), restricted=True)
    assert misplaced(compendium / place, study(), restricted=False) == ""


def test_rows_of_people_may_stand_outside_or_where_git_looks_away(compendium, tmp_path_factory):
    assert misplaced(compendium / "data/raw/restricted/export", study(), restricted=True) == ""
    assert misplaced(tmp_path_factory.mktemp("elsewhere"), study(), restricted=True) == ""


def test_link_to_a_compendium_is_followed(compendium, tmp_path_factory):
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(compendium / "data", target_is_directory=True)
    assert misplaced(link / "processed", study(), restricted=True)


def test_public_files_are_not_put_beside_restricted_ones(taken):
    assert "à ne pas publier" in misplaced(taken, study(), restricted=False)
    assert misplaced(taken, study(), restricted=True) == ""


def test_files_no_longer_made_are_removed_and_others_kept(taken):
    (taken / "mine.csv").touch()
    write(files(study(), restricted=True), study(), taken)
    left = {path.name for path in taken.iterdir()}
    assert not {name for name in left if name.startswith("matrix_by_case")}
    assert {"mine.csv", "matrix.csv"} <= left


# --- the notice


def test_notice_tells_every_file_and_what_is_not_to_be_published():
    made = files(study(), restricted=True, least=0.5)
    said = made[README].decode()
    for name in {*PUBLIC_TABLES, *RESTRICTED_TABLES}:
        assert f"\n{name}.csv\n" in said
    assert said.index("CE DOSSIER N’EST PAS À PUBLIER") < said.index("codebook.csv")
    assert said.index("À NE PAS PUBLIER, NI") < said.index("project.qdpx")
    assert "NE PAS PUBLIER" not in files(study())[README].decode()


def test_fictitious_interviews_say_so_in_every_file_name_and_in_the_notice():
    made = files(study("demo_essai"), restricted=True)
    assert {name for name in made if not name.startswith("demo_")} == {README}
    assert "FICTIVES" in made[README].decode()
    assert "\ndemo_matrix.csv\n" in made[README].decode()


def test_nobody_withdrawn_is_in_a_matrix_or_a_count():
    register = tiny.interviews()
    register.loc[0, "consent"] = "withdrawn"
    assert "INT001" not in set(matrices(study(interviews=register))["matrix"]["interview_id"])


def test_restricted_files_hold_nobody_s_type_beside_the_answers():
    head = rows(restricted_files(study())["matrix.csv"])[0]
    assert head == ["interview_id", "IMAGE", "SKILL", "RIVAL", "UNUSED"]
