from __future__ import annotations

from pathlib import Path

import pytest
from publishing.small_book import build, card, write, write_notebook

from pic_analysis.publishing.markup import table


def body(folder: Path, text: str) -> str:
    write(folder, index=f"# Livre\n\n{text}")
    return build(folder).body()


def test_a_cell_holds_its_text_itself(tmp_path: Path) -> None:
    html = body(tmp_path, table("Paquets", ["Paquet"], [["**B**"]]))
    assert '<tr><th scope="row"><strong>B</strong></th>' in html


def test_an_item_holds_its_text_itself_even_before_a_list(tmp_path: Path) -> None:
    html = body(tmp_path, "- un\n- deux\n  - trois\n")
    assert "<li>un</li>" in html
    assert "<li>deux<ul>" in html.replace("\n", "").replace(' class="simple"', "")


def test_the_paragraphs_of_an_item_stay_apart(tmp_path: Path) -> None:
    html = body(tmp_path, "- un\n\n  deux\n")
    assert "<p>un</p>\n<p>deux</p>" in html


def test_code_is_one_element(tmp_path: Path) -> None:
    assert "<code>a b c</code>" in body(tmp_path, "Voir `a b c`.")


def test_code_keeps_the_colours_of_comments_texts_and_keywords_only(tmp_path: Path) -> None:
    html = body(tmp_path, '```python\nif n: name = "a"  # dit\n```\n')
    assert '<span class="k">if</span> n: name = <span class="s2">' in html
    assert "# dit</span>" in html


def test_a_bare_code_is_named_in_full_and_its_text_is_said_once(tmp_path: Path) -> None:
    html = body(tmp_path, "{renvoi}`Eco_PC1_1`\n" + card("cell", "Eco_PC1_1", "Un mot & un autre"))
    name = "Eco_PC1_1\N{NO-BREAK SPACE}: Un mot &amp; un autre"
    assert f'title="{name}" aria-label="{name}">Eco_PC1_1</a>' in html


def test_a_link_with_its_own_words_needs_no_other_name(tmp_path: Path) -> None:
    html = body(tmp_path, "{renvoi}`la cellule <Eco_PC1_1>`\n" + card("cell", "Eco_PC1_1", "Titre"))
    assert "aria-label" not in html


@pytest.mark.parametrize("suffix", ["csv"])
def test_a_file_to_download_is_named_in_words(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, index=f"# Livre\n\n{{download}}`la table a.{suffix} <a.{suffix}>`\n")
    (tmp_path / "pages" / f"a.{suffix}").write_text("a\n", encoding="utf-8")
    html = build(tmp_path).body()
    assert f">la table a.{suffix}</a>" in html


def test_a_cell_of_a_notebook_is_one_box(tmp_path: Path) -> None:
    write_notebook(tmp_path, "carnet", {"data": {"text/markdown": "Texte.", "text/plain": "Texte."}})
    write(tmp_path, index="# Livre\n\n```{toctree}\ncarnet\n```\n")
    html = build(tmp_path).body("carnet")
    assert "Texte." in html
    assert "cell_output" not in html
    assert html.count("<div") == html.count("</div>")
