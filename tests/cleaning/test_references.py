import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.references import Reference, Unreadable, misplaced, parse_reference
from pic_analysis.reading import settings

STUDY = settings.example()


@pytest.mark.parametrize(
    ("printed", "cell", "repaired"),
    [
        ("Ecoactivités Eco_PC1_1", "Eco_PC1_1", False),
        ("Biodiv_PC1_1", "Biodiv_PC1_1", False),
        ("Biodiversité Biodiv.PC1 2", "Biodiv_PC1_2", True),
        ("Part_ PC2_1", "Part_PC2_1", True),
        ("Eco-réhabilitation Rehab PC1_1", "Rehab_PC1_1", True),
        ("Biodiversité Biodiv_PC1_ 2", "Biodiv_PC1_2", True),
        ("Participation ~Part PC3_1", "Part_PC3_1", True),
        ("Part_PCI_1", "Part_PC1_1", True),
        ("Eco_IT", "Eco_IT", False),
        ("Part PC3_IT", "Part_PC3_IT", True),
        ("Agri_Ess", "Agri_Ess", False),
        ("Eco_Intro", "Eco_Intro", False),
        ("Agriculture Agri_PC1_1)", "Agri_PC1_1", False),
        ("Eco- réhabilitation Rehab_PC1_3", "Rehab_PC1_3", False),
    ],
)
def test_printed_form_gives_its_cell(printed, cell, repaired):
    got = parse_reference(printed, STUDY)
    assert isinstance(got, Reference)
    assert (got.cell_id, bool(got.repairs)) == (cell, repaired)


def test_package_letter_follows_the_number():
    expected = {"Eco_PC1_1": "B", "Eco_PC2_1": "C", "Eco_PC3_1": "D", "Eco_IT": "", "Part_PC3_IT": "D"}
    got = {cell: parse_reference(cell, STUDY).package for cell in expected}
    assert got == expected


@pytest.mark.parametrize(
    ("printed", "section", "nearest"),
    [
        ("Eco-réhabilitation", "3.4.1", "Rehab_PC3_1"),
        ("Eco-réhabilitation", "3.6", "Rehab_Ess"),
        ("Biodiv_PC9_1", "3.2.1", "Biodiv_PC1_1"),
        ("Eco_1", "3.2.1", "Eco_PC1_1"),
        ("n’importe quoi", "3.2.1", ""),
    ],
)
def test_beyond_repair_names_the_nearest_reading(printed, section, nearest):
    got = parse_reference(printed, STUDY, section)
    assert isinstance(got, Unreadable)
    assert got.nearest == nearest


def test_two_cells_in_one_reference_are_not_read_as_one():
    got = parse_reference("Eco_PC1_1 Part_PC1_2", STUDY)
    assert isinstance(got, Unreadable)
    assert "deux cellules" in got.reason


def test_package_that_does_not_exist_is_told():
    got = [parse_reference(printed, STUDY) for printed in ("Eco_PC9_1", "Part_PC7_IT")]
    assert [f"PC{n} n’existe pas" in cell.reason for n, cell in zip((9, 7), got, strict=True)] == [True, True]


def test_letter_read_as_a_digit_is_always_a_repair():
    assert parse_reference("Part_PCI_IT", STUDY).repairs == ("I lu 1",)


def test_name_of_one_case_with_code_of_another_is_not_guessed():
    got = parse_reference("Biodiversité Eco_PC1_1", STUDY)
    assert isinstance(got, Unreadable)
    assert got.nearest == "Biodiv_PC1_1"


def test_misplaced_reference_is_told_and_not_changed():
    here = parse_reference("Rehab_PC3_3", STUDY)
    assert misplaced(here, "3.4.3", STUDY) == ""
    assert "3.4.2 attend Rehab_PC3_2" in misplaced(here, "3.4.2", STUDY)
    assert "forme inhabituelle" in misplaced(parse_reference("Part_PC3_IT", STUDY), "3.5.1", STUDY)
    assert misplaced(parse_reference("Eco_IT", STUDY), "3.5.4", STUDY) == ""


cells = st.builds(
    lambda case, number, section: f"{case}_PC{number}_{section}",
    st.sampled_from([c.id for c in STUDY.cases]),
    st.integers(1, 3),
    st.integers(1, 3),
)


@given(cells, st.lists(st.sampled_from([" ", "_", ".", "_ ", " _", ". "]), min_size=2, max_size=2))
def test_any_lost_separator_is_restored(cell, gaps):
    case, package, section = cell.split("_")
    got = parse_reference(f"{case}{gaps[0]}{package}{gaps[1]}{section}", STUDY)
    assert isinstance(got, Reference)
    assert got.cell_id == cell
    assert bool(got.repairs) == (gaps != ["_", "_"])


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_without_an_error(text):
    got = parse_reference(text, STUDY, "3.2.1")
    if isinstance(got, Reference):
        assert parse_reference(got.cell_id, STUDY).repairs == ()
