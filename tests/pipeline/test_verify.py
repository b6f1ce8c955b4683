from __future__ import annotations

from pathlib import Path

import pytest

from pic_analysis.pipeline import verify
from pic_analysis.publishing.notebooks import Job, NotebookError
from pic_analysis.publishing.stable import stable


@pytest.fixture
def folders(tmp_path):
    for name in ("mini", "computed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text("x\n1\n")
    return tmp_path / "mini", tmp_path / "computed"


def test_same_tables(folders):
    assert verify.folder_differences(*folders) == []


def test_table_edited_by_hand_is_named_with_its_line(folders):
    (folders[0] / "a.csv").write_text("x\n2\n")
    (got,) = verify.folder_differences(*folders)
    assert "data/processed/mini/a.csv : la table diffère du nettoyage, ligne 2" in got


def test_table_too_many_and_table_missing(folders):
    (folders[0] / "old.csv").touch()
    (folders[1] / "new.csv").touch()
    got = verify.folder_differences(*folders)
    assert [line.split(" :")[0].rsplit("/")[-1] for line in got] == ["new.csv", "old.csv"]


JOB = Job("Eco", Path("n.ipynb"), Path("eco.ipynb"), {}, "Éco")


def notebook(source):
    cells = [{"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": 1}]
    return stable({"cells": cells, "metadata": {}}, {})


@pytest.mark.parametrize(
    ("committed", "expected"),
    [(notebook("1"), ""), (notebook("2"), "cellule 1"), ("{", "pas un carnet lisible"), (None, "absent")],
)
def test_page_compared_with_its_new_execution(tmp_path, monkeypatch, committed, expected):
    monkeypatch.setattr(verify, "executed", lambda job, root, cold: notebook("1"))
    if committed:
        (tmp_path / "eco.ipynb").write_text(committed)
    got = verify.notebook_difference(JOB, tmp_path)
    assert expected in got
    assert bool(got) == bool(expected)


def test_page_whose_notebook_fails_now(tmp_path, monkeypatch):
    def fail(job, root, cold):
        raise NotebookError("cellule 2")

    monkeypatch.setattr(verify, "executed", fail)
    (tmp_path / "eco.ipynb").write_text(notebook("1"))
    assert verify.notebook_difference(JOB, tmp_path) == "cellule 2"


def test_passport_edited_by_hand_and_one_too_many_are_named(tiny_study, tmp_path):
    from pic_analysis import paths
    from pic_analysis.publishing import results

    folder = paths.passports("essai")
    results.write(tiny_study(), folder)
    assert verify.passport_differences("essai") == []
    (folder / "CCL01.json").write_text("{}")
    (folder / "CCL99.json").write_text("{}")
    got = verify.passport_differences("essai")
    assert [line.split(" :")[0].rsplit("/")[-1] for line in got] == ["CCL01.json", "CCL99.json"]
