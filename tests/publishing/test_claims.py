"""What the build refuses to print of a claim, and the sentence that it says then."""

import pandas as pd
import pytest
from publishing.small_book import build, write, write_notebook

from pic_analysis.publishing.display import Table

PASSPORT = "# Conclusion 1\n\n```{bloc} passeport\n:conclusion: CCL01\n```\n"
CARDS = "\n".join(
    f"\n::::{{fiche}} {kind} {name}\n\nTexte.\n::::\n"
    for kind, name in [
        ("statement", "B1-01"),
        ("statement", "B1-02"),
        ("cell", "Eco_PC1_1"),
        ("cell", "Part_PC1_1"),
        ("testimony", "tem-001"),
        ("testimony", "tem-002"),
        ("testimony", "tem-003"),
        ("respondent", "P11"),
        ("respondent", "expert-panel"),
        ("respondent", "sans-code-003"),
        ("rival", "RIV01"),
        ("recommendation", "REC-EVAL-1"),
        ("discrepancy", "ECA01"),
    ]
)
SOUND = {"index": "# Essai\n\n{conclusion}`CCL01` a pu jouer.\n", "ccl01": PASSPORT, "fiches": f"# Fiches\n{CARDS}"}


@pytest.fixture
def refused(tmp_path, tiny_study, monkeypatch):
    """Return a function that builds a book of the tiny study, with other pages, and gives its warnings."""
    tiny_study()
    folder = tmp_path / "data/processed/essai/passports"
    folder.mkdir()
    for suffix in ("json", "csv"):
        (folder / f"CCL01.{suffix}").write_text("", encoding="utf-8")

    def warnings(**pages: str) -> str:
        write(tmp_path / "livre", **{**SOUND, **pages})
        done = build(tmp_path / "livre", pic_study="essai", suppress_warnings=["toc", "download", "pic.renvoi"])
        lines = done.warnings.splitlines()
        return "\n".join(line for line in lines if "toctree" not in line and "download" not in line)

    return warnings


def test_sound_book_is_not_refused(refused):
    assert refused() == ""


def test_verb_stronger_than_the_confidence(refused):
    got = refused(index="# Essai\n\nLe récit contribue à convaincre ({conclusion}`CCL01`).\n")
    assert "index.md:3" in got
    assert "verbe plus fort que la preuve : « contribue », pour CCL01 (faible) ; verbes admis à ce niveau : a pu" in got


def test_verb_of_another_sentence_is_not_the_claims(refused):
    text = "# Essai\n\nUn autre contribue. La première convainc, dit-on ({conclusion}`CCL01`).\n"
    assert refused(index=text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Un récit contribue. Voir {conclusion}`la première <CCL01>`.",
        "Le récit {conclusion}`contribue au changement <CCL01>`.",
        "Le récit contribue ([voir](#CCL01)).",
        "Le récit contribue (CCL01).",
        "| A | B |\n| --- | --- |\n| contribue | {conclusion}`CCL01` |",
        ":::{note}\nLe récit contribue ({conclusion}`CCL01`).\n:::",
        "- Le récit contribue ({conclusion}`CCL01`).",
        "Un[^a]\n\n[^a]: Le récit contribue ({conclusion}`CCL01`).",
    ],
)
def test_verb_is_seen_wherever_it_stands(refused, text):
    assert "verbe plus fort que la preuve" in refused(index=f"# Essai\n\n{text}\n")


def test_words_of_the_report_are_not_ours(refused):
    assert refused(index="# Essai\n\nLe rapport écrit « contribue nettement » ({conclusion}`CCL01`).\n") == ""


def test_level_without_its_sources_and_reason(refused):
    got = refused(index="# Essai\n\nC’est une confiance élevée ({conclusion}`CCL01`).\n")
    assert "niveau de confiance sans ses sources ou sans sa raison" in got


def test_level_given_by_the_role_has_both(refused):
    assert refused(index="# Essai\n\nVoir {confiance}`CCL01`.\n") == ""


def test_role_of_a_claim_that_does_not_exist_names_the_nearest(refused):
    assert "affirmation inconnue : CCL1 ; la plus proche : CCL01" in refused(index="# Essai\n\n{confiance}`CCL1`.\n")


