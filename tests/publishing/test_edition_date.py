"""The date that printed and packed editions bear: that of the sources, never of the day."""

import subprocess
from datetime import UTC, datetime

from pic_analysis.publishing.edition_date import UNKNOWN, edition_date

THEN = datetime(2024, 2, 29, 12, 0, tzinfo=UTC)


def test_it_is_that_of_the_last_commit(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, THEN.isoformat())
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), *who, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    assert edition_date(tmp_path) == THEN


def test_the_usual_variable_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(THEN.timestamp())))
    assert edition_date(tmp_path) == THEN


def test_without_history_it_is_one_that_an_archive_can_hold(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for given in ("", "hier", "0"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
        assert edition_date(tmp_path) == UNKNOWN
