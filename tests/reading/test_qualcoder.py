import sqlite3

import pytest

from pic_analysis.reading import qualcoder, qualcoder_report
from pic_analysis.reading.delimited import read_delimited
from pic_analysis.reading.hostile import Refused

# Tables and columns as QualCoder 3 creates them.
SCHEMA = """
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
    cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
    date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
INSERT INTO source (id, name, fulltext) VALUES (1, 'E01', 'Ah 🙂 oui, le maire');
INSERT INTO code_cat (catid, name, supercatid) VALUES (1, 'Effets', NULL), (2, 'Locaux', 1);
INSERT INTO code_name (cid, name, memo, catid, color) VALUES (1, 'emploi, revenu', 'travail', 2, '#ff0000'),
    (2, 'élus', '', NULL, '');
"""


def project(tmp_path, statements=""):
    folder = tmp_path / "essai.qda"
    folder.mkdir()
    base = sqlite3.connect(folder / "data.qda")
    base.executescript(SCHEMA + statements)
    base.close()
    return folder


def passage(start, end, words, code=1, source=1):
    return (
        "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner, memo) "
        f"VALUES ({code}, {source}, '{words}', {start}, {end}, 'ana', 'net');"
    )


def test_codings_codes_and_categories_are_read(tmp_path):
    got = qualcoder.read_project(project(tmp_path, passage(5, 8, "oui")))
    assert got.codings.loc[0].to_dict() == {
        "coding_id": "text-1",
        "source_id": "1",
        "code_id": "1",
        "user_id": "ana",
        "start": 5,
        "end": 8,
        "unit": "characters",
        "quote_length": 3,
        "note": "net",
    }
    assert got.codes[["code_id", "name", "parent_id"]].to_numpy().tolist() == [
        ["cat-1", "Effets", ""],
        ["cat-2", "Locaux", "cat-1"],
        ["1", "emploi, revenu", "cat-2"],
        ["2", "élus", ""],
    ]
    assert (got.depth, got.problems, got.file) == (3, (), "essai.qda")


def test_database_alone_is_read_as_its_folder(tmp_path):
    folder = project(tmp_path, passage(5, 8, "oui"))
    assert qualcoder.read_project(folder / "data.qda").codings.equals(qualcoder.read_project(folder).codings)


def test_place_in_utf16_units_is_told_by_the_stored_passage_and_converted(tmp_path):
    # the face takes two units of UTF-16: « oui » is at 6 to 9 in units, at 5 to 8 in code points
    got = qualcoder.read_project(project(tmp_path, passage(6, 9, "oui")))
    assert got.codings[["start", "end"]].to_numpy().tolist() == [[5, 8]]
    assert [problem.blocking for problem in got.problems] == [False]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (900, 903), ("NULL", 3)])
def test_place_of_other_words_is_an_error_and_the_coding_is_kept(tmp_path, start, end):
    got = qualcoder.read_project(project(tmp_path, passage(start, end, "oui")))
    assert len(got.codings) == 1
    assert [problem.blocking for problem in got.problems] == [True]


