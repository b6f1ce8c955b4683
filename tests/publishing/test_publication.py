"""The folder to publish: the site with the PDF and the archive, linked only where they are."""

import re

import pytest
from publishing import printed_site

from pic_analysis.publishing import links, publication
from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.contents import BookError


@pytest.fixture
def root(tmp_path):
    """Write a built book whose page of open data, in a folder, holds the block."""
    root = printed_site.write(tmp_path / "un livre")
    html = root / "_build" / "html"
    block = BLOCKS["editions"](None, {}).removeprefix("```{raw} html\n").removesuffix("\n```\n")
    page = printed_site.FRAME.format(body=f"<h1>Données</h1>{block}", up="../")
    (html / "cas" / "donnees.html").write_text(page, encoding="utf-8")
    for name in ("index.html", "_downloads/ab/t.csv", "plan-du-site.html"):  # what its other pages link to
        (html / name).parent.mkdir(parents=True, exist_ok=True)
        if not (html / name).exists():
            (html / name).write_text("x", encoding="utf-8")
    return root


@pytest.fixture
def editions(tmp_path):
    made = [tmp_path / "livre.pdf", tmp_path / "livre-hors-ligne.zip"]
    for path, size in zip(made, (5_360_000, 2_549_000), strict=True):
        path.write_bytes(bytes(size))
    return made


def offered(site):
    page = (site / "cas" / "donnees.html").read_text(encoding="utf-8")
    return dict(re.findall(r'<li><a href="(\.\./editions/[^"]*)">(.*?)</a></li>', page))


def test_without_make_pdf_the_page_says_how_to_get_them_and_links_to_nothing(root):
    page = (root / "_build" / "html" / "cas" / "donnees.html").read_text(encoding="utf-8")
    assert "make pdf" in page
    assert offered(root / "_build" / "html") == {}
    assert links.problems(root / "_build" / "html") == []


def test_after_make_pdf_the_published_page_links_to_both_with_format_and_size(root, editions):
    before = {path: path.read_bytes() for path in (root / "_build" / "html").rglob("*") if path.is_file()}
    site = publication.write(root, editions)
    assert offered(site) == {
        "../editions/livre.pdf": "Le livre entier (PDF, 5,4\xa0Mo)",
        "../editions/livre-hors-ligne.zip": "Le site entier, à ouvrir sans connexion (ZIP, 2,5\xa0Mo)",
    }
    assert (site / "editions" / "livre.pdf").read_bytes() == editions[0].read_bytes()
    assert "make pdf" not in (site / "cas" / "donnees.html").read_text(encoding="utf-8")
    assert links.problems(site) == []
    # The site that the pipeline watches is as it was: it is not built again for that.
    assert {path: path.read_bytes() for path in before} == before


def test_without_a_pdf_only_the_archive_is_offered(root, editions):
    publication.write(root, editions)
    site = publication.write(root, editions[1:])
    assert list(offered(site)) == ["../editions/livre-hors-ligne.zip"]
    assert not (site / "editions" / "livre.pdf").exists()


def test_a_dead_link_leaves_the_folder_published_before(root, editions):
    site = publication.write(root, editions)
    (root / "_build" / "html" / "voix.html").unlink()
    with pytest.raises(BookError, match=r"voix\.html"):
        publication.write(root, editions)
    assert (site / "voix.html").is_file()
