from __future__ import annotations

import contextlib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.fetching import connections
from pic_analysis.problems import StudyError

ONE = {
    "indicator": "P01",
    "connector": "melodi",
    "address": "https://api.example.fr/melodi",
    "dataset": "DS_X",
    "filters": {"POPREF_MEASURE": "PMUN", "GEO": ["COM-00001", "DEP-62"]},
    "value": "OBS_VALUE_NIVEAU",
    "unit": "inhabitant",
    "status": "definitive",
    "dataset_id": "DS01",
    "quality": "A",
}


def parsed(*entries):
    return connections.parse("essai", yaml.safe_dump([*entries], allow_unicode=True, sort_keys=False))


def refusal(*entries) -> str:
    with pytest.raises(StudyError) as refused:
        parsed(*entries)
    return str(refused.value)


def test_filters_of_one_value_or_several_become_parameters():
    assert parsed(ONE)["P01"].parameters == [
        ("POPREF_MEASURE", "PMUN"),
        ("GEO", "COM-00001"),
        ("GEO", "DEP-62"),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"conector": "x"}, "conector : « x » ; clé inconnue de ce connecteur"),
        ({"conector": "x"}, "le plus proche : « connector »"),
        ({"connector": "melodie"}, "le plus proche : « melodi »"),
        ({"connector": None}, "un connecteur est attendu"),
        ({"unit": "habitant"}, "le plus proche : « inhabitant »"),
        ({"status": "secret"}, "un statut est attendu"),
        ({"quality": "E"}, "une qualité est attendue"),
        ({"dataset_id": "1"}, "comme DS01"),
        ({"indicator": "Q1"}, "une lettre et deux chiffres"),
        ({"filters": {"GEO": 62528}}, "un code fait de chiffres va entre guillemets"),
        ({"filters": {"GEO": []}}, "des clés et leurs textes"),
        ({"address": "http://api.example.fr"}, "https"),
        ({"address": "https://me:secret@api.example.fr"}, "sans identifiant"),
        ({"address": 12}, "un texte est attendu"),
        ({"years": [2020]}, "clé inconnue de ce connecteur"),
        ({"dataset": ""}, "un texte est attendu"),
    ],
)
def test_each_fault_names_its_connection_its_key_and_what_was_expected(change, said):
    told = refusal({**ONE, **change})
    assert said in told
    assert "connections.yml, colonne n° 1, P01" in told or "indicator" in change


@pytest.mark.parametrize("key", [key for key in ONE if key != "connector"])
def test_a_missing_key_is_named(key):
    missing = {name: value for name, value in ONE.items() if name != key}
    assert f"{key} : clé obligatoire, absente" in refusal(missing)


def test_every_fault_is_told_at_once():
    told = refusal({**ONE, "unit": "x", "quality": "x"}, {"connector": "geo_dvf"}, "text")
    assert [word in told for word in ("unit", "quality", "n° 2, territories", "n° 3")] == [True] * 4


def test_an_indicator_has_one_connection():
    assert "P01 » ; une seule connexion par indicateur" in refusal(ONE, ONE)


@pytest.mark.parametrize(
    ("connector", "change", "said"),
    [
        ("geo_dvf", {"years": ["2020"]}, "une liste d’années"),
        ("geo_dvf", {"years": [True]}, "une liste d’années"),
        ("geo_dvf", {"territories": ["62528"]}, "comme COM-00001"),
        ("geo_dvf", {"least": 0}, "au moins 1"),
        ("populations", {"address": "https://a.fr", "territories": ["COM-00001"]}, "attendu : npm"),
        ("workbook", {"mean": "quarter", "sheet": "a", "territory": "b"}, "year est attendu"),
        ("workbook", {"form": "COM-", "sheet": "a", "territory": "b"}, "{} tient la place du code"),
        ("opendatasoft", {"codes": {"1": "Lens"}, "territory": "a", "period": "b"}, "des codes et leurs territoires"),
    ],
)
def test_keys_of_one_connector_are_checked(connector, change, said):
    common = {key: value for key, value in ONE.items() if key != "filters"}
    needed = {"territories": ["COM-00001"], "years": [2020]} if connector == "geo_dvf" else {}
    assert said in refusal({**common, **needed, "connector": connector, **change})


@pytest.mark.parametrize("written", ["a: [", "\x00", "- &a [*a]", "text", "{}x"])
def test_text_that_is_no_list_of_connections_is_told(written):
    with pytest.raises(StudyError):
        connections.parse("essai", written)


def test_no_file_is_no_connection(tmp_path):
    assert connections.load("essai", tmp_path) == {}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


@given(key=st.sampled_from([*ONE, "years", "territory", "codes", "keep"]), value=VALUES)
def test_any_value_of_any_key_gives_connections_or_a_report(key, value):
    with contextlib.suppress(StudyError):
        assert [*parsed({**ONE, key: value}).values()][0].connector == "melodi"
