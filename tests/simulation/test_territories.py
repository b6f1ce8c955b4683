"""Simulated territories: the same each time, called demo, sound, and with a truth that the comparison finds back."""

from __future__ import annotations

import pytest
import yaml

from pic_analysis.cleaning import study as cleaning
from pic_analysis.evidence.comparison import NOT_ASKED, mechanisms, unknown_members
from pic_analysis.reading.families import FILE, read_families
from pic_analysis.reading.settings import is_demo
from pic_analysis.simulation import territories
from pic_analysis.study import Study


@pytest.fixture(scope="module")
def compendium(tmp_path_factory):
    """Give six cleaned territories, by name, and the raw folder."""
    root = tmp_path_factory.mktemp("territories")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(root))
        (root / "_config.yml").touch()
        found = {}
        for name in territories.write(root / "data" / "raw", 6):
            result = cleaning.clean(name)
            assert result.report.errors == ()
            cleaning.write(result, root / "data" / "processed" / name, name)
            found[name] = Study.load(name)
        yield root / "data" / "raw", found


def test_the_first_ten_of_a_hundred_are_the_ten(compendium):
    ten, hundred = territories.territories(10), territories.territories(100)
    assert hundred[:10] == ten
    assert [territories.study_files(one) for one in hundred[:3]] == [territories.study_files(one) for one in ten[:3]]
    assert len({territories.study_files(one)["statements.csv"] for one in ten}) == 10


def test_every_territory_is_called_fictitious_in_its_name_and_in_its_texts(compendium):
    raw, studies = compendium
    assert all(is_demo(name) for name in studies)
    assert all("demo" in study.settings.territory and study.settings.demo for study in studies.values())
    assert all(len(study.conclusions) == 0 for study in studies.values())


def test_comparison_finds_what_was_planted_and_takes_silence_for_no_answer(compendium):
    raw, studies = compendium
    families, problems = read_families(raw / FILE)
    assert (problems, [*unknown_members(families, studies, studies)]) == ((), [])
    said = mechanisms(studies, families).set_index(["study", "family_id"])["confidence"]
    for name in studies:
        truth = yaml.safe_load((raw / name / "verite_plantee.yml").read_text(encoding="utf-8"))
        assert {said[name, one] for one in truth["mecanismes_non_demandes"]} <= {NOT_ASKED}
        assert {said[name, one] for one in truth["mecanismes_qui_ne_tiennent_pas"]} <= {"none", "low"}
        assert {said[name, one] for one in truth["mecanismes_qui_tiennent"]} <= {"medium", "high"}
