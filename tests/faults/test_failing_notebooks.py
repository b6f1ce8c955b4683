"""A notebook that fails, or dies: who, where, with what; its page and the book stay as they were."""

from __future__ import annotations

import pytest
from faults import compendium, killing

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1 / 0", [", cellule 4 ", "ZeroDivisionError : division by zero"]),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", ["s’est arrêté"]),
        ("print(open('absent.csv'))", [", cellule 4 ", "absent.csv"]),
    ],
    ids=["raises", "dies", "asks for a file that is not there"],
)
def test_failure_is_told_and_nothing_of_it_is_published(place, undisturbed, code, expected):
    compendium.edit(place, compendium.BEFORE)
    source = place / "notebooks" / "synthese.ipynb"
    sound = source.read_bytes()
    compendium.notebook(place, "synthese", "x = 1", code)
    done = compendium.pic(place)
    assert done.returncode == 3, done.stdout
    told = ["Le carnet notebooks/synthese.ipynb", "(paramètres : study=essai)", "book/synthese.ipynb est restée", "→"]
    assert [words for words in [*told, *expected] if words not in done.stdout] == [], done.stdout
    assert "Traceback" not in done.stdout
    assert killing.left_alive(place) == {}
    assert killing.digests(place) == undisturbed.before
    source.write_bytes(sound)
    assert "Rien n’a changé" in compendium.pic(place).stdout


def test_other_notebooks_are_done(place, undisturbed):
    compendium.notebook(place, "synthese", "1 / 0")
    done = compendium.pic(place)
    assert done.returncode == 3
    got = killing.digests(place)
    pages = [path for path in got if path.startswith(compendium.PAGES) and path.endswith(".ipynb")]
    stayed = [path for path in pages if got[path] == undisturbed.before[path] != undisturbed.after[path]]
    assert stayed == ["book/synthese.ipynb"]
    assert got[compendium.BOOK] == undisturbed.before[compendium.BOOK]


def test_unreadable_memory_of_the_last_run_is_told_with_what_to_do(place):
    (place / ".pic" / "pytask.lock").write_bytes(b"\x00 not TOML")
    (place / ".pic" / "timings.json").write_text("{")
    done = compendium.pic(place, "clean", "--study", compendium.STUDY)
    assert done.returncode == 3
    assert "Supprimez le dossier .pic/" in done.stdout
    assert "Traceback" not in done.stdout
