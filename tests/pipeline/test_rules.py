"""A step is rerun when, and only when, what it depends on changed."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from pic_analysis.files import write_atomically
from pic_analysis.observatory import Observatory
from pic_analysis.publishing import indicator_results, notebooks

EVERYTHING = {"clean", "passports", "open_data", "Eco", "B", "synthese", "solidite", "suivre_une_conclusion", "book"}
NOTEBOOKS = EVERYTHING - {"clean", "passports", "open_data"}


def test_first_build_runs_everything_in_order(compendium):
    got = compendium.run().done
    assert (got[0], got[-1], set(got)) == ("clean", "book", EVERYTHING)


def test_nothing_changed_runs_nothing(compendium):
    compendium.build()
    got = compendium.run()
    assert (got.done, got.kept) == ((), len(EVERYTHING))


def test_code_cell_of_one_notebook(compendium):
    compendium.build()
    compendium.notebook("synthese", "1 + 2")
    assert compendium.build() == {"synthese", "book"}


def test_text_cell_of_one_notebook(compendium):
    compendium.build()
    compendium.notebook("synthese", "1 + 1", text="# {{title}}, relu")
    assert compendium.build() == {"synthese", "book"}


def test_notebook_saved_again_by_jupyter_with_outputs(compendium):
    compendium.build()
    path = compendium.root / "notebooks/synthese.ipynb"
    path.write_text(path.read_text().replace('"execution_count": null', '"execution_count": 7'))
    assert compendium.build() == set()


def test_parameter_or_label_of_one_page(compendium):
    compendium.build()
    compendium.labels["Eco"] = "Base 11/19"
    assert compendium.build() == {"Eco", "book"}


def test_datum(compendium):
    compendium.build()
    compendium.write("data/raw/mini/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() == EVERYTHING


def test_raw_change_that_cleaning_removes_stops_at_the_cleaning(compendium):
    compendium.build()
    compendium.write("data/raw/mini/statements.csv", "# relu\nstatement_id\nB1-01\n")
    assert compendium.build() == {"clean"}


def test_who_is_to_be_cited(compendium):
    compendium.build()
    compendium.write("CITATION.cff", "title: Mini, relu")
    assert compendium.build() == {"open_data", "book"}


def test_study_settings(compendium):
    compendium.build()
    compendium.write("data/raw/mini/study.yml", "name: mini\nyear: 2016")
    assert compendium.build() == EVERYTHING


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("links.py", {"B"}),
        ("voices.py", {"Eco"}),
        ("words.py", {"Eco", "clean"}),  # imported inside a function, by a module that the notebook imports
        ("cleaning/study.py", {"clean"}),
        ("alone.py", set()),
        ("publishing/notebooks.py", NOTEBOOKS),  # it executes them, and the book reads it
        ("publishing/nursery_process.py", NOTEBOOKS),  # started as a program, and imported by none
        ("publishing/results.py", {"passports", "book"}),
        ("publishing/open_data.py", {"open_data", "book"}),
        ("publishing/theme/style.css", {"book"}),
        ("figures/__init__.py", {"book"}),
    ],
)
def test_module(compendium, module, expected):
    compendium.build()
    compendium.write(f"thepackage/{module}", "changed = True")
    assert compendium.build() == expected


def test_lock(compendium):
    compendium.build()
    compendium.write("requirements.lock", "pandas==3.2")
    assert compendium.build() == EVERYTHING


@pytest.mark.parametrize("page", ["book/index.md", "book/_toc.yml", "_config.yml", "book/nouvelle.md"])
def test_page_or_configuration_of_the_book(compendium, page):
    compendium.build()
    compendium.write(page, "root: autre")
    assert compendium.build() == {"book"}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("book/etudes-de-cas/eco.ipynb", {"Eco"}),
        ("data/processed/mini/statements.csv", {"clean"}),
        ("data/processed/mini/passports/strength.csv", {"passports"}),
        ("data/processed/mini/datapackage.json", {"open_data"}),
        ("codemeta.json", {"open_data"}),
        ("_build/site/donnees/table.csv", {"open_data"}),
        ("_build/html/index.html", {"book"}),
    ],
)
def test_output_deleted_or_edited_by_hand_is_made_again(compendium, output, expected):
    compendium.build()
    before = (compendium.root / output).read_text()
    (compendium.root / output).unlink()
    assert compendium.build() == expected
    compendium.write(output, "retouché")
    assert compendium.build() == expected
    assert (compendium.root / output).read_text() == before


def test_same_change_is_seen_though_the_date_is_kept(compendium):
    compendium.build()
    path = compendium.root / "data/raw/mini/statements.csv"
    date = path.stat().st_mtime_ns
    compendium.write("data/raw/mini/statements.csv", "statement_id\nB1-09\n")
    os.utime(path, ns=(date, date))
    assert "clean" in compendium.build()


def test_build_moved_to_another_folder_stays_up_to_date(compendium, monkeypatch, tmp_path_factory):
    compendium.build()
    moved = tmp_path_factory.mktemp("ailleurs") / "depot"
    shutil.copytree(compendium.root, moved)
    compendium.root = moved
    monkeypatch.setenv("PIC_ROOT", str(moved))
    assert compendium.build() == set()


def test_module_changed_while_its_notebook_was_running(compendium, monkeypatch):
    execute = notebooks.execute

    def execute_and_edit(job, root):
        execute(job, root)
        compendium.write("thepackage/voices.py", f"edited = {job.name!r}")

    monkeypatch.setattr(notebooks, "execute", execute_and_edit)
    compendium.build()
    monkeypatch.setattr(notebooks, "execute", execute)
    assert compendium.build() == {"Eco"}
    assert compendium.build() == set()


WORKSHOP = {"clean:demo_entretiens", "atelier_de_codage"}


def test_page_on_another_study_cleans_that_study_first(compendium):
    compendium.demonstration()
    got = compendium.run().done
    assert set(got) == EVERYTHING | WORKSHOP
    assert got.index("clean:demo_entretiens") < got.index("atelier_de_codage")
    assert compendium.build() == set()


def test_page_on_another_study_follows_that_study_alone(compendium):
    compendium.demonstration()
    compendium.build()
    compendium.write("data/raw/demo_entretiens/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() == WORKSHOP | {"book"}
    compendium.write("data/raw/demo_entretiens/study.yml", "name: demo_entretiens\nyear: 2016")
    assert compendium.build() == WORKSHOP | {"book"}  # which compares studies, and so reads their settings
    compendium.write("data/raw/mini/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() == EVERYTHING


def test_book_follows_the_studies_that_it_compares_and_what_they_have_in_common(compendium):
    compendium.write("data/raw/autre/study.yml", "name: autre")
    compendium.build()
    compendium.write("data/processed/autre/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() == {"book"}
    compendium.write("data/raw/mechanism_families.csv", "family_id\n")
    assert compendium.build() == {"book"}
    compendium.write("data/raw/autre/statements.csv", "statement_id\n")  # not cleaned yet
    assert compendium.build() == set()


def test_files_of_indicators_are_made_where_there_are_indicators(compendium, monkeypatch):
    def write(known, folder):
        table = compendium.root / "data/processed" / known / "statements.csv"
        write_atomically(folder / "P01.csv", table.read_text())

    monkeypatch.setattr(Observatory, "load", lambda name: name)
    monkeypatch.setattr(indicator_results, "write", write)
    compendium.write("data/raw/mini/indicators/observations.csv", "value")
    assert compendium.build() == {*EVERYTHING, "fiches"}
    assert compendium.build() == set()
    compendium.write("data/processed/mini/indicators/fiches/P01.csv", "à la main")
    assert "fiches" in compendium.build()


def notes_what_it_opened(compendium, monkeypatch, names):
    """Have each notebook note that it opened the tables named."""
    execute = notebooks.execute

    def noting(job, root):
        execute(job, root)
        opened = [f"data/processed/mini/{name}.csv" for name in names]
        notebooks.write_atomically(root / notebooks.record_of(job), json.dumps(opened))

    monkeypatch.setattr(notebooks, "execute", noting)


def test_table_that_no_notebook_opened(compendium, monkeypatch):
    notes_what_it_opened(compendium, monkeypatch, [])
    compendium.build()
    compendium.write("data/raw/mini/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() & NOTEBOOKS == {"book"}


def test_table_that_notebooks_opened(compendium, monkeypatch):
    notes_what_it_opened(compendium, monkeypatch, ["statements"])
    compendium.build()
    compendium.write("data/raw/mini/statements.csv", "statement_id\nB1-02\n")
    assert compendium.build() == EVERYTHING
    assert compendium.build() == set()


def test_new_table_is_for_all_to_look_at(compendium, monkeypatch):
    notes_what_it_opened(compendium, monkeypatch, [])
    compendium.build()
    compendium.write("data/processed/mini/voices.csv", "voice_id\n")
    assert compendium.build() >= NOTEBOOKS


def test_lost_note_of_what_was_opened(compendium, monkeypatch):
    notes_what_it_opened(compendium, monkeypatch, [])
    compendium.build()
    shutil.rmtree(compendium.root / ".pic/opened")
    assert NOTEBOOKS - {"book"} <= compendium.build()
