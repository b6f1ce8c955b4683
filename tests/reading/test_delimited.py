import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pic_analysis.reading.delimited import as_number, read_delimited
from pic_analysis.reading.hostile import Limits, Refused

TEXT = "entretien;acteur;durée\r\nE01;élus;3,5\r\nE02;œuvres sociales;1,25\r\n"
WANTED = {
    2: {"entretien": "E01", "acteur": "élus", "durée": "3,5"},
    3: {"entretien": "E02", "acteur": "œuvres sociales", "durée": "1,25"},
}


def read(tmp_path, content, names=()):
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_delimited(path, names)


def errors(table):
    return [problem for problem in table.problems if problem.blocking]


def said(table, words):
    return [problem for problem in table.problems if words in problem.expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_way_that_excel_encodes_gives_the_same_cells(tmp_path, encoding):
    got = read(tmp_path, TEXT.encode(encoding))
    assert got.frame.to_dict("index") == WANTED
    assert errors(got) == []


def test_big_endian_with_its_mark_is_read(tmp_path):
    assert read(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")).frame.to_dict("index") == WANTED


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(tmp_path, separator):
    got = read(tmp_path, f"id{separator}texte\na{separator}un\nb{separator}deux\n")
    assert got.frame.to_dict("list") == {"id": ["a", "b"], "texte": ["un", "deux"]}


def test_decimal_commas_do_not_pass_for_separators(tmp_path):
    got = read(tmp_path, "id;poids\na;1,5\nb;2,5\nc;3,5\n")
    assert got.frame["poids"].tolist() == ["1,5", "2,5", "3,5"]


def test_first_line_that_names_the_separator_is_no_row(tmp_path):
    got = read(tmp_path, "sep=;\nid;texte\na;un, deux\n")
    assert got.frame.to_dict("index") == {2: {"id": "a", "texte": "un, deux"}}


def test_cells_keep_line_breaks_and_doubled_quotes_and_rows_keep_their_number(tmp_path):
    got = read(tmp_path, 'id;texte\na;"il dit ""oui""\net s’en va"\n\nb;deux\n')
    assert got.frame["texte"].to_dict() == {2: 'il dit "oui"\net s’en va', 4: "deux"}


def test_open_quote_does_not_swallow_the_rows_below(tmp_path):
    got = read(tmp_path, 'id,texte\na,"un\nb,deux\nc,"trois"\n')
    assert got.frame["id"].tolist() == ["a", "b", "c"]
    assert [problem.row for problem in said(got, "guillemet")] == [2]


def test_a_file_of_broken_quotes_is_read_to_its_end(tmp_path):
    got = read(tmp_path, "id,texte\n" + 'a,"b"c\n' * 300)
    assert len(got.frame) == 300
    assert len(said(got, "guillemets mal placés")) == 1


def test_title_above_the_header_is_set_aside(tmp_path):
    got = read(tmp_path, "Registre 2015;;\nentretien;acteur;date\nE01;élus;2015\n")
    assert got.frame.to_dict("index") == {3: {"entretien": "E01", "acteur": "élus", "date": "2015"}}
    assert said(got, "ligne de titre")[0].value == "Registre 2015"


def test_second_header_line_in_another_language_is_set_aside(tmp_path):
    got = read(
        tmp_path, "id,document,code\nIdentifiant,Document,Code\n1,E01,coût\n", ["id", "identifiant", "document", "code"]
    )
    assert got.frame["code"].tolist() == ["coût"]


def test_names_under_group_titles_are_told_apart(tmp_path):
    got = read(
        tmp_path, ";Codeur A;;Codeur B;\nentretien;code;sens;code;sens\nE01;a;+;b;-\n", ["entretien", "code", "sens"]
    )
    assert [*got.frame.columns] == [
        "entretien",
        "Codeur A / code",
        "Codeur A / sens",
        "Codeur B / code",
        "Codeur B / sens",
    ]


def test_header_pasted_again_among_the_rows_is_set_aside(tmp_path):
    got = read(tmp_path, "id,texte\na,un\nid,texte\nb,deux\n")
    assert [*got.frame.index] == [2, 4]
    assert said(got, "en-tête répété")[0].row == 3


def test_row_of_another_width_is_an_error_and_loses_no_cell(tmp_path):
    got = read(tmp_path, "id,texte\na,un,deux\nb\n")
    assert [problem.row for problem in said(got, "cellules attendues")] == [2, 3]
    assert got.frame.loc[2].tolist() == ["a", "un", "deux"]


def test_empty_cells_at_the_end_of_a_row_are_no_error(tmp_path):
    assert errors(read(tmp_path, "id;texte;;\na;un;;\nb;deux\n")) == []


@pytest.mark.parametrize("ruin", ["Ã©lus", "lâ€™eau", "l\ufffdeau", "Å“uvre", "√©lus"])
def test_ruined_accents_are_an_error_with_their_row_and_are_never_guessed(tmp_path, ruin):
    got = read(tmp_path, f"id,texte\na,été\nb,{ruin}\n")
    assert [(problem.row, problem.column) for problem in said(got, "accents ruinés")] == [(3, "texte")]
    assert got.frame.loc[3, "texte"] == ruin


def test_lost_accent_is_a_notice(tmp_path):
    (problem,) = said(read(tmp_path, "id,texte\na,r?union\nb,vraiment ?\n"), "point d’interrogation")
    assert (problem.row, problem.blocking) == (2, False)


def test_mac_accents_are_not_taken_for_french(tmp_path):
    got = read(tmp_path, "id,texte\na,présent\n".encode("mac_roman"))
    assert len([p for p in errors(got) if "Mac" in p.expected]) == 1


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["Fierté", "une fierté partagée", "de la qualité."])
def test_foreign_accents_at_the_end_of_a_word_are_told_too(tmp_path, text, encoding):
    got = read(tmp_path, f"id,texte\na,{text}\n".encode(encoding))
    assert len([p for p in errors(got) if "Mac" in p.expected]) == 1


def test_french_typography_is_not_taken_for_foreign_accents(tmp_path):
    text = "id,texte\na,« été » – l’œuvre… Å 20 ‰ † Šárka Žižka\n"
    assert errors(read(tmp_path, text.encode("cp1252"))) == []


def test_one_foreign_byte_does_not_turn_a_utf8_file_into_another(tmp_path):
    got = read(tmp_path, "id,texte\na,été à côté\nb,d".encode() + b"\xe9" + "jà\n".encode())
    assert got.frame.loc[2, "texte"] == "été à côté"
    assert {problem.row for problem in errors(got)} == {3}


def test_file_cut_short_is_told(tmp_path):
    assert said(read(tmp_path, "id,texte\na,un\nb,de"), "tronqué")[0].row == 3


@pytest.mark.parametrize("content", [b"", b"\n\n", b";;\n;;\n"])
def test_file_without_a_filled_cell_is_told(tmp_path, content):
    got = read(tmp_path, content)
    assert got.frame.empty
    assert len(errors(got)) == 1


def test_binary_file_and_giant_are_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(Refused, match="pas un fichier de texte"):
        read_delimited(path)
    with pytest.raises(Refused, match="trop grand"):
        read_delimited(path, limits=Limits(text_bytes=100))


def test_formula_is_text_and_is_told(tmp_path):
    got = read(tmp_path, "id,texte\na,=1+1\nb,-3\n")
    assert got.frame["texte"].tolist() == ["=1+1", "-3"]
    assert len(said(got, "formule")) == 1


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(lambda t: t.strip())


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_no_cell_of_a_well_written_file_is_lost(tmp_path_factory, rows, separator):
    import csv

    path = tmp_path_factory.mktemp("d") / "t.csv"
    header = ("entretien", "code", "extrait")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    got = read_delimited(path, header)
    assert [tuple(cells) for cells in got.frame.to_numpy()] == rows


@pytest.mark.parametrize(
    ("text", "wanted"), [("3,5", 3.5), ("1 234,5", 1234.5), ("1.5", 1.5), ("12a", None), ("1,2,3", None)]
)
def test_number_written_the_french_way(text, wanted):
    assert as_number(text) == wanted


@pytest.mark.parametrize(
    ("blank", "expected"),
    [(1, "1\xa0ligne sans rien d’écrit : ignorée"), (2, "2\xa0lignes sans rien d’écrit : ignorées")],
)
def test_blank_rows_are_counted_in_good_french(tmp_path, blank, expected):
    got = read(tmp_path, b"a,b\n1,2\n" + b",\n" * blank + b"3,4\n")
    assert [problem.expected for problem in got.problems] == [expected]
