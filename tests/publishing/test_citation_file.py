import json
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY

from pic_analysis.publishing.citation_file import FILE, CitationError, codemeta, parse

RECORD = """\
cff-version: 1.2.0
title: Un livre
version: 1.2.0
date-released: "2026-01-31"
license: MIT
repository-code: https://exemple.org/depot
doi: 10.5281/zenodo.1
keywords: [évaluation]
authors:
  - {family-names: Curie, given-names: Marie, orcid: https://orcid.org/0000-0000-0000-0000}
  - name: Une association
references:
  - {type: report, title: Un rapport, authors: [{name: Un bureau}], year: 2016, institution: {name: Une agence}}
"""


def test_persons_and_bodies_are_cited_in_reading_order():
    got = parse(RECORD)
    assert got.cited == "Marie Curie, Une association (2026), Un livre, version 1.2.0, https://doi.org/10.5281/zenodo.1"
    assert got.works[0].cited == "Un bureau, Une agence, 2016, Un rapport"


def test_record_of_the_software_says_what_the_citation_says():
    got = codemeta(parse(RECORD))
    assert got["name"] == "Un livre"
    assert got["version"] == "1.2.0"
    assert got["datePublished"] == "2026-01-31"
    assert got["license"] == "https://spdx.org/licenses/MIT"
    assert got["codeRepository"] == "https://exemple.org/depot"
    assert got["identifier"] == "https://doi.org/10.5281/zenodo.1"
    assert [author["@type"] for author in got["author"]] == ["Person", "Organization"]
    assert got["author"][0]["@id"] == "https://orcid.org/0000-0000-0000-0000"
    assert got["citation"][0]["publisher"] == {"@type": "Organization", "name": "Une agence"}


def test_what_is_not_known_is_not_written():
    short = "\n".join(line for line in RECORD.splitlines() if not line.startswith(("doi", "repository", "keywords")))
    assert {"identifier", "codeRepository", "keywords", "description"} & codemeta(parse(short)).keys() == set()


def test_every_lacking_key_is_named():
    with pytest.raises(CitationError, match="il manque authors, version, date-released, license"):
        parse("title: Un livre")


@pytest.mark.parametrize("text", ["", "- une liste", "title: [", "42"])
def test_file_that_is_no_record_is_refused_in_french(text):
    with pytest.raises(CitationError, match=f"{FILE}.*(il manque|lisible)"):
        parse(text)


def test_repository_s_own_records_agree():
    """CITATION.cff is the only one written by hand."""
    written = yaml.safe_load((REPOSITORY / FILE).read_text(encoding="utf-8"))
    made = json.loads(Path(REPOSITORY / "codemeta.json").read_text(encoding="utf-8"))
    assert (made["name"], made["version"], made["datePublished"], made["keywords"]) == (
        written["title"],
        written["version"],
        written["date-released"],
        written["keywords"],
    )
    assert made["license"].endswith(f"/{written['license']}")
    assert [author["name"] for author in made["author"]] == [author["name"] for author in written["authors"]]
    assert [work["name"] for work in made["citation"]] == [work["title"] for work in written["references"]]
