from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from publishing.small_book import build, write_notebook

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
ALT = "Nombre de constats par paquet : 40 en B, 35 en C et 28 en D."


def figure(alt: str | None = ALT, *, at_top: bool = False, **more: Any) -> dict[str, Any]:
    own = {} if alt is None else {"pic": {"alt": alt}}
    metadata = own if at_top else {"image/svg+xml": own}
    return {"data": {"image/svg+xml": SVG, "text/plain": "<Figure>"}, "metadata": metadata, **more}


@pytest.mark.parametrize("at_top", [False, True])
def test_a_figure_carries_its_alternative_text(tmp_path: Path, at_top: bool) -> None:
    write_notebook(tmp_path, "index", figure(at_top=at_top))
    book = build(tmp_path)
    assert book.warnings == ""
    got = re.search(
        r'<figure tabindex="0" class="[^"]*figure-calculee[^"]*">\s*<img alt="([^"]*)" src="_images/\w+.svg"',
        book.body(),
    )
    assert got
    assert got[1].replace("\N{NO-BREAK SPACE}", " ") == ALT
    assert "</figure>" in book.body()


@pytest.mark.parametrize("alt", [None, "", "   "])
def test_a_figure_without_alternative_text_is_a_warning(tmp_path: Path, alt: str | None) -> None:
    write_notebook(tmp_path, "index", figure(alt))
    book = build(tmp_path)
    assert "figure (cellule 2) : pas de texte alternatif" in book.warnings
    assert 'alt=""' in book.body()


def test_an_alternative_text_of_one_word_is_a_warning(tmp_path: Path) -> None:
    write_notebook(tmp_path, "index", figure("Diagramme"))
    assert "texte alternatif de 9 signes ; il en faut de 30 à 250" in build(tmp_path).warnings


def test_two_figures_keep_their_own_texts(tmp_path: Path) -> None:
    other = ALT.replace("40", "41")
    write_notebook(tmp_path, "index", figure(), figure(other))
    got = re.findall(r'<img alt="([^"]*)"', build(tmp_path).body())
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in got] == [ALT, other]


def test_folded_code_is_one_summary_in_french(tmp_path: Path) -> None:
    write_notebook(tmp_path, "index", figure(tags=["hide-input"]))
    html = build(tmp_path, nb_code_prompt_show="Voir le code").body()
    got = re.search(r"<details class=\"([^\"]*)\">\s*<summary>(.*?)</summary>", html)
    assert got
    assert got.groups() == ("cellule-pliee above-input", "Voir le code")
    assert "Toggle" not in html
