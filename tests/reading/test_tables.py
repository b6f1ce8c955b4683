from pic_analysis.reading.tables import read_table

COLUMNS = ("id", "texte")


def read(tmp_path, content: bytes):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    return read_table(path, COLUMNS)


def test_sound_file_is_indexed_by_spreadsheet_row(tmp_path):
    got = read(tmp_path, b"id,texte\na,un\nb,deux\n")
    assert got.problems == ()
    assert got.frame.to_dict("index") == {2: {"id": "a", "texte": "un"}, 3: {"id": "b", "texte": "deux"}}


def test_byte_order_mark_and_windows_line_ends_are_harmless(tmp_path):
    got = read(tmp_path, "\ufeffid,texte\r\na,été\r\n".encode())
    assert got.problems == ()
    assert got.frame.loc[2, "texte"] == "été"


def test_quoted_cell_may_hold_commas_and_line_breaks(tmp_path):
    got = read(tmp_path, b'id,texte\na,"un, deux\ntrois"\n')
    assert got.problems == ()
    assert got.frame.loc[2, "texte"] == "un, deux\ntrois"


def test_text_that_looks_like_a_missing_value_stays_text(tmp_path):
    assert read(tmp_path, b"id,texte\nNA,null\n").frame.loc[2].tolist() == ["NA", "null"]


def test_accents_of_a_windows_file_are_read_though_the_file_is_refused(tmp_path):
    got = read(tmp_path, "id,texte\na,été\n".encode("cp1252"))
    assert got.frame.loc[2, "texte"] == "été"
    assert (got.problems[0].row, "UTF-8" in got.problems[0].expected) == (2, True)


def test_row_with_too_many_cells_is_told_and_kept(tmp_path):
    got = read(tmp_path, b"id,texte\na,un,deux\nb,trois\n")
    assert [problem.expected for problem in got.problems] == ["2\xa0cellules attendues, 3\xa0lues"]
    assert len(got.frame) == 2


def test_empty_file_is_told(tmp_path):
    assert "vide" in read(tmp_path, b"").problems[0].expected


def test_blank_line_holds_no_row(tmp_path):
    got = read(tmp_path, b"id,texte\na,un\n\nb,deux\n")
    assert got.problems == ()
    assert [*got.frame.index] == [2, 4]


def test_control_characters_are_told_once_and_nothing_is_read(tmp_path):
    got = read(tmp_path, "id,texte\na,un\n".encode("utf-16"))
    assert len([problem for problem in got.problems if "caractère de contrôle" in problem.expected]) == 1
    assert got.frame.empty


def test_cell_beyond_all_measure_is_told(tmp_path):
    got = read(tmp_path, b'id,texte\na,"' + b"x" * 200_000 + b'"\n')
    assert any("dépasse" in problem.expected for problem in got.problems)


def test_column_written_twice_is_told(tmp_path):
    got = read(tmp_path, b"id,texte,texte\na,b,c\n")
    assert any("deux fois" in problem.expected for problem in got.problems)
