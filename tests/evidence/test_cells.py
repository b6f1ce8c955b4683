import tiny

from pic_analysis.evidence.cells import cited_cells, evidence_map, misplaced_citations


def test_cell_counts_distinct_statements_and_all_citations(tiny_study):
    citations = [
        ("cit-001", "B1-01", "3.2.1", "Eco_PC1_1"),
        ("cit-002", "B1-01", "3.2.1", "Eco_PC1_1"),
        ("cit-003", "B1-02", "3.2.1", "Eco_PC1_1"),
    ]
    got = cited_cells(tiny_study(citations=citations)).set_index("cell_id").loc["Eco_PC1_1"]
    assert (got["statements"], got["citations"]) == (2, 3)
    assert (got["supports"], got["nuances"], got["contradicts"]) == (1, 0, 1)


def test_rival_explanation_never_counts_as_support(tiny_study):
    rival = ("B3-01", "3.2.3", "B", "other_explanation", "supports", "", "Le maire plaît.", "les qualités")
    rows = [*tiny.ROWS["statements"], rival]
    study = tiny_study(statements=rows, citations=[("cit-001", "B3-01", "3.2.3", "Eco_PC1_3")])
    got = cited_cells(study).set_index("cell_id").loc["Eco_PC1_3"]
    assert (got["supports"], got["rivals"]) == (0, 1)


def test_cell_that_nothing_cites_is_shown_with_zeros(tiny_study):
    got = cited_cells(tiny_study()).set_index("cell_id")
    assert got.loc["Eco_Ess", "statements"] == 0
    assert len(got) == 2 * (1 + 2 * 3 + 2)


def test_cell_out_of_the_grid_is_kept_as_printed(tiny_study):
    got = cited_cells(tiny_study(citations=[("cit-001", "B1-01", "3.5.1", "Part PC2_IT")]))
    assert "Part_PC2_IT" in set(got["cell_id"])
    study = tiny_study(citations=[("cit-001", "B1-01", "3.5.1", "Part PC2_IT")])
    assert evidence_map(study).loc["Part", "IT"] == 1


def test_evidence_map_puts_cases_in_rows(tiny_study):
    got = evidence_map(tiny_study())
    assert got.index.tolist() == ["Eco", "Part"]
    assert got.columns.tolist() == ["B1", "B2", "B3", "C1", "C2", "C3", "IT", "Ess", "Intro"]
    assert got.loc["Part"].to_dict() == dict.fromkeys(got.columns, 0) | {"B1": 1, "C3": 1}


def test_misplaced_citation_is_listed_with_its_reason(tiny_study):
    got = misplaced_citations(tiny_study())
    assert got["citation_id"].tolist() == ["cit-003"]
    assert "Part_PC2_2" in got.loc[0, "reason_fr"]
    assert misplaced_citations(tiny_study(citations=tiny.ROWS["citations"][:1])).empty
