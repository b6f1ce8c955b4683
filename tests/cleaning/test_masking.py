"""What may tell who somebody is does not leave a file of interviews; what people need to read does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.cleaning.masking import MASKED, masked


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "612345678",  # a spreadsheet ate the zero
        "0033612345678",
        "+33 (0)6 12 34 56 78",
        "+32 475 12 34 56",
        "p.durand@ville.fr",
        "p.durand [arobase] ville point fr",
        "paul(at)mail.fr",
        "Paul Durand",
        "DURAND Paul",
        "Jean-Pierre de La Tour",
        "Dupont J.",
        "Paul D.",
        "P. Durand",
        "Mme Durand",
        "M. durand",
        "monsieur Durand",
    ],
)
def test_who_somebody_is_is_masked(text):
    assert masked(text) == MASKED
    assert masked(f"voir {text}, svp").replace(MASKED, "").strip(" ,") == "voir , svp"


@pytest.mark.parametrize(
    "text",
    [
        "riveraine",
        "Riveraine",
        "Élus Municipaux",
        "Conseil Départemental",
        "agent de la ville",
        "04/11/2015",
        "2015-11-04 00:00:00",
        "42312",
        "42312,5",
        "1 200,0",
        "INT001:120-245",
        "A>B-1",
        "z_z_9",
        "a_b_1",
        "812-430",
        "#N/A",
        "valeurs admises : en face à face, par téléphone",
        "identifiant déjà pris à la ligne 3",
        "mêmes segments que INT017 (8 en commun, 100 %) : importé deux fois",
        "lu en Windows-1252, l’encodage d’Excel en français",
        "Me voilà",
    ],
)
def test_what_people_need_to_read_is_not(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", ["paul durand", "durand paul", "sophie", "  karim  ", "jean-paul durand", "thérèse le goff", "mme sophie"]
)
def test_given_name_alone_in_a_cell_is_masked_without_its_capital(text):
    assert masked(text) == MASKED


@pytest.mark.parametrize(
    "text",
    [
        "riveraine",
        "eau claire",
        "pierre taillée",
        "énergie marine",
        "saint-nicolas",
        "saint nicolas",
        "école paul langevin",
        "rue pasteur",
        "élue communale",
        "en face à face",
        "selon sophie la réunion",  # a sentence is no cell of a register
        "appuie",
    ],
)
def test_words_without_a_capital_are_not_taken_for_names(text):
    assert masked(text) == text


@given(st.text(max_size=60))
def test_masking_again_changes_nothing_more(text):
    once = masked(text)
    assert masked(once) == once
