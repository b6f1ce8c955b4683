import hashlib
import json

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing import open_data
from pic_analysis.publishing.data_package import LICENCE
from pic_analysis.publishing.ro_crate import FILE

SPECIFICATION = "https://w3id.org/ro/crate/1.1"


@pytest.fixture
def graph(monkeypatch, loos):
    """Return the entities of the repository's crate, as computed now, by identifier."""
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    made = open_data.described(loos, open_data.read_citation(REPOSITORY))
    entities = json.loads(made[FILE])["@graph"]
    assert len({entity["@id"] for entity in entities}) == len(entities)
    return {entity["@id"]: entity for entity in entities}


def references(value):
    """Yield the identifiers that a value refers to; a crate nests nothing else."""
    if isinstance(value, dict):
        assert [*value] == ["@id"]
        yield value["@id"]
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_nothing_is_referred_to_that_is_not_described(graph):
    for entity in graph.values():
        for key, value in entity.items():
            for target in references(value):
                assert target in {*graph, SPECIFICATION}, (entity["@id"], key)


def test_crate_begins_with_its_own_description_and_its_root(graph):
    assert [*graph][:2] == [FILE, "./"]
    assert graph[FILE]["conformsTo"] == {"@id": SPECIFICATION}
    assert graph[FILE]["about"] == {"@id": "./"}


def test_root_says_what_the_citation_says(graph):
    about, root = open_data.read_citation(REPOSITORY), graph["./"]
    assert (root["version"], root["datePublished"], root["keywords"]) == (
        about.version,
        about.released,
        [*about.keywords],
    )
    assert root["license"] == {"@id": LICENCE["path"]}
    assert [graph[author["@id"]]["name"] for author in root["author"]] == [author.name for author in about.authors]
    assert [graph[work["@id"]]["name"] for work in root["isBasedOn"]] == [work.title for work in about.works]


def test_every_file_is_there_with_its_fingerprint(graph):
    files = [entity for entity in graph.values() if entity["@type"] == "File"]
    assert {entity["@id"] for entity in files} == {part["@id"] for part in graph["./"]["hasPart"]}
    assert len(files) > 60
    for entity in files:
        content = (REPOSITORY / "data" / "processed" / "loos_2016" / entity["@id"]).read_bytes()
        assert entity["sha256"] == hashlib.sha256(content).hexdigest()
        assert entity["contentSize"] == str(len(content))
