"""A researcher, or an evaluator of another team, who doubts.

Told elsewhere, of the same person: `test_two_builds_in_two_folders_give_the_same_bytes` (rebuild everything),
`test_threshold_that_decides` and `test_choice_that_decides_everything_and_choice_that_decides_nothing` (change a
threshold), `test_project_comes_back_equal` and `test_codebook_alone_is_valid_within_a_project` (the codebook in other
tools), `test_evidence_of_every_conclusion_is_three_clicks_from_home_at_most`.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing import offline
from pic_analysis.publishing.edition_date import UNKNOWN
from pic_analysis.publishing.report import Cover

pytestmark = pytest.mark.browser

TABLES = REPOSITORY / "data" / "processed" / "loos_2016"


def test_doubt_about_conclusion_5(reader):
    """Find in three clicks the voices behind it, the objection, the rivals, what would make it fall, and the table."""
    reader.click("conclusions")
    reader.click("CCL05")
    assert reader.sees("tem-006 (P14)", "tem-007", "tem-008 (Cyria Emelianoff, avec réserve)")
    assert reader.sees("Ce qu’en disent les experts", "Parler de détresse et de dépendance plutôt que de défiance")
    assert reader.sees("Explications rivales", "Non examinées pour cette conclusion, donc ouvertes", "RIV06")
    assert reader.sees("Elle tombe si l’on perd 2 sources indépendantes")
    table = reader.download("CCL05.csv")
    assert table == (TABLES / "passports" / "CCL05.csv").read_bytes()
    assert reader.clicks == 3


def test_what_survives_without_a_case_a_respondent_or_a_kind_of_source(reader):
    """See in one click which conclusions hold when a source is taken away."""
    reader.click("Solidité")
    assert reader.sees(
        "Ce que devient chaque conclusion sans un cas", "Sans les entretiens", "Sans les experts du panel"
    )
    rows = reader.page.locator("tr", has_text="CCL19").all_inner_texts()
    assert any("tombe" in row for row in rows)
    reader.click("P10", beside="CCL02")  # the respondent without whom it weakens
    assert reader.clicks == 2
    assert "Entretien P10" in reader.reads("P10")


def test_what_our_own_choices_weigh(reader):
    """See in one click what flips when a threshold is another, and take the numbers in two more."""
    reader.click("Solidité")
    assert reader.sees("Ce que pèse chacun de nos choix", "Le seuil d’une concordance forte", "70 %, 80 % ou 90 %")
    reader.click("Données de la figure")
    assert reader.download("Télécharger sensibilite.csv").startswith(b"conclusion_id,")
    assert reader.clicks == 3


def test_reliability_of_the_coding(reader):
    """Inspect in one click how far the two readings agree, and in three both readings, unit by unit."""
    reader.click("Méthode")
    assert reader.sees("Accord des deux lectures du chapitre 3", "Kappa de Cohen", "sans doute surestimés")
    reader.click("Données ouvertes")
    readings = reader.download("CSV", beside="Double codage")
    assert readings == (TABLES / "double_coding.csv").read_bytes()
    assert reader.clicks == 3


def test_codebook_for_another_tool(reader):
    """Take in two clicks the codebook that NVivo or MAXQDA imports."""
    reader.click("Données ouvertes")
    codebook = reader.download("theory_codebook.qdc")
    assert codebook == (TABLES / "exports" / "theory_codebook.qdc").read_bytes()
    assert reader.clicks == 2


@pytest.fixture(scope="module")
def stick(compendium, tmp_path_factory):
    """Return the home page in the archive that `make pdf` writes, unpacked as on a memory stick."""
    site = offline.files(compendium / "_build" / "html")
    folder = tmp_path_factory.mktemp("clé USB")
    packed = offline.archive(Cover("Livre", ""), site, "index.html", UNKNOWN)
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    return next(folder.glob(f"*/{offline.SITE}/index.html"))


def test_same_doubt_from_a_memory_stick(opens, stick):
    """Follow the same path in a train, from the unpacked archive: nothing is asked of a network."""
    reader = opens(home=stick.as_uri(), offline=True)
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.search("conclusion 5")
    reader.click("Conclusion 5 : le Quartier Ouest")
    assert reader.sees("Elle tombe si l’on perd 2 sources indépendantes", "Parler de détresse")
    reader.click("Part_PC1_1", beside="B1-07")
    assert "B1-07 : Des habitants du Quartier Ouest" in reader.reads("Part_PC1_1")
    reader.click("B1-07", card="Part_PC1_1")
    reader.click("CCL05", card="B1-07")
    assert reader.download("CCL05.csv") == (TABLES / "passports" / "CCL05.csv").read_bytes()
    assert reader.clicks == 6
    assert [url for url in asked if not url.startswith((stick.parent.as_uri(), "data:"))] == []
