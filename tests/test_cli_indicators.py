"""What a member types: check, indicator, edition."""

import pytest
import raw_indicators as raw

from pic_analysis import cli
from pic_analysis.cleaning import study as cleaning
from pic_analysis.reading import registry


@pytest.fixture
def pic(pic, raw_folder, tmp_path):
    """Run ``pic`` on a study with indicators; return its exit code and all it printed."""
    releases = "indicator_id,period,expected_on,basis_fr\nP03,2021,2022-03,rythme passé\nL01,2025,,à fixer\n"
    raw.write(raw_folder / "indicators", {"releases.csv": releases})
    registry.write(raw_folder)
    cleaning.write(cleaning.clean("essai"), tmp_path / "data/processed/essai")
    return lambda *arguments: pic(*arguments, "--study", "essai")


def test_check_counts_the_tables_and_reminds_of_what_is_overdue_without_failing(pic):
    code, said = pic("check")
    assert code == 0
    assert "indicators/observations" in said
    assert "1\u00a0valeur est en retard, P03 2021 (mars 2022)" in said


@pytest.mark.parametrize("verb", ["indicator", "explain"])
def test_indicator_is_explained(pic, verb):
    code, said = pic(verb, "p03")
    assert code == 0
    for part in (
        "taux de chômage (Emploi)",
        "Dénominateur\u00a0: population active",
        "Lens - Hénin (ZE2020-3215), 2\u00a0valeurs",
        "2020\u00a0: 13,9\u00a0%, définitive (millésime 2023-12)",
        "2021\u00a0: en retard, mars 2022",
        "Moins de 8 valeurs",
    ):
        assert part in said


def test_value_is_shown_with_what_it_has_of_its_own(pic, raw_folder, tmp_path):
    lines = raw.FILES["observations.csv"].replace("2026-11-22,D,", "2026-11-22,D,compte sans définition")
    breaks = "indicator_id,territory_id,period,reason_fr,dataset_id\nP03,,2020,autre calcul,DS01\n"
    raw.write(raw_folder / "indicators", {"observations.csv": lines, "breaks.csv": breaks})
    registry.write(raw_folder)
    cleaning.write(cleaning.clean("essai"), tmp_path / "data/processed/essai")
    said = " ".join(pic("indicator", "L01")[1].split())
    assert "(millésime 2016) ; qualité D, déclaration ou presse ; compte sans définition" in said
    assert pic("indicator", "P03")[1].count("ce qui précède ne se compare pas à ce qui suit") == 1


def test_unknown_indicator_names_those_there_are(pic):
    code, said = pic("indicator", "P04")
    assert code == 2
    assert "le plus proche : « P03 »" in said


def test_edition_is_made_once(pic, raw_folder):
    code, said = pic("edition")
    assert code == 0
    assert "3\u00a0valeurs" in said
    assert len([*(raw_folder / "indicators" / "editions").glob("*.csv")]) == 1
    code, said = pic("edition")
    assert code == 2
    assert "Rien n’a changé" in said
    assert pic("check")[0] == 0


@pytest.mark.parametrize("gone", [False, True])
def test_edition_is_not_rewritten_by_the_register(pic, raw_folder, gone):
    assert pic("edition")[0] == 0
    (path,) = (raw_folder / "indicators" / "editions").glob("*.csv")
    before = (raw_folder / "registry.txt").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    observed = raw_folder / "indicators" / "observations.csv"
    observed.write_text(observed.read_text(encoding="utf-8").replace("14.2", "14.1"), encoding="utf-8")
    if gone:
        path.unlink()
    else:
        path.write_text(text.replace("14.2", "14.1"), encoding="utf-8")
    code, said = pic("register", "--yes")
    assert code == 1
    assert "ne se réécrit pas" in said
    assert path.name in said
    assert (raw_folder / "registry.txt").read_text(encoding="utf-8") == before
    assert pic("check")[0] == 1
    path.write_text(text, encoding="utf-8")
    assert "une valeur publiée ne change que par une ligne de révision" in pic("check")[1]


def test_table_as_received_is_inspected_and_a_file_that_is_not_there_is_named(capsys, tmp_path):
    path = tmp_path / "musees.csv"
    path.write_text("ref;nom;annee;total\nM1;Musée A;2019;5\nM1;Musée A;2019;6\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["inspect", str(path)])
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert "2\u00a0lignes, 4\u00a0colonnes" in said
    assert "même code et même période qu’à la ligne 2" in said
    with pytest.raises(SystemExit) as end:
        cli.main(["inspect", str(tmp_path / "musee.csv")])
    assert end.value.code == 2
    assert "musees.csv" in capsys.readouterr().err
