import pytest

from pic_analysis.cleaning.speakers import parse_document, parse_expert, parse_respondent
from pic_analysis.reading import settings

STUDY = settings.example()


@pytest.mark.parametrize(
    ("printed", "respondent", "case"),
    [
        ("P11", "P11", "Part"),
        ("(P11)", "P11", "Part"),
        ("[R16]", "R16", "Rehab"),
        ("P1I", "P11", "Part"),
        ("BI11", "B11", "Biodiv"),
        ("EI", "E1", "Eco"),
        ("P2.pdf", "P2", "Part"),
        ("C15", "C15", ""),
    ],
)
def test_printed_code_gives_its_respondent(printed, respondent, case):
    got = parse_respondent(printed, STUDY)
    assert (got.speaker_id, got.case) == (respondent, case)


@pytest.mark.parametrize("printed", ["Z3", "P", "P123", "P0", "itw_JC", ""])
def test_other_codes_are_not_respondents(printed):
    assert parse_respondent(printed, STUDY) is None


def test_every_repair_is_named():
    got = {code: parse_respondent(code, STUDY).repairs for code in ("P11", "P1I", "BI11", "P2.pdf")}
    assert got == {"P11": (), "P1I": ("I lu 1",), "BI11": ("I en trop ôté",), "P2.pdf": ("extension ôtée",)}


def test_experts_are_known_by_name_and_the_panel_by_its_own():
    got = [parse_expert(name).speaker_id for name in ("Laure Dobigny", "panel d’experts", "")]
    assert got == ["expert-laure-dobigny", "expert-panel", "expert-panel"]


def test_name_that_only_looks_like_the_panel_is_a_name():
    assert parse_expert("Anna Campanella").speaker_id == "expert-anna-campanella"


def test_two_letters_too_many_are_not_guessed():
    assert parse_respondent("BI1I", STUDY) is None


def test_quotation_signed_by_a_cell_comes_from_its_monograph():
    got = parse_document("Part_PCI_1", STUDY)
    assert (got.speaker_id, got.case, got.repairs) == ("Part_PC1_1", "Part", ("I lu 1",))
