from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from publishing.small_book import CONFIG, build, card, write, write_notebook

from pic_analysis import paths
from pic_analysis.publishing import study_of_book
from pic_analysis.publishing.blocks import index
from pic_analysis.study import Study

NODES = [("A", "", "La stratégie"), ("A1", "A", "Écouter"), ("B", "", "La posture"), ("B1", "B", "Se faire confiance")]
LINKS = [("A>B", "A", "B", "La stratégie change la posture")]


def fake_study(name: str) -> Any:
    """Read one number from the study's only table, so that a changed file shows."""
    folder = paths.processed(name)
    return SimpleNamespace(
        name=name,
        number=(folder / "statements.csv").read_text(encoding="utf-8"),
        theory_nodes=pd.DataFrame(NODES, columns=["node_id", "parent", "label_fr"]),
        theory_links=pd.DataFrame(LINKS, columns=["link_id", "source_id", "target_id", "label_fr"]),
    )


def written(options: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in options.items())


def failing_block(study: Any, options: dict[str, str]) -> str:
    raise ValueError("le paquet Z n’existe pas")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    raw, processed = tmp_path / "data/raw/loos_2016", tmp_path / "data/processed/loos_2016"
    raw.mkdir(parents=True)
    processed.mkdir(parents=True)
    (tmp_path / "_config.yml").write_text("")
    (raw / "study.yml").write_text("")
    (processed / "statements.csv").write_text("163")
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.setattr(Study, "load", staticmethod(fake_study))
    known = {
        "constats": lambda study, options: f"{study.number} constats ({written(options)})",
        "titres": lambda study, options: "Avant.\n\n## Deux\n\nDans deux.\n\n### Trois\n\nDans trois.",
        "fiches": lambda study, options: card("statement", "B1-03", "Fierté", "{renvoi}`Eco_PC1_1`"),
        "casse": failing_block,
    }
    monkeypatch.setattr(index, "BLOCKS", known)
    monkeypatch.setattr(index, "VALUES", {"nombre-constats": lambda study: study.number})
    return tmp_path


class TestCard:
    def test_title_and_nested_content(self, tmp_path: Path) -> None:
        inner = ":::{note}\nUne **note**.\n:::\n\n- un\n- deux"
        write(tmp_path, index="# Livre\n" + card("cell", "Eco_PC1_1", "Éco : paquet B # 1", inner))
        book = build(tmp_path)
        assert book.warnings == ""
        expected = (
            '<div class="fiche fiche-cell" id="Eco_PC1_1">\n'
            '<p class="fiche-titre"><a class="fiche-id reference internal" href="#Eco_PC1_1"'
            ' title="Eco_PC1_1\N{NO-BREAK SPACE}: adresse de cette fiche">Eco_PC1_1</a>'
            ' Éco\N{NO-BREAK SPACE}: paquet B # 1</p>\n<div class="admonition note">'
        )
        assert expected in book.body()
        assert "<strong>note</strong>" in book.body()

    def test_a_card_may_stand_in_a_card(self, tmp_path: Path) -> None:
        inner = "::::{fiche} testimony tem-001\nVoix.\n::::"
        write(tmp_path, index=f"# Livre\n\n:::::{{fiche}} statement B1-03\n{inner}\n:::::\n\n{{voix}}`tem-001`\n")
        book = build(tmp_path)
        assert book.warnings == ""
        assert '<div class="fiche fiche-testimony" id="tem-001">' in book.body()

    def test_a_level_makes_the_title_a_heading(self, tmp_path: Path) -> None:
        write(tmp_path, index="# L\n\n::::{fiche} cell Eco_PC1_1\n:titre: Éco\n:niveau: 3\n\nTexte.\n::::\n")
        assert '<p aria-level="3" class="fiche-titre" role="heading">' in build(tmp_path).body()

    def test_a_heading_never_takes_the_id_of_a_card(self, tmp_path: Path) -> None:
        write(tmp_path, index="# Livre\n" + card("table", "constats") + "\n## Constats\n")
        got = re.findall(r' id="(constats[^"]*)"', build(tmp_path).body())
        assert got == ["constats"]

    def test_an_unknown_kind_names_the_nearest(self, tmp_path: Path) -> None:
        write(tmp_path, index="# Livre\n" + card("statment", "B1-03"))
        assert "nature de fiche inconnue : statment ; le plus proche : statement" in build(tmp_path).warnings

    @pytest.mark.parametrize("builder", ["text", "latex"])
    def test_other_editions_keep_the_content(self, tmp_path: Path, builder: str) -> None:
        write(tmp_path, index="# Livre\n" + card("cell", "Eco_PC1_1", "Éco", "Un contenu."))
        book = build(tmp_path, builder=builder)
        written = "".join(path.read_text() for path in book.output.glob("*.t*x*"))
        assert book.warnings == ""
        assert "Un contenu." in written


