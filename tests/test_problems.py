from pic_analysis.problems import Problem, Report

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


def test_reports_add_up():
    assert len((Report((ERROR,)) + [NOTICE]).problems) == 2
