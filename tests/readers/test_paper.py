"""A councillor who was handed the report on paper, or as one PDF.

Told elsewhere, of the same person: `test_every_internal_link_leads_to_a_page` and
`test_file_tells_assistive_technologies_its_language_its_title_and_its_tags`.
"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing import browser, pdf

# A few pages of the book, printed as `pic pdf` prints them all.
FEW = """
format: jb-book
root: index
parts:
  - caption: L’essentiel
    chapters: [{file: resume}, {file: enseignements}]
  - caption: Ce que l’évaluation conclut
    chapters:
      - file: conclusions
        sections: [{file: conclusions/ccl05}]
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sheets(compendium, tmp_path_factory):
    """Return the text of each printed sheet."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (apt-get install poppler-utils): nobody read the PDF")
    root = tmp_path_factory.mktemp("papier")
    (root / "book").mkdir()
    (root / "book" / "_toc.yml").write_text(FEW, encoding="utf-8")
    (root / "_build").mkdir()
    (root / "_build" / "html").symlink_to(compendium / "_build" / "html")
    shutil.copy(REPOSITORY / "_config.yml", root)
    try:
        made = pdf.write(root)
    except browser.NoBrowser as reason:
        pytest.skip(str(reason))
    done = subprocess.run(["pdftotext", "-layout", made, "-"], capture_output=True, encoding="utf-8", check=True)
    return [re.sub(r"\s+", " ", sheet) for sheet in done.stdout.split("\f")]


def test_conclusion_5_by_the_printed_contents(sheets):
    """Turn from the contents to the sheet that they announce, and read there the evidence and the objection to it."""
    announced = re.search(r"Conclusion 5 : le Quartier Ouest (\d+)", " ".join(sheets))
    folio = int(announced[1])
    assert f" {folio} / {len(sheets) - 1}" in sheets[folio - 1]  # what is printed « 14 » is the fourteenth sheet
    said = " ".join(sheets[folio - 1 :])
    for part in ("Preuves pour", "tem-006 (P14)", "Parler de détresse et de dépendance", "Elle tombe si l’on perd"):
        assert part in said


def test_limits_come_before_the_answers(sheets):
    """Read what the report may not be used to say before anything that it says."""
    limits = next(rank for rank, sheet in enumerate(sheets) if "Elle ne prouve pas d’effet global" in sheet)
    answers = next(rank for rank, sheet in enumerate(sheets) if "Trois questions, trois réponses" in sheet)
    assert limits < answers
