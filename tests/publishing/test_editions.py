"""Pages of changes and of known errors: what they compare, what they refuse."""

import re

import pytest
from conftest import REPOSITORY

from pic_analysis import paths
from pic_analysis.publishing.blocks import editions
from pic_analysis.publishing.contents import contents
from pic_analysis.publishing.known_errors import COLUMNS, FILE, read
from pic_analysis.publishing.level_changes import Change, changes

HEAD = "kind,claim_id,confidence,sources\n"


def test_levels_that_change_appear_or_go_are_told_and_others_not():
    before = HEAD + "conclusion,CCL01,low,1\nconclusion,CCL02,high,4\nlesson,ENS1,low,1\n"
    after = HEAD + "conclusion,CCL01,medium,2\nconclusion,CCL02,high,9\nconclusion,CCL03,low,1\n"
    assert changes(before, after) == [
        Change("conclusion", "CCL01", "low", "medium"),
        Change("conclusion", "CCL03", "", "low"),
        Change("lesson", "ENS1", "low", ""),
    ]
    assert changes(after, after) == []


@pytest.fixture
def history(tiny_study, monkeypatch):
    """Return a function that gives the study an edition before, with the levels of the text."""
    study = tiny_study()
    own = paths.passports(study.settings.name) / "strength.csv"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(HEAD + "conclusion,CCL01,medium,2\n", encoding="utf-8")

    def said(tag: str, before: str | None) -> str:
        monkeypatch.setattr(editions, "edition_before", lambda root: tag)
        monkeypatch.setattr(editions, "content_at", lambda root, name, path: before)
        return editions.level_changes(study, {})

    return said


def test_page_of_changes_says_what_can_be_compared(history):
    assert "rien à comparer" in history("", None)
    assert "ne publiait pas encore" in history("v1", None)
    assert history("v1", HEAD + "conclusion,CCL01,medium,9\n").startswith("Aucun niveau")
    got = history("v1", HEAD + "conclusion,CCL01,low,1\nconclusion,CCL09,low,1\n")
    assert got.startswith("2\u00a0niveaux ont changé")
    assert "| {conclusion}`CCL01` | faible | moyenne |" in got
    assert "| CCL09 (conclusion) | faible | n’existe plus |" in got


def register(folder, *rows):
    path = folder / FILE
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_errors_come_newest_first(tmp_path):
    path = register(tmp_path, "2026-01-02,index,Un,ouverte,", "2026-03-01,index,Deux,corrigee,Refait")
    assert [one.what_fr for one in read(path, {"index"})] == ["Deux", "Un"]
    assert read(tmp_path / "absent.csv", ()) == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2026-13-02,index,Un,ouverte,", "ligne 2 : date « 2026-13-02 »"),
        ("2026-01-02,indexe,Un,ouverte,", "page inconnue « indexe »"),
        ("2026-01-02,index,Un,corrigée,Fait", "statut « corrigée » ; le plus proche : corrigee"),
        ("2026-01-02,index,Un,corrigee,", "rien ne dit ce qui a été fait"),
        ("2026-01-02,index,,ouverte,", "rien ne dit ce qui est faux"),
    ],
)
def test_faulty_line_is_told(tmp_path, row, fault):
    with pytest.raises(ValueError, match=re.escape(fault)):
        read(register(tmp_path, row), {"index"})


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(ValueError, match="ligne 2 .* ligne 3"):
        read(register(tmp_path, "hier,index,Un,ouverte,", "2026-01-02,x,Un,ouverte,"), {"index"})


def test_published_register_is_sound():
    pages = contents(REPOSITORY / "book" / "_toc.yml")
    assert read(REPOSITORY / "book" / paths.SITE / FILE, pages)


def test_page_of_changes_tells_every_version_of_the_changelog():
    versions = re.compile(r"^## (\S+)", re.MULTILINE)
    told = versions.findall((REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"))
    page = (REPOSITORY / "book" / "changements.md").read_text(encoding="utf-8")
    numbered = [name.rstrip(",") for name in versions.findall(page) if name[0].isdigit()]
    assert numbered == [name for name in told if name[0].isdigit()]
    assert ("## À paraître" in page) == ("Unreleased" in told)
