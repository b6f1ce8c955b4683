import tiny

from pic_analysis.evidence.story import by_role, support, unsupported

VOICE = ("interview", "P11", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis")


def test_roles_are_counted_by_polarity(tiny_study):
    got = by_role(tiny_study())
    assert got.loc["change"].to_dict() == {"supports": 1, "nuances": 0, "contradicts": 1}
    assert by_role(tiny_study(), "C").index.tolist() == ["contribution"]


def test_ten_quotations_of_one_respondent_are_one_respondent(tiny_study):
    once = support(tiny_study(testimonies=[("tem-001", *VOICE)])).loc["B1-01"]
    ten = support(tiny_study(testimonies=[(f"tem-{n:03d}", *VOICE) for n in range(1, 11)])).loc["B1-01"]
    assert (once["respondents"], ten["respondents"]) == (1, 1)
    assert ten["voices"] == 10


def test_cells_of_one_case_are_one_case(tiny_study):
    citations = [("cit-001", "B1-01", "3.2.1", "Eco_PC1_1"), ("cit-002", "B1-01", "3.2.1", "Eco_PC1_2")]
    got = support(tiny_study(citations=citations, testimonies=[])).loc["B1-01"]
    assert (got["cases"], got["cells"]) == (1, 2)


def test_respondent_brings_the_case_of_their_code(tiny_study):
    got = support(tiny_study(citations=[], testimonies=[("tem-001", *VOICE)])).loc["B1-01"]
    assert (got["cases"], got["cells"]) == (1, 0)


def test_bare_statements_are_listed_but_not_key_points(tiny_study):
    rows = [
        *tiny.ROWS["statements"],
        ("B4-01", "3.2.4", "B", "key_point", "supports", "", "En bref.", "les points"),
    ]
    got = unsupported(tiny_study(statements=rows, citations=[], testimonies=[]))
    assert got["statement_id"].tolist() == ["B1-01", "B1-02", "C2-01"]
