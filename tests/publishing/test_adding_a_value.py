"""A member adds this year's value in one line: what follows changes, and nothing else does."""

from __future__ import annotations

import datetime
import hashlib
import shutil
from pathlib import Path

import pytest
from conftest import REPOSITORY

from pic_analysis.cleaning import study as cleaning
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.observatory import Observatory
from pic_analysis.pipeline import edition
from pic_analysis.publishing import indicator_results
from pic_analysis.publishing.blocks import annual_state, indicator_calendar
from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.drawings import DRAWINGS, Picture
from pic_analysis.publishing.territory_state import State
from pic_analysis.reading import registry
from pic_analysis.study import Study

STUDY = "loos_2016"
TODAY = datetime.date.today().isoformat()
LINE = f"P01,COM-62528,2024,6800,inhabitant,definitive,{TODAY},DS01,{TODAY},A,\n"
PAGES = (
    "quoi-de-neuf",
    "revisions",
    "calendrier",
    "catalogue-des-indicateurs",
    "indicateurs-en-bref",
    "suivi-local",
    "sources",
)
ANNUAL = (
    annual_state.scope,
    annual_state.essential,
    annual_state.key_figures,
    annual_state.questions,
    annual_state.effects,
    annual_state.recommendations,
    indicator_calendar.news,
    indicator_calendar.revisions,
    indicator_calendar.calendar,
)


def observations(root: Path) -> Path:
    return root / "data/raw" / STUDY / "indicators/observations.csv"


def digest(made: object) -> str:
    if isinstance(made, Picture):
        made = made.drawing.data.to_csv() + made.drawing.title
    return hashlib.sha256(made if isinstance(made, bytes) else str(made).encode()).hexdigest()


def published(root: Path) -> dict[str, str]:
    """Clean, write the files, and return a sum of everything that the book takes from them, by name."""
    result = cleaning.clean(STUDY)
    assert [str(problem) for problem in result.report.errors] == []
    processed = root / "data/processed" / STUDY
    cleaning.write(result, processed, STUDY)
    indicator_results.write(Observatory.load(STUDY), processed / "indicators/fiches")
    made = {
        path.relative_to(processed).as_posix(): path.read_bytes() for path in processed.rglob("*") if path.is_file()
    }
    evaluation, state = Study.load(STUDY), State.load(STUDY, 2025)
    pages: dict[str, object] = {f"etat-annuel {part.__name__}": part(state) for part in ANNUAL}
    pages |= {f"page {name}": BLOCKS[name](evaluation, {}) for name in PAGES}
    for indicator in state.indicators:
        pages[f"fiche {indicator}"] = BLOCKS["fiche-indicateur"](evaluation, {"indicateur": indicator})
        if indicator in state.key_figures:
            pages[f"dessin {indicator}"] = DRAWINGS["serie"](evaluation, {"indicateur": indicator})
    return {name: digest(content) for name, content in {**made, **pages}.items()}


@pytest.fixture(scope="module")
def compendium(tmp_path_factory):
    """Return a copy of the repository's raw data, whose values an edition has frozen, and what it published."""
    root = tmp_path_factory.mktemp("annee")
    # As if the value were not known yet, and no edition made, whatever the repository has become.
    raw = shutil.copytree(
        REPOSITORY / "data/raw" / STUDY, root / "data/raw" / STUDY, ignore=shutil.ignore_patterns("editions")
    )
    lines = observations(root).read_text(encoding="utf-8").splitlines(keepends=True)
    known = [line for line in lines if not line.startswith(LINE[: LINE.index("6800")])]
    observations(root).write_text("".join(known), encoding="utf-8")
    (root / "_config.yml").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(root))
        registry.write(raw)
        edition.write(edition.prepare(cleaning.clean(STUDY), STUDY, datetime.date(2026, 11, 22)))
        yield root, published(root)


def test_one_line_changes_what_it_tells_and_nothing_else(compendium):
    root, before = compendium
    with observations(root).open("a", encoding="utf-8") as file:
        file.write(LINE)
    after = published(root)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {
        "indicators/observations.csv",
        "indicators/fiches/P01.csv",
        "indicators/fiches/P01.json",
        "indicators/fiches/P01_saisie.csv",
        "fiche P01",
        "dessin P01",
        "etat-annuel scope",
        "etat-annuel essential",
        "etat-annuel key_figures",
        "etat-annuel news",
        "etat-annuel calendar",
        "page quoi-de-neuf",
        "page calendrier",
        "page catalogue-des-indicateurs",
    }


def test_the_news_names_the_value_and_the_date_follows(compendium):
    root, _ = compendium
    before = observations(root).read_text(encoding="utf-8")
    observations(root).write_text(before.replace(LINE, "") + LINE, encoding="utf-8")
    published(root)
    observations(root).write_text(before, encoding="utf-8")
    state = State.load(STUDY, 2025)
    assert "en 2024 : 6\u202f800\u00a0habitants." in indicator_calendar.news(state)
    assert date_fr(TODAY) in annual_state.scope(state)
    assert "6\u202f800\u00a0habitants en 2024" in annual_state.essential(state)


def test_correction_without_a_line_of_revision_is_refused_with_the_line_to_paste(compendium):
    root, _ = compendium
    before = observations(root).read_text(encoding="utf-8")
    last = "P01,COM-62528,2023,6799,"
    assert last in before
    observations(root).write_text(before.replace(last, last.replace("6799", "6798")), encoding="utf-8")
    errors = [str(problem) for problem in cleaning.clean(STUDY).report.errors]
    observations(root).write_text(before, encoding="utf-8")
    assert len(errors) == 1
    assert "revisions.csv" in errors[0]
    assert "P01,COM-62528,2023," in errors[0]
    assert ",6799,6798," in errors[0]
