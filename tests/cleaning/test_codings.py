import pandas as pd
import pytest

from pic_analysis.cleaning.codebook import FIELDS as GRID
from pic_analysis.cleaning.codebook import clean_codebook
from pic_analysis.cleaning.codings import FIELDS, clean_codings, from_imported, table
from pic_analysis.reading.imported import Imported, rows
from pic_analysis.reading.sheets import Sheet

GRILLE = Sheet(
    "grille.csv",
    pd.DataFrame([("a", "Fierté"), ("b", "Doute")], columns=[*GRID][:2]).reindex(columns=[*GRID], fill_value=""),
)
BOOK = clean_codebook(GRILLE)


def sheet(*coded, file="codages_A.csv", columns=("interview_id", "start", "end", "code_id", "direction")):
    frame = pd.DataFrame(coded, columns=[*columns], index=range(2, 2 + len(coded)), dtype=str)
    return Sheet(file, frame.reindex(columns=[*FIELDS], fill_value="").astype("str"))


def clean(*sheets, **more):
    return clean_codings(sheets, BOOK, **more)[0]


def faults(sieve):
    return [(int(f.position) + 2, f.column) for f in sieve.faults.sort_values("position").itertuples()]


def test_two_coders_are_put_together_in_the_order_of_reading():
    first, second = (
        sheet(("INT001", "1", "5", "a", "appuie")),
        sheet(("INT001", "2", "5", "a", "nuance"), file="codages_B.csv"),
    )
    got = table(clean(first, second)).astype("str").to_numpy().tolist()
    assert got == [
        ["cod-000001", "INT001", "INT001:1-5", "a", "supports", "A"],
        ["cod-000002", "INT001", "INT001:2-5", "a", "nuances", "B"],
    ]


@pytest.mark.parametrize("segment", ["120-245", "120–245", "INT001:120-245", "120 à 245", "120,0 - 245,0", "120..245"])
def test_segments_written_in_one_cell(segment):
    columns = ("interview_id", "segment", "code_id", "direction")
    got = clean(sheet(("INT001", segment, "a", "appuie"), columns=columns)).clean
    assert got[["start", "end"]].to_numpy().tolist() == [[120, 245]]


def test_unreadable_rows_are_held_each_with_its_reason():
    got = clean(
        sheet(
            ("INT001", "10", "5", "a", "appuie"),
            ("INT001", "1,5", "5", "a", "appuie"),
            ("INT001", "1", "5", "zz", "appuie"),
            ("INT001", "1", "5", "a", "plutôt"),
            ("Mme Untel", "1", "5", "a", "appuie"),
            ("INT001", "", "", "a", "appuie"),
        )
    )
    assert faults(got) == [
        (2, "end"),
        (3, "start"),
        (4, "code_id"),
        (5, "direction"),
        (6, "interview_id"),
        (7, "start"),
        (7, "end"),
    ]
    assert got.clean.empty


def test_name_typed_for_an_interview_is_neither_told_nor_kept():
    got = clean(sheet(("Mme Untel", "1", "5", "a", "appuie")))
    told = " ".join(map(str, got.problems({}))) + got.held().to_json()
    assert "Untel" not in told


def test_repeated_row_is_set_aside_and_its_contradiction_held():
    row = ("INT001", "1", "5", "a", "appuie")
    got = clean(sheet(row, row, (*row[:4], "contredit")))
    assert len(got.clean) == 1
    assert len(got.aside) == 1
    assert faults(got) == [(4, "direction")]


def test_same_segment_by_another_coder_is_no_repeat():
    row = ("INT001", "1", "5", "a", "appuie")
    assert len(clean(sheet(row), sheet(row, file="codages_B.csv")).clean) == 2


def test_names_of_coders_become_letters():
    columns = ("interview_id", "start", "end", "code_id", "direction", "coder")
    coded = [("INT001", str(n), "9", "a", "appuie", name) for n, name in enumerate(["Zoé", "A", "Camille"])]
    sieve, problems = clean_codings([sheet(*coded, columns=columns)], BOOK)
    assert sieve.clean["coder"].tolist() == ["C", "A", "B"]
    assert "Zoé" not in sieve.raw.to_json(force_ascii=False) + str(problems[0])


def test_names_alike_but_for_an_accent_always_have_the_same_letters():
    columns = ("interview_id", "start", "end", "code_id", "direction", "coder")
    names = ["Éloïse", "Eloise", "Éloise", "Eloïse"]
    for order in (names, names[::-1]):
        coded = [("INT001", str(n), "9", "a", "appuie", name) for n, name in enumerate(order)]
        letters = dict(zip(order, clean_codings([sheet(*coded, columns=columns)], BOOK)[0].clean["coder"], strict=True))
        assert [letters[name] for name in sorted(names)] == ["A", "B", "C", "D"]


def test_missing_direction_is_a_fault_unless_a_default_was_decided():
    coded = sheet(("INT001", "1", "5", "a", ""))
    assert faults(clean(coded)) == [(2, "direction")]
    assert clean(coded, default="supports").clean["direction"].tolist() == ["supports"]


def exported(**frames):
    return Imported("projet.qdpx", "REFI-QDA", **{name: rows(name, found) for name, found in frames.items()})


def test_export_of_a_tool_is_read_with_directions_from_notes_and_from_codes():
    place = {"source_id": "s", "user_id": "u", "start": 3, "end": 9, "unit": "characters"}
    got = from_imported(
        exported(
            users=[{"user_id": "u", "name": "Camille"}],
            sources=[{"source_id": "s", "name": "INT-004.txt"}],
            codes=[{"code_id": "c", "name": "Fierté"}, {"code_id": "d", "name": "Contredit"}],
            codings=[
                {**place, "code_id": "c"},
                {**place, "code_id": "d"},
                {**place, "start": 20, "end": 30, "code_id": "c", "note": "nuance"},
                {**place, "start": 40, "end": 50, "code_id": "c"},
            ],
        )
    )
    sieve = clean(got)
    clean_rows = table(sieve).astype("str")[["segment_id", "code_id", "direction", "coder"]].to_numpy().tolist()
    assert clean_rows == [["INT004:3-9", "a", "contradicts", "A"], ["INT004:20-30", "a", "nuances", "A"]]
    assert sieve.faults["column"].tolist() == ["direction"]


def test_passage_of_a_recording_is_no_place_in_a_text():
    coding = {
        "source_id": "INT001",
        "code_id": "a",
        "start": 1000,
        "end": 2000,
        "unit": "milliseconds",
        "note": "appuie",
    }
    sieve = clean(from_imported(exported(codings=[coding])))
    assert {f.column for f in sieve.faults.itertuples()} >= {"start", "end"}
