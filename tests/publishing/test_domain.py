from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from publishing.small_book import build, card, write
from sphinx.util.inventory import InventoryFile

from pic_analysis.publishing.domain import split_role
from pic_analysis.publishing.markup import KINDS, anchor


def links(html: str) -> list[str]:
    return re.findall(r'<a class="reference internal" href="([^"]*)"', html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eco_PC1_1", ("", "Eco_PC1_1")),
        ("A>B", ("", "A>B")),
        ("A>B-2", ("", "A>B-2")),
        ("les habitants <B1-03>", ("les habitants", "B1-03")),
        ("de A vers B <A>B>", ("de A vers B", "A>B")),
        ("moins que < ou <= <A>B-2>", ("moins que < ou <=", "A>B-2")),
        ("deux\nlignes <B1-03>", ("deux\nlignes", "B1-03")),
    ],
)
def test_the_last_bracketed_group_is_the_target(text: str, expected: tuple[str, str]) -> None:
    assert split_role(text) == expected


def test_an_anchor_keeps_the_exact_id_and_its_case(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n" + card("cell", "Eco_PC3_1") + card("link", "A>B") + card("mechanism", "A>B-2"))
    book = build(tmp_path)
    assert book.warnings == ""
    got = re.findall(r'<div class="fiche fiche-\w+" id="([^"]+)"', book.page())
    assert got == ["Eco_PC3_1", "A-vers-B", "A-vers-B-2"]


def test_every_kind_has_a_card_and_a_role(tmp_path: Path) -> None:
    cards = "".join(card(kind, f"Id-{kind}") for kind in KINDS)
    roles = "".join(f"\n\n{{{kind.role}}}`Id-{key}`" for key, kind in KINDS.items())
    write(tmp_path, index=f"# Livre\n{cards}{roles}")
    book = build(tmp_path)
    assert book.warnings == ""
    assert links(book.body()) == [f"#{anchor(kind, f'Id-{kind}')}" for kind in KINDS]


def test_a_respondent_may_bear_the_code_of_a_box(tmp_path: Path) -> None:
    text = (
        "# Livre\n\n{noeud}`A6` {repondant}`A6`\n" + card("node", "A6", "Agir") + card("respondent", "A6", "Entretien")
    )
    write(tmp_path, index=text)
    book = build(tmp_path)
    assert book.warnings == ""
    assert links(book.body()) == ["#A6", "#repondant-A6"]


def test_a_link_says_the_id_and_the_title(tmp_path: Path) -> None:
    write(
        tmp_path,
        index="# Livre\n\n{renvoi}`Eco_PC1_1`\n\n```{toctree}\ncas/eco\n```\n",
        **{"cas/eco": "# Éco\n" + card("cell", "Eco_PC1_1", "Changement observé")},
    )
    got = re.search(r'<a class="reference internal" href="cas/eco.*?</a>', build(tmp_path).body())
    expected = (
        '<a class="reference internal" href="cas/eco.html#Eco_PC1_1"'
        ' title="Eco_PC1_1\N{NO-BREAK SPACE}: Changement observé"'
        ' aria-label="Eco_PC1_1\N{NO-BREAK SPACE}: Changement observé">Eco_PC1_1</a>'
    )
    assert got
    assert got[0] == expected


def test_a_link_with_its_own_text_shows_only_it(tmp_path: Path) -> None:
    text = "# Livre\n\n{lien}`de A vers B <A>B>`\n" + card("link", "A>B", "La stratégie")
    write(tmp_path, index=text)
    got = re.search(r'<a class="reference internal".*?</a>', build(tmp_path).body())
    expected = (
        '<a class="reference internal" href="#A-vers-B"'
        ' title="de A vers B (A&gt;B\N{NO-BREAK SPACE}: La stratégie)">de A vers B</a>'
    )
    assert got
    assert got[0] == expected


def test_a_dead_reference_names_the_nearest_id(tmp_path: Path) -> None:
    write(
        tmp_path,
        index="# Livre\n\nVoir {renvoi}`Eco_PC9_1`.\n" + card("cell", "Eco_PC1_1") + card("statement", "B1-03"),
    )
    got = build(tmp_path).warnings
    assert "renvoi mort : Eco_PC9_1 ; le plus proche : Eco_PC1_1" in got
    assert "index.md:3" in got


def test_a_reference_of_the_wrong_kind_says_the_right_one(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n\n{renvoi}`B1-03`\n" + card("statement", "B1-03"))
    assert "renvoi mort : B1-03 n’est pas de ce type (constat) ; écrire {constat}`B1-03`" in build(tmp_path).warnings


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_repeated_id_is_a_warning(tmp_path: Path, parallel: int) -> None:
    # Sphinx reads in parallel from six pages on.
    others = {f"p{n}": f"# P{n}\n" for n in range(5)}
    pages = "\n".join(["a", "b", *others])
    write(tmp_path, index=f"# Livre\n\n```{{toctree}}\n{pages}\n```\n", **others)
    write(tmp_path, a="# A\n" + card("statement", "B1-03"), b="# B\n" + card("cell", "B1-03"))
    got = build(tmp_path, parallel=parallel).warnings
    assert "identifiant déjà pris : B1-03 (constat, page a)" in got
    assert "b.md" in got


def test_a_parallel_build_finds_what_other_processes_declared(tmp_path: Path) -> None:
    pages = {
        f"p{n}": f"# P{n}\n\n{{constat}}`B1-{(n + 1) % 8:02}`\n" + card("statement", f"B1-{n:02}") for n in range(8)
    }
    write(tmp_path, index="# Livre\n\n```{toctree}\n:glob:\np*\n```\n", **pages)
    book = build(tmp_path, parallel=2)
    assert book.warnings == ""
    assert links(book.body("p7"))[0] == "p0.html#B1-00"


def test_objects_are_in_the_inventory_with_exact_anchors(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n" + card("cell", "Eco_PC1_1", "Changement") + card("link", "A>B"))
    book = build(tmp_path)
    with (book.output / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: uri)
    assert inventory["pic:cell"]["cell:Eco_PC1_1"][2:] == ("index.html#Eco_PC1_1", "Eco_PC1_1 : Changement")
    assert inventory["pic:link"]["link:A>B"][2] == "index.html#A-vers-B"


def test_the_search_index_names_kinds_in_french(tmp_path: Path) -> None:
    write(tmp_path, index="# Livre\n" + card("discrepancy", "ECA01", "Deux nombres de réunions"))
    text = (build(tmp_path).output / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    assert index["objnames"]["0"] == ["pic", "discrepancy", "écart de source"]
    assert index["objects"][""][0][-1] == "ECA01 : Deux nombres de réunions"


def test_a_single_page_book_keeps_its_links(tmp_path: Path) -> None:
    write(
        tmp_path,
        index="# Livre\n\n{renvoi}`Eco_PC1_1`\n\n```{toctree}\neco\n```\n",
        eco="# Éco\n" + card("cell", "Eco_PC1_1"),
    )
    book = build(tmp_path, builder="singlehtml")
    assert book.warnings == ""
    assert '<a class="reference internal" href="#Eco_PC1_1"' in book.page()
    assert 'id="Eco_PC1_1"' in book.page()


class TestIncremental:
    """A rebuild after a change must leave what a full build would."""

    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        write(
            tmp_path,
            index="# Livre\n\n{constat}`B1-03`\n\n```{toctree}\na\nb\n```\n",
            a="# A\n" + card("statement", "B1-03", "Ancien titre"),
            b="# B\n",
        )
        assert build(tmp_path).warnings == ""
        return tmp_path

    def test_a_moved_object_moves_its_links(self, book: Path) -> None:
        write(book, a="# A\n", b="# B\n" + card("statement", "B1-03"))
        rebuilt = build(book)
        assert rebuilt.read == {"a", "b"}
        assert links(rebuilt.body())[0] == "b.html#B1-03"

    def test_a_new_title_reaches_the_pages_that_link_to_it(self, book: Path) -> None:
        write(book, a="# A\n" + card("statement", "B1-03", "Nouveau titre"))
        assert "Nouveau titre" in build(book).body()

    def test_a_removed_object_warns_on_the_untouched_page(self, book: Path) -> None:
        write(book, a="# A\n")
        assert "index.md:3: WARNING: renvoi mort : B1-03" in build(book).warnings

    def test_a_removed_page_warns_on_the_untouched_page(self, book: Path) -> None:
        (book / "pages" / "a.md").unlink()
        assert "renvoi mort : B1-03" in build(book).warnings

    def test_a_dead_reference_warns_at_each_build(self, book: Path) -> None:
        write(book, a="# A\n")
        build(book)
        assert "renvoi mort : B1-03" in build(book).warnings

    def test_a_reference_of_the_wrong_kind_warns_at_each_build(self, book: Path) -> None:
        write(book, b="# B\n\n{renvoi}`B1-03`\n")
        build(book)
        assert "n’est pas de ce type" in build(book).warnings

    def test_a_repeated_id_warns_until_one_is_removed(self, book: Path) -> None:
        write(book, b="# B\n" + card("statement", "B1-03"))
        assert "déjà pris" in build(book).warnings
        assert "déjà pris" in build(book).warnings
        write(book, a="# A\n")
        rebuilt = build(book)
        assert "déjà pris" not in rebuilt.warnings
        assert links(rebuilt.body())[0] == "b.html#B1-03"

    def test_nothing_is_read_when_nothing_changed(self, book: Path) -> None:
        assert build(book).read == set()

    def test_a_page_read_again_does_not_repeat_its_own_ids(self, book: Path) -> None:
        (book / "pages" / "a.md").touch()
        assert build(book).warnings == ""


def test_a_card_may_move_to_another_page_between_two_builds(tmp_path: Path) -> None:
    toctree = "\n```{toctree}\na\nz\n```\n"
    write(tmp_path, index="# Livre\n" + toctree, a="# A\n\nTexte.\n", z="# Z\n" + card("cell", "Eco_PC1_1"))
    build(tmp_path)
    write(tmp_path, a="# A\n" + card("cell", "Eco_PC1_1"), z="# Z\n\nTexte.\n")
    assert build(tmp_path).warnings == ""


def test_a_title_that_the_sentence_gives_is_not_heard_twice(tmp_path: Path) -> None:
    text = "# Livre\n\n{constat}`B1-03` Fierté : un regard neuf. {constat}`B1-03`\n"
    write(tmp_path, index=text + card("statement", "B1-03", "Fierté : un regard neuf"))
    got = re.findall(r'aria-label="([^"]*)"', build(tmp_path).body())
    assert got == [
        "B1-03\N{NO-BREAK SPACE}: constat",
        "B1-03\N{NO-BREAK SPACE}: Fierté\N{NO-BREAK SPACE}: un regard neuf",
    ]
