import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pic_analysis.reading import taguette, taguette_tables
from pic_analysis.reading.delimited import read_delimited
from pic_analysis.reading.hostile import Refused
from pic_analysis.reading.workbooks import read_workbook

REAL = Path(__file__).parents[3] / "shared" / "data" / "taguette"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the files written by Taguette itself are not on this machine")

SCHEMA = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE project_members (project_id INTEGER, user_login TEXT, privileges TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, contents TEXT, project_id INTEGER);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER,
    snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
INSERT INTO projects VALUES (1, 'Essai');
INSERT INTO project_members VALUES (1, 'ana', 'ADMIN');
INSERT INTO documents VALUES (1, 'E01', '<p>L&#x27;été, l&#x27;élu 🙂 dit</p><p>oui.</p>', 1);
INSERT INTO tags VALUES (1, 1, 'preuve', 'Ce qui prouve'), (2, 1, 'preuve.forte', ''), (3, 1, 'autre.chose', '');
"""
# The text is « L'été, l'élu 🙂 ditoui. »: é takes two bytes and the face four.
# "élu" is at code points 9 to 12, and at bytes 11 to 15; "dit" at 15 to 18, and at bytes 21 to 24.


def database(tmp_path, statements):
    path = tmp_path / "t.sqlite3"
    with sqlite3.connect(path) as base:
        base.executescript(SCHEMA + statements)
    base.close()
    return path


def test_offsets_in_bytes_become_code_points(tmp_path):
    got = taguette.read_database(
        database(
            tmp_path,
            "INSERT INTO highlights VALUES (1, 1, 11, 15, '<p>élu</p>'), (2, 1, 21, 24, '<p>dit</p>');"
            "INSERT INTO highlight_tags VALUES (1, 2), (2, 1), (2, 2);",
        )
    )
    assert got.codings[["coding_id", "code_id", "user_id", "start", "end", "unit"]].to_numpy().tolist() == [
        ["1.2", "2", "ana", 9, 12, "characters"],
        ["2.1", "1", "ana", 15, 18, "characters"],
        ["2.2", "2", "ana", 15, 18, "characters"],
    ]
    assert got.sources.loc[0].to_dict() == {
        "source_id": "1",
        "name": "E01",
        "kind": "text",
        "missing": False,
        "length": len("L'été, l'élu 🙂 ditoui."),
    }
    assert got.problems == ()


def test_a_dot_puts_a_tag_under_another_that_exists(tmp_path):
    got = taguette.read_database(database(tmp_path, ""))
    assert dict(zip(got.codes["name"], got.codes["parent_id"], strict=True)) == {
        "preuve": "",
        "preuve.forte": "1",
        "autre.chose": "",
    }


def test_highlight_without_a_tag_is_kept_apart(tmp_path):
    got = taguette.read_database(database(tmp_path, "INSERT INTO highlights VALUES (1, 1, 11, 15, 'élu');"))
    assert got.segments_without_code.to_numpy().tolist() == [["1", "ana", 9, 12]]
    assert got.problems[0].expected.replace("\xa0", " ").startswith("1 passage marqué sans étiquette : gardé à part")


def test_several_highlights_without_a_tag_are_told_in_the_plural(tmp_path):
    marks = "INSERT INTO highlights VALUES (1, 1, 11, 15, 'élu'), (2, 1, 21, 24, 'dit');"
    (problem,) = taguette.read_database(database(tmp_path, marks)).problems
    assert problem.expected.replace("\xa0", " ").startswith("2 passages marqués sans étiquette : gardés à part")


@pytest.mark.parametrize(("start", "end"), [(12, 15), (11, 900), (15, 11), (-1, 3)])
def test_place_that_is_none_is_told_and_the_coding_kept(tmp_path, start, end):
    got = taguette.read_database(
        database(
            tmp_path,
            f"INSERT INTO highlights VALUES (1, 1, {start}, {end}, ''); INSERT INTO highlight_tags VALUES (1, 1);",
        )
    )
    assert got.codings[["start", "end", "unit"]].to_numpy().tolist() == [[-1, -1, ""]]
    assert "repris sans place" in got.problems[0].expected


def test_passage_that_is_no_longer_at_its_place_is_told(tmp_path):
    got = taguette.read_database(
        database(
            tmp_path,
            "INSERT INTO highlights VALUES (1, 1, 11, 15, 'eau'); INSERT INTO highlight_tags VALUES (1, 1);",
        )
    )
    assert "n’est pas celle du passage" in got.problems[0].expected


def test_several_members_leave_the_coder_unsaid(tmp_path):
    got = taguette.read_database(
        database(
            tmp_path,
            "INSERT INTO project_members VALUES (1, 'bob', 'TAG');"
            "INSERT INTO highlights VALUES (1, 1, 11, 15, 'élu'); INSERT INTO highlight_tags VALUES (1, 1);",
        )
    )
    assert (got.users["user_id"].tolist(), got.codings["user_id"].tolist()) == (["ana", "bob"], [""])


def test_tag_of_a_highlight_that_is_gone_is_told(tmp_path):
    got = taguette.read_database(database(tmp_path, "INSERT INTO highlight_tags VALUES (9, 1);"))
    assert "absent de la base" in got.problems[0].expected


def test_damaged_database_is_refused(tmp_path):
    path = database(tmp_path, "")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(Refused):
        taguette.read_database(path)


@settings(deadline=None)
@given(st.text(max_size=30), st.data())
def test_code_points_and_bytes_agree_on_any_text(text, data):
    text = text.encode("utf-8", errors="replace").decode()
    place = data.draw(st.integers(0, len(text)))
    assert taguette.Bytes(text).code_point(len(text[:place].encode())) == place


def test_table_of_highlights_gives_one_coding_a_row(tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text(
        "id,document,tag,content\n1,E01,preuve,été\n1,E01,preuve.forte,été\n2,E01,,seul\n", encoding="utf-8"
    )
    got = taguette_tables.read_tables(path.name, [read_delimited(path)])
    assert got.codings[["coding_id", "source_id", "code_id", "quote_length"]].to_numpy().tolist() == [
        ["1.preuve", "E01", "preuve", 3],
        ["1.preuve.forte", "E01", "preuve.forte", 3],
    ]
    assert (got.codes["parent_id"].tolist(), len(got.segments_without_code)) == (["", "preuve"], 1)


# What the real files hold was counted with the sqlite3 command, and read in SOURCE.txt.
@real
@pytest.mark.parametrize("name", ["full.sqlite3", "project_export.sqlite3"])
def test_real_database_gives_all_its_highlights(name):
    got = taguette.read_database(REAL / name)
    assert (len(got.sources), len(got.codes), len(got.codings), len(got.segments_without_code)) == (2, 4, 7, 1)
    assert got.depth == 2
    assert [problem for problem in got.problems if problem.blocking] == []


@real
def test_real_offsets_mark_the_words_that_taguette_itself_exported():
    path = REAL / "full.sqlite3"
    base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    texts = {str(n): taguette.document_text(html) for n, html in base.execute("SELECT id, contents FROM documents")}
    base.close()
    got = taguette.read_database(path)
    names = dict(zip(got.codes["code_id"], got.codes["name"], strict=True))
    marked = {
        (c["coding_id"].split(".")[0], names[c["code_id"]], texts[c["source_id"]][c["start"] : c["end"]])
        for c in got.codings.to_dict("records")
    }
    exported = read_delimited(REAL / "all_tags.csv").frame
    assert marked == {*zip(exported["id"], exported["tag"], exported["content"], strict=True)}


@real
def test_real_exports_in_csv_and_xlsx_say_the_same():
    first = taguette_tables.read_tables("t", [read_delimited(REAL / "all_tags.csv")])
    second = taguette_tables.read_tables("t", read_workbook(REAL / "all_tags.xlsx"))
    assert first.codings.equals(second.codings)
    assert len(first.codings) == 7


@real
def test_real_codebook_gives_its_tags():
    got = taguette_tables.read_tables("t", [read_delimited(REAL / "codebook.csv")])
    assert got.codes[["name", "description"]].to_numpy().tolist() == [
        ["preuve", "desc preuve"],
        ["preuve.forte", "desc preuve.forte"],
        ["preuve.faible", "desc preuve.faible"],
        ["contexte", "desc contexte"],
    ]
