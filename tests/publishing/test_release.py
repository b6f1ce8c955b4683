"""An edition is what its history says, and says nothing that it does not know."""

import subprocess

import pytest

from pic_analysis import __version__
from pic_analysis.publishing.release import Release, content_at, edition_before, release

CITATION = """cff-version: 1.2.0
title: Essai
version: 2.3.4
date-released: "2025-03-01"
license: MIT
authors: [{name: Quelqu’un}]
"""


def git(folder, *arguments, day="2026-05-17T23:30:00+02:00"):
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr", "-c", "commit.gpgsign=false"]
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, env=dates)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: Essai\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


def test_date_is_that_of_the_commit_and_not_of_the_day(repository):
    got = release(repository)
    assert (got.version, got.date, len(got.revision), got.changed) == ("2.3.4", "2026-05-17", 10, False)
    assert got.context["date_fr"] == "17 mai 2026"
    assert release(repository) == got


def test_sources_that_differ_from_the_commit_are_said_and_made_files_are_not(repository):
    (repository / "_build").mkdir()
    (repository / "_build" / "x.html").write_text("x", encoding="utf-8")
    assert not release(repository).changed
    (repository / "_config.yml").write_text("title: Autre\n", encoding="utf-8")
    assert release(repository).context["commit"].endswith(", avec des changements non enregistrés")


def test_without_history_the_record_of_citation_speaks(tmp_path):
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    assert release(tmp_path) == Release("2.3.4", "2025-03-01")


def test_without_anything_only_the_version_is_known(tmp_path):
    assert release(tmp_path).context == {"version_fr": __version__}


def test_folder_inside_another_repository_has_no_history_of_its_own(repository):
    inside = repository / "copie"
    inside.mkdir()
    assert release(inside).revision == ""


def test_edition_before_is_the_last_tag_of_another_commit(repository):
    assert edition_before(repository) == ""
    git(repository, "tag", "v1")
    assert edition_before(repository) == ""  # it is this one
    (repository / "_config.yml").write_text("title: Deux\n", encoding="utf-8")
    git(repository, "commit", "-qam", "Change", day="2026-06-01T12:00:00+00:00")
    assert edition_before(repository) == "v1"
    assert content_at(repository, "v1", "_config.yml") == "title: Essai\n"
    assert content_at(repository, "v1", "rien.csv") is None
