"""Legal and audit pages: what nobody knows is said so, and what is displayed is what the grid holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing import audit, organisation
from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.reading import settings

STUDY = SimpleNamespace(settings=settings.example())
SITE = REPOSITORY / "book" / "site"
HEADER = "number,theme_fr,title_fr,status,checked_fr,note_fr\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").write_text("", encoding="utf-8")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "book" / "site").mkdir(parents=True)
    return tmp_path / "book" / "site"


def grid(folder: Path, *rows: str) -> Path:
    path = folder / "audit_rgesn.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_what_the_publisher_has_not_filled_is_said(site):
    (site / "organisme.csv").write_text(
        "name,label_fr,value,rule_fr\nediteur,Éditeur,Ville de X,loi\nhote,Hébergeur,,loi\n", encoding="utf-8"
    )
    got = BLOCKS["organisme"](STUDY, {"champs": "editeur hote"})
    assert got == "- **Éditeur :** Ville de X\n- **Hébergeur :** à compléter par l’organisme qui publie"


def test_a_field_that_is_none_names_the_nearest(site):
    (site / "organisme.csv").write_text("name,label_fr,value,rule_fr\nediteur,Éditeur,,loi\n", encoding="utf-8")
    with pytest.raises(ValueError, match="champ inconnu : editteur ; le plus proche : editeur"):
        BLOCKS["organisme"](STUDY, {"champs": "editteur"})


def test_the_grid_has_the_78_criteria_of_2024():
    numbers = [one.number for one in audit.read(SITE / "audit_rgesn.csv")]
    by_theme = Counter(int(number.partition(".")[0]) for number in numbers)
    # Published: RGESN 2024, one sheet a criterion, nine themes.
    assert by_theme == {1: 10, 2: 10, 3: 7, 4: 15, 5: 8, 6: 7, 7: 4, 8: 10, 9: 7}
    assert numbers == [f"{theme}.{rank}" for theme, held in by_theme.items() for rank in range(1, held + 1)]


def test_the_counts_are_those_of_the_rows(site):
    grid(site, "1.1,A,Un,C,Test.,", "1.2,A,Deux,NT,,", "2.1,B,Trois,NA,,Sans objet.", "2.2,B,Quatre,NC,Lu.,Manque.")
    got = BLOCKS["audit-en-bref"](STUDY, {"grille": "rgesn"})
    assert "3 s’appliquent à ce site : 1 sont tenus, 1 ne le sont pas, 1 n’ont pas été vérifiés" in got
    assert "| A | 1 | 0 | 0 | 1 |" in got
    assert "| Ensemble | 1 | 1 | 1 | 1 |" in got


def test_the_grid_shows_every_row_with_how_it_is_known(site):
    grid(site, "1.1,A,Un,C,Test.,", "2.1,B,Deux,NA,,Sans objet.")
    got = BLOCKS["audit"](STUDY, {"grille": "rgesn"})
    assert "| 1.1 | Un | conforme | Test. |" in got
    assert "| 2.1 | Deux | non applicable | Sans objet. |" in got


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1.1,A,Un,CN,Test.,", "ligne 2 : statut « CN »"),
        ("1.1,A,Un,C,,", "dit conforme sans dire comment"),
        ("1.1,A,Un,NC,Lu.,", "dit non conforme sans dire pourquoi"),
        ("1.1,A,Un,NA,,", "dit non applicable sans dire pourquoi"),
        ("1.1,A,Un,NT,,\n1.1,A,Un,NT,,", "critère 1.1 donné deux fois"),
    ],
)
def test_a_grid_that_claims_without_saying_how_is_refused(tmp_path, row, said):
    with pytest.raises(ValueError, match=said):
        audit.read(grid(tmp_path, row))


def test_every_field_of_the_legal_pages_is_shown_on_a_page():
    pages = " ".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "book").glob("*.md"))
    fields = organisation.read(SITE / organisation.FILE, "loos_2016")
    lost = [name for name in fields if name not in pages]
    assert lost == [] or lost == ["contact-accessibilite"]  # its page is the accessibility statement
