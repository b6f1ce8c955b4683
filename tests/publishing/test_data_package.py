import hashlib
import json
import re
import shutil

import pytest
from conftest import REPOSITORY

from pic_analysis import paths
from pic_analysis.publishing import data_package
from pic_analysis.publishing.citation_file import parse
from pic_analysis.publishing.data_package import LICENCE
from pic_analysis.publishing.offered import offered

ABOUT = parse('title: Livre\nversion: "2"\ndate-released: "2026-01-31"\nlicense: MIT\nauthors: [{name: Moi}]\n')
STATEMENT = "B1-02"  # one that references are attached to
FOLDER = REPOSITORY / "data" / "processed" / "loos_2016"


@pytest.fixture
def package(monkeypatch, loos):
    """Return the package of the repository's study."""
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    return data_package.data_package(loos, offered("loos_2016"), ABOUT)


def test_package_says_what_the_citation_says(tiny_study):
    got = data_package.data_package(tiny_study(), offered("essai"), ABOUT)
    assert (got["name"], got["version"], got["created"]) == ("essai", "2", "2026-01-31T00:00:00Z")
    assert got["contributors"] == [{"title": "Moi", "role": "author"}]
    assert got["sources"] == [{"title": "Rapport"}]
    assert "keywords" not in got


def test_size_and_fingerprint_are_those_of_the_files(package):
    for resource in package["resources"]:
        content = (FOLDER / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_path_stays_in_the_folder_and_every_name_is_allowed(package):
    names = [resource["name"] for resource in package["resources"]]
    assert len({*names}) == len(names)
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        for path in (resource["path"], resource["schema"]):
            assert (FOLDER / path).resolve().is_relative_to(FOLDER)
            assert (FOLDER / path).is_file()
            assert ".." not in path


def test_every_link_between_tables_leads_to_a_table_of_the_package(package):
    """Here without another tool: each value that refers to a table is one of its keys."""
    tables = {one.name: one for one in offered("loos_2016")}
    ties = 0
    for one in tables.values():
        for key in json.loads((FOLDER / one.schema_path).read_text(encoding="utf-8"))["foreignKeys"]:
            to = tables[key["reference"]["resource"] or one.name].frame[key["reference"]["fields"]]
            values = one.frame[key["fields"]]
            assert set(values[values != ""]) <= set(to), (one.name, key)
            ties += 1
    assert ties > 20


def test_licence_is_that_of_the_repository():
    text = (REPOSITORY / "LICENCE-DONNEES.md").read_text(encoding="utf-8")
    assert LICENCE["path"] in text
    assert "Licence Ouverte 2.0" in text


@pytest.fixture
def frictionless():
    return pytest.importorskip("frictionless", reason="frictionless is not installed: its own verdict is not asked")


def test_frictionless_finds_no_fault(frictionless):
    report = frictionless.validate(str(FOLDER / data_package.FILE))
    assert report.flatten(["name", "type", "message"]) == []
    assert report.stats["tasks"] == len(offered_paths())


def test_frictionless_finds_the_faults_of_a_spoilt_copy(frictionless, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "copy")
    path = tmp_path / "copy" / "citations.csv"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace(STATEMENT, "Z9-99"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    report = frictionless.validate(str(tmp_path / "copy" / data_package.FILE))
    kinds = {kind for (kind,) in report.flatten(["type"])}
    assert {"hash-count", "foreign-key"} <= kinds


def offered_paths():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        return [one.path for one in offered("loos_2016", paths.processed("loos_2016"))]
