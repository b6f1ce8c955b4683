"""Files and folders change in one move."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from pic_analysis import files
from pic_analysis.disk import disk_fault
from pic_analysis.files import replace_folder, write_atomically, write_folder


@pytest.fixture
def folders(tmp_path):
    for name in ("new", "html"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    return tmp_path / "new", tmp_path / "html"


@pytest.fixture(params=["exchange", "two renames"])
def system(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(files, "_exchanged", lambda one, other: False)


def test_full_disk_leaves_the_old_file_and_says_which(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def refuse(source, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space") as raised:
        write_atomically(path, "new")
    assert f"{path} : le disque est plein" in disk_fault(raised.value)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.csv", "old")]


def test_folder_takes_the_place_of_another(folders, system):
    new, place = folders
    replace_folder(new, place)
    assert (place / "index.html").read_text() == "new"
    assert [one.name for one in place.parent.iterdir() if one.name.startswith(".")] == []


def test_folder_takes_a_place_that_is_free(folders, system):
    new, place = folders
    shutil.rmtree(place)
    replace_folder(new, place)
    assert (place / "index.html").read_text() == "new"
    assert not new.exists()


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="only Linux exchanges two folders in one move")
def test_there_is_a_folder_at_every_moment(folders, monkeypatch):
    new, place = folders
    monkeypatch.setattr("pathlib.Path.rename", lambda *paths: pytest.fail("this leaves no folder for an instant"))
    replace_folder(new, place)
    assert (place / "index.html").read_text() == "new"
    assert (new / "index.html").read_text() == "html"


def test_run_killed_between_two_renames_is_mended(folders, monkeypatch):
    new, place = folders
    place.rename(place.with_name(".html-ancien"))
    replace_folder(new, place)
    assert [one.name for one in place.parent.iterdir() if one.name.startswith(".")] == []
    assert (place / "index.html").read_text() == "new"


def test_copy_of_a_folder_that_fails_names_the_first_file(tmp_path):
    fault = shutil.Error([("a.css", "b.css", "[Errno 28] No space left on device: 'b.css'")])
    assert disk_fault(fault).startswith("Impossible d’écrire ou de lire b.css : le disque est plein.")


def test_search_for_a_temporary_folder_tells_why_the_disk_refuses_one(tmp_path, monkeypatch):
    def refuse(**options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    fault = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp', '/var/tmp']")
    assert disk_fault(fault).startswith(f"Impossible d’écrire ou de lire {tmp_path} : le disque est plein.")


def test_folder_loses_the_tables_and_records_no_longer_made_and_nothing_else(tmp_path):
    for name in ("a.csv", "b.csv", "b.json", "LISEZMOI.md"):
        (tmp_path / name).write_text("old")
    write_folder(tmp_path, {"a.csv": b"new", "c.json": b"{}"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.csv": "new", "c.json": "{}", "LISEZMOI.md": "old",
    }  # fmt: skip
