import datetime

import pytest
import raw_indicators as raw

from pic_analysis.cleaning import study as cleaning
from pic_analysis.pipeline.edition import prepare, write
from pic_analysis.pipeline.errors import StepError
from pic_analysis.problems import StudyError
from pic_analysis.reading import registry

TODAY, LATER = datetime.date(2026, 11, 22), datetime.date(2026, 11, 23)


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Return the raw folder of a study of indicators, whose compendium is the current one."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    return raw.compendium(tmp_path)


def edition(day):
    return prepare(cleaning.clean("essai"), "essai", day)


def change(folder, old, new):
    path = folder / "indicators" / "observations.csv"
    path.write_text(path.read_text().replace(old, new))


def test_edition_freezes_every_value_and_is_registered(study):
    planned = edition(TODAY)
    assert planned.news.first
    path = write(planned)
    assert path.read_text() == raw.edition(
        "L01,COM-01004,2001/2008,220,definitive,2016",
        "P03,ZE2020-3215,2019,14.2,definitive,2023-12",
        "P03,ZE2020-3215,2020,13.9,definitive,2023-12",
    )
    assert registry.verify(study) == ()
    assert cleaning.clean("essai").report.errors == ()


def test_edition_of_nothing_new_is_refused(study):
    write(edition(TODAY))
    with pytest.raises(StepError, match="Rien n’a changé depuis l’édition du 22 novembre 2026"):
        edition(LATER)


def test_value_changed_in_silence_stops_the_next_edition_until_its_line_is_written(study):
    write(edition(TODAY))
    change(study, "14.2", "14.1")
    with pytest.raises(StudyError, match="une valeur publiée ne change que par une ligne de révision"):
        edition(LATER)
    line = "P03,ZE2020-3215,2019,2026-11-22,14.2,14.1,faute de frappe"
    (study / "indicators" / "revisions.csv").write_text(raw.revisions(line))
    planned = edition(LATER)
    assert any("14.2 → 14.1 (faute de frappe)" in said for said in planned.lines())
    write(planned)
    assert cleaning.clean("essai").report.errors == ()


def test_edition_of_the_same_day_is_not_made_again(study):
    write(edition(TODAY))
    with (study / "indicators" / "observations.csv").open("a") as file:
        file.write(raw.RATE.format(2021, "13.1") + "\n")
    with pytest.raises(StepError, match="ne se refait pas"):
        edition(TODAY)
    assert len(edition(LATER).news.new) == 1


def test_study_without_values_has_nothing_to_freeze(study):
    (study / "indicators" / "observations.csv").write_text(raw.HEADER + "\n")
    with pytest.raises(StepError, match="aucune valeur d’indicateur"):
        edition(TODAY)
