"""What the site says of its own accessibility is what the grid of the audit holds, and the grid tells no tale."""

from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing import audit
from pic_analysis.publishing.accessibility import FILE, Conformity, conformity, mention
from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.typography import french
from pic_analysis.reading import settings

STUDY = SimpleNamespace(settings=settings.example())
SITE = REPOSITORY / "book" / "site"
HEADER = "number,theme_fr,title_fr,status,checked_fr,note_fr\n"


@pytest.fixture
def grid(tmp_path, monkeypatch):
    """Return a function that writes a grid of a few criteria."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").write_text("", encoding="utf-8")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    folder = tmp_path / "book" / "site"
    folder.mkdir(parents=True)

    def write(*statuses):
        rows = [f"1.{n},Images,Objet {n},{status},Lu.,Raison {n}." for n, status in enumerate(statuses, 1)]
        (folder / FILE).write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        return folder

    return write


def test_the_grid_has_the_106_criteria_of_rgaa():
    numbers = [one.number for one in audit.read(SITE / FILE)]
    by_theme = Counter(int(number.partition(".")[0]) for number in numbers)
    # Published: RGAA 4.1.2, criteria by theme.
    assert by_theme == {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
    assert numbers == [f"{theme}.{rank}" for theme, held in by_theme.items() for rank in range(1, held + 1)]


def test_a_test_that_the_grid_names_exists():
    named = {name for one in audit.read(SITE / FILE) for name in re.findall(r"test_\w+", one.checked_fr + one.note_fr)}
    written = {
        name
        for path in (REPOSITORY / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) >= 20
    assert named - written == set()


def test_a_rule_of_axe_that_the_grid_names_is_run():
    from accessibility.axe_fr import RULES

    said = " ".join(one.checked_fr for one in audit.read(SITE / FILE))
    named = {rule for found in re.findall(r"[Rr]ègles? ([a-z, -]+?) d’axe-core", said) for rule in found.split(", ")}
    assert len(named) >= 20
    assert named - {*RULES} == set()


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("C", "C", "NA"), "totalement conforme"),
        (("C", "NC", "NA"), "partiellement conforme"),
        (("C", "NC", "NC"), "non conforme"),
        (("C", "C", "NT"), "non conforme"),
        (("NA", "NA"), "non conforme"),
    ],
)
def test_the_mention_follows_the_grid_and_an_audit_that_is_not_complete_is_worth_none(grid, statuses, expected):
    assert mention(grid(*statuses)) == f"Accessibilité : {expected}"


def test_no_rate_is_given_before_the_audit_is_complete(grid):
    grid("C", "C", "NC", "NT")
    got = BLOCKS["etat-d-accessibilite"](STUDY, {})
    assert "non conforme" in got
    assert "%" not in got
    grid("C", "C", "NC", "NA")
    assert "67\N{NO-BREAK SPACE}%" in BLOCKS["etat-d-accessibilite"](STUDY, {})


def test_what_is_broken_and_what_nobody_verified_are_listed_apart(grid):
    grid("C", "NC", "NT")
    assert BLOCKS["non-conformites"](STUDY, {}) == "- **1.2. Objet 2.** Raison 2."
    assert BLOCKS["criteres-non-verifies"](STUDY, {}) == "- **1.3. Objet 3.** Raison 3."


def test_a_site_without_a_grid_says_nothing(tmp_path):
    assert mention(tmp_path) == ""


def test_counts_are_those_of_the_rows(grid):
    folder = grid("C", "C", "NC", "NA", "NT")
    assert conformity(audit.read(folder / FILE)) == Conformity(2, 1, 1, 1)


@pytest.mark.slow
def test_every_page_bears_the_mention_and_the_statement_says_what_the_grid_holds(pages):
    criteria = audit.read(SITE / FILE)
    found, said = conformity(criteria), " ".join(pages["accessibilite.html"].text)
    bare = [path for path, page in pages.items() if french(mention(SITE)) not in page.text]
    assert bare == []
    assert found.state_fr in said
    broken = [one for one in criteria if one.status in ("NC", "NT")]
    assert [one.number for one in broken if f"{one.number}. {french(one.title_fr)}" not in said] == []
    displayed = [row for row in pages["rgaa.html"].text if re.fullmatch(r"\d+\.\d+", row)]
    assert displayed == [one.number for one in criteria]