def test_recordings_images_cases_variables_and_notes_are_read(tmp_path):
    folder = project(
        tmp_path,
        "INSERT INTO source (id, name, mediapath) VALUES (2, 'film.mp4', '/video/film.mp4'), "
        "(3, 'plan.png', '/images/plan.png'), (4, 'ailleurs.mp3', 'audio:C:/ailleurs.mp3');"
        "INSERT INTO code_av (id, pos0, pos1, cid, memo, owner) VALUES (2, 1000, 2500, 1, '', 'ana');"
        "INSERT INTO code_image (id, x1, y1, width, height, cid, memo, owner) VALUES (3, 10, 20, 30, 40, 2, '', 'bob');"
        "INSERT INTO cases (caseid, name) VALUES (1, 'Eco'); INSERT INTO case_text (caseid, fid) VALUES (1, 1);"
        "INSERT INTO attribute_type (name, caseOrFile, valuetype) VALUES ('année', 'case', 'numeric');"
        "INSERT INTO attribute (name, attr_type, value, id) VALUES ('année', 'case', '2015', 1);"
        "INSERT INTO annotation (fid, pos0, pos1, memo) VALUES (1, 0, 2, 'tiens');"
        "INSERT INTO journal (name, jentry) VALUES ('Carnet', '...');",
    )
    (folder / "images").mkdir()
    (folder / "images" / "plan.png").touch()
    got = qualcoder.read_project(folder)
    assert got.sources[["kind", "missing"]].to_numpy().tolist() == [
        ["text", False],
        ["video", True],
        ["picture", False],
        ["audio", True],
    ]
    assert got.codings[["unit", "start", "end"]].to_numpy().tolist() == [
        ["milliseconds", 1000, 2500],
        ["pixels", 10, 40],
    ]
    assert got.sets.to_numpy().tolist() == [["case-1", "Eco", "1"]]
    assert got.values.to_numpy().tolist() == [["case-1", "année", "2015"]]
    assert (len(got.cases), len(got.notes), got.users["name"].tolist()) == (1, 2, ["ana", "bob"])
    assert any("jamais cherché" in problem.expected for problem in got.problems)


def test_media_path_that_leaves_the_project_is_never_looked_for(tmp_path):
    (tmp_path / "secret.png").touch()
    folder = project(tmp_path, "INSERT INTO source (id, name, mediapath) VALUES (2, 'x', '/images/../../secret.png');")
    assert qualcoder.read_project(folder).sources["missing"].tolist() == [False, True]


def test_subcode_of_a_recent_version_stands_under_its_code(tmp_path):
    statements = (
        "ALTER TABLE code_name ADD supercid integer; INSERT INTO code_name (cid, name, supercid) VALUES (3, 'x', 1);"
    )
    got = qualcoder.read_project(project(tmp_path, statements))
    assert got.codes.set_index("code_id").loc["3", "parent_id"] == "1"


def test_coding_of_a_code_that_is_gone_is_kept_and_told(tmp_path):
    got = qualcoder.read_project(project(tmp_path, passage(5, 8, "oui", code=9)))
    assert len(got.codings) == 1
    assert "n’a plus" in got.problems[0].expected


def test_folder_without_a_database_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"data\.qda"):
        qualcoder.read_project(tmp_path)


def report(tmp_path, text):
    path = tmp_path / "Report_codings.csv"
    path.write_text(text, encoding="utf-8-sig")
    return qualcoder_report.read_report(path.name, [read_delimited(path)])


def test_report_by_file_gives_a_coding_a_row(tmp_path):
    got = report(
        tmp_path,
        '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_année"\n'
        '"E01","ana","oui","ctid:7","emploi, revenu","net","Locaux","Effets","2015"\n'
        '"film.mp4","bob","a/v","avid:2","élus","","","","2016"\n'
        '"E01","ana","seul","ctid:8","","","","","2015"\n',
    )
    assert got.codings[["coding_id", "source_id", "code_id", "user_id", "quote_length"]].to_numpy().tolist() == [
        ["ctid:7", "E01", "Effets > Locaux > emploi, revenu", "ana", 3],
        ["avid:2", "film.mp4", "élus", "bob", -1],
    ]
    assert got.values.to_numpy().tolist() == [["E01", "année", "2015"], ["film.mp4", "année", "2016"]]
    assert len(got.segments_without_code) == 1


def test_report_by_case_ties_files_to_cases(tmp_path):
    got = report(tmp_path, "Case,Filename,Coder,Coded,Id,Codename,Coded_Memo\nEco,E01,ana,oui,ctid:7,élus,\n")
    assert got.cases["name"].tolist() == ["Eco"]
    assert got.sets.to_numpy().tolist() == [["Eco", "Eco", "E01"]]
