from pathlib import Path

import pytest
import tiny

from pic_analysis.disclosure.identifying import Hit, identifying
from pic_analysis.disclosure.own_names import read_own_names


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "essai"
    (folder / "indicators").mkdir(parents=True)
    (folder / "study.yml").write_text(tiny.SETTINGS, encoding="utf-8")
    places = "territory_id,label_fr\nEQP-1,Musée Roger-Rodière de Montreuil-sur-Mer\n"
    (folder / "indicators/territories.csv").write_text(places, encoding="utf-8")
    (folder / "indicators/datasets.csv").write_text("dataset_id,producer\nDS01,Quadrant Conseil\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", ["Roger-Rodière de Montreuil-sur-Mer", "Quadrant Conseil", "Essai-la-Ville"])
def test_observed_places_and_producers_are_no_persons(raw, text):
    assert read_own_names(raw).covers(Hit("name", text))


@pytest.mark.parametrize("text", ["Roger Martin", "Mme Rodière", "Montreuil Roger"])
def test_person_who_shares_a_word_with_a_place_is_still_found(raw, text):
    assert not read_own_names(raw).covers(Hit("name", text))


def test_study_without_indicators_has_the_names_of_its_settings(raw):
    for path in (raw / "indicators").iterdir():
        path.unlink()
    own = read_own_names(raw)
    assert own.covers(Hit("name", "Essai-la-Ville"))
    assert not own.covers(Hit("name", "Quadrant Conseil"))


@pytest.mark.parametrize(("text", "expected"), [("B. Posture", True), ("B. Qualité", False), ("M. Posture", False)])
def test_letter_of_a_package_before_its_label_is_no_initial(raw, text, expected):
    (hit,) = identifying(f"Le paquet est dit {text} au sommaire.")
    assert read_own_names(raw).covers(hit) is expected
