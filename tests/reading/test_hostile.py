"""Each test makes the hostile file that it shows to be refused or made harmless."""

import contextlib
import io
import os
import pickle
import sqlite3
import stat
import warnings
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.reading.hostile import (
    LIMITS,
    Refused,
    active_cells,
    decode,
    is_formula,
    journal_problems,
    neutral_cell,
    open_sqlite,
    open_zip,
    parse_xml,
    read_bytes,
    read_text,
)


def archive(path, *members, compression=zipfile.ZIP_DEFLATED):
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", compression) as made:
        warnings.simplefilter("ignore")  # a name given twice is what one test makes
        for name, content in members:
            made.writestr(name, content)
    return path


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.problem.blocking
    return caught.value.problem.expected


def opening(path, limits=LIMITS) -> str:
    def call():
        with open_zip(path, limits):
            pass

    return refusal(call)


# files


def test_absent_file_is_refused(tmp_path):
    assert "absent" in refusal(lambda: read_bytes(tmp_path / "rien"))


def test_folder_is_refused(tmp_path):
    assert "fichier ordinaire" in refusal(lambda: read_bytes(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_that_would_wait_for_ever_is_refused(tmp_path):
    os.mkfifo(tmp_path / "tuyau")
    assert "fichier ordinaire" in refusal(lambda: read_bytes(tmp_path / "tuyau"))


def test_text_larger_than_the_limit_is_refused(tmp_path):
    (tmp_path / "t").write_bytes(b"x" * 11)
    assert "trop grand" in refusal(lambda: read_bytes(tmp_path / "t", replace(LIMITS, text_bytes=10)))


def test_refusal_can_be_sent_to_another_process():
    got = pickle.loads(pickle.dumps(Refused("f.zip", "refusé", "pourquoi", "x")))
    assert got.problem == Refused("f.zip", "refusé", "pourquoi", "x").problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read_without_its_mark(tmp_path, encoding):
    (tmp_path / "t").write_bytes("été".encode(encoding))
    assert read_text(tmp_path / "t") == ("été", ())


def test_text_in_another_encoding_is_told():
    text, problems = decode("été".encode("cp1252"), "t")
    assert (text, len(problems), problems[0].blocking) == ("été", 1, True)


# archives


def test_sound_archive_is_read(tmp_path):
    with open_zip(archive(tmp_path / "a", ("x/y.txt", "été"))) as got:
        assert (got.members, got.read("x/y.txt").decode(), got.problems) == (("x/y.txt",), "été", ())


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"PK\x03\x04 rien")
    assert "illisible" in opening(tmp_path / "a")


def test_truncated_archive_is_refused(tmp_path):
    path = archive(tmp_path / "a", ("x", "y" * 1000))
    path.write_bytes(path.read_bytes()[:-30])
    assert "illisible" in opening(path)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "..\\x", "/etc/x", "\\x", "C:\\x", "c:x"])
def test_path_that_leaves_the_archive_is_refused(tmp_path, name):
    assert "hors d’elle-même" in opening(archive(tmp_path / "a", (name, "x")))


def test_name_that_hides_its_end_behind_a_null_is_refused(tmp_path):
    path = archive(tmp_path / "a", ("bon.txt_x.exe", "x"))
    path.write_bytes(path.read_bytes().replace(b"bon.txt_", b"bon.txt\0"))
    assert "hors d’elle-même" in opening(path)


def test_symbolic_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("lien")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert "lien symbolique" in opening(archive(tmp_path / "a", (info, "/etc/passwd")))


