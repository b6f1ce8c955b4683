import re
from html import unescape

import pytest
import tiny

from pic_analysis.publishing.blocks.index import BLOCKS, VALUES
from pic_analysis.publishing.blocks.text import code, plain
from pic_analysis.publishing.markup import KINDS
from pic_analysis.schemas import TABLES

OPTIONS = {
    "cas": "Eco",
    "champs": "editeur-nom",
    "conclusion": "CCL05",
    "fleche": "A>B",
    "gravite": "majeur",
    "grille": "rgesn",
    "indicateur": "L01",
    "mesure": "solidity",
    "nature": "interview",
    "paquet": "B",
    "partie": "preuves",
    "section": "1",
    "theme": "evaluation",
    "vers": "B",
    "volet": "conception",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_writes_french_text_and_no_hole(name, loos):
    got = BLOCKS[name](loos, OPTIONS)
    assert got.strip()
    assert not re.search(r"\b(nan|None|True|False)\b", re.sub(r"`[^`]*`", "", got))


@pytest.mark.parametrize("name", VALUES)
def test_every_value_is_short_text(name, loos):
    assert 0 < len(VALUES[name](loos)) < 200


def test_statement_card_shows_where_it_stands_and_what_it_rests_on(tiny_study):
    got = BLOCKS["constats"](tiny_study(), {"paquet": "B", "section": "1"})
    first = got.split("fiche} statement ")[1]
    for expected in (
        "B1-01",
        "la plupart",
        "Section 3.2.1",
        "{renvoi}`Eco_PC1_1`",
        "{renvoi}`Part_PC1_1`",
        "{voix}`tem-001`",
    ):
        assert expected in first


def test_section_without_statements_is_an_error(tiny_study):
    with pytest.raises(ValueError, match="aucun constat"):
        BLOCKS["constats"](tiny_study(), {"paquet": "B", "section": "9"})


def test_cell_card_lists_the_statements_that_cite_it(tiny_study):
    got = BLOCKS["cellules"](tiny_study(), {"cas": "Eco", "paquet": "B"})
    assert "{fiche} cell Eco_PC1_1" in got
    assert "- {constat}`B1-01`" in got
    assert got.count("Le rapport ne cite jamais cette cellule.") == 2


def test_links_run_both_ways(loos):
    """What a statement cites leads back to it: cells, voices, respondents."""
    statements = "".join(BLOCKS["constats"](loos, {"paquet": p}) for p in "BCDE")
    cells = "".join(
        BLOCKS["cellules"](loos, {"cas": case.id, "paquet": package})
        for case in loos.settings.cases
        for package in ("B", "C", "D", "")
    )
    voices = "".join(BLOCKS["voix"](loos, {"nature": kind}) for kind in ("interview", "expert", "document"))
    forth = {(s, t) for s, kind, t in links(statements) if kind in ("renvoi", "voix")}
    back = {(t, s) for s, kind, t in [*links(cells), *links(voices)] if kind == "constat"}
    assert forth == back
    assert len(forth) > 150


def links(text):
    """Return the (card, role, target) of every link of a text of cards."""
    for part in re.split(r":{4,}\{fiche\} ", text)[1:]:
        card = part.split()[1]
        for role, target in re.findall(r"\{([a-z-]+)\}`(?:[^`<]* <)?([^`>]+(?:>[^`>]+)?)>?`", part):
            yield card, role, target


def test_every_role_written_is_a_known_one(loos):
    known = {kind.role for kind in KINDS.values()} | {"doc", "download", "ligne"}
    for name, block in BLOCKS.items():
        roles = set(re.findall(r"\{([a-z-]+)\}`", block(loos, OPTIONS)))
        assert roles <= known, name


def test_stakeholder_types_are_published_in_safe_groups_only(loos):
    got = BLOCKS["entretiens"](loos, {})
    assert "| Élus et agents | 22 |" in got
    assert "Chercheurs" not in got.replace("chercheurs |", "")
    assert not re.search(r"\| \d \|", got)


def test_no_voice_tells_a_stakeholder_type(loos):
    for nature in ("interview",):
        got = BLOCKS["voix"](loos, {"nature": nature}) + BLOCKS["repondants"](loos, {"nature": nature})
        who = re.findall(r"Qui :\*\* \{repondant\}`([^<`]*)", got)
        assert who
        assert all(re.fullmatch(r"le maire |entretien (sans code|[ABCEPR]\d+)(, .*)? ", name) for name in who), set(who)


def test_dictionary_documents_every_column(loos):
    got = BLOCKS["dictionnaire"](loos, {})
    missing = [f"{t.name}.{c}" for t in TABLES.values() for c in t.columns if f"| `{c}` |" not in got]
    assert missing == []


@pytest.mark.parametrize(
    "text", ["- 12 % de consommation", "+ 30 %", "1. premier", "--- fin", "::::", "# titre", "a `b` <c> &lt;", "| x |"]
)
def test_data_text_is_published_as_it_is_written(text):
    from markdown_it import MarkdownIt

    html = MarkdownIt().render(f"- {plain(text)}")
    shown = re.sub(r"<[^>]+>", "", html).strip()
    assert unescape(shown) == text


def test_raw_value_cannot_leave_its_code_span():
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).render(code("x` <script>alert(1)</script> `y"))
    assert "<script>" not in html


def test_table_of_people_is_not_offered(loos):
    offered = re.findall(r"\{download\}`[^<]*<([^>]*)>`", BLOCKS["dictionnaire"](loos, {}))
    assert len(offered) == 2 * (len(TABLES) - 1)
    assert not [path for path in offered if "stakeholders" in path]


def test_lesson_without_points_says_so(tiny_study):
    got = BLOCKS["enseignements"](tiny_study(lesson_points=[]), {"volet": "conception"})
    assert got.count("Non documenté") == 3


def test_data_text_cannot_write_markdown(tiny_study):
    rows = [
        (*tiny.ROWS["statements"][0][:6], "Un *gras* {renvoi}`Eco_PC1_1` <b>.", "la plupart des"),
        *tiny.ROWS["statements"][1:],
    ]
    got = BLOCKS["cellules"](tiny_study(statements=rows), {"cas": "Eco", "paquet": "B"})
    assert "\\*gras\\* \\{renvoi\\}\\`Eco\\_PC1\\_1\\` \\<b\\>" in got
