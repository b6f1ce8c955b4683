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


def test_what_repeats_is_said_once_with_its_rows():
    many = tuple(Problem("a.csv", row, "role", "x", "valeurs admises : change") for row in range(2, 300))
    whole = Problem("a.csv", 1, "role", "", "colonne attendue, absente")
    got = str(Report((*many, whole))).splitlines()
    assert got[:2] == ["299 erreurs", f"  {whole}"]
    assert len(got) < 12
    assert "293 autres lignes (7, 8," in got[-1]