class TestBlock:
    def test_options_reach_the_block(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{bloc} constats\n:paquet: B\n:section: 1\n:tous:\n```\n")
        book = build(folder)
        assert book.warnings == ""
        assert "163 constats (paquet=B, section=1, tous=)" in book.body()

    def test_headings_open_sections_in_their_place(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{bloc} titres\n```\n\nAprès.\n")
        book = build(folder)
        got = re.findall(r"<(h\d|p)>([^<]*)<", book.body())
        expected = [
            ("h1", "Livre"),
            ("p", "Avant."),
            ("h2", "Deux"),
            ("p", "Dans deux."),
            ("h3", "Trois"),
            ("p", "Dans trois."),
            ("p", "Après."),
        ]
        assert book.warnings == ""
        assert got == expected

    def test_cards_of_a_block_can_be_linked_to(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{bloc} fiches\n```\n\n{constat}`B1-03`\n" + card("cell", "Eco_PC1_1"))
        book = build(folder)
        assert book.warnings == ""
        assert re.findall(r'"reference internal" href="(#[^"]*)"', book.body()) == ["#Eco_PC1_1", "#B1-03"]

    def test_an_unknown_block_names_the_nearest(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{bloc} constat\n```\n")
        assert "bloc inconnu : constat ; le plus proche : constats" in build(folder).warnings

    def test_a_refused_option_is_said_where_it_stands(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{bloc} casse\n```\n")
        got = build(folder).warnings
        assert "bloc casse : le paquet Z n’existe pas" in got
        assert "index.md:3" in got


class TestValue:
    def test_a_value_is_plain_text(self, folder: Path) -> None:
        write(folder, index="# Livre\n\nLe récit compte {valeur}`nombre-constats` constats.\n")
        assert "<p>Le récit compte 163 constats.</p>" in build(folder).body()

    def test_an_unknown_value_names_the_nearest(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n{valeur}`nombre-constat`\n")
        assert "valeur inconnue : nombre-constat ; le plus proche : nombre-constats" in build(folder).warnings


class TestLogicModel:
    CARDS = card("node", "A") + card("node", "A1") + card("node", "B") + card("node", "B1") + card("link", "A>B")

    def test_boxes_and_arrows_lead_to_their_cards(self, folder: Path) -> None:
        write(
            folder,
            index="# Livre\n\n```{logigramme}\n```\n\n```{toctree}\nmethode/theorie\n```\n",
            **{"methode/theorie": "# Théorie\n" + self.CARDS},
        )
        book = build(folder)
        assert book.warnings == ""
        got = set(re.findall(r'<a href="([^"]*)" aria-label', book.body()))
        page = "methode/theorie.html"
        assert got == {f"{page}#{name}" for name in ("A", "A1", "B", "B1", "A-vers-B")}

    def test_a_box_without_a_card_is_a_warning(self, folder: Path) -> None:
        write(folder, index="# Livre\n\n```{logigramme}\n```\n" + self.CARDS.replace("node B1", "node B2"))
        assert "renvoi mort : B1" in build(folder).warnings

    def test_links_hold_in_a_single_page(self, folder: Path) -> None:
        write(
            folder,
            index="# Livre\n\n```{toctree}\na\nb\n```\n",
            a="# A\n\n```{logigramme}\n```\n",
            b="# B\n" + self.CARDS,
        )
        assert '<a href="#A1" aria-label="A1\N{NO-BREAK SPACE}: Écouter">' in build(folder, builder="singlehtml").page()

    def test_the_page_follows_a_box_that_moves(self, folder: Path) -> None:
        write(
            folder,
            index="# Livre\n\n```{logigramme}\n```\n\n```{toctree}\na\nb\n```\n",
            a="# A\n" + self.CARDS,
            b="# B\n",
        )
        build(folder)
        write(folder, a="# A\n", b="# B\n" + self.CARDS)
        assert '<a href="b.html#A1"' in build(folder).body()


class TestStaleness:
    @pytest.fixture
    def built(self, folder: Path) -> Path:
        write(
            folder,
            index="# Livre\n\n```{toctree}\nfixe\nvaleur\nbloc\n```\n",
            fixe="# Fixe\n",
            valeur="# Valeur\n\n{valeur}`nombre-constats`\n",
            bloc="# Bloc\n\n```{bloc} constats\n```\n",
        )
        build(folder)
        return folder

    def test_a_changed_table_renews_the_pages_that_show_the_study(self, built: Path) -> None:
        (built / "data/processed/loos_2016/statements.csv").write_text("164")
        book = build(built)
        assert book.read == {"valeur", "bloc"}
        assert "164" in book.body("valeur")
        assert "164" in book.body("bloc")

    def test_changed_code_renews_every_page(self, built: Path) -> None:
        assert build(built).read == set()
        assert build(built, pic_code="other").read == {"index", "fixe", "valeur", "bloc"}

    def test_the_code_is_hashed_by_default(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(CONFIG, "pic_code")
        write(tmp_path, index="# Livre\n")
        monkeypatch.setattr(study_of_book.pic_analysis, "__file__", str(tmp_path / "package" / "__init__.py"))
        module = tmp_path / "package" / "blocks.py"
        module.parent.mkdir()
        module.write_text("a = 1")
        build(tmp_path)
        assert build(tmp_path).read == set()
        module.write_text("a = 2")
        assert build(tmp_path).read == {"index"}

    def test_the_study_is_loaded_once_a_build(self, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        loaded = []
        monkeypatch.setattr(Study, "load", staticmethod(lambda name: loaded.append(name) or fake_study(name)))
        build(built, pic_code="other")
        assert loaded == ["loos_2016"]

    def test_a_study_that_cannot_be_read_says_so(self, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def load(name: str) -> Any:
            raise ValueError("statements.csv manque")

        monkeypatch.setattr(Study, "load", staticmethod(load))
        with pytest.raises(Exception, match="l’étude loos_2016 ne peut être lue : statements.csv manque"):
            build(built, pic_code="other")


class TestInNotebooks:
    """What blocks write must mean the same in a notebook's Markdown output as in a page."""

    def test_cards_and_roles_of_an_output(self, folder: Path) -> None:
        body = ":::{note}\nVoir {constat}`B1-03`.\n:::"
        write_notebook(
            folder,
            "carnet",
            {"data": {"text/markdown": card("cell", "Eco_PC1_1", "Éco", body), "text/plain": "<Markdown>"}},
            {"data": {"text/markdown": card("statement", "B1-03"), "text/plain": "<Markdown>"}},
        )
        write(folder, index="# Livre\n\n{renvoi}`Eco_PC1_1`\n\n```{toctree}\ncarnet\n```\n")
        book = build(folder)
        assert book.warnings == ""
        assert '<div class="fiche fiche-cell" id="Eco_PC1_1">' in book.body("carnet")
        assert '<a class="reference internal" href="#B1-03"' in book.body("carnet")
        assert '<a class="reference internal" href="carnet.html#Eco_PC1_1"' in book.body()

    def test_blocks_values_and_drawing_of_an_output(self, folder: Path) -> None:
        text = "```{bloc} constats\n```\n\n{valeur}`nombre-constats` en tout\n\n```{logigramme}\n```\n"
        write_notebook(folder, "index", {"data": {"text/markdown": text + TestLogicModel.CARDS}})
        book = build(folder)
        assert book.warnings == ""
        assert "163 constats" in book.body()
        assert "163 en tout" in book.body()
        assert '<a href="#A1"' in book.body()

    def test_headings_of_an_output_are_headings(self, folder: Path) -> None:
        write_notebook(folder, "index", {"data": {"text/markdown": "## Constats\n\nTexte."}})
        assert re.search(r"<h2[^>]*>Constats</h2>", build(folder).body())

    def test_a_captioned_table_of_an_output(self, folder: Path) -> None:
        from pic_analysis.publishing.markup import table

        text = table("Paquets", ["Paquet", "Constats"], [["B", "{constat}`B1-03`"]]) + card("statement", "B1-03")
        write_notebook(folder, "index", {"data": {"text/markdown": text}})
        book = build(folder)
        assert book.warnings == ""
        assert '<th scope="row">' in book.body()
        assert 'href="#B1-03"' in book.body()
