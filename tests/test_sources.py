"""The coded tables against the source documents, where these are at hand."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from conftest import REPOSITORY

SEEDS = REPOSITORY.parent / "shared" / "seeds"
RAW = REPOSITORY / "data" / "raw" / "loos_2016"
# Order of the source documents in the folder; the report is the long one.
FILES = {"SRC02": "000_", "SRC03": "001_", "SRC04": "002_", "SRC01": "003_", "SRC05": "004_"}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside the repository")


def text(source: str) -> str:
    (path,) = SEEDS.glob(f"{FILES[source]}*.txt")
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {source: text(source) for source in FILES}


def rows(table: Path):
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def anchors():
    """Return every anchor with its table, its row and its source."""
    for table in sorted(RAW.glob("*.csv")):
        for number, row in enumerate(rows(table), start=2):
            for column in [name for name in row if name.endswith("anchor")]:
                named = row.get(column.replace("anchor", "source")) or row.get("source_id") or ""
                source = named if named in FILES else "SRC01"
                if row[column]:
                    yield f"{table.name}:{number}", source, row[column]


def test_every_anchor_is_found_in_its_source(sources):
    lost = [(place, anchor) for place, source, anchor in anchors() if anchor not in sources[source]]
    assert lost == []


def test_there_are_anchors_to_find():
    assert len([*anchors()]) > 900


def test_every_printed_reference_of_the_story_is_coded(sources):
    story = sources["SRC01"]
    story = story[story.index("3.2.Changement de posture") : story.index("4, Conclusions de")]
    story = re.sub(r"http\S+", "", story)
    printed = re.findall(
        r"(?:Eco|Biodiv|Part|Rehab|Agri)[_ .~]+ ?(?:PC ?[\dI][_ ]+ ?(?:[\d]|IT)|IT|Ess|Intro)\b", story
    )
    coded = [row["raw_reference"] for row in rows(RAW / "citations.csv")]
    with_cell = [reference for reference in coded if re.search(r"PC|_IT|_Ess|_Intro", reference)]
    assert len(with_cell) == len(printed)
    assert all(reference in story for reference in coded)


def test_every_respondent_code_of_the_story_is_coded(sources):
    story = sources["SRC01"]
    story = story[story.index("3.2.Changement de posture") : story.index("4, Conclusions de")]
    signed = re.findall(r"[(\[]([ABCEPR]I?\d{1,2}I?|EI)[)\]]", story)
    coded = [row["raw_speaker"] for row in rows(RAW / "testimonies.csv") if row["report_section"].startswith("3.")]
    assert sorted(signed) == sorted(code for code in coded if re.fullmatch(r"[ABCEPR]I?\d{0,2}I?", code))


def test_no_summary_copies_a_run_of_eight_words(sources):
    """Summaries are in our own words: no sentence of the sources is republished."""

    def words(sentence: str) -> list[str]:
        # Without accents nor the capital I that OCR prints for an l: neither may hide a copy.
        plain = unicodedata.normalize("NFKD", sentence.replace("’", "'").replace("I'", "l'"))
        return re.findall(r"\w+", plain.encode("ascii", "ignore").decode().casefold())

    report = " ".join(words(sources["SRC01"]))
    copied = []
    for table in sorted(RAW.glob("*.csv")):
        if table.stem == "sources":
            continue  # it gives the references of published works, which are titles and not sentences
        for number, row in enumerate(rows(table), start=2):
            for column in [name for name in row if name.endswith("_fr")]:
                own = words(row[column])
                runs = (" ".join(own[i : i + 8]) for i in range(len(own) - 7))
                copied += [(f"{table.name}:{number}", run) for run in runs if run in report]
    assert copied == [], copied
