from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.problems import Problem, Report, spans

ERROR = Problem("a.csv", 3, "role", "chnge", "valeurs admises : change", "Corrigez", "change")
NOTICE = Problem("a.csv", 2, "", "", "hors de sa place", blocking=False)


def test_a_problem_says_where_what_and_what_to_do():
    expected = (
        "a.csv, ligne 3, colonne role : « chnge » ; valeurs admises : change ; le plus proche : « change ».\n"
        "    → Corrigez"
    )
    assert str(ERROR) == expected


def test_report_gives_errors_first_in_file_order():
    earlier = Problem("a.csv", 1, "", "", "x")
    got = [*Report((NOTICE, ERROR, earlier))]
    assert got == [earlier, ERROR, NOTICE]


def test_empty_report_says_so():
    assert str(Report()) == "Aucun problème."


def test_what_repeats_is_said_once_with_its_rows():
    many = tuple(Problem("a.csv", row, "role", "x", "valeurs admises : change") for row in range(2, 300))
    whole = Problem("a.csv", 1, "role", "", "colonne attendue, absente")
    got = str(Report((*many, whole))).splitlines()
    assert got[:2] == ["299 erreurs", f"  {whole}"]
    assert len(got) < 12
    assert got[-1].endswith("à 293\xa0autres lignes (7 à 299).")


def test_one_row_more_is_told_in_the_singular():
    alike = tuple(Problem("a.csv", row, "", "", "vide") for row in range(2, 8))
    assert str(Report(alike)).splitlines()[-1] == "  a.csv : même problème à 1\xa0autre ligne (7)."


def test_values_of_a_whole_file_are_told_and_not_the_row_zero():
    alike = tuple(Problem("a.qdpx", 0, "", name, "code inconnu") for name in "abcdefg")
    assert str(Report(alike)).splitlines()[-1] == "  a.qdpx : même problème pour « f », « g »."


def test_question_needs_no_full_stop():
    assert str(Problem("a.csv", 0, "", "", "lequel est le bon ?")) == "a.csv : lequel est le bon ?"


@given(st.sets(st.integers(1, 60)))
def test_spans_tell_every_row_once(rows):
    told = []
    for part in filter(None, spans(rows).split(", ")):
        first, _, last = part.partition(" à ")
        told += range(int(first), int(last or first) + 1)
    assert told == sorted(rows)
