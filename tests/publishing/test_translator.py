from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes
from publishing.small_book import build, write

from pic_analysis.publishing.markup import table
from pic_analysis.publishing.translator import Translator


def cells(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<(t[hd](?: scope=\"\w+\")?)(?=[ >])[^>]*>(?:<p>)?([^<]*)", html)


def test_headers_say_what_they_head(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n" + table("Paquets", ["Paquet", "Constats"], [["B", "12"], ["C", "9"]]))
    got = cells(build(tmp_path).body())
    expected = [
        ('th scope="col"', "Paquet"),
        ('th scope="col"', "Constats"),
        ('th scope="row"', "B"),
        ("td", "12"),
        ('th scope="row"', "C"),
        ("td", "9"),
    ]
    assert got == expected


def test_stub_columns_head_their_rows(tmp_path: Path) -> None:
    text = "```{list-table} Deux colonnes\n:header-rows: 1\n:stub-columns: 1\n\n* - a\n  - b\n* - c\n  - d\n```\n"
    write(tmp_path, index=f"# Livre\n\n{text}")
    got = cells(build(tmp_path).body())
    assert got == [('th scope="col"', "a"), ('th scope="col"', "b"), ('th scope="row"', "c"), ("td", "d")]


def test_without_row_headers_the_first_column_is_data(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n" + table("Mots", ["Mot"], [["oui"]], row_headers=False))
    assert cells(build(tmp_path).body()) == [('th scope="col"', "Mot"), ("td", "oui")]


def test_an_empty_corner_is_no_header(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n" + table("Croisement", ["", "B"], [["Éco", "3"]]))
    assert cells(build(tmp_path).body())[0] == ("td", "")


def test_columns_are_counted_across_merged_cells(tmp_path: Path) -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c     |\n+---+---+\n| d | e |\n+---+---+\n"
    write(tmp_path, index=f"# Livre\n\n```{{eval-rst}}\n{grid}```\n")
    html = build(tmp_path).body()
    assert '<td colspan="2">' in html
    assert cells(html)[-1] == ("td", "e")


def test_a_table_scrolls_in_a_region_named_by_its_caption(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n" + table('Les "paquets" & <cas>', ["a"], [["b"]]))
    html = build(tmp_path).body()
    name = re.search(r'<div class="table-scroll" role="region" tabindex="0" aria-label="([^"]*)">\n<table', html)
    assert name
    assert name[1].startswith("Tableau\N{NO-BREAK SPACE}: Les ")
    assert "&lt;cas&gt;" in name[1]
    assert html.index("<caption>") < html.index("<thead>") < html.index("</table>\n</div>")


def test_tables_without_caption_have_different_names(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n| a |\n|---|\n| b |\n\nTexte.\n\n| c |\n|---|\n| d |\n")
    assert re.findall(r'aria-label="([^"]*)"', build(tmp_path).body()) == ["Tableau 1", "Tableau 2"]


def test_no_heading_without_a_level(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n```{toctree}\n:caption: Étapes\na\n```\n", a="# A\n")
    html = build(tmp_path).page()
    assert "Étapes" in html
    assert 'role="heading"' not in html


def test_notes_are_one_list_that_is_no_landmark(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\nUn[^1], deux[^2].\n\n[^1]: Note une.\n[^2]: Note deux.\n")
    html = build(tmp_path).body()
    assert html.count('<div class="footnote-list') == 1
    assert html.count('role="doc-footnote"') == 2
    assert html.count("<aside") == html.count("</aside>") == 2
    assert html.count("<div") == html.count("</div>")


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_an_image_without_alternative_text_is_a_warning(tmp_path: Path, builder: str) -> None:
    write(tmp_path, index="# Livre\n\n```{image} plan.svg\n```\n")
    (tmp_path / "pages" / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    book = build(tmp_path, builder=builder)
    assert "image sans texte alternatif : plan.svg" in book.warnings
    assert 'alt=""' in book.page()


def test_a_decorative_image_is_no_warning(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n![](plan.svg)\n")
    (tmp_path / "pages" / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    book = build(tmp_path)
    assert book.warnings == ""
    assert 'alt=""' in book.body()


def test_a_figure_has_a_valid_caption(tmp_path: Path) -> None:
    text = "```{figure} plan.svg\n:alt: Le plan de la commune\n\nLa **légende**.\n\nUne précision.\n```\n"
    write(tmp_path, index=f"# Livre\n\n{text}")
    (tmp_path / "pages" / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    html = build(tmp_path).body()
    figure = re.search(r"<figure.*</figure>", html, re.DOTALL)
    assert figure
    assert re.findall(r"</?(?:figure|figcaption)\b", figure[0]) == [
        "<figure",
        "<figcaption",
        "</figcaption",
        "</figure",
    ]


@pytest.mark.parametrize(("attributes", "opened", "closed"), [({"level": 3}, "<h3", "</h3>"), ({}, "<p", "</p>")])
def test_a_title_inside_a_card_is_a_heading_without_the_help_of_myst(monkeypatch, attributes, opened, closed) -> None:
    """MyST 3 writes these titles itself; MyST 5 leaves them to the writer."""
    writer = Translator.__new__(Translator)
    writer.body = []
    monkeypatch.setattr(writer, "starttag", lambda node, tag, *a, **k: f"<{tag}>", raising=False)
    title = nodes.rubric("", "Limites", **attributes)
    writer.visit_rubric(title)
    writer.depart_rubric(title)
    assert writer.body[0].startswith(opened)
    assert writer.body[-1].strip() == closed
