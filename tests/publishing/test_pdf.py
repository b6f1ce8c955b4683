"""The report as one PDF: printed by Chromium from a small site, then read as a reader's program reads it."""

import io
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pypdf
import pytest
from publishing import printed_site
from publishing.pdf_reader import opened

from pic_analysis.publishing import browser, pdf, single_page
from pic_analysis.publishing.contents import BookError
from pic_analysis.publishing.pdf_file import PdfFile
from pic_analysis.publishing.report import Cover
from pic_analysis.publishing.single_page import Leaf

try:
    CHROMIUM = browser.find()
except browser.NoBrowser:
    CHROMIUM = ""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
COVER = Cover("Évaluation", "Une équipe")
PAGES = (
    Leaf("index", 0, title="Accueil"),
    Leaf("cas", 0, True, "Preuves", "Cas"),
    Leaf("cas/eco", 1, True, title='Le cas "Eco"'),
    Leaf("fin", 0, True, "Suite", "Fin"),
)


class Nesting(HTMLParser):
    """Refuse an end tag that does not close the last opened one."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Print the small site in two folders; keep what Chromium wrote, and what `pic` made of it."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    raw, made, real = [], [], browser.print_pdf
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        patch.setattr(browser, "print_pdf", lambda *a, **k: raw.append(real(*a, **k)) or raw[-1])
        for name in ("premier", "second"):
            root = printed_site.write(tmp_path_factory.mktemp(name))
            made.append(pdf.write(root))
    html = (root / ".pic" / "pdf" / "livre.html").read_text(encoding="utf-8")
    return SimpleNamespace(file=PdfFile.read(raw[-1]), made=made, html=html, prints=len(raw))


def test_contents_list_every_page_under_its_part(tmp_path):
    html = pdf.document(PAGES, "", COVER, tmp_path, {"page-cas-eco": 12})
    reader = Nesting()
    reader.feed(html)
    assert reader.open == []
    shown = re.sub(r"<[^>]+>|\s+", " ", html[html.index("<nav") : html.index("</nav>")]).split()
    assert " ".join(shown) == 'Sommaire Accueil 000 Preuves Cas 000 Le cas "Eco" 12 Suite Fin 000'
    assert re.search(r'<li><a href="#page-cas">[^\n]*\n<ol>\n<li><a href="#page-cas-eco">', html)


def test_running_heads_hold_any_title(tmp_path):
    assert r'content: "Le cas \"Eco\"";' in pdf.document(PAGES, "", COVER, tmp_path)


def test_without_a_browser_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    with pytest.raises(browser.NoBrowser, match=r"Installez Chromium .*apt-get install chromium"):
        pdf.write(printed_site.write(tmp_path))
    monkeypatch.setenv(browser.VARIABLE, "/nulle/part")
    with pytest.raises(browser.NoBrowser, match="PIC_CHROMIUM nomme /nulle/part"):
        browser.find()


def test_a_browser_that_fails_is_told_with_its_last_words(tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho plus de mémoire >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(BookError, match="plus de mémoire"):
        browser.print_pdf(tmp_path / "a.html", str(program))


def test_a_page_that_is_not_built_is_named(tmp_path, monkeypatch):
    root = printed_site.write(tmp_path)
    (root / "_build" / "html" / "voix.html").unlink()
    monkeypatch.setattr(browser, "find", lambda: "chromium")
    with pytest.raises(BookError, match=r"voix\.html"):
        pdf.write(root)


@pytest.mark.browser
@needs_chromium
def test_every_internal_link_leads_to_a_page(printed):
    wanted = {"page-voix", "page-cas-eco", "page-cas-eco--limites", "page-voix--limites", "Eco_PC1_1", "sommaire"}
    assert wanted <= set(printed.file.links)
    assert set(printed.file.links) <= set(printed.file.destinations)


@pytest.mark.browser
@needs_chromium
def test_contents_say_the_pages_where_the_titles_are(printed):
    said = re.findall(
        r'<a href="#(page-[^"]+)"><span class="titre-de-page">.*?</span> <span class="folio">(\d+)', printed.html
    )
    got = {name: int(number) for name, number in said}
    assert len(got) == 4
    assert got == {name: printed.file.destinations[name] for name in got}
    assert sorted(got.values()) == [3, 4, 5, 6]  # after the cover and the contents
    assert printed.prints == 4  # two for each folder


@pytest.mark.browser
@needs_chromium
def test_file_tells_assistive_technologies_its_language_its_title_and_its_tags(printed):
    root = printed.file.catalog
    for expected in (b"/Lang (fr)", b"/Marked true", b"/DisplayDocTitle true", b"/StructTreeRoot", b"/Outlines"):
        assert expected in root
    objects = printed.file.objects.values()
    figures = [body for body in objects if b"/S /Figure" in body]
    assert len(figures) == 1
    assert all(b"/Alt" in body for body in figures)
    for tag in (b"/S /TH", b"/S /Caption", b"/S /H3", b"/S /Link"):
        assert any(tag in body for body in objects), tag


@pytest.mark.browser
@needs_chromium
def test_made_file_opens_and_two_folders_give_the_same_bytes(printed):
    first, second = (path.read_bytes() for path in printed.made)
    assert first == second
    objects = opened(first)
    assert (
        len([body for body in objects.values() if re.search(rb"/Type /Page\b", body)]) == len(printed.file.pages) == 6
    )
    assert b"HeadlessChrome" not in b"".join(objects.values())
    assert printed.made[0].name == "evaluation-lessai.pdf"


@pytest.mark.browser
@needs_chromium
def test_words_are_cut_at_ends_of_lines_and_found_whole_elsewhere(printed):
    page = pypdf.PdfReader(io.BytesIO(printed.made[0].read_bytes())).pages[3]
    text = page.extract_text()
    cut = re.findall(r"(\w+)\u2010\n(\w+)", text)
    assert len(cut) >= 2
    # No invisible space is left inside a word, nor a soft hyphen that cuts nothing: a search finds every word.
    found = re.sub(r"\u2010\n", "", text).split()
    assert set(re.findall(r"\w+", printed_site.LONG)) <= {word.strip(".,") for word in found}
    # What is seen as a hyphen at the end of a line stands for a soft hyphen: programs join the two halves.
    assert page.get_contents().get_data().count(b"<FEFF00AD>") == text.count("\u2010")


def test_titles_are_read_without_their_marks(tmp_path):
    html = printed_site.write(tmp_path) / "_build" / "html"
    assert [page.title for page in single_page.titled(html, [Leaf("index", 0), Leaf("cas/eco", 1)])] == [
        "Accueil",
        "Cas « Eco »",
    ]
