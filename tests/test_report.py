"""The whole book as one PDF and as an archive, made of the site that the other tests read."""

from __future__ import annotations

import re

import pypdf
import pytest

from pic_analysis.publishing import browser as printer
from pic_analysis.publishing import offline, pdf
from pic_analysis.publishing.pdf_file import PdfFile


@pytest.fixture(scope="module")
def report(browser, compendium):
    """Print the whole book; return what Chromium wrote last, the PDF, and the document that it printed."""
    prints, print_pdf = [], printer.print_pdf
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printer, "print_pdf", lambda *a, **k: prints.append(print_pdf(*a, **k)) or prints[-1])
        path = pdf.write(compendium)
    return PdfFile.read(prints[-1]), path, compendium / ".pic" / "pdf" / "livre.html"


@pytest.mark.browser
def test_pdf_of_the_book_has_every_page_of_it_and_no_dead_link(report, pages):
    printed, path, _ = report
    leaves = {f"page-{name.removesuffix('.html').replace('/', '-')}" for name in pages}
    missing = leaves - set(printed.destinations)
    assert {name for name in missing if name not in ("page-search", "page-plan-du-site", "page-genindex")} == set()
    assert set(printed.links) <= set(printed.destinations)
    assert path.stat().st_size < 12_000_000


@pytest.mark.browser
def test_every_figure_of_the_pdf_has_an_alternative_text(report):
    figures = [body for body in report[0].objects.values() if b"/S /Figure" in body]
    assert len(figures) >= 18
    assert all(b"/Alt" in body for body in figures)


@pytest.mark.browser
def test_no_word_of_the_pdf_is_torn_by_a_hyphen_that_is_not_seen(report):
    drawings = [page.get_contents().get_data() for page in pypdf.PdfReader(report[1]).pages]
    written = sum(drawing.count(b"00AD>") for drawing in drawings)
    seen = sum(len(re.findall(rb"Tm\n/Span<</ActualText <FEFF00AD> >> BDC <", drawing)) for drawing in drawings)
    assert written == seen >= 100


@pytest.mark.browser
def test_nothing_in_the_pdf_is_wider_than_the_sheet(browser, report):
    """Chromium would print the whole document smaller because of one table."""
    view = browser.new_page(viewport={"width": 657, "height": 900})  # A4 less its margins, at 96 points an inch
    view.emulate_media(media="print")
    view.goto(report[2].as_uri())
    wide = view.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => element.closest("[id]").id)"""
    )
    view.close()
    assert set(wide) == set()


def test_archive_of_the_book_fits_in_a_mail(compendium):
    assert offline.write(compendium).stat().st_size < 8_000_000
