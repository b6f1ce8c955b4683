import csv
import io
import random
import re
import sqlite3

import office_files as office
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from pic_analysis.problems import Report
from pic_analysis.reading.detect import UNKNOWN, read, read_tables
from pic_analysis.reading.hostile import Refused

HEADER = ("Nom du document", "Code", "Segment", "Commentaire", "Début")
ROWS = [(f"E{n:02}", f"code {n % 7}", f"passage numéro {n}, « été »", "net", str(n)) for n in range(1, 31)]


def as_csv(rows, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def taguette(path):
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE projects (id, name); CREATE TABLE project_members (project_id, user_login);"
        "CREATE TABLE documents (id, name, contents, project_id);"
        "CREATE TABLE tags (id, project_id, path, description);"
        "CREATE TABLE highlights (id, document_id, start_offset, end_offset, snippet);"
        "CREATE TABLE highlight_tags (highlight_id, tag_id);"
        "INSERT INTO documents VALUES (1, 'E01', '<p>été</p>', 1);"
    )
    base.close()


def test_the_content_decides_whatever_the_name(tmp_path):
    database, table, book = tmp_path / "a.csv", tmp_path / "b.sqlite3", tmp_path / "c.txt"
    taguette(database)
    table.write_text(as_csv([HEADER, *ROWS]), encoding="cp1252")
    office.xlsx(book, {"S": [[*HEADER], *map(list, ROWS)]})
    assert [read(path).tool for path in (database, table, book)] == [
        "Taguette, base",
        "MAXQDA (segments codés)",
        "MAXQDA (segments codés)",
    ]


def test_refi_is_told_by_its_root(tmp_path):
    path = tmp_path / "codes.xml"
    path.write_text(
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        '<Code guid="F6889360-F211-5C17-A3C9-4891AC09B9A4" name="x" isCodable="true"/></Codes></CodeBook>'
    )
    assert read(path).codes["name"].tolist() == ["x"]


@pytest.mark.parametrize("content", [b"", b"\0\1\2" * 99, b"bonjour", b"a,b\n1,2\n", b"PK\3\4", b"SQLite format 3\0"])
def test_what_no_reader_takes_is_a_french_problem(tmp_path, content):
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    got = read(path)
    assert (got.tool, got.is_empty) == (UNKNOWN, True)
    assert got.problems


def test_unknown_table_is_told_with_the_nearest_known_one(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Nom du document,Code,Extrait\nE01,coût,cher\n", encoding="utf-8")
    (problem,) = read(path).problems
    assert problem.nearest == "MAXQDA (segments codés), moins Segment"


def test_absent_file_and_strange_folder_are_told(tmp_path):
    assert read(tmp_path / "rien").problems[0].expected.startswith("fichier attendu")
    assert "dossier" in read(tmp_path).problems[0].expected
    with pytest.raises(Refused):
        read_tables(tmp_path / "rien")


def test_other_database_is_told_with_its_tables(tmp_path):
    base = sqlite3.connect(tmp_path / "x.db")
    base.execute("CREATE TABLE chansons (x)")
    base.commit()
    base.close()
    assert read(tmp_path / "x.db").problems[0].value == "chansons"


def test_command_prints_what_it_found_and_fails_where_nothing_is_readable(tmp_path, pic):
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text(as_csv([HEADER, *ROWS]), encoding="utf-8")
    bad.write_text("bonjour\n", encoding="utf-8")
    codes, printed = zip(*(pic("import", path) for path in (good, bad)), strict=True)
    assert codes == (0, 1)
    assert "30\u00a0codages" in printed[0]
    assert "rien n’a pu être lu" in printed[1]


def shuffled(draw, rows):
    """Return rows with their columns in another order, one dropped, some doubled."""
    order = draw(st.permutations(range(len(HEADER))))
    order = [*order, *order[: draw(st.integers(0, 2))]][draw(st.integers(0, 1)) :]
    return [tuple(row[place] for place in order) for row in rows]


def broken(draw, rows):
    """Return rows with some cells replaced, the header's perhaps."""
    rows = [[*row] for row in rows]
    strange = st.sampled_from(["", "\ufffd", "Ã©", "=1+1", '"', "a\nb", ";", "\t", "<b>x</b>", "\0", "9" * 400, "Code"])
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.integers(0, len(rows) - 1))
        if rows[row]:
            rows[row][draw(st.integers(0, len(rows[row]) - 1))] = draw(strange)
    return rows


@st.composite
def mutated(draw):
    """Return the bytes of a table of segments that something went wrong with."""
    rows = [HEADER, *ROWS]
    done = draw(st.sets(st.sampled_from(["columns", "values", "lines", "cut", "bytes"]), min_size=1))
    if "columns" in done:
        rows = shuffled(draw, rows)
    if "values" in done:
        rows = broken(draw, rows)
    lines = as_csv(rows, draw(st.sampled_from(",;\t"))).splitlines(keepends=True)
    if "lines" in done:
        place = draw(st.integers(0, len(lines) - 1))
        lines.insert(place, draw(st.sampled_from(["\r\n", "Titre\r\n", lines[0], '"ouvert\r\n', ",,,,,,,\r\n"])))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"]))
    content = bytearray("".join(lines).encode(encoding, errors="replace"))
    if "bytes" in done and content:
        for _ in range(draw(st.integers(1, 5))):
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    if "cut" in done:
        content = content[: len(content) - draw(st.integers(0, len(content)))]
    return bytes(content)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_mutated_tables_give_codings_with_a_log_or_a_french_report(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("m") / "export.csv"
    path.write_bytes(content)
    got = read(path)
    assert got.summary()
    if got.is_empty:
        event("refused")
        assert Report(got.problems).errors
        return
    event("read")
    # every row of the table has a coding, named after it, or a problem
    (table,) = read_tables(path, HEADER)
    rows = {int(row) for row in table.frame.index}
    told = {problem.row for problem in got.problems}
    coded = {int(found) for coding in got.codings["coding_id"] for found in re.findall(r"^\d+", coding)}
    assert rows <= coded | told


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_rows_are_all_in_the_table_or_told(tmp_path_factory, data):
    content = data.draw(mutated())
    path = tmp_path_factory.mktemp("m") / "export.csv"
    path.write_bytes(content)
    try:
        (table,) = read_tables(path, HEADER)
    except Refused:
        event("refused")
        return
    numbers = {found for found in re.findall(r"passage num.ro (\d+),", _decoded(content))}
    assume(numbers)
    event("read")
    held = [*map(str, table.frame.columns), *table.frame.to_numpy().ravel(), *(p.value for p in table.problems)]
    found = {number for text in held for number in re.findall(r"passage num.{1,3}ro (\d+)", text)}
    assert numbers <= found


def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.decode("latin-1")


def test_damaged_databases_and_workbooks_are_read_or_refused_never_a_traceback(tmp_path):
    made = {"t.sqlite3": taguette, "t.ods": lambda path: office.ods(path, {"S": [[*HEADER], *map(list, ROWS)]})}
    for name, make in made.items():
        path = tmp_path / name
        make(path)
        sound = path.read_bytes()
        for seed in range(60):
            chance = random.Random(seed)
            content = bytearray(sound)
            for _ in range(chance.randint(1, 20)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            path.write_bytes(content[: chance.randrange(100, len(content))] if chance.random() < 0.3 else content)
            got = read(path)
            assert got.problems or not got.is_empty