def test_number_typed_in_a_passport(refused):
    got = refused(ccl01=PASSPORT + "\nSur 97 entretiens.\n")
    assert "nombre tapé à la main dans une page générée : 97" in got


def test_conclusion_without_a_passport(refused):
    got = refused(ccl01="# Rien\n", autre="# Autre\n\n```{bloc} passeport\n:conclusion: CCL99\n```\n")
    assert "affirmation inconnue : CCL99 ; la plus proche : CCL01" in got


def test_claim_without_evidence_and_without_the_mention(refused, monkeypatch):
    from pic_analysis.publishing.blocks.index import BLOCKS

    hidden = "::::{fiche} conclusion CCL01\n\nTexte.\n::::\n"
    monkeypatch.setattr("pic_analysis.evidence.passport.Passport.mention", property(lambda self: "sans renvoi"))
    monkeypatch.setitem(BLOCKS, "passeport", lambda study, options: hidden)
    assert "CCL01 n’a pas de preuve, et sa fiche ne porte pas la mention « sans renvoi »" in refused()


def test_demo_table_on_a_page_that_cites_conclusions(refused, tmp_path):
    data = pd.DataFrame({"a": [1]})
    data.attrs["provenance"] = "demo"
    html = Table(data, "Démonstration").html()
    for name, text in (("seul", "# Démonstration"), ("melange", "# Mélange\n\n{conclusion}`CCL01`")):
        write_notebook(tmp_path / "livre", name, {"data": {"text/html": html, "text/plain": "a"}}, markdown=text)
    got = refused()
    assert "melange.ipynb" in got
    assert "donnée de démonstration (demo) sur une page qui cite des conclusions" in got
    assert "seul.ipynb" not in got


def test_notebook_that_names_a_demo_study_beside_conclusions(refused, tmp_path):
    """What pandas did to the provenance of the tables does not matter: the code names the study."""
    html = Table(pd.DataFrame({"a": [1]}), "Table").html()
    write_notebook(
        tmp_path / "livre",
        "mele",
        {"data": {"text/html": html, "text/plain": "a"}},
        markdown="# M\n\n{conclusion}`CCL01`",
    )
    path = tmp_path / "livre/pages/mele.ipynb"
    path.write_text(path.read_text().replace("1 + 1", "Study.load('demo_entretiens')"))
    assert "donnée de démonstration (demo)" in refused()


def test_book_of_a_demo_study_publishes_no_conclusion(tmp_path, tiny_study):
    import shutil

    tiny_study()
    for room in ("raw", "processed"):
        shutil.copytree(tmp_path / "data" / room / "essai", tmp_path / "data" / room / "demo_essai")
    write(tmp_path / "livre", index="# Essai\n\n::::{fiche} conclusion CCL01\n\nTexte.\n::::\n")
    done = build(tmp_path / "livre", pic_study="demo_essai", suppress_warnings=["toc"])
    assert "un livre de démonstration (demo) ne publie pas de conclusion" in done.warnings


def test_dead_reference_and_taken_identifier_are_refused_by_the_domain(tmp_path, refused):
    write(
        tmp_path / "livre", **SOUND, index2="# Deux\n\n{conclusion}`CCL02`\n\n::::{fiche} statement B1-01\n\nT.\n::::\n"
    )
    done = build(tmp_path / "livre", pic_study="essai", suppress_warnings=["toc", "download"])
    assert "renvoi mort : CCL02 ; le plus proche : CCL01" in done.warnings
    assert "identifiant déjà pris : B1-01" in done.warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{indicateur}`P03` monte : le musée crée des emplois.", "« crée » : un indicateur seul ne dit pas de cause"),
        ("Le musée dure. D’où {indicateur}`P03`, qui a baissé suite à l’ouverture.", "« suite à »"),
        ("{indicateur}`P03` baisse de deux points entre 2013 et 2019.", ""),
        ("{indicateur}`P03` baisse. Un musée crée des emplois, dit-on ailleurs.", ""),
        ("{indicateur}`P03` ne permet pas de dire que le musée crée des emplois.", ""),
        ("Le récit a pu faire venir ({conclusion}`CCL01`), et {indicateur}`P03` aussi.", ""),
    ],
)
def test_sentence_that_rests_on_an_indicator_alone_claims_no_cause(refused, text, said):
    got = refused(index=f"# Essai\n\n{text}\n")
    assert (said in got) if said else got == ""