def test_encrypted_member_is_refused(tmp_path):
    path = archive(tmp_path / "a", ("x", "y"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "mot de passe" in opening(path)


def test_bomb_of_one_member_is_refused(tmp_path):
    path = archive(tmp_path / "a", ("x", b"\0" * 2_000_000))
    assert "bombe" in opening(path, replace(LIMITS, ratio_from=1_000_000))


def test_bomb_of_many_members_is_refused(tmp_path):
    path = archive(tmp_path / "a", *((f"{n}", b"\0" * 1000) for n in range(20)))
    assert "décomprimée" in opening(path, replace(LIMITS, total_bytes=10_000))


def test_too_many_members_are_refused(tmp_path):
    path = archive(tmp_path / "a", *((f"{n}", b"") for n in range(20)))
    assert "20" in opening(path, replace(LIMITS, members=10))


def test_two_members_of_one_name_are_refused(tmp_path):
    assert "même nom" in opening(archive(tmp_path / "a", ("x", "1"), ("x", "2")))


def test_member_is_never_read_beyond_the_limit(tmp_path):
    path = archive(tmp_path / "a", ("x", b"abcd" * 100))
    with open_zip(path, replace(LIMITS, member_bytes=100)) as got:
        assert "décomprimée" in refusal(lambda: got.read("x"))


def test_member_whose_header_lies_about_its_size_is_refused(tmp_path):
    path = archive(tmp_path / "a", ("x", b"a" * 5000))
    content = path.read_bytes()
    path.write_bytes(content.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with open_zip(path) as got:
        assert "illisible" in refusal(lambda: got.read("x"))


def test_archive_within_an_archive_is_told_and_left_shut(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("../x", "x")
    with open_zip(archive(tmp_path / "a", ("sources/b.ZIP", inner.getvalue()))) as got:
        assert ["jamais ouverte" in problem.expected for problem in got.problems] == [True]


# XML


def test_sound_xml_is_parsed():
    root, problems = parse_xml("<a><b c='é'/></a>".encode(), "f")
    assert (root.tag, root[0].get("c"), problems) == ("a", "é", ())


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><a/>',
    ],
    ids=["expansion", "local file", "remote document type", "parameter entity"],
)
def test_entities_and_document_types_are_refused(declared):
    assert "entités" in refusal(lambda: parse_xml(declared.encode(), "f"))


def test_endless_nesting_is_refused():
    assert "niveaux" in refusal(lambda: parse_xml(b"<a>" * 100_000, "f"))


def test_broken_xml_is_read_up_to_the_break():
    root, problems = parse_xml(b"<a>\n<b/>\n<c></d>\n<e/></a>", "f")
    assert [child.tag for child in root] == ["b", "c"]
    assert [(problem.row, problem.blocking) for problem in problems] == [(3, True)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bonjour", "<a/>".encode("utf-16")[:3]])
def test_what_is_no_xml_is_refused(content):
    assert "XML" in refusal(lambda: parse_xml(content, "f"))


@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_or_refused(content):
    with contextlib.suppress(Refused):
        parse_xml(b"<a>" + content, "f")


# SQLite


def database(path, *statements):
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def asking(path, question, limits=LIMITS):
    def call():
        with open_sqlite(path, limits) as connection:
            connection.execute(question).fetchall()

    return refusal(call)


def test_sound_database_is_read(tmp_path):
    with open_sqlite(database(tmp_path / "a?b#c.db", "create table t (x)", "insert into t values ('é')")) as got:
        assert got.execute("select x from t").fetchone()["x"] == "é"


@pytest.mark.parametrize(
    "question",
    [
        "insert into t values (1)",
        "drop table t",
        "create table u (x)",
        "attach database 'autre.db' as b",
        "pragma writable_schema = on",
        "pragma journal_mode = wal",
        "select load_extension('x')",
        "vacuum into 'copie.db'",
    ],
)
def test_database_can_only_be_read(tmp_path, question):
    path = database(tmp_path / "a.db", "create table t (x)")
    before = path.read_bytes()
    assert "demande autre chose qu’une lecture" in asking(path, question)
    assert (path.read_bytes(), [file.name for file in tmp_path.iterdir()]) == (before, ["a.db"])


def test_view_that_never_ends_is_stopped(tmp_path):
    endless = "create view tags as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    path = database(tmp_path / "a.db", "create table t (x)", endless)
    assert "ne finit pas" in asking(path, "select count(*) from tags", replace(LIMITS, seconds=0.2))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("select * from u", "« u » ; table absente de la base"),
        ("select y from t", "« y » ; colonne absente de la base"),
        ("select x from", "ne peut pas être lue"),
    ],
)
def test_cause_is_in_french_whatever_sqlite_says(tmp_path, question, expected):
    path = database(tmp_path / "a.db", "create table t (x)")
    with pytest.raises(Refused) as refused, open_sqlite(path) as base:
        base.execute(question)
    got = str(refused.value)
    assert expected in got
    for english in ("no such", "syntax", "near", "database", "incomplete"):
        assert english not in got


def test_encrypted_database_is_told(tmp_path):
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\0" + bytes(range(1, 256)) * 20)
    assert "pas une base SQLite, ou il est chiffré" in asking(tmp_path / "a.db", "select 1")


def test_malformed_pages_are_told(tmp_path):
    rows = [f"insert into t values ('{'é' * 500}{n}')" for n in range(50)]
    path = database(tmp_path / "a.db", "create table t (x)", *rows)
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    path.write_bytes(content)
    assert "abîmée" in asking(path, "select * from t")


def test_truncated_database_is_told(tmp_path):
    path = database(tmp_path / "a.db", "create table t (x)", *[f"insert into t values ('{n:05000}')" for n in range(9)])
    path.write_bytes(path.read_bytes()[:8192])
    assert "abîmée" in asking(path, "select * from t")


def test_what_is_no_database_is_refused(tmp_path):
    (tmp_path / "a.db").write_bytes(b"bonjour")
    assert "pas une base SQLite" in asking(tmp_path / "a.db", "select 1")


def test_invalid_text_is_marked_not_lost(tmp_path):
    path = database(tmp_path / "a.db", "create table t (x)", "insert into t values (cast(x'61ff62' as text))")
    with open_sqlite(path) as got:
        assert got.execute("select x from t").fetchone()[0] == "a\ufffdb"


def test_changes_left_beside_a_database_are_told(tmp_path):
    path = database(tmp_path / "a.db", "create table t (x)")
    assert journal_problems(path) == ()
    (tmp_path / "a.db-wal").write_bytes(b"x")
    assert ["a.db-wal" in problem.expected for problem in journal_problems(path)] == [True]


# cells


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-3+4"])
def test_cell_that_a_spreadsheet_would_compute_is_neutralised(cell):
    assert neutral_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "été", "-3,5", "+33", "-1 234,5", "1e-5", "-12 %", "a=b", "'=1"])
def test_harmless_cell_is_left_alone(cell):
    assert neutral_cell(cell) == cell


@given(st.text())
def test_neutralised_cell_is_no_formula_and_keeps_its_text(cell):
    assert not is_formula(neutral_cell(cell))
    assert neutral_cell(cell).endswith(cell)


def test_formulas_and_html_are_told_by_column_and_first_row():
    frame = pd.DataFrame(
        {"nom": ["a", "=1", "@x"], "texte": ["<b>x</b>", "1 < 2 > 0", "<script>x</script>"]}, index=[2, 3, 4]
    )
    got = [(p.column, p.row, p.expected.split("\xa0")[0], p.blocking) for p in active_cells("f", frame)]
    assert got == [("nom", 3, "2", False), ("texte", 2, "2", False)]


def test_cell_made_to_slow_the_search_is_read_at_once():
    assert active_cells("f", pd.DataFrame({"x": ["<" + " /" * 200_000, "<a" * 200_000, "1" * 200_000]})) == ()
