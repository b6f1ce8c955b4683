"""Lists of objects whose cards stand elsewhere: who comes by an old address finds the way."""

from __future__ import annotations

from pathlib import Path

from publishing.small_book import build, card, write

OLD = "# Livre\n\n- {entree}`cell Eco_PC1_1`\n\n```{toctree}\nneuf\n```\n"


def test_an_old_address_leads_to_the_card(tmp_path: Path) -> None:
    write(tmp_path, index=OLD, neuf="# Neuf\n" + card("cell", "Eco_PC1_1", "Changement observé"))
    book = build(tmp_path)
    assert book.warnings == ""
    shown = 'id="Eco_PC1_1" href="neuf.html#Eco_PC1_1">Eco_PC1_1\N{NO-BREAK SPACE}: Changement observé</a>'
    assert shown in _sorted(book.body())


def _sorted(html: str) -> str:
    """Put the identifier of a link before its address: docutils may write it on either side."""
    return html.replace('href="neuf.html#Eco_PC1_1" id="Eco_PC1_1"', 'id="Eco_PC1_1" href="neuf.html#Eco_PC1_1"')


def test_in_one_page_only_the_card_bears_the_identifier(tmp_path: Path) -> None:
    write(tmp_path, index=OLD, neuf="# Neuf\n" + card("cell", "Eco_PC1_1", "Changement observé"))
    assert build(tmp_path, "singlehtml").page().count('id="Eco_PC1_1"') == 1


def test_beside_its_card_a_line_bears_no_identifier(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n- {entree}`cell Eco_PC1_1`\n" + card("cell", "Eco_PC1_1"))
    assert build(tmp_path).body().count('id="Eco_PC1_1"') == 1


def test_a_line_without_card_is_a_dead_reference(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n- {entree}`cell Eco_PC9_1`\n" + card("cell", "Eco_PC1_1"))
    assert "renvoi mort : Eco_PC9_1 ; le plus proche : Eco_PC1_1" in build(tmp_path).warnings


def test_a_kind_that_is_none_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n- {entree}`cel Eco_PC1_1`\n")
    assert "nature d’entrée inconnue : cel ; la plus proche : cell" in build(tmp_path).warnings
