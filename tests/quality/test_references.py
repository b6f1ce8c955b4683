import tiny

from pic_analysis.quality.references import misplaced, off_grid, prefixes, signatures, unreadable


def test_cells_of_a_statement_out_of_their_section_are_one_finding(tiny_study):
    rows = [("cit-001", "C2-01", "3.3.2", "Part_PC2_3"), ("cit-002", "C2-01", "3.3.2", "Eco_PC2_3")]
    (got,) = misplaced(tiny_study(citations=rows))
    assert (got.id, got.kind, got.first.section, got.second) == ("CTR-hors-place-C2-01", "reference", "3.3.2", None)
    assert got.first.anchor == "Part_PC2_3"
    expected = "Le constat C2-01 cite Part_PC2_3 et Eco_PC2_3 : la section 3.3.2 attend Part_PC2_2 et Eco_PC2_2."
    assert got.summary_fr == expected


def test_cell_in_its_place_is_no_finding(tiny_study):
    study = tiny_study(citations=tiny.ROWS["citations"][:2])
    assert misplaced(study) == []
    assert off_grid(study) == []


def test_cell_of_no_form_is_found_once_whatever_it_is_cited(tiny_study):
    rows = [(f"cit-00{n}", "B1-01", "3.5.1", "Part PC2_IT") for n in (1, 2)]
    study = tiny_study(citations=rows)
    (got,) = off_grid(study)
    assert got.id == "CTR-hors-grille-Part_PC2_IT"
    assert "citée 2\xa0fois" in got.summary_fr
    assert misplaced(study) == []


def test_reference_without_a_cell_is_found_in_quarantine(tiny_study, raw_folder):
    decisions = "file,identifier,reason_fr\ncitations.csv,cit-002,Le rapport ne dit pas plus.\n"
    rows = [tiny.ROWS["citations"][0], ("cit-002", "B1-02", "3.2.1", "Participation")]
    tiny.write(raw_folder.parents[2], {"citations": rows}, register=False)
    (raw_folder / "decisions.csv").write_text(decisions, encoding="utf-8")
    from pic_analysis.cleaning.study import clean
    from pic_analysis.reading import registry, settings
    from pic_analysis.study import Study

    registry.write(raw_folder)
    (got,) = unreadable(Study(settings.load("essai"), **clean("essai").tables))
    assert (got.id, got.first.anchor, got.severity) == ("CTR-sans-cellule-cit-002", "Participation", "notable")
    assert ("statement", "B1-02") in got.objects


def test_no_quarantine_no_finding(tiny_study):
    assert unreadable(tiny_study()) == []


def test_quotation_signed_by_a_cell_is_found(tiny_study):
    voice = ("tem-004", "document", "Part_PC1_1", "B1-01", "3.2.1", "supports", "Dit.", "un mot")
    (got,) = signatures(tiny_study(testimonies=[*tiny.ROWS["testimonies"], voice]))
    assert got.id == "CTR-signature-tem-004"
    assert got.summary_fr == "La cellule Part_PC1_1 signe 1\xa0parole : on ne sait pas qui parle."
    assert signatures(tiny_study(testimonies=tiny.ROWS["testimonies"])) == []


def test_prefix_of_no_case_is_found_and_that_of_a_case_is_not(tiny_study):
    voice = ("tem-004", "interview", "C15", "B1-01", "3.2.1", "supports", "Dit.", "un mot")
    (got,) = prefixes(tiny_study(testimonies=[*tiny.ROWS["testimonies"], voice]))
    assert (got.id, got.kind) == ("CTR-prefixe-C15", "identifier")
    assert got.summary_fr == "Le préfixe C de 1\xa0code d’entretien (C15) n’est celui d’aucune étude de cas."
    assert prefixes(tiny_study(testimonies=tiny.ROWS["testimonies"])) == []
