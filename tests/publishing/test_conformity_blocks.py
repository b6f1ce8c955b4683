import re

import pytest

from pic_analysis.publishing.blocks.conformity import GOLDEN, Golden
from pic_analysis.publishing.blocks.index import BLOCKS


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden.name_fr} {golden.published}")
def test_published_number_is_found_again(golden):
    assert golden.computed == golden.published


def test_every_published_number_has_its_row_and_its_source(tiny_study):
    got = BLOCKS["conformite"](tiny_study(), {})
    assert f"**{len(GOLDEN)}\u00a0nombres conformes sur {len(GOLDEN)}.**" in got
    for expected in (
        "| Alpha de Krippendorff, niveau ordinal | 0,815 | 0,815 | conforme | Krippendorff (2011)",
        "| AC1 de Gwet | 0,77544 |",
        "| Paradoxe du kappa : kappa | −0,023 |",
        "| Saturation, seuil de 5 % | 6+2 | 6+2 |",
        "| Chao2, forme classique | 32,1375 |",
        "| Rapport de taux : borne haute | 4,2773 |",
        "| Intervalle de Wilson : borne haute | 0,3662 |",
        "| Confiance après 3\u00a0indices | 0,944 |",
    ):
        assert expected in got


def test_number_that_differs_is_shown_as_such():
    assert not Golden("x", "0.40", "personne", lambda: 0.41).conforms
    assert Golden("x", "0.40", "personne", lambda: 0.4004).conforms


def test_paradox_is_explained_on_the_published_example(tiny_study):
    got = BLOCKS["paradoxe-du-kappa"](tiny_study(), {})
    assert got.startswith("Paradoxe du kappa : les codeurs s’accordent sur 94,4\u00a0%")
    assert "7\u00a0désaccords" in got


def test_every_variable_of_the_story_has_its_interval(loos):
    got = BLOCKS["double-codage-intervalles"](loos, {})
    rows = re.findall(r"\| (Constat|Renvoi|Voix) : [^|]+\| (\S+) \| (\S+) à (\S+) \|", got)
    assert len(rows) == 7
    for _, value, low, high in rows:
        assert float(low.replace(",", ".")) <= float(value.replace(",", ".")) <= float(high.replace(",", "."))


def test_one_section_gives_no_interval(tiny_study):
    assert "non calculé" in BLOCKS["double-codage-intervalles"](tiny_study(), {})


def test_choice_of_units_turns_sixty_into_less_than_nothing(tiny_study):
    got = BLOCKS["grille-et-accord"](tiny_study(), {})
    assert "**0,60** avec les unités que personne n’a codées, et **−0,38** sans" in got
