import re

import pytest
import tiny
from conftest import REPOSITORY
from publishing.small_book import build, write

from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.blocks.quality import concerning
from pic_analysis.publishing.markup import KINDS, row_id
from pic_analysis.quality.rules import RULES, findings
from pic_analysis.vocabulary import STAKEHOLDER_TYPES


def test_control_shows_both_passages_its_gravity_and_what_it_concerns(tiny_study):
    got = BLOCKS["controles"](tiny_study(), {"regle": "announcements"})
    for expected in (
        "{ligne}`control CTR-annonce-ANN01",
        "section 3.3.2, « deux formes »",
        "{source}`SRC01`, section 3.3.2",
        "face à : section 3.3.4",
        "| ANN01 | notable ; non relevé |",
        "*Ne pas citer ce nombre sans dire quelle liste est suivie.*",
    ):
        assert expected in got


def test_control_of_the_register_links_to_it_and_back(tiny_study):
    row = ("ECA01", "count", "notable", "SRC01", "3.3.2", "deux formes", "SRC01", "3.3.4", "de trois", "Deux.", "Non.")
    study = tiny_study(discrepancies=[row])
    assert "{ecart}`ECA01`" in BLOCKS["controles"](study, {"regle": "announcements"})
    assert "{controle}`CTR-annonce-ANN01`" in BLOCKS["ecarts"](study, {"gravite": "notable"})


def test_discrepancy_that_no_rule_finds_names_no_control(tiny_study):
    assert "Trouvé par" not in BLOCKS["ecarts"](tiny_study(), {"gravite": "majeur"})


def test_every_finding_has_one_row(loos):
    got = re.findall(r"\{ligne\}`control (\S+)", BLOCKS["controles"](loos, {}))
    assert sorted(got) == sorted(finding.id for finding in findings(loos))


def test_unknown_rule_is_an_error(tiny_study):
    with pytest.raises(ValueError, match="règle inconnue"):
        BLOCKS["controles"](tiny_study(), {"regle": "sommes"})


def test_brief_table_counts_every_rule_and_all_of_them(tiny_study):
    got = BLOCKS["controles-en-bref"](tiny_study(), {})
    assert "| Renvois de page | 1 | 0 | 1 |" in got
    assert got.count("\n| ") == 2 + len(RULES) + 1


def test_recall_is_never_shown_without_how_to_read_it(loos):
    got = BLOCKS["rappel-precision"](loos, {})
    assert re.search(r"Rappel : \d+\s%", got)
    assert re.search(r"Précision : \d+\s%", got)
    for expected in ("écarts nouveaux ou de fausses alertes", "demandent de lire", "appellation (20)"):
        assert expected in got


def test_fact_shows_its_value_its_place_and_what_to_read_with_it(tiny_study):
    row = (*tiny.ROWS["facts"][0][:-1], "Bornes en années.")
    got = BLOCKS["faits"](tiny_study(facts=[row]), {"source": "SRC01"})
    for expected in (
        "{ligne}`fact FAI001 réunions publiques",
        "**220\N{NO-BREAK SPACE}réunions** (réunions publiques), de 2001 à 2008, « Essai-la-Ville ». Qualité D,",
        "Bornes en années.",
        "section 2.2, « 220 réunions »",
        "D, déclaration ou presse",
        "{ecart}`ECA01`",
    ):
        assert expected in got


def test_fact_links_to_the_controls_that_concern_it(loos):
    got = BLOCKS["faits"](loos, {"source": "SRC01"})
    row = next(line for line in got.splitlines() if "public_meetings" in line or "{ligne}`fact FAI075" in line)
    assert "{controle}`CTR-rythme-FAI075`" in row
    assert "{ecart}`ECA31`" in row
    assert concerning(loos, "fact", "FAI075") == ["CTR-rythme-FAI075"]


def test_source_without_facts_says_so(loos):
    assert BLOCKS["faits"](loos, {"source": "SRC29"}) == "Rien à signaler."


def test_people_are_not_counted_by_type_of_actor(loos):
    """Those counts are in ``stakeholders.csv``, which the book does not offer: they are not repeated as facts."""
    assert not loos.facts["quantity"].isin([f"interviews_{kind}" for kind in STAKEHOLDER_TYPES]).any()


def test_every_fact_that_is_linked_to_has_its_row_in_the_book(loos):
    page = (REPOSITORY / "book" / "faits-chiffres.md").read_text(encoding="utf-8")
    sources = re.findall(r"^:source: (\S+)$", page, re.MULTILINE)
    shown = "".join(BLOCKS["faits"](loos, {"source": source}) for source in sources)
    rows = set(re.findall(r"\{ligne\}`fact (\S+)", shown))
    linked = set(re.findall(r"\{fait\}`(\S+)`", BLOCKS["controles"](loos, {})))
    assert linked <= rows


@pytest.mark.parametrize("kind", ["fact", "control"])
def test_new_kinds_are_known(kind):
    assert kind in KINDS
    with pytest.raises(KeyError, match="not a kind of row"):
        row_id("faict", "FAI001", "")


class TestRow:
    def test_row_bears_its_exact_anchor_and_can_be_linked_to(self, tmp_path):
        table = f"| Fait | Dit |\n| --- | --- |\n| {row_id('fact', 'FAI001', '220 réunions')} | 220 |\n"
        write(tmp_path, index=f"# Livre\n\n{table}\n\nVoir {{fait}}`FAI001`.\n")
        book = build(tmp_path)
        assert book.warnings == ""
        assert re.search(r'<a class="fiche-id reference internal" href="#FAI001" id="FAI001"', book.body())
        assert book.body().count('href="#FAI001"') == 2
        assert "220 réunions" in book.body()

    def test_repeated_row_and_unknown_kind_are_told(self, tmp_path):
        write(tmp_path, index="# L\n\n{ligne}`fact FAI001 Un` {ligne}`fact FAI001 Deux` {ligne}`faict FAI002 Trois`\n")
        warnings = build(tmp_path).warnings
        assert "FAI001" in warnings
        assert "nature de ligne inconnue : faict ; la plus proche : fact" in warnings
